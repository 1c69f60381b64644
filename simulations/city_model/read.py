"""Read a model's folder into a `CityModel`, or say what is wrong with it, and where."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.city import CAPABILITIES, SPECIALITIES
from domain.values import BedKind, UnitKind
from simulations.city_model.check import check
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
from simulations.city_model.tables import Row, read_table
from simulations.city_model.week import HOUR_NAMES, HOURS
from simulations.city_model.write import (
    FLEET,
    FLEET_COLUMNS,
    HOSPITAL_COLUMNS,
    HOSPITALS,
    MODEL,
    PACE,
    PLACE_COLUMNS,
    PLACES,
    STATION_COLUMNS,
    STATIONS,
    WEEK,
)


def read_model(folder: Path) -> CityModel:
    """Raises BadModel with every fault found, each with its file and line."""
    if not (folder / MODEL).is_file():
        raise BadModel([f"There is no city model in {folder}: it has no {MODEL}."])
    faults = Faults()
    head = _head(folder, faults)
    periods = _periods(head.inner("periods"))
    shifts = _shifts(head.inner("shifts"))
    kinds = _kinds(head.inner("kinds"))
    week = _week(folder, kinds, faults)
    wanted = _wanted(kinds)
    times = head.inner("times")
    model = CityModel(
        id=_identifier(head),
        name=head.text("name"),
        timezone=_timezone(head),
        about=head.text("about", empty=True),
        periods=periods,
        places=_places(folder, periods, faults),
        kinds=tuple(CallKind(each, kinds[each], week[each]) for each in kinds),
        times={each: _times(times.inner(each)) for each in _told(times, PRIORITIES, wanted)},
        transported=_shares(head.inner("transported"), wanted),
        target_s=_targets(head.inner("target_s")),
        shifts=shifts,
        stations=_stations(folder, faults),
        units=_units(folder, faults),
        turnout_s=_turnout(head.inner("turnout_s")),
        hospitals=_hospitals(folder, faults),
        call_taking=_call_taking(head.inner("call_taking"), [*kinds.values()]),
        pace=week[PACE],
        sources=_sources(head.inner("sources")) if head.has("sources") else {},
        occupied=read_occupied(head),
    )
    times.done()
    head.done()
    faults.settle()
    check(model, head, faults)
    faults.settle()
    return model


def _head(folder: Path, faults: Faults) -> Fields:
    try:
        text = (folder / MODEL).read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except UnicodeDecodeError:
        raise BadModel([f"{MODEL} is not UTF-8 text."]) from None
    except tomllib.TOMLDecodeError as error:
        raise BadModel([f"{MODEL} is not TOML: {error}."]) from None
    return Fields(MODEL, table, "", lines_of(text), faults)


def _told(table: Fields, known: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """What has to be told, and what is told though nobody asks for it now."""
    return [each for each in known if each in wanted or table.has(each)]


def _wanted(kinds: Mapping[str, str]) -> list[str]:
    """The priorities of incidents that may happen, in their order."""
    return [priority for priority in PRIORITIES if priority in kinds.values()]


def _identifier(head: Fields) -> str:
    value = head.text("id")
    if value and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        head.fault("id", f"must be small letters, digits and single hyphens, not '{value}'")
    return value


def _timezone(head: Fields) -> str:
    name = head.text("timezone")
    try:
        if name:
            ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        head.fault("timezone", f"must be a time zone such as Asia/Ho_Chi_Minh, not '{name}'")
    return name


def _periods(table: Fields) -> tuple[Period, ...]:
    return tuple(Period(name, table.texts(name)) for name in table.names())


def _shifts(table: Fields) -> tuple[Shift, ...]:
    return tuple(Shift(name, table.texts(name)) for name in table.names())


def _kinds(table: Fields) -> dict[str, str]:
    found = {}
    for name in table.names():
        priority = table.text(name)
        if priority not in (*PRIORITIES, NO_INCIDENT):
            table.fault(name, f"must be one of {', '.join(PRIORITIES)} or {NO_INCIDENT}, not '{priority}'")
            priority = NO_INCIDENT
        if name in ("hour", PACE):
            table.fault(name, f"cannot be the name of a kind: {WEEK} has a column of that name")
        found[name] = priority
    return found


def _week(folder: Path, kinds: Mapping[str, str], faults: Faults) -> dict[str, tuple[float, ...]]:
    """Of each kind its rates, and the pace, all of 168 hours."""
    columns = [*kinds, PACE]
    rows = read_table(folder, WEEK, ["hour", *columns], faults)
    for row, name in zip(rows, HOUR_NAMES, strict=False):
        if row.text("hour") != name:
            row.fault(f"here the hour '{name}' belongs: the hours of a week in their order, Monday first")
            break
    if rows and len(rows) != HOURS:
        faults.say(WEEK, rows[-1].line, f"the table has {len(rows)} hours; a week has {HOURS}")
    found = {name: tuple(row.number(name) for row in rows) for name in columns}
    for row in rows:
        if row.number(PACE) <= 0:
            row.fault(f"'{PACE}' must be above 0: so many times as long takes every drive")
    return found


def _places(folder: Path, periods: Sequence[Period], faults: Faults) -> tuple[Place, ...]:
    columns = [period.id for period in periods]
    rows = read_table(folder, PLACES, [*PLACE_COLUMNS, *columns], faults)
    return tuple(
        Place(row.text("id"), row.position(), tuple(row.number(name) for name in columns)) for row in rows
    )


def _stations(folder: Path, faults: Faults) -> tuple[Station, ...]:
    rows = read_table(folder, STATIONS, STATION_COLUMNS, faults)
    return tuple(
        Station(row.text("id"), row.text("name"), row.position(), row.text("source", empty=True))
        for row in rows
    )


def _units(folder: Path, faults: Faults) -> tuple[Unit, ...]:
    found = []
    for row in read_table(folder, FLEET, FLEET_COLUMNS, faults):
        kind = _one_of(row, "kind", [str(each) for each in UnitKind])
        capabilities = _all_of(row, "capabilities", CAPABILITIES)
        found.append(Unit(row.text("callsign"), kind, capabilities, row.text("station"), row.text("shift")))
    return tuple(found)


def _hospitals(folder: Path, faults: Faults) -> tuple[Hospital, ...]:
    return tuple(
        Hospital(
            id=row.text("id"),
            name=row.text("name"),
            position=row.position(),
            specialities=_all_of(row, "specialities", SPECIALITIES),
            beds=_beds(row),
            handover_factor=row.number("handover_factor", 0.01),
            stay_factor=row.number("stay_factor", 0.01),
            source=row.text("source", empty=True),
        )
        for row in read_table(folder, HOSPITALS, HOSPITAL_COLUMNS, faults)
    )


def _beds(row: Row) -> dict[str, int]:
    """Of words such as "EmergencyDepartment:30"."""
    found: dict[str, int] = {}
    known = [str(kind) for kind in BedKind]
    for word in row.words("beds"):
        kind, _, count = word.partition(":")
        if kind not in known:
            row.fault(f"there is no kind of bed '{kind}'; choose from {', '.join(known)}")
        elif not count.isdecimal():
            row.fault(f"'beds' are written {kind}:30, not '{word}'")
        elif kind in found:
            row.fault(f"'beds' says {kind} twice")
        else:
            found[kind] = int(count)
    return found


def _one_of(row: Row, column: str, known: Sequence[str]) -> str:
    value = row.text(column)
    if value and value not in known:
        row.fault(f"there is no {column} '{value}'; choose from {', '.join(known)}")
    return value


def _all_of(row: Row, column: str, known: Sequence[str]) -> tuple[str, ...]:
    words = row.words(column)
    for word in words:
        if word not in known:
            row.fault(f"'{word}' is not known among {column}; choose from {', '.join(known)}")
    return words


def _times(table: Fields) -> Times:
    found = Times(*(table.duration(name) for name in Times.__dataclass_fields__))
    table.done()
    return found


def _shares(table: Fields, names: Sequence[str]) -> dict[str, float]:
    found = {name: table.number(name, 0.0, 1.0) for name in _told(table, PRIORITIES, names)}
    table.done()
    return found


def _targets(table: Fields) -> dict[str, int]:
    found = {priority: table.whole(priority, 1) for priority in PRIORITIES}
    table.done()
    return found


def _turnout(table: Fields) -> dict[str, float]:
    found = {}
    for name in table.names():
        if name not in list(UnitKind):
            table.fault(name, f"is no kind of unit; choose from {', '.join(UnitKind)}")
        found[name] = table.number(name)
    return found


def _call_taking(table: Fields, priorities: Sequence[str]) -> CallTaking:
    desks = []
    for each in table.each("desks"):
        desks.append(Desks(each.text("shift"), each.whole("count", 1)))
        each.done()
    talk = table.inner("talk")
    found = CallTaking(
        lines=table.whole("lines", 1),
        desks=tuple(desks),
        talk={each: talk.duration(each) for each in _told(talk, (*PRIORITIES, NO_INCIDENT), priorities)},
        patience=table.duration("patience"),
    )
    talk.done()
    table.done()
    return found


def read_occupied(head: Fields) -> dict[str, float]:
    """By kind of bed, the share that others lie in; nothing where nobody says it."""
    if not head.has("occupied"):
        return {}
    table, known = head.inner("occupied"), [str(each) for each in BedKind]
    for kind in table.names():
        if kind not in known:
            table.fault(kind, f"is no kind of bed; choose from {', '.join(known)}")
    return {kind: table.number(kind, 0.0, 1.0) for kind in table.names() if kind in known}


def _sources(table: Fields) -> dict[str, str]:
    return {name: table.text(name) for name in table.names()}
