"""A city of the live system, its `demand.toml` and its map, as a city model.

Stations, crews and hospitals are those of the city's own files; calls come from the places that the live desk
counts its coverage by. What lies off the map is left out, and so are places that no station reaches by road:
who called from there would wait for ever. The model says so.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dispatch.rules import Rules
from domain.city import City
from domain.values import Position
from routing.areas.grid import RoadGrid
from routing.times import RoadTimes
from simulations.city_model.durations import Duration
from simulations.city_model.faults import BadModel, Faults, lines_of
from simulations.city_model.fields import Fields
from simulations.city_model.model import (
    NO_INCIDENT,
    PRIORITIES,
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
from simulations.city_model.read import read_occupied
from simulations.city_model.week import ALL_WEEK

FILE = "demand.toml"
SHARES = (NO_INCIDENT, *PRIORITIES)
_ALWAYS = Shift("always", ALL_WEEK)
_WEEKEND = 5 * 24
"""The hour of the week at which Saturday begins."""


@dataclass(frozen=True, slots=True)
class CityDemand:
    """What `demand.toml` says. rates : of each share by hour of the week; note : as written there"""

    about: str
    rates: dict[str, tuple[float, ...]]
    transported: dict[str, float]
    times: Times
    call_taking: CallTaking
    shifts: tuple[Shift, ...]
    pace: tuple[float, ...]
    occupied: dict[str, float] = field(default_factory=dict)


def read_demand(folder: Path) -> CityDemand:
    """Raises BadModel with file and line of every fault."""
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
        head = Fields(FILE, tomllib.loads(text), "", lines_of(text), Faults())
    except FileNotFoundError:
        raise BadModel([f"There is no {FILE} in {folder}: nobody says how often people call."]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadModel([f"{FILE} is not TOML: {error}."]) from None
    hours, shares = head.inner("hours"), _shares(head)
    calls = _by_hour(hours, "calls")
    pace, weekend = _by_hour(hours, "pace"), hours.number("weekend_pace", 0.01)
    talks = head.inner("call_taking")
    a_day = head.number("calls_a_day", 0.001)
    hours.done()
    found = CityDemand(
        about=head.text("about", empty=True),
        rates={name: tuple(share * a_day * part for part in calls * 7) for name, share in shares.items()},
        transported=_each(head.inner("transported")),
        times=_times(head.inner("durations")),
        call_taking=_call_taking(talks),
        shifts=_shifts(talks.inner("shifts")),
        pace=tuple(
            round(part * (weekend if hour >= _WEEKEND else 1.0), 6) for hour, part in enumerate(pace * 7)
        ),
        occupied=read_occupied(head),
    )
    talks.done()
    head.done()
    head.faults.settle()
    return found


def with_incidents(model: CityModel, a_day: float) -> CityModel:
    """So many incidents on the average day, as before among kinds and hours; calls that need nobody grow or
    shrink with them."""
    rates = [sum(kind.rates) for kind in model.kinds if kind.priority != NO_INCIDENT]
    times = a_day / (sum(rates) / 7.0)
    kinds = tuple(replace(kind, rates=tuple(rate * times for rate in kind.rates)) for kind in model.kinds)
    return replace(model, kinds=kinds)


def model_of_city(city: City, rules: Rules, roads: RoadTimes, demand: CityDemand) -> CityModel:
    """A few seconds: the map is drawn in cells of about equal demand."""
    known = {station.id for station in city.stations if roads.covers(station.position)}
    stations = [station for station in city.stations if station.id in known]
    hospitals = [hospital for hospital in city.hospitals if roads.covers(hospital.position)]
    off = len(city.stations) - len(stations), len(city.hospitals) - len(hospitals)
    places, cut_off = _reached(_places(roads, rules), [each.position for each in stations], roads)
    return CityModel(
        id=city.id,
        name=city.name["en"],
        timezone=city.timezone,
        about=f"{demand.about} Off the map and left out: {off[0]} stations, {off[1]} hospitals; "
        f"out of reach by road: {cut_off} places.".strip(),
        periods=(Period("all-week", ALL_WEEK),),
        places=places,
        kinds=tuple(
            CallKind("nuisance" if name == NO_INCIDENT else name, name, rates)
            for name, rates in demand.rates.items()
        ),
        times=dict.fromkeys(PRIORITIES, demand.times),
        transported=demand.transported,
        target_s={str(priority): seconds for priority, seconds in city.targets.response_s.items()},
        shifts=(_ALWAYS, *demand.shifts),
        stations=tuple(
            Station(each.id, each.name, each.position, _source(each.source, each.assumed))
            for each in stations
        ),
        units=tuple(
            Unit(each.callsign, str(each.kind), each.capabilities, each.station, _ALWAYS.id)
            for each in city.units
            if each.station in known
        ),
        turnout_s={str(kind): seconds for kind, seconds in rules.send.turnout_s.items()},
        hospitals=tuple(
            Hospital(
                id=each.id,
                name=each.name,
                position=each.position,
                specialities=each.specialities,
                beds={str(kind): beds.staffed for kind, beds in each.beds.items()},
                source=each.source,
            )
            for each in hospitals
        ),
        call_taking=demand.call_taking,
        pace=demand.pace,
        occupied=demand.occupied,
        sources={
            "stations, fleet, hospitals": f"cities/{city.id}, where each says its own source",
            "calls, times, pace, call_taking, occupied": f"cities/{city.id}/{FILE}, where each says "
            "its own source",
            "places": f"streets people live on, map {roads.map_version}, {_whose(city)}",
        },
    )


def _whose(city: City) -> str:
    """The map's, which nobody made where the town is drawn."""
    return "a drawn town, no real map" if city.map.kind == "drawn" else "© OpenStreetMap contributors, ODbL"


