"""A proposal to wait somewhere else is accepted, and the unit drives there free; or it is declined, with a
reason. The crew that is sent there says that it goes, or why it cannot."""

from dataclasses import asdict, dataclass
from typing import ClassVar
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.move_up import MoveUp
from domain.run import refuse_the_future
from domain.values import Act


@dataclass(frozen=True, slots=True)
class AcceptMoveUp:
    """`move_up` is what was proposed, looked up by us by the id that the client sent."""

    DERIVED: ClassVar = ("move_up",)

    act: Act
    move_up_id: str
    move_up: MoveUp


@dataclass(frozen=True, slots=True)
class DeclineMoveUp:
    DERIVED: ClassVar = ("move_up",)

    act: Act
    move_up_id: str
    move_up: MoveUp
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerPost:
    """reason : why not; None where the crew goes"""

    act: Act
    callsign: str
    move_up_id: UUID
    going: bool
    reason: str | None


def accept_move_up(command: AcceptMoveUp, desk: Desk) -> Outcome:
    refuse_the_future(command.act.at, command.act.heard_at)
    unit = desk.log.unit(command.move_up.callsign)
    unit.send_to_post(command.move_up, command.act)
    return Outcome((unit,), _answer(command.move_up, "accepted"))


def decline_move_up(command: DeclineMoveUp, desk: Desk) -> Outcome:
    refuse_the_future(command.act.at, command.act.heard_at)
    reason = checks.words("reason", command.reason, 500)
    unit = desk.log.unit(command.move_up.callsign)
    unit.decline_post(command.move_up, reason, command.act)
    return Outcome((unit,), _answer(command.move_up, "declined"))


def answer_post(command: AnswerPost, desk: Desk) -> Outcome:
    refuse_the_future(command.act.at, command.act.heard_at)
    reason = None if command.going else checks.words("reason", command.reason or "", 500)
    unit = desk.log.unit(command.callsign)
    unit.answer_post(command.move_up_id, command.going, reason, command.act)
    return Outcome((unit,), {"callsign": unit.callsign, "going": command.going})


def _answer(move_up: MoveUp, answer: str) -> dict[str, object]:
    told = asdict(move_up)
    return {
        "id": str(told.pop("move_up_id")),
        "answer": answer,
        "callsign": told["callsign"],
        "post_id": told["post_id"],
    }
