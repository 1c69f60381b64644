"""The advice behind an assignment, with all it was made from, so that it can be explained later."""

from typing import Any
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event
from domain.letters import Letters
from domain.values import Act


class Decision(Aggregate):
    TOPIC = "Decision"

    class Made(Beginning):
        """`advice` is the recommendation as JSON: ranks, reasons, positions used, map and traffic version.

        Older facts hold it taken apart, newer ones in letters.
        """

        TOPIC = "Decision.Made"
        decision_id: UUID
        incident_id: UUID
        run_id: UUID
        advice: dict[str, Any] | Letters

    class Overridden(Fact):
        """Somebody else went than the advice named first, for a reason.

        instead     : who was first of those still free
        given_up_s  : how much later who went was expected than the other; negative where sooner
        """

        TOPIC = "Decision.Overridden"
        incident_id: UUID
        incident_number: int
        priority: str
        run_id: UUID
        callsign: str
        instead: str
        code: str
        reason: str
        given_up_s: float | None

    @event(Made)
    def __init__(
        self, decision_id: UUID, incident_id: UUID, run_id: UUID, advice: dict[str, Any] | Letters, act: Act
    ) -> None:
        self.incident_id = incident_id
        self.run_id = run_id
        self.advice = advice
        self.overridden: list[UUID] = []

    def override(
        self,
        incident_number: int,
        priority: str,
        run_id: UUID,
        callsign: str,
        instead: str,
        code: str,
        reason: str,
        given_up_s: float | None,
        act: Act,
    ) -> None:
        self._overridden(
            incident_id=self.incident_id,
            incident_number=incident_number,
            priority=priority,
            run_id=run_id,
            callsign=callsign,
            instead=instead,
            code=code,
            reason=reason,
            given_up_s=given_up_s,
            act=act,
        )

    @event(Overridden)
    def _overridden(
        self,
        incident_id: UUID,
        incident_number: int,
        priority: str,
        run_id: UUID,
        callsign: str,
        instead: str,
        code: str,
        reason: str,
        given_up_s: float | None,
        act: Act,
    ) -> None:
        self.overridden.append(run_id)

    def told(self) -> dict[str, Any]:
        """The advice, taken apart."""
        if isinstance(self.advice, Letters):
            told: dict[str, Any] = self.advice.read()
            return told
        return self.advice

    @staticmethod
    def create_id(decision_id: UUID) -> UUID:
        return decision_id
