"""Runs: worked milestone by milestone, redirected, corrected. `sending.py` begins them."""

from uuid import UUID

from fastapi import Response

from api import lens
from api.accounts.guard import SignedIn, insist_on_unit
from api.answering import Rows
from api.dependencies import FieldWorker, TheCentre
from api.hand import TheHand, now
from api.recent import still_wanted
from api.room import Room
from api.schema import answers
from api.schema.orders import Correction, NewDestination, NewMilestone
from api.schema.rows import RunRow
from dispatch.handlers.correct_milestone import CorrectMilestone, correct_milestone
from dispatch.handlers.redirect_run import RedirectRun, redirect_run
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone

router = Room(tags=["runs"])
ROWS = Rows(RunRow)


@router.get("/runs", response_model=list[RunRow])
def list_runs(account: SignedIn, centre: TheCentre) -> Response:
    """Runs under way, and those that ended in the last twelve hours."""
    rows = [row for row in centre.views.rows("runs") if still_wanted("runs", row, now())]
    return ROWS(lens.through(account, "runs", centre.dress.rows("runs", rows)))


@router.post("/runs/{run_id}/milestones")
def report(
    run_id: UUID, body: NewMilestone, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> answers.MilestoneReported:
    """How far a crew is. An illegal jump is a conflict; said twice it changes nothing."""
    insist_on_unit(account, centre.desk.log.run(run_id).callsign)
    names = ("milestone", run_id, body.milestone, body.at.isoformat()) if body.at else ()
    command = ReportMilestone(
        act=hand.act(*names, at=body.at, about=run_id),
        run_id=run_id,
        milestone=body.milestone,
        position=body.position.position() if body.position else None,
        reason=body.reason,
        outcome=body.outcome,
    )
    return answers.MilestoneReported(**centre.order(command, report_milestone))


@router.put("/runs/{run_id}/destination")
def redirect(
    run_id: UUID, body: NewDestination, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> answers.Done:
    """Take the patient elsewhere: one bed is let go and another held, in one save."""
    insist_on_unit(account, centre.desk.log.run(run_id).callsign)
    command = RedirectRun(hand.act(about=run_id), run_id, body.hospital_id, body.bed_kind, body.reason)
    return answers.Done(**centre.order(command, redirect_run))


@router.post("/runs/{run_id}/corrections", status_code=201)
def correct(
    run_id: UUID, body: Correction, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> answers.Done:
    """Mend a reported time; the original stays in the log."""
    insist_on_unit(account, centre.desk.log.run(run_id).callsign)
    command = CorrectMilestone(hand.act(about=run_id), run_id, body.milestone, body.at, body.reason)
    return answers.Done(**centre.order(command, correct_milestone))
