"""A shift between scene and ward: every kind of fact of beds, hospitals, patients with tags and transfers."""

from datetime import timedelta
from uuid import UUID

from dispatch.handlers.answer_referral import (
    AnswerReferral,
    GiveUpReferral,
    PreAlert,
    answer_referral,
    give_up_referral,
    pre_alert,
)
from dispatch.handlers.enter_patients import EnterPatients, NewPatient, enter_patients
from dispatch.handlers.patient_goes import (
    EndPatient,
    LoadPatient,
    SendPatient,
    TriagePatient,
    end_patient,
    load_patient,
    send_patient,
    triage_patient,
)
from dispatch.handlers.redirect_run import RedirectRun, redirect_run
from dispatch.handlers.report_beds import ReportBeds, report_beds
from dispatch.handlers.set_services import KeepHours, SayService, keep_hours, say_service
from dispatch.handlers.transfers import (
    CancelTransfer,
    DecideTransfer,
    RequestTransfer,
    SwitchTransferMode,
    cancel_transfer,
    decide_transfer,
    request_transfer,
    switch_transfer_mode,
)
from dispatch.handlers.undo_step import UndoStep, undo_step
from domain.values import Act, BedCount, Duty
from tests.builders import Room, an_act, an_id, minutes

BEGINS = 1800
"""Minutes after noon: behind all that the session told before."""
ED = "EmergencyDepartment"


def later(number: float) -> Act:
    return an_act(minutes(BEGINS + number))


def between_scene_and_ward(room: Room) -> None:
    services_open_and_close(room)
    unit = next(name for name in ("C1", "C2", "T1") if room.log.unit(name).run_id is None)
    if room.log.unit(unit).duty != Duty.ON_DUTY:
        room.sign(unit, Duty.ON_DUTY, at=minutes(BEGINS))
    counted = {ED: BedCount(20, 3, 1, physical=24)}
    room.carry_out(ReportBeds(later(0), "cho-ray", counted), report_beds)
    asked_and_told(room, unit)
    tagged(room, unit)
    from_house_to_house(room)


def services_open_and_close(room: Room) -> None:
    room.carry_out(KeepHours(later(0), "cho-ray", {"stroke": ("07:00-17:00",)}), keep_hours)
    until = minutes(BEGINS + 60)
    for end in (until, None):
        room.carry_out(SayService(later(0), "cho-ray", "stroke", False, end, "máy hỏng"), say_service)


def asked_and_told(room: Room, unit: str) -> None:
    """Nobody answers, then a no, then a yes; the count comes late; the bed is held for longer."""
    incident = room.incident("P1", at=minutes(BEGINS + 1))
    run = room.send(incident, unit, at=minutes(BEGINS + 1))
    room.carry_out(GiveUpReferral(later(9), run, "binh-dan"), give_up_referral)
    room.carry_out(RedirectRun(later(10), run, None, None, None), redirect_run)
    for minute in (11, 12):
        room.carry_out(RedirectRun(later(minute), run, "cho-ray", ED, None), redirect_run)
    for answer, reason in (("redirect", "hết máy thở"), ("accept", None)):
        order = AnswerReferral(later(13), run, "cho-ray", answer, reason, "binh-dan")
        room.carry_out(order, answer_referral)
    packet = {"age_years": 61, "sex": "M", "news2": {"score": 7, "risk": "high"}}
    room.carry_out(PreAlert(later(14), run, packet), pre_alert)
    for place, milestone in enumerate(("en_route", "on_scene", "transporting", "at_hospital"), 15):
        room.report(run, milestone, at=minutes(BEGINS + place))
    heard = minutes(BEGINS + 20)
    late = Act(heard - timedelta(minutes=4), heard, "nurse", an_id("late count"), an_id("late count"))
    room.carry_out(ReportBeds(late, "cho-ray", {ED: BedCount(20, 3, 1)}), report_beds)
    for place, milestone in enumerate(("handed_over", "clear"), 21):
        room.report(run, milestone, at=minutes(BEGINS + place))


def tagged(room: Room, unit: str) -> None:
    """Two patients: one is taken to a hospital, one is treated where they lie."""
    incident = room.incident("P1", at=minutes(BEGINS + 30))
    first, second = an_id("first patient"), an_id("second patient")
    new = (NewPatient(first, age_band="adult", sex="F"), NewPatient(second, "A-2", "green"))
    room.carry_out(EnterPatients(later(30), incident, new), enter_patients)
    found = {"walks": False, "breathing": True, "rate": 36}
    room.carry_out(TriagePatient(later(31), first, method="start", findings=found), triage_patient)
    room.carry_out(SendPatient(later(31), first, "cho-ray", ED), send_patient)
    run = room.send(incident, unit, hospital_id=None, at=minutes(BEGINS + 31))
    for place, milestone in enumerate(("en_route", "on_scene"), 32):
        room.report(run, milestone, at=minutes(BEGINS + place))
    for aboard in (run, None, run):
        room.carry_out(LoadPatient(later(34), first, aboard), load_patient)
    room.report(run, "clear", at=minutes(BEGINS + 34))
    room.carry_out(UndoStep(later(34), run, None, "bấm nhầm"), undo_step)
    room.report(run, "transporting", at=minutes(BEGINS + 35))
    room.carry_out(UndoStep(later(35), run, None, "bấm nhầm"), undo_step)
    for place, milestone in enumerate(("transporting", "at_hospital", "handed_over", "clear"), 35):
        room.report(run, milestone, at=minutes(BEGINS + place))
    room.carry_out(EndPatient(later(40), second, "treated_on_scene"), end_patient)


def from_house_to_house(room: Room) -> None:
    """One transfer becomes an incident, one is refused, one is not needed any more; then the mode changes."""
    room.beds("binh-dan", 9, 0, at=later(40).at)
    for name, approved in (("begun", True), ("refused", False), ("cancelled", None)):
        transfer = an_id(f"transfer {name}")
        ends = ("cho-ray", "binh-dan", ED, "P3", "0283855")
        room.carry_out(RequestTransfer(later(41), transfer, *ends, {"sex": "F"}), request_transfer)
        if approved is None:
            room.carry_out(CancelTransfer(later(42), transfer, "đã khá hơn"), cancel_transfer)
        else:
            room.carry_out(decision(transfer, approved), decide_transfer)
    order = SwitchTransferMode(later(43), "hcmc", "wartime", "thảm họa hàng loạt")
    room.carry_out(order, switch_transfer_mode)


def decision(transfer: UUID, approved: bool) -> DecideTransfer:
    fresh = an_id(f"call of {transfer}"), an_id(f"incident of {transfer}")
    return DecideTransfer(later(42), transfer, "hcmc", "hospital", approved, "hết máy thở", *fresh)
