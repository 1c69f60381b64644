"""What a unit's positions say about its run, waiting for people to confirm or dismiss it.

One a run, a kind of move and a place: telemetry says it again and again, people are asked once.
"""

from typing import Literal, get_args
from uuid import UUID

from domain.assignment_errors import UnknownMove
from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.values import Act, Milestone, Position

Move = Literal["arrived_scene", "left_scene", "arrived_hospital", "left_hospital"]
MOVES: tuple[Move, ...] = get_args(Move)


def milestone_of(move: str, status: str) -> Milestone:
    """What a move means for a run at `status`. Raises UnknownMove.

    Who leaves the hospital has handed over, and is clear where that was said before.
    """
    match move:
        case "arrived_scene":
            return Milestone.ON_SCENE
        case "left_scene":
            return Milestone.TRANSPORTING
        case "arrived_hospital":
            return Milestone.AT_HOSPITAL
        case "left_hospital":
            return Milestone.CLEAR if status == Milestone.HANDED_OVER else Milestone.HANDED_OVER
    raise UnknownMove(kind=move[:40])


class Prompt(Aggregate):
    """`act.at` of its raising is when the move happened, by the first position that showed it."""

    TOPIC = "Prompt"

    class Raised(Beginning):
        TOPIC = "Prompt.Raised"
        prompt_id: UUID
        run_id: UUID
        incident_id: UUID
        callsign: str
        move: str
        milestone: str
        position: Position

    class Answered(Fact):
        """Confirmed: the milestone was reported with the time of the move. Dismissed: it was not so."""

        TOPIC = "Prompt.Answered"
        prompt_id: UUID
        run_id: UUID
        incident_id: UUID
        callsign: str
        milestone: str
        answer: str  # confirmed or dismissed
        reason: str | None

    @event(Raised)
    def __init__(
        self,
        prompt_id: UUID,
        run_id: UUID,
        incident_id: UUID,
        callsign: str,
        move: str,
        milestone: str,
        position: Position,
        act: Act,
    ) -> None:
        self.run_id = run_id
        self.incident_id = incident_id
        self.callsign = callsign
        self.move = move
        self.milestone = milestone
        self.position = position
        self.moved_at = act.at
        self.answer: str | None = None

    @staticmethod
    def create_id(prompt_id: UUID) -> UUID:
        return prompt_id

    @staticmethod
    def id_for(run_id: UUID, move: str, place_id: str) -> UUID:
        return natural_id("prompts", run_id, move, place_id)

    def answered(
        self, answer: Literal["confirmed", "dismissed"], milestone: str, reason: str | None, act: Act
    ) -> None:
        if self.answer is None:
            self._answered(
                prompt_id=self.id,
                run_id=self.run_id,
                incident_id=self.incident_id,
                callsign=self.callsign,
                milestone=milestone,
                answer=answer,
                reason=reason,
                act=act,
            )

    @event(Answered)
    def _answered(
        self,
        prompt_id: UUID,
        run_id: UUID,
        incident_id: UUID,
        callsign: str,
        milestone: str,
        answer: str,
        reason: str | None,
        act: Act,
    ) -> None:
        self.answer = answer
