"""The last step of a run was a mistake: it is taken back with all that followed from it, in one save.

Nothing is deleted: the step stays in the log, and what takes it back stands behind it.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dispatch import checks
from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.handlers.report_milestone import end_run
from dispatch.offering import refuse_to_reopen
from dispatch.patients import REACHED, reboard, turn_back
from domain.assignment_errors import NothingToUndo
from domain.base import Aggregate
from domain.errors import NoBedFree
from domain.patient import Patient
from domain.run import Run
from domain.run_course import ENDS
from domain.values import Act, Milestone


@dataclass(frozen=True, slots=True)
class UndoStep:
    """of : the place in the log of the step that is meant, None for whichever is the last"""

    act: Act
    run_id: UUID
    of: int | None
    reason: str | None


def undo_step(command: UndoStep, desk: Desk) -> Outcome:
    act, run = command.act, desk.log.run(command.run_id)
    reached, told = dict(run.times), {step.milestone: step.heard_at for step in run.steps}
    reason = checks.optional_words("reason", command.reason, 200)
    within = timedelta(seconds=desk.rules.undo.within_s)
    undone = run.undo(_version(command.of, run, desk), within, reason, act)
    changed: list[Aggregate] = [run]
    if undone == Milestone.ASSIGNED:
        run.progress(Milestone.STOOD_DOWN, None, reason, act)
        changed += end_run(run, Milestone.STOOD_DOWN, act, desk)
    elif undone in REACHED:
        beds, undone_at = Beds(desk, act), reached[undone]
        patients = turn_back(run, undone, undone_at, beds, desk.log, act)
        # Where patients took beds of their own, the run needed none, unless one is left of that moment.
        if undone == Milestone.AT_HOSPITAL and (not patients or beds.has_arrived(run, undone_at)):
            beds.undo_arrival(run, undone_at)
        changed += [*patients, *beds.changed]
    elif undone in ENDS:
        refuse_to_reopen(run, desk)
        changed += _take_up_again(run, told[undone], act, desk)
    answer = {
        "run_id": str(run.id),
        "undone": str(undone),
        "milestone": str(run.milestone),
        "next": [following.value for following in run.allowed()],
    }
    return Outcome(tuple(changed), answer)


def _version(of: int | None, run: Run, desk: Desk) -> int | None:
    """Which fact of the run stands at that place. Raises NothingToUndo where none does."""
    if of is None:
        return None
    found = desk.log.select(of, 1, of)
    if not found or found[0][1].originator_id != run.id:
        raise NothingToUndo(
            run_id=run.id, why=f"event {of} is not of it", why_vi=f"sự kiện {of} không thuộc chuyến này"
        )
    return int(found[0][1].originator_version)


def _take_up_again(run: Run, ended_at: datetime, act: Act, desk: Desk) -> list[Aggregate]:
    """The unit is bound again, the incident served again, whoever was left behind is aboard again, and a bed
    is held again if one is free.

    ended_at : when we heard of the end that is undone
    Raises UnitBusy, UnitNotOnDuty, IncidentOver: nothing is undone over what was built on it.
    """
    unit, incident = desk.log.unit(run.callsign), desk.log.incident(run.incident_id)
    unit.assign(run.id, incident.id, incident.number, act)
    incident.open_run(run.id, run.callsign, act)
    beds, back = Beds(desk, act), reboard(run, ended_at, desk.log, act)
    own = {(each.hospital_id, each.bed_kind) for each in back if isinstance(each, Patient)}
    if Milestone.AT_HOSPITAL not in run.times and (run.hospital_id, run.bed_kind) not in own:
        with suppress(NoBedFree):  # given to another meanwhile: the hospital stays the destination
            beds.promise(run, incident)
    return [unit, incident, *back, *beds.changed]
