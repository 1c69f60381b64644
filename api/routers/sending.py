"""Sending: one unit, a whole plan, or one taken from something less urgent; and how much is sent."""

from typing import Any
from uuid import UUID

from api.accounts.guard import insist_on_unit
from api.advice import advice_for
from api.centre import Centre
from api.dependencies import Desk, FieldWorker, TheCentre
from api.hand import TheHand
from api.room import Room
from api.schema import answers
from api.schema.choosing import NewAlarmLevel, NewResponse, NewShift, PlannedRun
from api.schema.orders import NewRun
from dispatch import checks
from dispatch.advise import WrittenAdvice
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.handlers.preempt_unit import PreemptUnit, preempt_unit
from dispatch.handlers.send_response import SendResponse, send_response
from dispatch.handlers.set_alarm_level import SetAlarmLevel, set_alarm_level
from dispatch.handlers.tell_shift import TellShift, tell_shift
from domain.errors import UnitBusy
from domain.values import Act

router = Room(tags=["runs"])


@router.post("/incidents/{incident_id}/runs", status_code=201)
def send_unit(
    incident_id: UUID, body: NewRun, hand: TheHand, _: Desk, centre: TheCentre
) -> answers.RunOpened:
    """Send one unit; a bed is held where hospital and bed kind are named. One save, or none.

    The advice behind it is stored with it: the one the dispatcher saw, else one made now. Who saw it and
    sends another than the first of a slot says why: by `override_code` (`GET /rules/override-codes`), in the
    words of `override_reason`, or both. With `preempt` a unit on its way to something less urgent is stood
    down there and sent here, in the same save.
    """
    act = hand.act("assign_unit", body.run_id, about=incident_id)
    advice, seen = _advice(centre, body.decision_id, incident_id)
    reason = checks.override_reason(body.override_code, body.override_reason, centre.desk)
    order = _order(act, incident_id, body, reason, body.confirm_place, advice, seen)
    try:
        if body.preempt:
            said = str(incident_id), str(body.run_id), body.unit_id, body.hospital_id, body.bed_kind
            taking = PreemptUnit(act, said, order, reason)
            return answers.RunOpened(**centre.order(taking, preempt_unit))
        return answers.RunOpened(**centre.order(order, assign_unit))
    except UnitBusy as busy:
        raise UnitBusy(**{**busy.facts, **_who_and_next(centre, incident_id, busy)}) from None


@router.post("/incidents/{incident_id}/responses", status_code=201)
def send_whole_response(
    incident_id: UUID, body: NewResponse, hand: TheHand, _: Desk, centre: TheCentre
) -> answers.ResponseOpened:
    """Send all units of a plan: one save, all or none. A conflict names the one that cannot go."""
    act = hand.act("send_response", body.response_id, about=incident_id)
    advice, seen = _advice(centre, body.decision_id, incident_id)
    of_all = checks.override_reason(body.override_code, body.override_reason, centre.desk)
    reasons = [
        checks.override_reason(each.override_code, each.override_reason, centre.desk) for each in body.runs
    ]
    orders = tuple(
        _order(act, incident_id, run, reason or of_all, body.confirm_place, advice, seen)
        for run, reason in zip(body.runs, reasons, strict=True)
    )
    said = tuple(
        (str(each.run_id), each.unit_id, each.hospital_id, each.bed_kind, reason)
        for each, reason in zip(body.runs, reasons, strict=True)
    )
    command = SendResponse(act, body.response_id, incident_id, said, orders)
    try:
        return answers.ResponseOpened(**centre.order(command, send_response))
    except UnitBusy as busy:
        raise UnitBusy(**{**busy.facts, **_who_and_next(centre, incident_id, busy)}) from None


@router.post("/incidents/{incident_id}/alarm-level")
def raise_alarm(
    incident_id: UUID, body: NewAlarmLevel, hand: TheHand, _: Desk, centre: TheCentre
) -> answers.AlarmLevelSet:
    """More is needed than the plan foresaw, or less; the recommendation's plan follows."""
    command = SetAlarmLevel(hand.act(about=incident_id), incident_id, body.level, body.reason)
    return answers.AlarmLevelSet(**centre.order(command, set_alarm_level))


@router.put("/units/{callsign}/shift")
def set_shift(
    callsign: str, body: NewShift, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> answers.Done:
    """When the crew's day ends and when it should eat: weighed in every choice, a bar to none."""
    insist_on_unit(account, callsign)
    command = TellShift(hand.act(), callsign, body.on_since, body.ends_at, body.meal_due_at)
    return answers.Done(**centre.order(command, tell_shift))


def _advice(centre: Centre, decision_id: UUID | None, incident_id: UUID) -> tuple[WrittenAdvice, bool]:
    """The advice somebody saw and chose by; else one made now, by which nobody is bound."""
    shown = centre.shown.recall(decision_id, incident_id)
    if shown is not None:
        return shown, True
    return advice_for(centre, incident_id).written(centre.desk), False


def _order(
    act: Act,
    incident_id: UUID,
    run: NewRun | PlannedRun,
    reason: str | None,
    confirm_place: bool,
    advice: WrittenAdvice,
    seen: bool,
) -> AssignUnit:
    preempts = isinstance(run, NewRun) and run.preempt
    return AssignUnit(
        act=act,
        run_id=run.run_id,
        incident_id=incident_id,
        unit=run.unit_id,
        hospital_id=run.hospital_id,
        bed_kind=run.bed_kind,
        decision_id=advice.decision_id,
        override_reason=reason,
        advice=advice.letters(),
        eta_s=advice.eta_of(run.unit_id),
        confirm_place=confirm_place,
        advised=None if preempts else advice.advised(insist=seen),
    )


def _who_and_next(centre: Centre, incident_id: UUID, busy: UnitBusy) -> dict[str, Any]:
    """Who sent the unit elsewhere and when, and who would be the next to ask."""
    centre.follower.wait_for(centre.desk.log.position(), 1.0)  # the winner may be newer than our picture
    held = centre.views.row("runs", str(busy.facts.get("run_id"))) or {}
    fresh = advice_for(centre, incident_id)
    centre.shown.remember(fresh.written(centre.desk))
    following = next(
        (
            row
            for row in fresh.units.units
            if row.callsign != busy.facts["callsign"] and row.free_in_s is None
        ),
        None,
    )
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
