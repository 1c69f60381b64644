"""A JEMSS city model as one of ours, with roads.

What JEMSS has otherwise is said in the model's `about`: there, only calls of high priority are driven to on
lights, and a call is where its square is; here everybody is driven to on lights, and calls come from the
middles of some hundreds of parts of equal demand.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from domain.errors import BadPosition
from domain.values import Position
from simulations.city_model.durations import Duration, constant
from simulations.city_model.model import (
    CallKind,
    CallTaking,
    CityModel,
    Desks,
    Hospital,
    Period,
    Place,
    Shift,
    Station,
    Times,
    Unit,
)
from simulations.city_model.week import ALL_WEEK, HOURS
from simulations.ground.build import CityGround, build_ground
from simulations.jemss.files import DAY_S, BadJemss, Table, chances, duration, number, table, the_file
from simulations.jemss.kept_roads import LIGHTS, REGULAR
from simulations.jemss.network import Network, plane_of, read_network
from simulations.jemss.raster import places_of, read_raster
from simulations.jemss.roads import NetworkRoads

PRIORITY = {"highPriority": "P1", "medPriority": "P2", "lowPriority": "P3"}
MOST_PLACES = 400
_NO_BEDS_SAID = 1_000
"""JEMSS knows no beds: so many that nobody is ever turned away."""


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """network_roads : the times that came with the model"""

    model: CityModel
    roads: NetworkRoads

    def ground(self) -> CityGround:
        return ground_on_network(self.model, self.roads)


def ground_on_network(model: CityModel, roads: NetworkRoads) -> CityGround:
    """With a patient aboard JEMSS drives without lights."""
    return build_ground(
        roads,
        [place.position for place in model.places],
        [hospital.position for hospital in model.hospitals],
        [station.position for station in model.stations],
        hospital_profile=REGULAR,
    )


def read_jemss(folder: Path, most_places: int = MOST_PLACES) -> Imported:
    """folder : with ambulances, stations, hospitals, demand, travel and calls in folders of their own.

    Raises BadJemss.
    """
    network = read_network(the_file(folder, "travel/roads/*.*").parent)
    roads = _roads(folder, network)
    squares = read_raster(_raster(folder))
    model = _model(folder, places_of(squares, network, roads.plane, most_places))
    return Imported(model, roads)


def _roads(folder: Path, network: Network) -> NetworkRoads:
    (scales,) = table(folder, "maps/*.csv", "map")
    plane = plane_of(network, number(scales["xScale"]), number(scales["yScale"]))
    speeds = table(folder, "travel/travel/*.csv", "travelModes")
    off_road_mps = [number(row["offRoadSpeed"]) * 1000.0 / DAY_S for row in speeds]
    if len(table(folder, "travel/travel/*.csv", "travelSetsTiming")) > 1:
        raise BadJemss("travel: the speeds change by time; only models with one set of speeds can be read.")
    sets = table(folder, "travel/travel/*.csv", "travelSets")
    mode = {row["priority"]: int(row["travelModeIndex"]) - 1 for row in sets}
    modes = {LIGHTS: mode["highPriority"], REGULAR: mode["lowPriority"]}
    return NetworkRoads(network, plane, modes, off_road_mps, f"jemss-{_slug(folder)}")


def _raster(folder: Path) -> Path:
    """The demand names it by where it is in the JEMSS repository; here it is above the model's folder."""
    rows = table(folder, "demand/*.csv", "demandRasters")
    said = Path(rows[0]["rasterFilename"].replace("\\", "/"))
    for above in folder.parents:
        for part in range(len(said.parts)):
            path = above.joinpath(*said.parts[part:])
            if path.is_file() or path.with_suffix(".zip").is_file():
                return path
    raise BadJemss(f"There is no raster {said.name} beside {folder}.")