def _places(roads: RoadTimes, rules: Rules) -> tuple[Place, ...]:
    """Rounded, so that they are written and read as they are; two in one spot are one."""
    grid = RoadGrid(roads.still)
    grid.renew(rules.coverage.shrink_calls)
    times = grid.times
    assert times is not None, "they were just worked out"
    cells = times["van"].cells
    found: dict[Position, float] = {}
    for place, weight in zip(cells.places, cells.weights, strict=True):
        rounded = Position(round(place.lat, 6), round(place.lon, 6))
        if weight > 0 and roads.covers(rounded):
            found[rounded] = found.get(rounded, 0.0) + weight
    whole = sum(found.values())
    return tuple(
        Place(f"cell-{number}", place, (round(1000.0 * weight / whole, 6),))
        for number, (place, weight) in enumerate(found.items(), 1)
    )


def _reached(
    places: tuple[Place, ...], stations: Sequence[Position], roads: RoadTimes
) -> tuple[tuple[Place, ...], int]:
    """Those that a van comes to from some station, and how many it does not."""
    ways = roads.table(stations, [place.position for place in places], "van")
    reached = [any(way is not None for way in column) for column in zip(*ways, strict=True)]
    there = tuple(place for place, some in zip(places, reached, strict=True) if some)
    return there, len(places) - len(there)


def _source(source: str, assumed: bool) -> str:
    return f"{source} (assumed)" if assumed else source


def _shares(head: Fields) -> dict[str, float]:
    table = head.inner("shares")
    found = {name: table.number(name, 0.0, 1.0) for name in SHARES}
    table.done()
    if table.table and abs(sum(found.values()) - 1.0) > 1e-9:
        head.fault("shares", f"make {sum(found.values()):g} together; they must make 1")
    return found


def _by_hour(table: Fields, name: str) -> list[float]:
    """Of each hour of the day; of the calls the shares of a day."""
    figures = table.numbers(name, 24)
    whole = sum(figures) if name == "calls" else 1.0
    return [figure / whole for figure in figures]


def _each(table: Fields) -> dict[str, float]:
    found = {priority: table.number(priority, 0.0, 1.0) for priority in PRIORITIES}
    table.done()
    return found


def _times(table: Fields) -> Times:
    found = Times(*(table.duration(name) for name in Times.__dataclass_fields__))
    table.done()
    return found


def _shifts(table: Fields) -> tuple[Shift, ...]:
    return tuple(Shift(name, table.texts(name)) for name in table.names())


def _call_taking(table: Fields) -> CallTaking:
    desks = table.inner("desks")
    talk, talk_none = table.duration("talk"), table.duration("talk_none")
    return CallTaking(
        lines=table.whole("lines", 1),
        desks=tuple(Desks(name, desks.whole(name, 1)) for name in desks.names()),
        talk=_talk(PRIORITIES, talk) | {NO_INCIDENT: talk_none},
        patience=table.duration("patience"),
    )


def _talk(priorities: Sequence[str], talk: Duration) -> dict[str, Duration]:
    return dict.fromkeys(priorities, talk)
