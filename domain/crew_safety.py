"""Whether a crew is safe: its calls for help, the checks at the scene, and what became of each alarm.

One thing a unit, apart from its assignments: a crew that presses for help never loses a race with an order.
"""

from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from domain.assignment_errors import AlarmOver, AlarmUnanswered
from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.values import Act, Position

AlarmKind = Literal["sos", "welfare"]
OUTCOMES: tuple[str, ...] = ("safe", "helped", "police_sent", "false_alarm", "answered")
"""How an alarm may end: `answered` is a missed check that was answered after all."""


@dataclass(frozen=True, slots=True)
class StandingAlarm:
    kind: str
    run_id: UUID | None
    acknowledged: bool = False
    escalated: bool = False


class CrewSafety(Aggregate):
    """`standing` holds the alarms that are not closed: at most one of each kind."""

    TOPIC = "CrewSafety"

    class Watched(Beginning):
        TOPIC = "CrewSafety.Watched"
        callsign: str

    class AlarmRaised(Fact):
        TOPIC = "CrewSafety.AlarmRaised"
        alarm_id: UUID
        kind: str  # sos or welfare
        callsign: str
        run_id: UUID | None
        incident_id: UUID | None
        position: Position | None
        note: str | None

    class AlarmRepeated(Fact):
        """Pressed again while it stands."""

        TOPIC = "CrewSafety.AlarmRepeated"
        alarm_id: UUID
        callsign: str
        incident_id: UUID | None
        position: Position | None
        note: str | None

    class AlarmAcknowledged(Fact):
        TOPIC = "CrewSafety.AlarmAcknowledged"
        alarm_id: UUID
        callsign: str
        incident_id: UUID | None

    class AlarmEscalated(Fact):
        """Nobody took it up in time: the supervisor is told."""

        TOPIC = "CrewSafety.AlarmEscalated"
        alarm_id: UUID
        callsign: str
        incident_id: UUID | None

    class AlarmClosed(Fact):
        TOPIC = "CrewSafety.AlarmClosed"
        alarm_id: UUID
        callsign: str
        incident_id: UUID | None
        outcome: str
        note: str | None

    class CheckedIn(Fact):
        """The crew says that all is well."""

        TOPIC = "CrewSafety.CheckedIn"
        callsign: str
        run_id: UUID
        incident_id: UUID

    @event(Watched)
    def __init__(self, callsign: str, act: Act) -> None:
        self.callsign = callsign
        self.standing: dict[UUID, StandingAlarm] = {}
        self.closed: set[UUID] = set()
        self.incidents: dict[UUID, UUID | None] = {}

    @staticmethod
    def create_id(callsign: str) -> UUID:
        return natural_id("crew_safety", callsign)

    def of_kind(self, kind: str) -> UUID | None:
        return next((alarm_id for alarm_id, alarm in self.standing.items() if alarm.kind == kind), None)

    def raise_alarm(
        self,
        alarm_id: UUID,
        kind: AlarmKind,
        run_id: UUID | None,
        incident_id: UUID | None,
        position: Position | None,
        note: str | None,
        act: Act,
    ) -> UUID:
        """The alarm that stands now: pressing again while one does makes no second; a missed check is told
        once."""
        standing = self.of_kind(kind)
        if standing is None and alarm_id not in self.closed:
            self._alarm_raised(
                alarm_id=alarm_id,
                kind=kind,
                callsign=self.callsign,
                run_id=run_id,
                incident_id=incident_id,
                position=position,
                note=note,
                act=act,
            )
        elif standing is not None and kind == "sos":
            self._alarm_repeated(
                alarm_id=standing,
                callsign=self.callsign,
                incident_id=self.incidents.get(standing),
                position=position,
                note=note,
                act=act,
            )
        return standing or alarm_id

    def acknowledge(self, alarm_id: UUID, act: Act) -> None:
        if not self._alarm(alarm_id).acknowledged:
            incident_id = self.incidents.get(alarm_id)
            self._alarm_acknowledged(
                alarm_id=alarm_id, callsign=self.callsign, incident_id=incident_id, act=act
            )

    def escalate(self, alarm_id: UUID, act: Act) -> None:
        """Once, and only while it stands and nobody has it."""
        alarm = self.standing.get(alarm_id)
        if alarm is not None and not (alarm.acknowledged or alarm.escalated):
            incident_id = self.incidents.get(alarm_id)
            self._alarm_escalated(alarm_id=alarm_id, callsign=self.callsign, incident_id=incident_id, act=act)

    def close(self, alarm_id: UUID, outcome: str, note: str | None, act: Act) -> None:
        """End an alarm that somebody acknowledged. Raises AlarmUnanswered, AlarmOver."""
        if not self._alarm(alarm_id).acknowledged:
            raise AlarmUnanswered(callsign=self.callsign)
        self._close(alarm_id, outcome, note, act)

    def check_in(self, run_id: UUID, incident_id: UUID, act: Act) -> None:
        """All is well; an alarm about a missed check ends by it."""
        self._checked_in(callsign=self.callsign, run_id=run_id, incident_id=incident_id, act=act)
        missed = self.of_kind("welfare")
        if missed is not None:
            self._close(missed, "answered", None, act)

    def _close(self, alarm_id: UUID, outcome: str, note: str | None, act: Act) -> None:
        self._alarm_closed(
            alarm_id=alarm_id,
            callsign=self.callsign,
            incident_id=self.incidents.get(alarm_id),
            outcome=outcome,
            note=note,
            act=act,
        )

    def _alarm(self, alarm_id: UUID) -> StandingAlarm:
        alarm = self.standing.get(alarm_id)
        if alarm is None:
            raise AlarmOver(callsign=self.callsign)
        return alarm

    @event(AlarmRaised)
    def _alarm_raised(
        self,
        alarm_id: UUID,
        kind: str,
        callsign: str,
        run_id: UUID | None,
        incident_id: UUID | None,
        position: Position | None,
        note: str | None,
        act: Act,
    ) -> None:
        self.standing[alarm_id] = StandingAlarm(kind, run_id)
        self.incidents[alarm_id] = incident_id

    @event(AlarmRepeated)
    def _alarm_repeated(
        self,
        alarm_id: UUID,
        callsign: str,
        incident_id: UUID | None,
        position: Position | None,
        note: str | None,
        act: Act,
    ) -> None:
        pass

    @event(AlarmAcknowledged)
    def _alarm_acknowledged(self, alarm_id: UUID, callsign: str, incident_id: UUID | None, act: Act) -> None:
        self.standing[alarm_id] = replace(self.standing[alarm_id], acknowledged=True)

    @event(AlarmEscalated)
    def _alarm_escalated(self, alarm_id: UUID, callsign: str, incident_id: UUID | None, act: Act) -> None:
        self.standing[alarm_id] = replace(self.standing[alarm_id], escalated=True)

    @event(AlarmClosed)
    def _alarm_closed(
        self,
        alarm_id: UUID,
        callsign: str,
        incident_id: UUID | None,
        outcome: str,
        note: str | None,
        act: Act,
    ) -> None:
        self.standing.pop(alarm_id, None)
        self.incidents.pop(alarm_id, None)
        self.closed.add(alarm_id)

    @event(CheckedIn)
    def _checked_in(self, callsign: str, run_id: UUID, incident_id: UUID, act: Act) -> None:
        pass
