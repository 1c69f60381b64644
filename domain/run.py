"""A run is one unit's answer to one incident, told in milestones."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias
from uuid import UUID

from domain import run_facts
from domain.assignment_errors import NothingToUndo, NotTheLast, TooLateToUndo
from domain.base import Aggregate, event
from domain.errors import FromTheFuture, IllegalMilestone, NothingToCorrect, OutOfOrder
from domain.run_course import ENDS, NEXT
from domain.values import Act, Milestone, Position


class Step(NamedTuple):
    """A milestone that stands, and which fact of the run told it."""

    milestone: str
    version: int
    heard_at: datetime


class Run(Aggregate):
    """Its events carry the incident, the unit and the hospital, so that every view finds its row by key."""

    TOPIC = "Run"

    Assigned: TypeAlias = run_facts.Assigned
    Progressed: TypeAlias = run_facts.Progressed
    Redirected: TypeAlias = run_facts.Redirected
    Corrected: TypeAlias = run_facts.Corrected
    Undone: TypeAlias = run_facts.Undone
    OutcomeTold: TypeAlias = run_facts.OutcomeTold
    Briefed: TypeAlias = run_facts.Briefed
    Moved: TypeAlias = run_facts.Moved

    @event(Assigned)
    def __init__(
        self,
        run_id: UUID,
        incident_id: UUID,
        incident_number: int,
        unit_id: UUID,
        callsign: str,
        hospital_id: str | None,
        bed_kind: str | None,
        decision_id: UUID | None,
        override_reason: str | None,
        eta_s: float | None,
        act: Act,
    ) -> None:
        self.incident_id = incident_id
        self.incident_number = incident_number
        self.unit_id = unit_id
        self.callsign = callsign
        self.hospital_id = hospital_id
        self.bed_kind = bed_kind
        self.eta_s = eta_s
        self.outcome: str | None = None
        self.steps = [Step(Milestone.ASSIGNED, 1, act.heard_at)]
        self.milestone: str = Milestone.ASSIGNED
        self.times: dict[str, datetime] = {Milestone.ASSIGNED: act.at}

    @staticmethod
    def create_id(run_id: UUID) -> UUID:
        return run_id

    @property
    def is_over(self) -> bool:
        return self.milestone in ENDS

    def allowed(self) -> tuple[Milestone, ...]:
        return NEXT[Milestone(self.milestone)]

    def progress(self, milestone: Milestone, position: Position | None, reason: str | None, act: Act) -> None:
        """Report a milestone. Said again with the same time it changes nothing."""
        at = self._in_step(act.at)
        if at is not act.at:
            act = replace(act, at=at)
        if milestone == self.milestone and self.times[milestone] == act.at:
            return
        if milestone not in self.allowed():
            raise IllegalMilestone(
                callsign=self.callsign,
                status=self.milestone,
                milestone=milestone.value,
                allowed=", ".join(self.allowed()) or "-",
            )
        refuse_the_future(act.at, act.heard_at)
        if act.at < self.times[self.milestone]:
            raise OutOfOrder(
                milestone=milestone.value,
                at=act.at.isoformat(),
                before=self.milestone,
                before_at=self.times[self.milestone].isoformat(),
            )
        self._progressed(
            milestone=milestone.value,
            incident_id=self.incident_id,
            incident_number=self.incident_number,
            callsign=self.callsign,
            hospital_id=self.hospital_id,
            position=position,
            reason=reason,
            act=act,
        )

    def redirect(self, hospital_id: str | None, bed_kind: str | None, reason: str | None, act: Act) -> None:
        if (hospital_id, bed_kind) == (self.hospital_id, self.bed_kind):
            return
        if self.is_over or self.milestone in (Milestone.AT_HOSPITAL, Milestone.HANDED_OVER):
            raise IllegalMilestone(
                callsign=self.callsign, status=self.milestone, milestone="redirected", allowed="-"
            )
        self._redirected(
            incident_id=self.incident_id,
            incident_number=self.incident_number,
            callsign=self.callsign,
            hospital_id=hospital_id,
            bed_kind=bed_kind,
            was_hospital_id=self.hospital_id,
            reason=reason,
            act=act,
        )

    def correct(self, milestone: Milestone, happened_at: datetime, reason: str, act: Act) -> None:
        """Mend a reported time. It must stay between its neighbours."""
        if milestone not in self.times:
            raise NothingToCorrect(run_id=self.id, milestone=milestone.value)
        refuse_the_future(happened_at, act.heard_at)
        reported = list(self.times)
        place = reported.index(milestone)
        for neighbour in reported[max(0, place - 1) : place + 2]:
            too_early = reported.index(neighbour) < place and happened_at < self.times[neighbour]
            too_late = reported.index(neighbour) > place and happened_at > self.times[neighbour]
            if too_early or too_late:
                first, second = (milestone, neighbour) if too_early else (neighbour, milestone)
                moments = {**self.times, milestone: happened_at}
                raise OutOfOrder(
                    milestone=str(first),
                    at=moments[first].isoformat(),
                    before=str(second),
                    before_at=moments[second].isoformat(),
                )
        self._corrected(
            incident_id=self.incident_id,
            incident_number=self.incident_number,
            callsign=self.callsign,
            hospital_id=self.hospital_id,
            milestone=milestone.value,
            happened_at=happened_at,
            was=self.times[milestone],
            reason=reason,
            act=act,
        )

    def undo(self, version: int | None, within: timedelta, reason: str | None, act: Act) -> str:
        """Take the last milestone back; which one it was.

        version : of the fact that is meant, None for whichever is the last
        within  : since we heard of it; what is older is corrected, not undone
        Raises NothingToUndo, NotTheLast, TooLateToUndo.
        """
        if not self.steps:
            raise NothingToUndo(run_id=self.id, why="nothing stands any more", why_vi="không còn mốc nào")
        last, before = self.steps[-1], self.steps[-2] if len(self.steps) > 1 else None
        if before is None and last.milestone != Milestone.ASSIGNED:
            # What follows an assignment that was taken back is no step of anybody's.
            raise NothingToUndo(
                run_id=self.id, why="the assignment was taken back", why_vi="lệnh điều xe đã được rút lại"
            )
        if version is not None and version != last.version:
            raise NotTheLast(milestone=last.milestone, of=f"{self.callsign} {last.version}")
        if act.heard_at - last.heard_at > within:
            raise TooLateToUndo(milestone=last.milestone, within_min=within.total_seconds() / 60)
        self._undone(
            unit_id=self.unit_id,
            incident_id=self.incident_id,
            incident_number=self.incident_number,
            callsign=self.callsign,
            hospital_id=self.hospital_id,
            bed_kind=self.bed_kind,
            assigned_at=self.times[Milestone.ASSIGNED],
            milestone=last.milestone,
            was=self.times[last.milestone],
            back_to=before.milestone if before else None,
            back_at=self.times[before.milestone] if before else None,
            reason=reason,
            act=act,
        )
        return last.milestone

    def tell_outcome(self, outcome: str, act: Act) -> None:
        if outcome != self.outcome:
            self._outcome_told(
                incident_id=self.incident_id,
                incident_number=self.incident_number,
                callsign=self.callsign,
                outcome=outcome,
                act=act,
            )

    def brief(self, address: str | None, complaint: str, act: Act) -> None:
        self._briefed(callsign=self.callsign, address=address, complaint=complaint, act=act)

    def move(self, incident_id: UUID, incident_number: int, back: bool, act: Act) -> None:
        """Go with the incident it serves, into another or `back` out of it; also when it is over."""
        if incident_id != self.incident_id:
            self._moved(
                incident_id=incident_id,
                incident_number=incident_number,
                was_incident_id=self.incident_id,
                callsign=self.callsign,
                hospital_id=self.hospital_id,
                milestone=str(self.milestone),
                assigned_at=self.times[Milestone.ASSIGNED],
                eta_s=self.eta_s,
                ended_at=self.times[self.milestone] if self.is_over else None,
                back=back,
                act=act,
            )

    def _in_step(self, at: datetime) -> datetime:
        """A crew whose clock runs a little behind ours did not arrive before it left."""
        last = self.times[self.milestone]
        behind_s = (last - at).total_seconds()
        return last if 0 < behind_s <= SKEW_S else at

    @event(Progressed)
    def _progressed(
        self,
        milestone: str,
        incident_id: UUID,
        incident_number: int,
        callsign: str,
        hospital_id: str | None,
        position: Position | None,
        reason: str | None,
        act: Act,
    ) -> None:
        self.milestone = milestone
        self.times[milestone] = act.at
        self.steps.append(Step(milestone, self.version + 1, act.heard_at))  # the fact is being applied

    @event(Undone)
    def _undone(
        self,
        unit_id: UUID,
        incident_id: UUID,
        incident_number: int,
        callsign: str,
        hospital_id: str | None,
        bed_kind: str | None,
        assigned_at: datetime,
        milestone: str,
        was: datetime,
        back_to: str | None,
        back_at: datetime | None,
        reason: str | None,
        act: Act,
    ) -> None:
        self.steps.pop()
        if back_to is not None:
            self.times.pop(milestone, None)
            self.milestone = back_to

    @event(OutcomeTold)
    def _outcome_told(
        self, incident_id: UUID, incident_number: int, callsign: str, outcome: str, act: Act
    ) -> None:
        self.outcome = outcome

    @event(Briefed)
    def _briefed(self, callsign: str, address: str | None, complaint: str, act: Act) -> None:
        pass

    @event(Moved)
    def _moved(
        self,
        incident_id: UUID,
        incident_number: int,
        was_incident_id: UUID,
        callsign: str,
        hospital_id: str | None,
        milestone: str,
        assigned_at: datetime,
        eta_s: float | None,
        ended_at: datetime | None,
        back: bool,
        act: Act,
    ) -> None:
        self.incident_id = incident_id
        self.incident_number = incident_number

    @event(Redirected)
    def _redirected(
        self,
        incident_id: UUID,
        incident_number: int,
        callsign: str,
        hospital_id: str | None,
        bed_kind: str | None,
        was_hospital_id: str | None,
        reason: str | None,
        act: Act,
    ) -> None:
        self.hospital_id = hospital_id
        self.bed_kind = bed_kind

    @event(Corrected)
    def _corrected(
        self,
        incident_id: UUID,
        incident_number: int,
        callsign: str,
        hospital_id: str | None,
        milestone: str,
        happened_at: datetime,
        was: datetime,
        reason: str,
        act: Act,
    ) -> None:
        self.times[milestone] = happened_at


SKEW_S = 5.0
"""How far a crew's clock may differ from ours before its times are refused."""


def refuse_the_future(at: datetime, now: datetime) -> None:
    if (at - now).total_seconds() > SKEW_S:
        raise FromTheFuture(at=at.isoformat(), now=now.isoformat())
