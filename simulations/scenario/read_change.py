"""Read one change of a scenario: each kind of them has fields of its own, and no others."""

from collections.abc import Callable
from math import isfinite
from typing import Any, Final

from domain.city import CAPABILITIES, SPECIALITIES
from domain.errors import BadPosition
from domain.values import BedKind, Position, UnitKind
from simulations.city_model.fields import Fields
from simulations.city_model.model import PRIORITIES
from simulations.scenario.moments import Spell, read_moment
from simulations.scenario.scenario import (
    Calls,
    Casualties,
    Change,
    Handover,
    HospitalOpened,
    HospitalsLost,
    Isolation,
    Lines,
    Paper,
    Ring,
    Roads,
    Talk,
    Travel,
    UnitsAdded,
    UnitsAway,
)

Courses = tuple[str, ...]
Spells = tuple[Spell, ...]


def read_change(what: str, table: Fields, courses: Courses, spells: Spells) -> Change:
    return _READERS[what](table, courses, spells)


def _calls(table: Fields, courses: Courses, spells: Spells) -> Change:
    if table.has("curve"):
        curve = _curve(table)
        spells = ((curve[0][0], curve[-1][0]),) if curve else ()
    else:
        factor = table.number("factor", 0.0, 100.0)
        curve = tuple((at_s, factor) for spell in spells[:1] for at_s in spell)
        if len(spells) > 1:
            table.fault("hours", "cannot be said of calls; draw a curve, or write a change for each day")
    kinds = table.texts("kinds") if table.has("kinds") else ()
    return Calls(courses=courses, spells=spells, curve=curve, kinds=kinds, inside=_ring(table, must=False))


def _curve(table: Fields) -> tuple[tuple[float, float], ...]:
    """Of [["day 1 00:00", 1.0], ["day 5 00:00", 4.2]]."""
    said: Any = table.table.get("curve")
    found: list[tuple[float, float]] = []
    if not isinstance(said, list) or len(said) < 2:
        table.fault("curve", "must be a list of two points or more")
        return ()
    for point in said:
        if not (isinstance(point, list) and len(point) == 2 and isinstance(point[0], str)):
            table.fault("curve", f"has {point!r}, which is no point such as ['day 3 00:00', 2.5]")
            return ()
        try:
            at_s = read_moment(point[0])
        except ValueError as refusal:
            table.fault("curve", f"cannot be so: {refusal}")
            return ()
        factor = point[1]
        if isinstance(factor, bool) or not isinstance(factor, int | float) or not 0 <= factor <= 100:
            table.fault("curve", f"has {factor!r}, which is no factor from 0 to 100")
            return ()
        if found and at_s <= found[-1][0]:
            table.fault("curve", f"goes back in time at '{point[0]}'")
            return ()
        found.append((at_s, float(factor)))
    return tuple(found)


def _casualties(table: Fields, courses: Courses, spells: Spells) -> Change:
    said = table.text("at")
    at_s = 0.0
    try:
        at_s = read_moment(said) if said else 0.0
    except ValueError as refusal:
        table.fault("at", f"cannot be so: {refusal}")
    count = table.inner("count")
    priorities = {name: count.whole(name) for name in PRIORITIES if count.has(name)}
    count.done()
    if not sum(priorities.values()):
        table.fault("count", "says of nobody how badly they are hurt, such as { P1 = 10, P2 = 30 }")
    return Casualties(
        courses=courses,
        spells=((at_s, at_s + 1.0),),
        at_s=at_s,
        place=_place(table, "place"),
        priorities=priorities,
        found_s=table.number("found_within_min", 0.0, 24 * 60.0) * 60.0,
        callers=table.whole("callers"),
    )


def _units_added(table: Fields, courses: Courses, spells: Spells) -> Change:
    return UnitsAdded(
        courses=courses,
        spells=spells,
        count=table.whole("count", 1),
        kind=_one_of(table, "kind", tuple(str(each) for each in UnitKind)),
        capabilities=_all_of(table, "capabilities", CAPABILITIES),
        stations=table.texts("stations") if table.has("stations") else (),
        turnout_s=table.number("turnout_s", 0.0, 3600.0),
        called=table.text("called"),
    )


def _units_away(table: Fields, courses: Courses, spells: Spells) -> Change:
    if table.has("callsigns") == table.has("share"):
        table.fault("callsigns", "or 'share' must be said, one of the two")
    return UnitsAway(
        courses=courses,
        spells=spells,
        callsigns=table.texts("callsigns") if table.has("callsigns") else (),
        share=table.number("share", 0.0, 1.0) if table.has("share") else 0.0,
    )


