"""The taker reads a step to the caller: which one, from when to when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.run import refuse_the_future
from domain.triage import Instruction
from domain.triage_errors import EndsBeforeItBegins, UnknownStep
from domain.values import Act


@dataclass(frozen=True, slots=True)
class InstructCall:
    """determinant, step : where the words stand on the card; ended_at : None while it goes on"""

    act: Act
    call_id: UUID
    instruction_id: UUID
    protocol: str
    determinant: str
    step: str
    began_at: datetime
    ended_at: datetime | None


def instruct_call(command: InstructCall, desk: Desk) -> Outcome:
    """The same id again, with an end, tells when it was over. Raises UnknownProtocol, UnknownStep."""
    refuse_the_future(command.began_at, command.act.heard_at)
    if command.ended_at is not None:
        refuse_the_future(command.ended_at, command.act.heard_at)
        if command.ended_at < command.began_at:
            raise EndsBeforeItBegins(began_at=command.began_at, ended_at=command.ended_at)
    call = desk.log.call(command.call_id)
    card = desk.cards.of_call(call, command.protocol)
    determinant = card.determinants.get(command.determinant)
    steps = determinant.instructions if determinant is not None else ()
    step = next((each for each in steps if each.id == command.step), None)
    if step is None:
        named = f"{command.determinant}/{command.step}"[:80]
        raise UnknownStep(protocol=card.id, version=card.version, step=named)
    told = Instruction(
        instruction_id=command.instruction_id,
        protocol=card.id,
        protocol_version=card.version,
        determinant=command.determinant,
        step=step.id,
        text=dict(step.text),
        metronome_bpm=step.metronome_bpm,
        began_at=command.began_at,
        ended_at=command.ended_at,
    )
    call.instruct(told, command.act)
    answer = {
        "id": str(call.id),
        "instruction_id": str(command.instruction_id),
        "metronome_bpm": step.metronome_bpm,
    }
    return Outcome((call,), answer)
