"""Words of the centre to one crew: sent, and read by somebody aboard or not yet.

A message is nothing anybody acts on unseen: it orders no unit anywhere, and what must be done at once is said
by radio. Nobody may wonder whether it arrived, so the crew says that it has read it.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event
from domain.values import Act

LONGEST = 300
"""Marks: what a crew reads at a glance, at the wheel or beside a patient."""


class CrewMessage(Aggregate):
    TOPIC = "CrewMessage"

    class Sent(Beginning):
        """incident_id, run_id : what the unit was on when it was sent; None between jobs"""

        TOPIC = "CrewMessage.Sent"
        message_id: UUID
        callsign: str
        words: str
        incident_id: UUID | None
        run_id: UUID | None

    class Read(Fact):
        TOPIC = "CrewMessage.Read"
        callsign: str
        incident_id: UUID | None

    @event(Sent)
    def __init__(
        self,
        message_id: UUID,
        callsign: str,
        words: str,
        incident_id: UUID | None,
        run_id: UUID | None,
        act: Act,
    ) -> None:
        self.callsign, self.words = callsign, words
        self.incident_id = incident_id
        self.sent_at: datetime = act.at
        self.read = False

    @staticmethod
    def create_id(message_id: UUID) -> UUID:
        return message_id

    def acknowledge(self, act: Act) -> None:
        """The first who reads it counts: two phones of one crew are one crew. Nobody read it before it was
        sent, whatever a phone's clock says."""
        if not self.read:
            seen = replace(act, at=max(act.at, self.sent_at))
            self._read(callsign=self.callsign, incident_id=self.incident_id, act=seen)

    @event(Read)
    def _read(self, callsign: str, incident_id: UUID | None, act: Act) -> None:
        self.read = True
