"""A run is one unit's answer to one incident, told in milestones."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event
from domain.errors import FromTheFuture, IllegalMilestone, NothingToCorrect, OutOfOrder
from domain.run_course import ENDS, NEXT
from domain.values import Act, Milestone, Position


class Run(Aggregate):
    """Its events carry the incident, the unit and the hospital, so that every view finds its row by key."""

    TOPIC = "Run"

    class Assigned(Beginning):
        TOPIC = "Run.Assigned"
        run_id: UUID
        incident_id: UUID
        incident_number: int
        unit_id: UUID
        callsign: str
        hospital_id: str | None
        bed_kind: str | None
        decision_id: UUID | None
        override_reason: str | None
        eta_s: float | None

    class Progressed(Fact):
        """A milestone was reached."""

        TOPIC = "Run.Progressed"
        milestone: str
        incident_id: UUID
        incident_number: int
        callsign: str
        hospital_id: str | None
        position: Position | None
        reason: str | None

    class Redirected(Fact):
        """The patient goes to another hospital than planned."""

        TOPIC = "Run.Redirected"
        incident_id: UUID
        incident_number: int
        callsign: str
        hospital_id: str | None
        bed_kind: str | None
        was_hospital_id: str | None
        reason: str | None

    class Corrected(Fact):
        """A time was wrong. The original stays in the log, and here."""

        TOPIC = "Run.Corrected"
        incident_id: UUID
        incident_number: int
        callsign: str
        milestone: str
        happened_at: datetime
        was: datetime
        reason: str

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
        self.callsign = callsign
        self.hospital_id = hospital_id
        self.bed_kind = bed_kind
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
        act = replace(act, at=self._in_step(act.at))
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
            milestone=milestone.value,
            happened_at=happened_at,
            was=self.times[milestone],
            reason=reason,
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