def _lines(table: Fields, courses: Courses, spells: Spells) -> Change:
    lines, takers = table.whole("lines", 1), table.whole("takers", 1)
    if takers > lines:
        table.fault("takers", f"are more than the lines they answer: {takers} at {lines} lines")
    return Lines(courses=courses, spells=spells, lines=lines, takers=takers)


def _hospitals_lost(table: Fields, courses: Courses, spells: Spells) -> Change:
    return HospitalsLost(courses=courses, spells=spells, hospitals=table.texts("hospitals"))


def _hospital_opened(table: Fields, courses: Courses, spells: Spells) -> Change:
    beds = table.inner("beds")
    for kind in beds.names():
        if kind not in list(BedKind):
            beds.fault(kind, f"is no kind of bed; choose from {', '.join(BedKind)}")
    return HospitalOpened(
        courses=courses,
        spells=spells,
        id=table.text("id"),
        name=table.text("name"),
        position=_place(table, "place"),
        specialities=_all_of(table, "specialities", SPECIALITIES),
        beds={kind: beds.whole(kind) for kind in beds.names() if kind in list(BedKind)},
    )


def _isolation(table: Fields, courses: Courses, spells: Spells) -> Change:
    return Isolation(
        courses=courses,
        spells=spells,
        share=table.number("share", 0.0, 1.0),
        stay_factor=table.number("stay_factor", 0.05, 1000.0) if table.has("stay_factor") else 1.0,
    )


def _factor(kind: type[Talk] | type[Handover] | type[Travel]) -> Callable[[Fields, Courses, Spells], Change]:
    def read(table: Fields, courses: Courses, spells: Spells) -> Change:
        return kind(courses=courses, spells=spells, factor=table.number("factor", 0.05, 20.0))

    return read


def _roads_closed(table: Fields, courses: Courses, spells: Spells) -> Change:
    return Roads(courses=courses, spells=spells, inside=_ring(table, must=True), share=0.0)


def _roads_slow(table: Fields, courses: Courses, spells: Spells) -> Change:
    share = table.number("share", 0.02, 1.0)
    return Roads(courses=courses, spells=spells, inside=_ring(table, must=True), share=share)


def _paper(table: Fields, courses: Courses, spells: Spells) -> Change:
    return Paper(courses=courses, spells=spells, longer_s=table.number("longer_s", 0.0, 3600.0))


def _place(table: Fields, name: str) -> Position:
    said: Any = table.table.get(name)
    found = _point(said)
    if found is None:
        table.fault(name, "must be a place such as [10.7769, 106.7009]: latitude, then longitude")
    return found or Position(1.0, 1.0)


def _point(said: Any) -> Position | None:
    if not isinstance(said, list) or len(said) != 2:
        return None
    if not all(
        isinstance(each, int | float) and not isinstance(each, bool) and isfinite(each) for each in said
    ):
        return None
    try:
        return Position(float(said[0]), float(said[1]))
    except BadPosition:
        return None


def _ring(table: Fields, *, must: bool) -> Ring:
    if not table.has("inside") and not must:
        return ()
    said: Any = table.table.get("inside")
    points = [_point(each) for each in said] if isinstance(said, list) else []
    corners = [(each.lat, each.lon) for each in points if each is not None]
    if len(corners) < 3 or len(corners) < len(points):
        table.fault("inside", "must be the corners of an area, three or more, each [latitude, longitude]")
        return ()
    return tuple(corners)


def _one_of(table: Fields, name: str, known: tuple[str, ...]) -> str:
    said = table.text(name)
    if said and said not in known:
        table.fault(name, f"cannot be '{said}'; choose from {', '.join(known)}")
    return said


def _all_of(table: Fields, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    said = table.texts(name)
    for each in said:
        if each not in known:
            table.fault(name, f"names '{each}'; choose from {', '.join(known)}")
    return said


_READERS: Final[dict[str, Callable[[Fields, Courses, Spells], Change]]] = {
    "calls": _calls,
    "casualties": _casualties,
    "units added": _units_added,
    "units away": _units_away,
    "lines": _lines,
    "talk": _factor(Talk),
    "hospitals lost": _hospitals_lost,
    "hospital opened": _hospital_opened,
    "isolation": _isolation,
    "handover": _factor(Handover),
    "roads closed": _roads_closed,
    "roads slow": _roads_slow,
    "travel": _factor(Travel),
    "paper": _paper,
}
WHATS: Final = tuple(_READERS)
LISTS: Final = {
    "calls": ("curve", "inside"),
    "casualties": ("place",),
    "hospital opened": ("place",),
    "roads closed": ("inside",),
    "roads slow": ("inside",),
}
"""Fields that are read here, since they are neither a text nor a number."""
