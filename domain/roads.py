"""The roads of a city as far as people and programs say what hinders them: closed, slowed, measured.

One thing a city, so that "the traffic after change 17" is one state that everybody means.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.road_errors import IdGivenTwice, TooMuchTraffic, UnknownClosure, UnknownSlowing
from domain.roads_rules import judge_closure, judge_report, judge_slowing
from domain.stretch_rules import judge_ground
from domain.traffic import Closure, Slowing, SpeedReport, Traffic
from domain.values import Act

MOST_CLOSURES = 500
MOST_SLOWINGS = 500
MOST_POINTS = 2_000  # an order
MOST_REPORTS = 2_000  # an order, and as many of the newest are kept


class Roads(Aggregate):
    """`traffic` is a value: each fact puts another in its place, one change number higher."""

    TOPIC = "Roads"

    class Watched(Beginning):
        TOPIC = "Roads.Watched"
        city_id: str

    class Closed(Fact):
        TOPIC = "Roads.Closed"
        city_id: str
        change: int
        closure: Closure

    class Reopened(Fact):
        TOPIC = "Roads.Reopened"
        city_id: str
        change: int
        closure_id: UUID
        cause: str  # "lifted" by people or "expired" by time
        reason: str | None

    class Slowed(Fact):
        TOPIC = "Roads.Slowed"
        city_id: str
        change: int
        slowing: Slowing

    class SlowingEnded(Fact):
        TOPIC = "Roads.SlowingEnded"
        city_id: str
        change: int
        slowing_id: UUID
        cause: str
        reason: str | None

    class SpeedsReported(Fact):
        TOPIC = "Roads.SpeedsReported"
        city_id: str
        change: int
        reports: tuple[SpeedReport, ...]

    class TrafficReplaced(Fact):
        TOPIC = "Roads.TrafficReplaced"
        city_id: str
        change: int
        closures: tuple[Closure, ...]
        slowings: tuple[Slowing, ...]
        reports: tuple[SpeedReport, ...]
        ended: tuple[UUID, ...]  # closures and slowings that stood before and are not said again

    @event(Watched)
    def __init__(self, city_id: str, act: Act) -> None:
        self.city_id = city_id
        self.traffic = Traffic()

    @staticmethod
    def create_id(city_id: str) -> UUID:
        return natural_id("roads", city_id)

    # --- what people say ----------------------------------------------------------------------

    def close(self, closure: Closure, act: Act) -> None:
        """A closure said again under its own id takes the place of the first."""
        judge_closure(closure, act.heard_at)
        others = tuple(each for each in self.traffic.closures if each.closure_id != closure.closure_id)
        if closure in self.traffic.closures:
            return
        _judge_amount((*others, closure), self.traffic.slowings, (), new=(closure,))
        self._closed(city_id=self.city_id, change=self._next, closure=closure, act=act)

    def reopen(self, closure_id: UUID, reason: str | None, act: Act) -> None:
        if closure_id not in {each.closure_id for each in self.traffic.closures}:
            raise UnknownClosure(closure_id=closure_id)
        self._reopen(closure_id, "lifted", reason, act)

    def slow(self, slowing: Slowing, act: Act) -> None:
        judge_slowing(slowing, act.heard_at)
        others = tuple(each for each in self.traffic.slowings if each.slowing_id != slowing.slowing_id)
        if slowing in self.traffic.slowings:
            return
        _judge_amount(self.traffic.closures, (*others, slowing), (), new=(slowing,))
        self._slowed(city_id=self.city_id, change=self._next, slowing=slowing, act=act)

    def end_slowing(self, slowing_id: UUID, reason: str | None, act: Act) -> None:
        if slowing_id not in {each.slowing_id for each in self.traffic.slowings}:
            raise UnknownSlowing(slowing_id=slowing_id)
        self._end_slowing(slowing_id, "lifted", reason, act)

    def report_speeds(self, reports: tuple[SpeedReport, ...], act: Act) -> None:
        """Measured speeds beside those known; the newest are kept."""
        for report in reports:
            judge_report(report, act.heard_at)
        _judge_amount((), (), reports, new=reports)
        if reports:
            self._speeds_reported(city_id=self.city_id, change=self._next, reports=reports, act=act)

    def replace(
        self,
        closures: tuple[Closure, ...],
        slowings: tuple[Slowing, ...],
        reports: tuple[SpeedReport, ...],
        act: Act,
    ) -> None:
        """All that hinders now, and nothing else. What is said as it stands already changes nothing."""
        for closure in closures:
            judge_closure(closure, act.heard_at)
        for slowing in slowings:
            judge_slowing(slowing, act.heard_at)
        for report in reports:
            judge_report(report, act.heard_at)
        _judge_amount(closures, slowings, reports, new=(*closures, *slowings, *reports))
        before = self.traffic
        if (closures, slowings, reports) == (before.closures, before.slowings, before.reports):
            return
        said = _ids(closures, slowings)
        ended = tuple(each for each in _ids(before.closures, before.slowings) if each not in set(said))
        self._traffic_replaced(
            city_id=self.city_id,
            change=self._next,
            closures=closures,
            slowings=slowings,
            reports=reports,
            ended=ended,
            act=act,
        )

    def expire(self, act: Act) -> None:
        """End all whose time has passed."""
        for closure in self.traffic.closures:
            if closure.until is not None and closure.until <= act.heard_at:
                self._reopen(closure.closure_id, "expired", None, act)
        for slowing in self.traffic.slowings:
            if slowing.until is not None and slowing.until <= act.heard_at:
                self._end_slowing(slowing.slowing_id, "expired", None, act)

    # --- what happened ------------------------------------------------------------------------

    @property
    def _next(self) -> int:
        return self.traffic.version + 1

    def _reopen(self, closure_id: UUID, cause: str, reason: str | None, act: Act) -> None:
        self._reopened(
            city_id=self.city_id,
            change=self._next,
            closure_id=closure_id,
            cause=cause,
            reason=reason,
            act=act,
        )

    def _end_slowing(self, slowing_id: UUID, cause: str, reason: str | None, act: Act) -> None:
        self._slowing_ended(
            city_id=self.city_id,
            change=self._next,
            slowing_id=slowing_id,
            cause=cause,
            reason=reason,
            act=act,
        )

    @event(Closed)
    def _closed(self, city_id: str, change: int, closure: Closure, act: Act) -> None:
        others = (each for each in self.traffic.closures if each.closure_id != closure.closure_id)
        self.traffic = replace(self.traffic, version=change, closures=(*others, closure))

    @event(Reopened)
    def _reopened(
        self, city_id: str, change: int, closure_id: UUID, cause: str, reason: str | None, act: Act
    ) -> None:
        left = tuple(each for each in self.traffic.closures if each.closure_id != closure_id)
        self.traffic = replace(self.traffic, version=change, closures=left)

    @event(Slowed)
    def _slowed(self, city_id: str, change: int, slowing: Slowing, act: Act) -> None:
        others = (each for each in self.traffic.slowings if each.slowing_id != slowing.slowing_id)
        self.traffic = replace(self.traffic, version=change, slowings=(*others, slowing))

    @event(SlowingEnded)
    def _slowing_ended(
        self, city_id: str, change: int, slowing_id: UUID, cause: str, reason: str | None, act: Act
    ) -> None:
        left = tuple(each for each in self.traffic.slowings if each.slowing_id != slowing_id)
        self.traffic = replace(self.traffic, version=change, slowings=left)

    @event(SpeedsReported)
    def _speeds_reported(self, city_id: str, change: int, reports: tuple[SpeedReport, ...], act: Act) -> None:
        known = newest((*self.traffic.reports, *reports))
        self.traffic = replace(self.traffic, version=change, reports=known)

    @event(TrafficReplaced)
    def _traffic_replaced(
        self,
        city_id: str,
        change: int,
        closures: tuple[Closure, ...],
        slowings: tuple[Slowing, ...],
        reports: tuple[SpeedReport, ...],
        ended: tuple[UUID, ...],
        act: Act,
    ) -> None:
        self.traffic = Traffic(change, tuple(closures), tuple(slowings), tuple(reports))


def newest(reports: Iterable[SpeedReport]) -> tuple[SpeedReport, ...]:
    """As many as are kept, oldest first; equal times stay in the order they were told."""
    return tuple(sorted(reports, key=lambda report: report.measured_at)[-MOST_REPORTS:])


def _ids(closures: Iterable[Closure], slowings: Iterable[Slowing]) -> tuple[UUID, ...]:
    return (*(each.closure_id for each in closures), *(each.slowing_id for each in slowings))


def _judge_amount(
    closures: tuple[Closure, ...],
    slowings: tuple[Slowing, ...],
    reports: tuple[SpeedReport, ...],
    new: Iterable[Closure | Slowing | SpeedReport],
) -> None:
    """Raises TooMuchTraffic, TooMuchGround, or IdGivenTwice where two things would go by one id."""
    said = [each.stretch for each in new]
    points = sum(len(stretch.points) for stretch in said)
    many = len(closures) > MOST_CLOSURES or len(slowings) > MOST_SLOWINGS or len(reports) > MOST_REPORTS
    if many or points > MOST_POINTS:
        raise TooMuchTraffic(
            closures=MOST_CLOSURES, slowings=MOST_SLOWINGS, points=MOST_POINTS, speeds=MOST_REPORTS
        )
    for its_id, times in Counter(_ids(closures, slowings)).items():
        if times > 1:
            raise IdGivenTwice(id=its_id)
    judge_ground(said)
