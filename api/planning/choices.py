"""What may be chosen where somebody asks for a simulation."""

import tomllib
from pathlib import Path

from api.planning.errors import UnfitScenario
from api.planning.limits import TOLD
from api.planning.shelf import MODEL, Shelf, read
from api.schema.simulations import (
    HospitalChoice,
    ModelChoice,
    PolicyChoice,
    RecordedDays,
    RivalSaid,
    ScenarioChoice,
    SimulationChoices,
    SimulationLimits,
    StationChoice,
)
from domain.city import City
from domain.policy_book import POLICIES
from simulations.rival import MOVE_UPS

AS_THE_CITY_HAS_IT = "rules"


def choices(city: City, shelf: Shelf, *, now: bool, may_start: bool) -> SimulationChoices:
    return SimulationChoices(
        policies=[PolicyChoice(name=name) for name in (*POLICIES, AS_THE_CITY_HAS_IT)],
        move_ups=list(MOVE_UPS),
        scenarios=[choice for path in shelf.scenarios().values() if (choice := _scenario(path))],
        models=[ModelChoice(name=name, title=title_of(folder)) for name, folder in shelf.models().items()],
        stations=[
            StationChoice(
                id=station.id,
                name=station.name,
                units=sorted(unit.callsign for unit in city.units if unit.station == station.id),
            )
            for station in city.stations
        ],
        hospitals=[HospitalChoice(id=each.id, name=each.name) for each in city.hospitals],
        kinds=sorted({str(unit.kind) for unit in city.units}),
        demand=shelf.demand_said,
        recorded=_recorded(shelf),
        now=now,
        may_start=may_start,
        limits=SimulationLimits.model_validate(TOLD),
    )


def _recorded(shelf: Shelf) -> RecordedDays | None:
    days = shelf.log_days()
    return days and RecordedDays(first=days.first.isoformat(), last=days.now.date().isoformat())


def _scenario(path: Path) -> ScenarioChoice | None:
    """None where the file cannot be read: whoever asks for it by its name is told why."""
    try:
        found = read(path)
    except UnfitScenario:
        return None
    return ScenarioChoice(
        name=path.stem,
        title=dict(found.name),
        question=dict(found.question),
        explains=dict(found.explains),
        days=found.days,
        replications=found.replications,
        seed=found.seed,
        courses=[RivalSaid(name=each.id, label=dict(each.name)) for each in found.courses],
    )


def title_of(folder: Path) -> str:
    """As the model calls itself; by its folder where that cannot be read."""
    try:
        told = tomllib.loads((folder / MODEL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return folder.name
    return str(told.get("name", folder.name))
