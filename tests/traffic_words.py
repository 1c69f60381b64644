"""Short ways to say what hinders the roads, for tests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.traffic import Closure, Slowing, SpeedReport, Stretch
from tests.builders import HERE, NOON, an_id

Points = Sequence[tuple[float, float]]
NORTH = (10.7779, HERE.lon)
EAST = (HERE.lat, 106.7019)
FLOOD = ((HERE.lat, HERE.lon), NORTH, (NORTH[0], EAST[1]), EAST)
"""Some 110 m on each side."""


def a_point(width_m: float = 15.0, at: tuple[float, float] = (HERE.lat, HERE.lon)) -> Stretch:
    return Stretch("point", (at,), width_m)


def a_line(*points: tuple[float, float], width_m: float = 15.0) -> Stretch:
    return Stretch("line", points or ((HERE.lat, HERE.lon), NORTH), width_m)


def an_area(*points: tuple[float, float]) -> Stretch:
    return Stretch("area", points or FLOOD)


def a_closure(
    name: object = None, until: datetime | None = None, stretch: Stretch | None = None, **other: Any
) -> Closure:
    return Closure(an_id(name), stretch or a_line(), other.pop("reason", "ngập"), until=until, **other)


def a_slowing(name: object = None, share: float = 0.5, until: datetime | None = None) -> Slowing:
    return Slowing(an_id(name), an_area(), share, "kẹt xe", until)


def a_report(
    kmh: float = 12.0, measured_at: datetime = NOON, heading_deg: float | None = None
) -> SpeedReport:
    return SpeedReport(a_line(), kmh, measured_at, heading_deg)


def ids(things: Sequence[Closure | Slowing]) -> list[UUID]:
    return [each.closure_id if isinstance(each, Closure) else each.slowing_id for each in things]
