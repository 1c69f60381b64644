"""Runs: assigned, worked milestone by milestone, redirected, corrected."""

from typing import Any
from uuid import UUID

from fastapi import Response

from api import lens
from api.accounts.guard import SignedIn, insist_on_unit
from api.advice import advice_for
from api.answering import Rows
from api.centre import Centre
from api.dependencies import Desk, FieldWorker, TheCentre
from api.hand import TheHand, now
from api.recent import still_wanted
from api.room import Room
from api.schema import answers
from api.schema.orders import Correction, NewDestination, NewMilestone, NewRun
from api.schema.rows import RunRow
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.handlers.correct_milestone import CorrectMilestone, correct_milestone
from dispatch.handlers.redirect_run import RedirectRun, redirect_run
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from domain.errors import UnitBusy

router = Room(tags=["runs"])
ROWS = Rows(RunRow)


@router.get("/runs", response_model=list[RunRow])
def list_runs(account: SignedIn, centre: TheCentre) -> Response:
    """Runs under way, and those that ended in the last twelve hours."""
    rows = [row for row in centre.views.rows("runs") if still_wanted("runs", row, now())]
    return ROWS(lens.through(account, "runs", rows))


@router.post("/incidents/{incident_id}/runs", status_code=201)
def send_unit(
    incident_id: UUID, body: NewRun, hand: TheHand, _: Desk, centre: TheCentre
) -> answers.RunOpened:
    """Send one unit; a bed is held where hospital and bed kind are named. One save, or none.

    The advice behind it is stored with it: the one the dispatcher saw, else one made now.
    """
    act = hand.act("assign_unit", body.run_id, about=incident_id)
    advice = centre.shown.recall(body.decision_id, incident_id)
    if advice is None:
        advice = advice_for(centre, incident_id).written(centre.desk)
    command = AssignUnit(
        act=act,
        run_id=body.run_id,
        incident_id=incident_id,
        unit=body.unit_id,
        hospital_id=body.hospital_id,
        bed_kind=body.bed_kind,
        decision_id=advice.decision_id,
        override_reason=body.override_reason,
        advice=advice.letters(),
        eta_s=advice.eta_of(body.unit_id),
    )
    try:
        return answers.RunOpened(**centre.order(command, assign_unit))
    except UnitBusy as busy:
        raise UnitBusy(**{**busy.facts, **_who_and_next(centre, incident_id, busy)}) from None


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


def _who_and_next(centre: Centre, incident_id: UUID, busy: UnitBusy) -> dict[str, Any]:
    """Who sent the unit elsewhere and when, and who would be the next to ask."""
    centre.follower.wait_for(centre.desk.log.position(), 1.0)  # the winner may be newer than our picture
    held = centre.views.row("runs", str(busy.facts.get("run_id"))) or {}
    fresh = advice_for(centre, incident_id)
    centre.shown.remember(fresh.written(centre.desk))
    following = next((row for row in fresh.units.units if row.callsign != busy.facts["callsign"]), None)
    found: dict[str, Any] = {
        "since": held.get("milestones", {}).get("assigned"),
        "by": held.get("assigned_by"),
        "incident_id": held.get("incident_id"),
        "next": None,
    }
    if following is not None:
        found["next"] = {
            "unit_id": following.unit_id,
            "callsign": following.callsign,
            "eta_s": following.eta_s,
            "decision_id": str(fresh.decision_id),
        }
    return found
