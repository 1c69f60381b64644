"""A crew tells how far it is; the unit, the bed and the incident follow in the same save."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dispatch import checks
from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.offering import answered, refuse_if_lapsed, taken_by_moving
from dispatch.patients import follow_run
from domain.assignment_errors import UnknownOutcome
from domain.base import Aggregate
from domain.errors import UnknownMilestone
from domain.run import Run
from domain.run_course import ENDS, OUTCOMES
from domain.values import Act, Milestone, Position


@dataclass(frozen=True, slots=True)
class ReportMilestone:
    act: Act
    run_id: UUID
    milestone: str
    position: Position | None
    reason: str | None
    outcome: str | None = None


def report_milestone(command: ReportMilestone, desk: Desk) -> Outcome:
    milestone = as_milestone(command.milestone)
    run = desk.log.run(command.run_id)
    refuse_if_lapsed(run, milestone, desk)
    if taken_by_moving(run, milestone, desk) or _told_before(run, milestone, command.outcome):
        return Outcome((), _answer(run, milestone), repeated=True)
    was_offered = run.milestone == Milestone.ASSIGNED
    run.progress(milestone, command.position, checks.optional_words("reason", command.reason), command.act)
    changed: list[Aggregate] = [run]
    if was_offered:
        changed += answered(run, milestone, desk, command.act)
    if command.outcome is not None:
        run.tell_outcome(as_outcome(command.outcome), command.act)
    beds = Beds(desk, command.act)
    carried = follow_run(run, milestone, beds, desk.log, command.act)
    if milestone == Milestone.AT_HOSPITAL and carried:
        beds.let_go(run.id, run.hospital_id, run.bed_kind)  # those aboard have beds of their own
    elif milestone == Milestone.AT_HOSPITAL:
        beds.arrive(run)
    changed += (*carried, *beds.changed)
    if milestone in ENDS:
        changed += end_run(run, milestone, command.act, desk)
    return Outcome(tuple(changed), _answer(run, milestone))


def _told_before(run: Run, milestone: Milestone, outcome: str | None) -> bool:
    """The crew and the desk tell of the same moment: the first time stands, and may be corrected."""
    return milestone == run.milestone and outcome in (None, run.outcome)


def _answer(run: Run, milestone: Milestone) -> dict[str, Any]:
    return {
        "run_id": str(run.id),
        "milestone": milestone.value,
        "next": [following.value for following in run.allowed()],
    }


def as_milestone(text: str) -> Milestone:
    try:
        return Milestone(text)
    except ValueError:
        raise UnknownMilestone(milestone=text[:40]) from None


def as_outcome(text: str) -> str:
    if text not in OUTCOMES:
        raise UnknownOutcome(outcome=text[:40], known=", ".join(OUTCOMES))
    return text


def end_run(run: Run, milestone: Milestone, act: Act, desk: Desk) -> list[Aggregate]:
    """Whoever served is free again; the incident and the beds know it."""
    unit = desk.log.unit(run.callsign)
    unit.free(run.id, act)
    incident = desk.log.incident(run.incident_id)
    incident.end_run(run.id, milestone.value, act)
    beds = Beds(desk, act)
    beds.turn_back(run, incident)
    return [unit, incident, *beds.changed]
