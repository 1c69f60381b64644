"""Take a unit from something less urgent: its old run ends and the new one begins, in one save."""

from dataclasses import dataclass
from typing import Any, ClassVar

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from dispatch.one_copy import OneCopy
from dispatch.policies.swaps import TAKEABLE
from domain.choosing_errors import NotLessUrgent, PreemptReasonWanted, TooLateToTake
from domain.incident import Incident
from domain.run import Run
from domain.values import Act, Milestone


@dataclass(frozen=True, slots=True)
class PreemptUnit:
    """said  : what was ordered, in plain words
    order : the same with all that was looked up beside it, to send the unit; where it is free by now, that is
            all that happens
    """

    DERIVED: ClassVar = ("order",)

    act: Act
    said: tuple[Any, ...]
    order: AssignUnit
    reason: str | None


def preempt_unit(command: PreemptUnit, desk: Desk) -> Outcome:
    """The incident it was bound for waits again, and both timelines say why.

    Raises PreemptReasonWanted, NotLessUrgent, TooLateToTake, and whatever sending a unit may raise.
    """
    one = OneCopy(desk)
    log, order, act = one.desk.log, command.order, command.act
    unit, incident = log.unit(order.unit), log.incident(order.incident_id)
    run = log.find(Run, unit.run_id) if unit.run_id is not None else None
    if run is not None:
        old = log.incident(run.incident_id)
        reason = checks.optional_words("override_reason", command.reason)
        if reason is None:
            raise PreemptReasonWanted(callsign=unit.callsign, number=old.number)
        _judge(run, old, incident)
        said = f"#{incident.number} {incident.priority}: {reason}"
        ended = report_milestone(ReportMilestone(act, run.id, Milestone.STOOD_DOWN, None, said), one.desk)
        one.keep(ended.changed)
        old.give_unit_to(incident, run.id, unit.callsign, reason, act)
        incident.gain_unit_of(old, order.run_id, unit.callsign, reason, act)
    sent = assign_unit(order, one.desk)
    one.keep(sent.changed)
    answer = {**sent.answer, "taken_from": str(run.incident_id) if run is not None else None}
    return Outcome(one.changed, answer)


def _judge(run: Run, old: Incident, incident: Incident) -> None:
    if old.id == incident.id or old.priority <= incident.priority:
        raise NotLessUrgent(
            callsign=run.callsign, number=old.number, priority=old.priority, wanted=incident.priority
        )
    if run.milestone not in TAKEABLE:
        raise TooLateToTake(callsign=run.callsign, number=old.number, status=run.milestone)
