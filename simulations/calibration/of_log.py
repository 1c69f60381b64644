"""Recorded calls out of the centre's own log, and who was on duty when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from dispatch.application import DispatchLog
from dispatch.some_facts import SomeFacts
from domain.base import Fact
from domain.unit import Unit
from domain.values import Milestone
from simulations import needed
from simulations.calibration.recorded import Duty, RecordedCall
from simulations.needed import Needed, OwnLog, Reading

KINDS: Final = (
    *needed.KINDS, Unit.WentOnDuty, Unit.WentOffDuty, Unit.TakenOutOfService, Unit.Returned,
)  # fmt: skip
PAGE: Final = 5_000
_NAMES: Final = {
    str(Milestone.ASSIGNED): "sent",
    str(Milestone.EN_ROUTE): "en_route",
    str(Milestone.ON_SCENE): "on_scene",
    str(Milestone.TRANSPORTING): "left",
    str(Milestone.AT_HOSPITAL): "at_hospital",
    str(Milestone.HANDED_OVER): "handed_over",
    str(Milestone.CLEAR): "clear",
}


@dataclass(slots=True)
class _Duty:
    """spells : the last one's end is None while it lasts"""

    spells: list[tuple[datetime, datetime | None]] = field(default_factory=list)

    def begins(self, at: datetime) -> None:
        if not self.spells or self.spells[-1][1] is not None:
            self.spells.append((at, None))

    def ends(self, at: datetime) -> None:
        if self.spells and self.spells[-1][1] is None:
            since = self.spells.pop()[0]
            if at > since:
                self.spells.append((since, at))


def facts_in(log: DispatchLog) -> Iterator[Fact]:
    """From the first to the last, page by page, of a log that is stored."""
    some, place = SomeFacts(log, KINDS), 1
    while page := some.select(place, PAGE):
        yield from (fact for _, fact in page)
        place = page[-1][0] + 1


def recorded_in(facts: Iterable[Fact]) -> tuple[list[RecordedCall], Duty]:
    """What needed a unit, as it was corrected (`simulations/needed.py`), and who was on duty when."""
    read, duty = read_own_log(facts)
    return calls_of(read), duty


def read_own_log(facts: Iterable[Fact]) -> tuple[OwnLog, Duty]:
    reading = Reading()
    duty: dict[str, _Duty] = {}
    for fact in facts:
        match fact:
            case Unit.WentOnDuty() | Unit.Returned():
                duty.setdefault(fact.callsign, _Duty()).begins(fact.act.at)
            case Unit.WentOffDuty() | Unit.TakenOutOfService():
                duty.setdefault(fact.callsign, _Duty()).ends(fact.act.at)
            case _:
                reading.see(fact)
    return reading.found(), {callsign: tuple(each.spells) for callsign, each in duty.items()}


def calls_of(read: OwnLog) -> list[RecordedCall]:
    return [_call(each) for each in read.needed]


def _call(each: Needed) -> RecordedCall:
    at = {_NAMES[name]: moment for name, moment in each.at.items() if name in _NAMES}
    if "left" not in at and "clear" in at:
        at["left"] = at["clear"]  # done at the scene
    return RecordedCall(each.rang_at, each.position, each.priority, at, each.transported, each.crews)
