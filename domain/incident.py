"""An incident is one need at one place. Calls join it, runs serve it."""

from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event
from domain.errors import IncidentOver, IncidentStillServed
from domain.values import Act, Needs, Position


class Incident(Aggregate):
    TOPIC = "Incident"

    class Opened(Beginning):
        TOPIC = "Incident.Opened"
        incident_id: UUID
        number: int
        call_id: UUID
        position: Position
        address: str | None
        complaint: str
        determinant: str | None
        priority: str
        patients: int
        needs: Needs

    class CallJoined(Fact):
        TOPIC = "Incident.CallJoined"
        call_id: UUID

    class Reprioritised(Fact):
        TOPIC = "Incident.Reprioritised"
        priority: str
        was: str
        needs: Needs
        reason: str | None

    class Relocated(Fact):
        TOPIC = "Incident.Relocated"
        position: Position
        address: str | None

    class Noted(Fact):
        TOPIC = "Incident.Noted"
        note_id: UUID
        text: str

    class RunOpened(Fact):
        TOPIC = "Incident.RunOpened"
        run_id: UUID
        callsign: str

    class RunEnded(Fact):
        TOPIC = "Incident.RunEnded"
        run_id: UUID
        callsign: str
        outcome: str

    class Closed(Fact):
        TOPIC = "Incident.Closed"
        reason: str

    @event(Opened)
    def __init__(
        self,
        incident_id: UUID,
        number: int,
        call_id: UUID,
        position: Position,
        address: str | None,
        complaint: str,
        determinant: str | None,
        priority: str,
        patients: int,
        needs: Needs,
        act: Act,
    ) -> None:
        self.number = number
        self.call_ids = [call_id]
        self.position = position
        self.address = address
        self.priority = priority
        self.determinant = determinant
        self.needs = needs
        self.notes: set[UUID] = set()
        self.serving: dict[UUID, str] = {}
        self.closed_reason: str | None = None

    @staticmethod
    def create_id(incident_id: UUID) -> UUID:
        return incident_id

    def join_call(self, call_id: UUID, act: Act) -> None:
        if call_id in self.call_ids:
            return
        self._refuse_if_over()
        self._call_joined(call_id=call_id, act=act)

    def reprioritise(self, priority: str, needs: Needs, reason: str | None, act: Act) -> None:
        self._refuse_if_over()
        if priority != self.priority or needs != self.needs:
            self._reprioritised(priority=priority, was=self.priority, needs=needs, reason=reason, act=act)

    def relocate(self, position: Position, address: str | None, act: Act) -> None:
        self._refuse_if_over()
        self._relocated(position=position, address=address, act=act)

    def note(self, note_id: UUID, text: str, act: Act) -> None:
        """Notes may follow after the end: the crew remembers something on the way home."""
        if note_id not in self.notes:
            self._noted(note_id=note_id, text=text, act=act)

    def open_run(self, run_id: UUID, callsign: str, act: Act) -> None:
        self._refuse_if_over()
        if run_id not in self.serving:
            self._run_opened(run_id=run_id, callsign=callsign, act=act)

    def end_run(self, run_id: UUID, outcome: str, act: Act) -> None:
        if run_id in self.serving:
            self._run_ended(run_id=run_id, callsign=self.serving[run_id], outcome=outcome, act=act)

    def close(self, reason: str, act: Act) -> None:
        self._refuse_if_over()
        if self.serving:
            callsigns = ", ".join(sorted(self.serving.values()))
            raise IncidentStillServed(number=self.number, callsigns=callsigns)
        self._closed(reason=reason, act=act)

    def _refuse_if_over(self) -> None:
        if self.closed_reason is not None:
            raise IncidentOver(number=self.number, incident_id=self.id, reason=self.closed_reason)

    @event(CallJoined)
    def _call_joined(self, call_id: UUID, act: Act) -> None:
        self.call_ids.append(call_id)

    @event(Reprioritised)
    def _reprioritised(self, priority: str, was: str, needs: Needs, reason: str | None, act: Act) -> None:
        self.priority = priority
        self.needs = needs

    @event(Relocated)
    def _relocated(self, position: Position, address: str | None, act: Act) -> None:
        self.position = position
        self.address = address or self.address

    @event(Noted)
    def _noted(self, note_id: UUID, text: str, act: Act) -> None:
        self.notes.add(note_id)

    @event(RunOpened)
    def _run_opened(self, run_id: UUID, callsign: str, act: Act) -> None:
        self.serving[run_id] = callsign

    @event(RunEnded)
    def _run_ended(self, run_id: UUID, callsign: str, outcome: str, act: Act) -> None:
        self.serving.pop(run_id, None)

    @event(Closed)
    def _closed(self, reason: str, act: Act) -> None:
        self.closed_reason = reason
