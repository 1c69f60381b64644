"""A call is one conversation with someone who asks for help. It ends in an incident, or with a reason."""

from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event
from domain.errors import CallAlreadySettled
from domain.values import Act, Position


class Call(Aggregate):
    TOPIC = "Call"

    class Received(Beginning):
        TOPIC = "Call.Received"
        call_id: UUID
        phone: str
        caller_name: str | None
        position: Position | None
        address: str | None
        complaint: str

    class Located(Fact):
        TOPIC = "Call.Located"
        position: Position
        address: str | None

    class Triaged(Fact):
        TOPIC = "Call.Triaged"
        protocol: str
        protocol_version: int
        answers: dict[str, str]
        determinant: str
        priority: str | None  # None where nobody needs an ambulance

    class Joined(Fact):
        TOPIC = "Call.Joined"
        incident_id: UUID

    class Closed(Fact):
        TOPIC = "Call.Closed"
        reason: str

    @event(Received)
    def __init__(
        self,
        call_id: UUID,
        phone: str,
        caller_name: str | None,
        position: Position | None,
        address: str | None,
        complaint: str,
        act: Act,
    ) -> None:
        self.phone = phone
        self.position = position
        self.address = address
        self.complaint = complaint
        self.determinant: str | None = None
        self.priority: str | None = None
        self.incident_id: UUID | None = None
        self.closed_reason: str | None = None

    @staticmethod
    def create_id(call_id: UUID) -> UUID:
        return call_id

    def locate(self, position: Position, address: str | None, act: Act) -> None:
        """Say where it is. Allowed as long as the conversation goes on, also within an incident."""
        self._refuse_if_closed()
        self._located(position=position, address=address, act=act)

    def triage(
        self,
        protocol: str,
        protocol_version: int,
        answers: dict[str, str],
        determinant: str,
        priority: str | None,
        act: Act,
    ) -> None:
        """Record the answers and what they mean. Asked again, the newest outcome counts."""
        self._refuse_if_closed()
        self._triaged(
            protocol=protocol,
            protocol_version=protocol_version,
            answers=answers,
            determinant=determinant,
            priority=priority,
            act=act,
        )

    def join(self, incident_id: UUID, act: Act) -> None:
        if self.incident_id == incident_id:
            return
        self._refuse_if_closed()
        if self.incident_id is not None:
            raise CallAlreadySettled(call_id=self.id, status="in_incident", incident_id=self.incident_id)
        self._joined(incident_id=incident_id, act=act)

    def close(self, reason: str, act: Act) -> None:
        """End a call that needs no incident. A call that has one ends with it."""
        self._refuse_if_closed()
        if self.incident_id is not None:
            raise CallAlreadySettled(call_id=self.id, status="in_incident", incident_id=self.incident_id)
        self._closed(reason=reason, act=act)

    def _refuse_if_closed(self) -> None:
        if self.closed_reason is not None:
            raise CallAlreadySettled(call_id=self.id, status="closed", reason=self.closed_reason)

    @event(Located)
    def _located(self, position: Position, address: str | None, act: Act) -> None:
        self.position = position
        self.address = address or self.address

    @event(Triaged)
    def _triaged(
        self,
        protocol: str,
        protocol_version: int,
        answers: dict[str, str],
        determinant: str,
        priority: str | None,
        act: Act,
    ) -> None:
        self.determinant = determinant
        self.priority = priority

    @event(Joined)
    def _joined(self, incident_id: UUID, act: Act) -> None:
        self.incident_id = incident_id

    @event(Closed)
    def _closed(self, reason: str, act: Act) -> None:
        self.closed_reason = reason
