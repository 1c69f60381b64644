"""What of a log really needed a unit: where, when and how urgently, as it was corrected afterwards.

One fold for all who learn from a log: days that are played again, demand that is fitted, forecasts of
incidents and calibration. Left out, and counted, is what took no unit or is no emergency of the city:

- what was merged into another incident: its calls and runs count there;
- what was closed and nobody was ever sent to, as a hoax or somebody who only wanted advice;
- what was closed after all who were sent were turned back before they came;
- transfers between hospitals, whose scene is a hospital and whose end is agreed.

An incident of several crews counts once, with the times of the crew that was there first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, NamedTuple
from uuid import UUID

from domain.base import Fact
from domain.call import Call
from domain.incident import Incident
from domain.run import Run
from domain.run_course import ENDS
from domain.transfer import Transfer
from domain.values import Milestone, Position

KINDS: Final = (
    Call.Received, Incident.Opened, Incident.Reprioritised, Incident.Relocated, Incident.CallJoined,
    Incident.CallSeparated, Incident.Combined, Incident.Merged, Incident.Unmerged, Incident.Closed,
    Transfer.Begun, Run.Assigned, Run.Progressed, Run.Corrected, Run.Undone, Run.Moved,
)  # fmt: skip
"""All that is read: most of the bytes of a log are other facts."""

Why = Literal["merged", "without_run", "turned_back", "transfer"]
WHYS: Final[tuple[Why, ...]] = ("merged", "without_run", "turned_back", "transfer")

ON_SCENE, TRANSPORTING = str(Milestone.ON_SCENE), str(Milestone.TRANSPORTING)
LEFT: Final = (TRANSPORTING, str(Milestone.CLEAR), str(Milestone.STOOD_DOWN))
"""With one of these a crew leaves the scene."""


@dataclass(frozen=True, slots=True)
class Needed:
    """rang_at : of the earliest of its calls
    opened_at : of the earliest of the incidents that turned out to be this one
    at : of the crew that was there first, by milestone; empty where nobody came
    transported : by any crew; None where that is not known yet
    crews : how many came
    """

    incident_id: UUID
    rang_at: datetime
    opened_at: datetime
    position: Position
    priority: str
    patients: int
    at: Mapping[str, datetime]
    transported: bool | None
    crews: int

    def stretch_s(self, first: str, *last: str) -> float | None:
        ends = [self.at[each] for each in last if each in self.at]
        if first not in self.at or not ends:
            return None
        seconds = (min(ends) - self.at[first]).total_seconds()
        return round(seconds, 1) if seconds >= 0 else None


class LeftOut(NamedTuple):
    rang_at: datetime
    why: Why


class OwnLog(NamedTuple):
    """Both in the order in which they were opened."""

    needed: list[Needed]
    left_out: list[LeftOut]


@dataclass(slots=True)
class _Case:
    opened: Incident.Opened
    priority: str
    position: Position
    patients: int
    calls: set[UUID]
    merged_into: UUID | None = None
    closed: bool = False


@dataclass(slots=True)
class _Run:
    incident_id: UUID
    at: dict[str, datetime] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        return any(each in self.at for each in map(str, ENDS))


class Reading:
    """Facts go in one by one, in their order."""

    def __init__(self) -> None:
        self._rang: dict[UUID, datetime] = {}
        self._cases: dict[UUID, _Case] = {}
        self._runs: dict[UUID, _Run] = {}
        self._transfers: set[UUID] = set()

    def see(self, fact: Fact) -> None:
        match fact:
            case Call.Received():
                self._rang[fact.originator_id] = fact.act.at
            case Transfer.Begun():
                self._transfers.add(fact.incident_id)
            case Incident.Opened():
                its = _Case(fact, fact.priority, fact.position, fact.patients, {fact.call_id})
                self._cases[fact.originator_id] = its
            case Run.Assigned():
                self._runs[fact.originator_id] = _Run(
                    fact.incident_id, {str(Milestone.ASSIGNED): fact.act.at}
                )
            case _ if fact.originator_id in self._cases:
                self._of_incident(fact, self._cases[fact.originator_id])
            case _ if fact.originator_id in self._runs:
                self._of_run(fact, self._runs[fact.originator_id])

    def _of_incident(self, fact: Fact, its: _Case) -> None:
        match fact:
            case Incident.Reprioritised():
                its.priority = fact.priority
            case Incident.Relocated():
                its.position = fact.position
            case Incident.Combined():
                its.patients = fact.patients
            case Incident.CallJoined():
                its.calls.add(fact.call_id)
            case Incident.CallSeparated():
                its.calls.discard(fact.call_id)
                for brought in self._cases.values():
                    if brought.merged_into == fact.originator_id:
                        brought.calls.discard(fact.call_id)
            case Incident.Merged():
                its.merged_into = fact.into_id
            case Incident.Unmerged():
                its.merged_into, its.calls = None, set(fact.call_ids)
            case Incident.Closed():
                its.closed = True

    def _of_run(self, fact: Fact, its: _Run) -> None:
        match fact:
            case Run.Progressed():
                its.at[fact.milestone] = fact.act.at
            case Run.Corrected():
                its.at[fact.milestone] = fact.happened_at
            case Run.Undone(back_to=None):
                del self._runs[fact.originator_id]  # nobody was meant to be sent
            case Run.Undone():
                its.at.pop(fact.milestone, None)
            case Run.Moved():
                its.incident_id = fact.incident_id

    def found(self) -> OwnLog:
        runs: dict[UUID, list[_Run]] = {}
        for run in self._runs.values():
            runs.setdefault(run.incident_id, []).append(run)
        same: dict[UUID, list[_Case]] = {}
        for key, case in self._cases.items():
            same.setdefault(self._root(key), []).append(case)
        found = OwnLog([], [])
        for key, case in self._cases.items():
            its = [case] if case.merged_into is not None else same[key]
            opened_at = min(each.opened.act.at for each in its)
            rang = [self._rang[call] for each in its for call in each.calls if call in self._rang]
            rang_at = min([opened_at, *rang])
            crews = runs.get(key, [])
            why = self._why_not(key, case, crews)
            if why is not None:
                found.left_out.append(LeftOut(rang_at, why))
                continue
            there = sorted((run for run in crews if ON_SCENE in run.at), key=lambda run: run.at[ON_SCENE])
            found.needed.append(
                Needed(
                    key,
                    rang_at,
                    opened_at,
                    case.position,
                    case.priority,
                    case.patients,
                    there[0].at if there else {},
                    _transported(there),
                    len(there),
                )
            )
        return found

    def _root(self, key: UUID) -> UUID:
        into = self._cases[key].merged_into
        return key if into is None or into not in self._cases else self._root(into)

    def _why_not(self, key: UUID, case: _Case, crews: list[_Run]) -> Why | None:
        if case.merged_into is not None:
            return "merged"
        if key in self._transfers:
            return "transfer"
        if case.closed and all(run.over and ON_SCENE not in run.at for run in crews):
            return "turned_back" if crews else "without_run"
        return None


def _transported(there: list[_Run]) -> bool | None:
    if any(TRANSPORTING in run.at for run in there):
        return True
    return False if there and all(run.over for run in there) else None


def read_needed(facts: Iterable[Fact]) -> OwnLog:
    reading = Reading()
    for fact in facts:
        reading.see(fact)
    return reading.found()
