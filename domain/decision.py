"""The advice behind an assignment, with all it was made from, so that it can be explained later."""

from typing import Any
from uuid import UUID

from domain.base import Aggregate, Beginning, event
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

    @event(Made)
    def __init__(
        self, decision_id: UUID, incident_id: UUID, run_id: UUID, advice: dict[str, Any] | Letters, act: Act
    ) -> None:
        self.incident_id = incident_id
        self.run_id = run_id
        self.advice = advice

    def told(self) -> dict[str, Any]:
        """The advice, taken apart."""
        if isinstance(self.advice, Letters):
            told: dict[str, Any] = self.advice.read()
            return told
        return self.advice

    @staticmethod
    def create_id(decision_id: UUID) -> UUID:
        return decision_id
