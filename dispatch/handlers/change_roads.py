"""Somebody says what hinders the roads: a street closed or open again, slow or as usual, speeds measured."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.road_errors import NoStreetThere
from domain.roads import Roads
from domain.traffic import Closure, Slowing, SpeedReport
from domain.values import Act

Said = TypeVar("Said", Closure, Slowing)


@dataclass(frozen=True, slots=True)
class CloseStreet:
    """streets : how many the closure means; None where nobody looked."""

    DERIVED: ClassVar = ("streets",)

    act: Act
    city_id: str
    closure: Closure
    streets: int | None = None


@dataclass(frozen=True, slots=True)
class ReopenStreet:
    act: Act
    city_id: str
    closure_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class SlowStreet:
    DERIVED: ClassVar = ("streets",)

    act: Act
    city_id: str
    slowing: Slowing
    streets: int | None = None


@dataclass(frozen=True, slots=True)
class EndSlowing:
    act: Act
    city_id: str
    slowing_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class ReportSpeeds:
    act: Act
    city_id: str
    reports: tuple[SpeedReport, ...]


@dataclass(frozen=True, slots=True)
class ReplaceTraffic:
    """All that hinders from now on; what is not said again has ended."""

    act: Act
    city_id: str
    closures: tuple[Closure, ...]
    slowings: tuple[Slowing, ...]
    reports: tuple[SpeedReport, ...]


def close_street(command: CloseStreet, desk: Desk) -> Outcome:
    roads = the_roads(command.city_id, command.act, desk)
    closure = _worded(command.closure)
    roads.close(closure, command.act)
    checks.stretch_on_the_map(closure.stretch, desk)
    if command.streets == 0:
        raise NoStreetThere
    return _outcome(roads, id=str(closure.closure_id))


def reopen_street(command: ReopenStreet, desk: Desk) -> Outcome:
    roads = the_roads(command.city_id, command.act, desk)
    roads.reopen(command.closure_id, checks.words("reason", command.reason, 200), command.act)
    return _outcome(roads, id=str(command.closure_id))


def slow_street(command: SlowStreet, desk: Desk) -> Outcome:
    roads = the_roads(command.city_id, command.act, desk)
    slowing = _worded(command.slowing)
    roads.slow(slowing, command.act)
    checks.stretch_on_the_map(slowing.stretch, desk)
    if command.streets == 0:
        raise NoStreetThere
    return _outcome(roads, id=str(slowing.slowing_id))


def end_slowing(command: EndSlowing, desk: Desk) -> Outcome:
    roads = the_roads(command.city_id, command.act, desk)
    roads.end_slowing(command.slowing_id, checks.words("reason", command.reason, 200), command.act)
    return _outcome(roads, id=str(command.slowing_id))


def report_speeds(command: ReportSpeeds, desk: Desk) -> Outcome:
    roads = the_roads(command.city_id, command.act, desk)
    roads.report_speeds(command.reports, command.act)
    for report in command.reports:
        checks.stretch_on_the_map(report.stretch, desk)
    return _outcome(roads, speeds=len(command.reports))


def replace_traffic(command: ReplaceTraffic, desk: Desk) -> Outcome:
    roads = the_roads(command.city_id, command.act, desk)
    closures = tuple(_worded(each) for each in command.closures)
    slowings = tuple(_worded(each) for each in command.slowings)
    # Judged before the map is asked: it is asked of places that are places.
    roads.replace(closures, slowings, command.reports, command.act)
    said: list[Closure | Slowing | SpeedReport] = [*closures, *slowings, *command.reports]
    for each in said:
        checks.stretch_on_the_map(each.stretch, desk)
    return _outcome(
        roads,
        closures=[str(each.closure_id) for each in closures],
        slowings=[str(each.slowing_id) for each in slowings],
        speeds=len(command.reports),
    )


def the_roads(city_id: str, act: Act, desk: Desk) -> Roads:
    """The city's roads; they come under our watch with the first word about them."""
    return desk.log.roads(city_id) or Roads(city_id=city_id, act=act)


def _worded(said: Said) -> Said:
    """A word of why is wanted of people; a program that counts cars has none."""
    return replace(said, reason=checks.optional_words("reason", said.reason, 200) or "")


def _outcome(roads: Roads, **answer: Any) -> Outcome:
    return Outcome((roads,), {**answer, "change": roads.traffic.version})
