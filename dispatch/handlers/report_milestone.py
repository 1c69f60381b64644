"""A crew tells how far it is; the unit, the bed and the incident follow in the same save."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.base import Aggregate
from domain.errors import UnknownMilestone
from domain.run import Run
from domain.run_course import ENDS
from domain.values import Act, Milestone, Position


@dataclass(frozen=True, slots=True)
class ReportMilestone:
    act: Act
    run_id: UUID
    milestone: str
    position: Position | None
    reason: str | None


def report_milestone(command: ReportMilestone, desk: Desk) -> Outcome:
    milestone = as_milestone(command.milestone)
    run = desk.log.run(command.run_id)
    run.progress(milestone, command.position, checks.optional_words("reason", command.reason), command.act)
    changed: list[Aggregate] = [run]
    if milestone == Milestone.AT_HOSPITAL:
        beds = Beds(desk, command.act)
        beds.arrive(run)
        changed += beds.changed
    if milestone in ENDS:
        changed += _end(run, milestone, command.act, desk)
    answer = {
        "run_id": str(run.id),
        "milestone": milestone.value,
        "next": [following.value for following in run.allowed()],
    }
    return Outcome(tuple(changed), answer)


def as_milestone(text: str) -> Milestone:
    try:
        return Milestone(text)
    except ValueError:
        raise UnknownMilestone(milestone=text[:40]) from None


def _end(run: Run, milestone: Milestone, act: Act, desk: Desk) -> list[Aggregate]:
    unit = desk.log.unit(run.callsign)
    unit.free(run.id, act)
    incident = desk.log.incident(run.incident_id)
    incident.end_run(run.id, milestone.value, act)
    beds = Beds(desk, act)
    beds.turn_back(run, incident)
    return [unit, incident, *beds.changed]
