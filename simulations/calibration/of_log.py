"""Recorded calls out of the centre's own log, and who was on duty when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from dispatch.application import DispatchLog
from dispatch.some_facts import SomeFacts
from domain.base import Fact
from domain.call import Call
from domain.incident import Incident
from domain.run import Run
from domain.unit import Unit
from domain.values import Milestone
from simulations.calibration.recorded import Duty, RecordedCall

KINDS: Final = (
    Call.Received, Incident.Opened, Incident.Reprioritised, Run.Assigned, Run.Progressed, Run.Corrected,
    Run.Undone, Unit.WentOnDuty, Unit.WentOffDuty, Unit.TakenOutOfService, Unit.Returned,
)  # fmt: skip
"""All that is read of a log: most of its bytes are other facts."""
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
class _Run:
    incident_id: UUID
    at: dict[str, datetime] = field(default_factory=dict)


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
    """Of a priority that changed the last one counts, of a corrected time the correction, and what was
    reported by mistake and taken back does not."""
    rang: dict[UUID, datetime] = {}
    opened: dict[UUID, Incident.Opened] = {}
    priority: dict[UUID, str] = {}
    runs: dict[UUID, _Run] = {}
    duty: dict[str, _Duty] = {}
    for fact in facts:
        match fact:
            case Call.Received():
                rang[fact.originator_id] = fact.act.at
            case Incident.Opened():
                opened[fact.originator_id] = fact
                priority[fact.originator_id] = fact.priority
            case Incident.Reprioritised():
                priority[fact.originator_id] = fact.priority
            case Run.Assigned():
                runs[fact.originator_id] = _Run(fact.incident_id, {"sent": fact.act.at})
            case Run.Progressed() if fact.milestone in _NAMES and fact.originator_id in runs:
                runs[fact.originator_id].at[_NAMES[fact.milestone]] = fact.act.at
            case Run.Corrected() if fact.milestone in _NAMES and fact.originator_id in runs:
                runs[fact.originator_id].at[_NAMES[fact.milestone]] = fact.happened_at
            case Run.Undone() if fact.milestone in _NAMES and fact.originator_id in runs:
                runs[fact.originator_id].at.pop(_NAMES[fact.milestone], None)
            case Unit.WentOnDuty():
                duty.setdefault(fact.callsign, _Duty()).begins(fact.act.at)
            case Unit.Returned():
                duty.setdefault(fact.callsign, _Duty()).begins(fact.act.at)
            case Unit.WentOffDuty() | Unit.TakenOutOfService():
                duty.setdefault(fact.callsign, _Duty()).ends(fact.act.at)
    by_incident: dict[UUID, list[_Run]] = {}
    for run in runs.values():
        by_incident.setdefault(run.incident_id, []).append(run)
    calls = [
        _call(
            each,
            min(rang.get(each.call_id, each.act.at), each.act.at),
            priority[key],
            by_incident.get(key, []),
        )
        for key, each in opened.items()
    ]
    return calls, {callsign: tuple(each.spells) for callsign, each in duty.items()}


def _call(opened: Incident.Opened, rang_at: datetime, priority: str, runs: list[_Run]) -> RecordedCall:
    there = sorted((run for run in runs if "on_scene" in run.at), key=lambda run: run.at["on_scene"])
    if not there:
        return RecordedCall(rang_at, opened.position, priority, {}, None, 0)
    at = dict(there[0].at)
    if "left" not in at and "clear" in at:
        at["left"] = at["clear"]  # done at the scene
    carried = any("at_hospital" in run.at for run in there)
    ended = carried or all("clear" in run.at for run in there)
    return RecordedCall(rang_at, opened.position, priority, at, carried if ended else None, len(there))