def _model(folder: Path, places: tuple[Place, ...]) -> CityModel:
    said = _chances(folder)
    shares = _figures(said, "priority", "Categorical")
    rates = {
        row["priority"]: number(row["arrivalRate"]) / 24.0
        for row in table(folder, "demand/*.csv", "demandModes")
    }
    ((_, gap),) = [chances(said["interarrivalTime"])]
    hourly = 1.0 / (gap[0] * 24.0)
    for (name, rate), share in zip(rates.items(), shares, strict=False):
        if abs(rate - hourly * share) > 1e-6 * hourly:
            raise BadJemss(f"{name}: {rate:g} calls an hour by the demand, {hourly * share:g} by the calls.")
    decide, scene = duration(said["dispatchDelay"]), duration(said["onSceneDuration"])
    handover = duration(said.get("handoverDuration") or said["transferDuration"])
    (transported,) = _figures(said, "transport", "Bernoulli")
    wanted = [PRIORITY[name] for name, rate in rates.items() if rate > 0]
    times = Times(decide, scene, handover, constant(0.0), Duration("exponential", (4 * 3600.0,)))
    targets = {"P1": 480, "P2": 480, "P3": 720, "P4": 720}
    for row in table(folder, "misc/call priorities/*.csv", "priorities"):
        targets[PRIORITY[row["name"]]] = round(number(row["targetResponseTime"]) * DAY_S)
    return CityModel(
        id=_slug(folder),
        name=folder.parents[1].name.title(),
        timezone="UTC",
        about=(
            "Read from a JEMSS city model. As there: no hospital turns anybody away, nobody waits for a call "
            "taker, crews leave at once and are never off duty. Otherwise than there: everybody is "
            "driven to on lights, and calls come from the middles of parts of equal demand. JEMSS has no "
            "time zone; with even rates none is needed."
        ),
        periods=(Period("all-week", ALL_WEEK),),
        places=places,
        kinds=tuple(
            CallKind(_slug_of(name), PRIORITY[name], (rate,) * HOURS)
            for name, rate in rates.items()
            if rate > 0
        ),
        times=dict.fromkeys(wanted, times),
        transported=dict.fromkeys(wanted, transported),
        target_s=targets,
        shifts=(Shift("always", ALL_WEEK),),
        stations=_stations(folder),
        units=_units(folder),
        turnout_s={"van": 0.0},
        hospitals=_hospitals(folder),
        call_taking=CallTaking(
            lines=1_000,
            desks=(Desks("always", 100),),
            talk=dict.fromkeys(sorted({*wanted}), constant(0.0)),
            patience=constant(DAY_S),
        ),
        pace=(1.0,) * HOURS,
        sources={
            "all": "JEMSS.jl, University of Auckland, Apache-2.0; roads © OpenStreetMap contributors, ODbL",
            "stay": "assumed: JEMSS knows no beds",
            "call_taking": "assumed: JEMSS has callers answered at once",
        },
    )


def _chances(folder: Path) -> dict[str, str]:
    """What the calls are drawn by: of several files all have to say the same."""
    the_file(folder, "calls/**/gen_config.xml")
    found: dict[str, str] = {}
    for path in sorted(folder.glob("calls/**/gen_config.xml")):
        try:
            drawn_by = ElementTree.parse(path).find(".//callDistributions")
        except ElementTree.ParseError as fault:
            raise BadJemss(f"{path.relative_to(folder)} is not XML: {fault}.") from None
        here = {each.tag: (each.text or "").strip() for each in drawn_by} if drawn_by is not None else {}
        if found and here != found:
            raise BadJemss(f"{path.relative_to(folder)} draws other calls than the file before it.")
        found = here
    wanted = ("interarrivalTime", "priority", "dispatchDelay", "onSceneDuration", "transport")
    if missing := [name for name in wanted if name not in found]:
        raise BadJemss(f"The files gen_config.xml do not say the {missing[0]}.")
    return found


def _figures(said: dict[str, str], name: str, kind: str) -> list[float]:
    found, figures = chances(said[name])
    if found != kind:
        raise BadJemss(f"The {name} is drawn by {found}; only {kind} can be read.")
    return figures


def _position(row: dict[str, str], what: str) -> Position:
    try:
        return Position(number(row["y"]), number(row["x"]))
    except BadPosition as fault:
        raise BadJemss(f"{what}: {fault}") from None


def _stations(folder: Path) -> tuple[Station, ...]:
    rows = table(folder, "stations/*.csv", "stations")
    return tuple(
        Station(
            f"s{row['index']}", _name(row, f"Station {row['index']}"), _position(row, "stations"), "JEMSS"
        )
        for row in rows
    )


def _hospitals(folder: Path) -> tuple[Hospital, ...]:
    rows = table(folder, "hospitals/*.csv", "hospitals")
    return tuple(
        Hospital(
            id=f"h{row['index']}",
            name=_name(row, f"Hospital {row['index']}"),
            position=_position(row, "hospitals"),
            specialities=("general",),
            beds={"EmergencyDepartment": _NO_BEDS_SAID},
            source="JEMSS; beds assumed",
        )
        for row in rows
    )


def _units(folder: Path) -> tuple[Unit, ...]:
    rows = table(folder, "ambulances/*.csv", "ambulances")
    return tuple(
        Unit(f"C{row['index']}", "van", ("ALS", "BLS", "transport"), f"s{row['stationIndex']}", "always")
        for row in rows
    )


def _name(row: dict[str, str], otherwise: str) -> str:
    """The column that speaks of a name, which each city calls as it likes."""
    named: Table = [{"value": value} for column, value in row.items() if "name" in column.lower() and value]
    return named[0]["value"] if named else otherwise


def _slug(folder: Path) -> str:
    return f"{_slug_of(folder.parents[1].name)}-{_slug_of(folder.name)}"


def _slug_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()).strip("-")
