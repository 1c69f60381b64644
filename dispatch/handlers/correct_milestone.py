"""A time was wrong: the right one is said beside it, the first one stays."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.handlers.report_milestone import as_milestone
from domain.values import Act


@dataclass(frozen=True, slots=True)
class CorrectMilestone:
    act: Act
    run_id: UUID
    milestone: str
    happened_at: datetime
    reason: str


def correct_milestone(command: CorrectMilestone, desk: Desk) -> Outcome:
    run = desk.log.run(command.run_id)
    milestone = as_milestone(command.milestone)
    reason = checks.words("reason", command.reason, 200)
    run.correct(milestone, command.happened_at, reason, command.act)
    return Outcome((run,), {"run_id": str(run.id), "milestone": milestone.value})
