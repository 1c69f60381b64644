"""Something the desk must answer: who waits too long, a patient nobody takes over, a message nobody reads, a
service that fails.

It sounds until somebody acknowledges it by name, or its cause is over. A red one that nobody acknowledges is
told to the supervisor, once. Whoever cannot do anything about it now shelves it, until a moment and with a
reason; then it sounds again.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.desk_alarm_errors import DeskAlarmOver
from domain.values import Act

Kind = Literal["waiting", "untaken", "handover", "unread", "service"]
Level = Literal["red", "amber"]


class DeskAlarm(Aggregate):
    TOPIC = "DeskAlarm"

    class Raised(Beginning):
        """subject : what it is about: an incident, a run, a message, or the code of a failing service
        since   : when its cause began; the act says when that became too long
        """

        TOPIC = "DeskAlarm.Raised"
        kind: str
        subject: str
        level: str
        since: datetime
        incident_id: UUID | None
        callsign: str | None

    class Acknowledged(Fact):
        TOPIC = "DeskAlarm.Acknowledged"
        kind: str
        incident_id: UUID | None

    class Escalated(Fact):
        """Nobody took it up in time: the supervisor is told."""

        TOPIC = "DeskAlarm.Escalated"
        kind: str
        incident_id: UUID | None

    class Shelved(Fact):
        TOPIC = "DeskAlarm.Shelved"
        kind: str
        incident_id: UUID | None
        until: datetime
        reason: str

    class Returned(Fact):
        """From the shelf, by its time or by hand: it sounds again."""

        TOPIC = "DeskAlarm.Returned"
        kind: str
        incident_id: UUID | None

    class Ended(Fact):
        """Its cause is over."""

        TOPIC = "DeskAlarm.Ended"
        kind: str
        incident_id: UUID | None

    @event(Raised)
    def __init__(
        self,
        kind: str,
        subject: str,
        level: str,
        since: datetime,
        incident_id: UUID | None,
        callsign: str | None,
        act: Act,
    ) -> None:
        self.kind, self.subject, self.level = kind, subject, level
        self.incident_id = incident_id
        self.sounding_since = act.at
        self.acknowledged = self.escalated = self.ended = False
        self.shelved_until: datetime | None = None

    @staticmethod
    def create_id(act: Act) -> UUID:
        """One an order: the clock names its order by the cause, so said twice it is one alarm."""
        return natural_id("desk_alarm", act.command_id)

    @property
    def sounding(self) -> bool:
        return not (self.acknowledged or self.ended or self.shelved_until is not None)

    def acknowledge(self, act: Act) -> None:
        """Somebody takes it up; a second one changes nothing. Raises DeskAlarmOver."""
        self._refuse_ended()
        if self.sounding:
            self._acknowledged(kind=self.kind, incident_id=self.incident_id, act=act)

    def escalate(self, act: Act) -> None:
        if self.sounding and not self.escalated:
            self._escalated(kind=self.kind, incident_id=self.incident_id, act=act)

    def shelve(self, until: datetime, reason: str, act: Act) -> None:
        """Put it away until then, or until another moment than before. Raises DeskAlarmOver."""
        self._refuse_ended()
        if self.shelved_until != until:
            self._shelved(kind=self.kind, incident_id=self.incident_id, until=until, reason=reason, act=act)

    def bring_back(self, act: Act) -> None:
        """It sounds again. Raises DeskAlarmOver."""
        self._refuse_ended()
        if self.shelved_until is not None:
            self._returned(kind=self.kind, incident_id=self.incident_id, act=act)

    def end(self, act: Act) -> None:
        if not self.ended:
            self._ended(kind=self.kind, incident_id=self.incident_id, act=act)

    def _refuse_ended(self) -> None:
        if self.ended:
            raise DeskAlarmOver

    @event(Acknowledged)
    def _acknowledged(self, kind: str, incident_id: UUID | None, act: Act) -> None:
        self.acknowledged = True

    @event(Escalated)
    def _escalated(self, kind: str, incident_id: UUID | None, act: Act) -> None:
        self.escalated = True

    @event(Shelved)
    def _shelved(self, kind: str, incident_id: UUID | None, until: datetime, reason: str, act: Act) -> None:
        self.shelved_until = until

    @event(Returned)
    def _returned(self, kind: str, incident_id: UUID | None, act: Act) -> None:
        self.shelved_until = None
        self.acknowledged = self.escalated = False
        self.sounding_since = act.at

    @event(Ended)
    def _ended(self, kind: str, incident_id: UUID | None, act: Act) -> None:
        self.ended = True
