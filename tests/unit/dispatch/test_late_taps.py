"""What a phone told late does not undo what people said since, whoever was right."""

import pytest

from dispatch.handlers.answer_referral import PreAlert, pre_alert
from dispatch.handlers.patient_goes import LoadPatient, TriagePatient, load_patient, triage_patient
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from domain.errors import FromTheFuture, WordOvertaken
from domain.values import Duty
from tests.builders import an_act, minutes
from tests.scene import Scene


def late(tapped: float, heard: float):
    return an_act(at=minutes(tapped), heard_at=minutes(heard), actor="crew")


@pytest.mark.parametrize(
    ("said", "tapped"), [(Duty.OUT_OF_SERVICE, Duty.OFF_DUTY), (Duty.OFF_DUTY, Duty.OUT_OF_SERVICE)]
)
def test_a_late_tap_does_not_change_the_duty_that_the_desk_said_since(said, tapped):
    room = Scene()
    room.sign("C1", said, at=minutes(60))
    with pytest.raises(WordOvertaken, match="C1"):
        room.carry_out(SignUnit(late(10, 61), "C1", tapped, None), sign_unit)
    unit = room.log.unit("C1")
    assert (unit.duty, unit.duty_said_at) == (said, minutes(60))
    room.carry_out(SignUnit(late(62, 70), "C1", Duty.ON_DUTY, None), sign_unit)
    assert room.log.unit("C1").duty == Duty.ON_DUTY


def test_an_old_colour_does_not_win_over_a_newer_one():
    room = Scene()
    (patient_id,) = room.tag(room.incident())
    room.carry_out(TriagePatient(an_act(at=minutes(30)), patient_id, "black"), triage_patient)
    with pytest.raises(WordOvertaken, match="1-01"):
        room.carry_out(TriagePatient(late(10, 31), patient_id, "red"), triage_patient)
    room.carry_out(TriagePatient(late(10, 31), patient_id, "black"), triage_patient)  # says the same
    assert room.patient(patient_id).category == "black"
    with pytest.raises(FromTheFuture):
        room.carry_out(TriagePatient(late(40, 32), patient_id, "red"), triage_patient)


def test_who_was_put_off_again_is_not_taken_aboard_by_an_old_tap():
    room = Scene()
    incident_id = room.incident()
    (patient_id,) = room.tag(incident_id)
    run_id = room.at_scene(incident_id)
    room.carry_out(LoadPatient(an_act(at=minutes(20)), patient_id, run_id), load_patient)
    room.carry_out(LoadPatient(an_act(at=minutes(30)), patient_id, None), load_patient)
    with pytest.raises(WordOvertaken):
        room.carry_out(LoadPatient(late(25, 31), patient_id, run_id), load_patient)
    assert room.patient(patient_id).run_id is None


def test_a_run_that_ends_before_somebody_was_put_aboard_late_still_ends():
    room = Scene()
    incident_id = room.incident()
    (patient_id,) = room.tag(incident_id)
    run_id = room.at_scene(incident_id)
    room.carry_out(LoadPatient(an_act(at=minutes(20)), patient_id, run_id), load_patient)
    room.report(run_id, "clear", minutes(19))
    assert room.patient(patient_id).run_id is None


def test_an_old_pre_alert_does_not_take_the_place_of_a_newer_one():
    room = Scene()
    run_id = room.at_scene(room.incident())
    room.carry_out(PreAlert(an_act(at=minutes(30)), run_id, {"age_years": 60}), pre_alert)
    with pytest.raises(WordOvertaken):
        room.carry_out(PreAlert(late(10, 31), run_id, {"age_years": 6}), pre_alert)
