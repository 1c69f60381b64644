"""What must hold between a scenario and the model it stands on."""

from collections.abc import Callable, Iterator

from dispatch.policies.fleet import UnitNow, lacks
from domain.errors import Refused
from domain.stretch_rules import judge_stretch
from domain.traffic import Stretch
from domain.values import Position
from simulations.city_model.model import CityModel
from simulations.lean.of_day import NEEDS
from simulations.scenario.hospitals import INFECTIOUS, ISOLATED
from simulations.scenario.scenario import (
    Calls,
    Casualties,
    Change,
    HospitalOpened,
    HospitalsLost,
    Isolation,
    Ring,
    Roads,
    Scenario,
    UnitsAdded,
    UnitsAway,
)

Covers = Callable[[Position], bool]
Touches = Callable[[Ring], bool]


def faults_on(
    scenario: Scenario, model: CityModel, covers: Covers | None = None, touches: Touches | None = None
) -> list[tuple[int, str, str]]:
    """Number of the change, its field, and a complaint.

    covers  : whether a place lies on the map
    touches : whether any street of the map lies in an area
    """
    found = []
    for number, change in enumerate(scenario.changes):
        for field, complaint in _faults(change, model, covers, touches):
            found.append((number, field, complaint))
    return found


def _faults(
    change: Change, model: CityModel, covers: Covers | None, touches: Touches | None
) -> Iterator[tuple[str, str]]:
    match change:
        case Calls(kinds=kinds, inside=inside):
            yield from _strange("kinds", kinds, [each.id for each in model.kinds], "kind of call")
            if inside and not any(within(place.position, inside) for place in model.places):
                yield "inside", "holds no place that anybody calls from"
        case Casualties(place=place, priorities=priorities):
            yield from _off("place", place, covers)
            for priority in priorities:
                if priority not in model.times:
                    yield "count", f"has {priority}, of which the model tells no times"
        case UnitsAdded(stations=stations, kind=kind, called=called, capabilities=capabilities):
            if not _serves(kind, capabilities):
                yield (
                    "capabilities",
                    "leave a unit that is never sent: one goes to each call, and it has to carry",
                )
            yield from _strange("stations", stations, [each.id for each in model.stations], "station")
            if kind not in {unit.kind for unit in model.units}:
                yield "kind", f"cannot be '{kind}': the model has none, so nobody knows its roads"
            taken = [unit.callsign for unit in model.units if unit.callsign.startswith(called)]
            if called and taken:
                yield "called", f"cannot be '{called}': there is {taken[0]} already"
        case UnitsAway(callsigns=callsigns):
            yield from _strange("callsigns", callsigns, [each.callsign for each in model.units], "unit")
        case HospitalsLost(hospitals=hospitals):
            yield from _strange("hospitals", hospitals, [each.id for each in model.hospitals], "hospital")
        case Isolation():
            if not any(
                INFECTIOUS in each.specialities and each.beds.get(ISOLATED) for each in model.hospitals
            ):
                yield (
                    "what",
                    f"leaves patients nobody takes in: no hospital is {INFECTIOUS} with {ISOLATED} beds",
                )
        case HospitalOpened(id=name, position=place):
            if name in {each.id for each in model.hospitals}:
                yield "id", f"cannot be '{name}': the model has that hospital"
            yield from _off("place", place, covers)
        case Roads(inside=inside):
            yield from _no_area("inside", inside, touches)


def _no_area(field: str, inside: Ring, touches: Touches | None) -> Iterator[tuple[str, str]]:
    """As the desk judges an area in which it closes or slows streets."""
    try:
        judge_stretch(Stretch("area", inside))
    except Refused as refusal:
        yield field, f"is no area that the desk would take: {refusal.sentence().rstrip('.')}"
        return
    if touches is not None and not touches(inside):
        yield field, "touches no street of the map, so nothing would change"


def _serves(kind: str, capabilities: tuple[str, ...]) -> bool:
    """Whether the live rule would send such a unit to a patient of any priority."""
    unit = UnitNow("X", "X", kind, capabilities, "on_duty", None, None, None)
    return any(lacks(unit, needs) is None for needs in NEEDS)


def _strange(field: str, said: tuple[str, ...], known: list[str], what: str) -> Iterator[tuple[str, str]]:
    for each in said:
        if each not in known:
            some = ", ".join(known[:8]) + (" and more" if len(known) > 8 else "")
            yield field, f"names '{each}'; the model has no such {what}, but {some}"


def _off(field: str, place: Position, covers: Covers | None) -> Iterator[tuple[str, str]]:
    if covers is not None and not covers(place):
        yield field, f"is {place.lat:g}, {place.lon:g}, where the map has no street"


def within(position: Position, ring: tuple[tuple[float, float], ...]) -> bool:
    """Inside the corners of an area, by counting the sides that a line to the east crosses."""
    inside = False
    for (lat, lon), (next_lat, next_lon) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (lat > position.lat) != (next_lat > position.lat):
            crossing = lon + (position.lat - lat) / (next_lat - lat) * (next_lon - lon)
            inside ^= position.lon < crossing
    return inside
