"""People confirm what the positions said, or dismiss it."""

from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from domain.assignment_errors import NothingToPrompt
from domain.prompt import Prompt, milestone_of
from domain.values import Act


@dataclass(frozen=True, slots=True)
class AnswerPrompt:
    act: Act
    run_id: UUID
    prompt_id: UUID
    confirmed: bool
    reason: str | None


def answer_prompt(command: AnswerPrompt, desk: Desk) -> Outcome:
    """Confirmed, the milestone is reported with the time of the move, not of the click, in the same save."""
    run = desk.log.run(command.run_id)
    prompt = desk.log.find(Prompt, command.prompt_id)
    if prompt is None or prompt.run_id != run.id or prompt.answer is not None:
        raise NothingToPrompt(callsign=run.callsign)
    milestone = milestone_of(prompt.move, run.milestone).value
    reason = checks.optional_words("reason", command.reason, 200)
    answer = {"run_id": str(run.id), "milestone": milestone, "at": prompt.moved_at.isoformat()}
    if not command.confirmed or milestone in run.times:
        said: Literal["confirmed", "dismissed"] = "confirmed" if command.confirmed else "dismissed"
        prompt.answered(said, milestone, reason, command.act)
        return Outcome((prompt,), answer)
    told = ReportMilestone(
        act=replace(command.act, at=prompt.moved_at),
        run_id=run.id,
        milestone=milestone,
        position=prompt.position,
        reason=None,
    )
    reported = report_milestone(told, desk)
    prompt.answered("confirmed", milestone, reason, command.act)
    return Outcome((*reported.changed, prompt), answer)
