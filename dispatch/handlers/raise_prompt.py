"""A unit's positions say that it came or went: people are asked to confirm it."""

from dataclasses import dataclass
from uuid import UUID

from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.prompt import Prompt, milestone_of
from domain.run import refuse_the_future
from domain.values import Act, Position


@dataclass(frozen=True, slots=True)
class RaisePrompt:
    """`act.at` : of the first position that showed it; prompt_id : the same however often it is found"""

    act: Act
    prompt_id: UUID
    run_id: UUID
    move: str
    position: Position


def raise_prompt(command: RaisePrompt, desk: Desk) -> Outcome:
    """Nothing is asked of a run that is over, or that told the milestone itself."""
    refuse_the_future(command.act.at, command.act.heard_at)
    run = desk.log.run(command.run_id)
    milestone = milestone_of(command.move, run.milestone)
    answer = {"run_id": str(run.id), "prompt_id": str(command.prompt_id), "milestone": milestone.value}
    if run.is_over or milestone in run.times or desk.log.taken(command.prompt_id):
        return Outcome((), answer)
    prompt = Prompt(
        prompt_id=command.prompt_id,
        run_id=run.id,
        incident_id=run.incident_id,
        callsign=run.callsign,
        move=command.move,
        milestone=milestone.value,
        position=command.position,
        act=command.act,
    )
    return Outcome((prompt,), answer)
