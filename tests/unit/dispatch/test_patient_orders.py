"""Patients with tags: sorted, bound, put aboard, following their run, and what is held for them meanwhile."""

import pytest

from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.merge_incidents import MergeIncidents, merge_incidents
from dispatch.handlers.patient_goes import EndPatient, end_patient
from dispatch.handlers.undo_step import UndoStep, undo_step
from domain.care_errors import CannotBoard, OtherIncident, PatientGone, TagTaken, TooManyCasualties
from domain.errors import NoBedFree
from projections.memory import MemoryViews
from projections.rows import moment
from tests.builders import an_act, minutes
from tests.scene import Scene


def test_tags_are_numbered_as_they_are_said_on_the_radio_and_never_given_twice():
    room = Scene()
    incident_id = room.incident()
    tagged = [room.patient(each).tag for each in room.tag(incident_id, 2)]
    assert tagged == ["1-01", "1-02"]
    room.tag(incident_id, tag="1-03")
    assert room.patient(room.tag(incident_id)[0]).tag == "1-04"
    with pytest.raises(TagTaken):
        room.tag(incident_id, tag="1-03")
    with pytest.raises(TooManyCasualties):
        room.tag(incident_id, 201)


def test_a_bed_belongs_to_the_patient_and_goes_along_when_the_run_is_redirected():
    room = Scene(beds={"cho-ray": 1, "binh-dan": 1})
    incident_id = room.incident()
    (patient_id,) = room.tag(incident_id)
    run_id = room.at_scene(incident_id)
    room.load(patient_id, run_id)
    assert list(room.ledger().holds) == [patient_id]  # taken over from the run
    room.redirect(run_id, "binh-dan")
    assert room.ledger().holds == {}
    assert list(room.ledger("binh-dan").holds) == [patient_id]
    room.drive(run_id, "transporting", "at_hospital", start=5)
    assert (room.ledger("binh-dan").occupied, room.ledger("binh-dan").holds) == (1, {})
    assert room.patient(patient_id).hospital_id == "binh-dan"


@pytest.mark.parametrize("when", ["boarded, then left", "left, then boarded"])
def test_a_bed_elsewhere_is_kept_on_the_way_and_let_go_where_the_run_arrives(when: str):
    room = Scene(beds={"cho-ray": 1, "binh-dan": 2})
    incident_id = room.incident()
    run_id = room.at_scene(incident_id, hospital_id="binh-dan")
    (patient_id,) = room.tag(incident_id)
    room.bind(patient_id, "cho-ray")
    if when == "boarded, then left":
        room.load(patient_id, run_id)
        room.report(run_id, "transporting", minutes(4))
    else:
        room.report(run_id, "transporting", minutes(3))
        room.load(patient_id, run_id)
    assert room.patient(patient_id).hospital_id == "cho-ray"
    assert list(room.ledger().holds) == [patient_id]
    room.report(run_id, "at_hospital", minutes(9))
    assert room.patient(patient_id).hospital_id == "binh-dan"
    assert (room.ledger().holds, room.ledger().occupied) == ({}, 0)
    assert (room.ledger("binh-dan").holds, room.ledger("binh-dan").occupied) == ({}, 1)


def test_a_run_bound_nowhere_brings_its_patient_to_the_bed_that_is_held():
    room = Scene(beds={"cho-ray": 1})
    incident_id = room.incident()
    (patient_id,) = room.tag(incident_id)
    run_id = room.at_scene(incident_id, hospital_id=None)
    room.load(patient_id, run_id)
    room.bind(patient_id, "cho-ray")
    room.drive(run_id, "transporting", "at_hospital", start=5)
    assert (room.ledger().holds, room.ledger().occupied) == ({}, 1)


def test_two_aboard_one_run_take_two_beds():
    room = Scene(beds={"cho-ray": 2})
    incident_id = room.incident()
    tagged = room.tag(incident_id, 2)
    run_id = room.at_scene(incident_id)
    for patient_id in tagged:
        room.load(patient_id, run_id)
    assert set(room.ledger().holds) == set(tagged)
    room.drive(run_id, "transporting", "at_hospital", "handed_over", "clear", start=5)
    assert room.ledger().occupied == 2
    assert {room.patient(each).stage for each in tagged} == {"handed_over"}


def undo(room, run_id, minute=20):
    order = UndoStep(an_act(minutes(minute)), run_id, None, "bấm nhầm")
    return room.carry_out(order, undo_step).body["undone"]


def stands(room, patient_id):
    patient = room.patient(patient_id)
    return patient.stage, list(patient.times)


def test_an_arrival_that_is_undone_turns_the_clocks_of_those_aboard_back_and_their_beds():
    room = Scene(beds={"cho-ray": 2})
    incident_id = room.incident()
    first, second, elsewhere = room.tag(incident_id, 3)
    run_id = room.at_scene(incident_id)
    for patient_id in (first, second):
        room.load(patient_id, run_id)
        room.bind(patient_id)
    on_the_way = ["at_scene", "aboard", "on_the_way"]
    room.drive(run_id, "transporting", "at_hospital", "handed_over", start=17)
    assert (room.ledger().occupied, room.ledger().holds) == (2, {})

    assert undo(room, run_id) == "handed_over"
    assert stands(room, first) == ("at_hospital", [*on_the_way, "at_hospital"])
    assert (room.ledger().occupied, room.ledger().holds) == (2, {})
    assert undo(room, run_id) == "at_hospital"
    assert stands(room, first) == stands(room, second) == ("on_the_way", on_the_way)
    assert (room.ledger().occupied, set(room.ledger().holds)) == (0, {first, second})
    assert undo(room, run_id) == "transporting"
    assert stands(room, second) == ("aboard", on_the_way[:-1])
    assert stands(room, elsewhere) == ("at_scene", ["at_scene"])

    views = MemoryViews()
    for seq, fact in room.log.select(1, 1_000):
        views.apply(seq, fact)
    for patient_id in (first, second):
        patient, row = room.patient(patient_id), views.row("patients", str(patient_id))
        assert (row["state"], row["hospital_id"], row["ended_at"]) == ("aboard", "cho-ray", None)
        assert row["times"] == {stage: moment(at) for stage, at in patient.times.items()}
    room.drive(run_id, "transporting", "at_hospital", start=21)
    assert (room.ledger().occupied, room.ledger().holds) == (2, {})


def test_whoever_was_bound_elsewhere_is_bound_there_again_with_a_bed():
    room = Scene(beds={"cho-ray": 1, "binh-dan": 1})
    incident_id = room.incident()
    (patient_id,) = room.tag(incident_id)
    room.bind(patient_id, "binh-dan")
    run_id = room.at_scene(incident_id, hospital_id=None)
    room.load(patient_id, run_id)
    room.redirect(run_id, "cho-ray")
    room.drive(run_id, "transporting", "at_hospital", start=17)
    assert (room.patient(patient_id).hospital_id, room.ledger("binh-dan").holds) == ("cho-ray", {})
    undo(room, run_id)
    undo(room, run_id, 21)
    assert (room.patient(patient_id).stage, room.patient(patient_id).hospital_id) == ("aboard", "binh-dan")


def test_where_the_run_ends_early_they_wait_for_another_with_their_beds_kept():
    room = Scene()
    incident_id = room.incident()
    (patient_id,) = room.tag(incident_id)
    room.bind(patient_id)
    run_id = room.at_scene(incident_id)
    room.load(patient_id, run_id)
    room.report(run_id, "clear", at=minutes(9))
    assert (room.patient(patient_id).stage, room.patient(patient_id).run_id) == ("at_scene", None)
    assert list(room.ledger().holds) == [patient_id]
    second = room.at_scene(incident_id, "T1")
    room.load(patient_id, second)
    assert room.patient(patient_id).run_id == second


def test_without_a_bed_nothing_changes_and_without_asking_for_one_nobody_is_blocked():
    room = Scene(beds={"cho-ray": 0})
    (patient_id,) = room.tag(room.incident())
    with pytest.raises(NoBedFree):
        room.bind(patient_id)
    assert room.patient(patient_id).hospital_id is None
    room.bind(patient_id, kind=None)
    assert room.patient(patient_id).hospital_id == "cho-ray"


def test_nobody_boards_a_run_that_is_not_there_or_serves_somebody_else():
    room = Scene(units=("C1", "T1"))
    incident_id = room.incident()
    (patient_id,) = room.tag(incident_id)
    on_the_way = room.send(incident_id, "C1")
    with pytest.raises(CannotBoard):
        room.load(patient_id, on_the_way)
    elsewhere = room.at_scene(room.incident(), "T1", hospital_id=None, bed_kind=None)
    with pytest.raises(OtherIncident):
        room.load(patient_id, elsewhere)


def test_whoever_does_not_go_frees_the_bed_and_so_does_an_incident_that_is_closed():
    room = Scene(beds={"cho-ray": 2})
    incident_id = room.incident()
    first, second = room.tag(incident_id, 2)
    room.bind(first)
    room.bind(second)
    room.carry_out(EndPatient(an_act(), first, "refused"), end_patient)
    assert list(room.ledger().holds) == [second]
    with pytest.raises(PatientGone):
        room.bind(first)
    room.carry_out(CloseIncident(an_act(), incident_id, "xong"), close_incident)
    assert room.ledger().holds == {}
    assert room.patient(second).stage == "ended"


def test_a_patient_of_an_incident_that_was_merged_follows_its_run_all_the_same():
    room = Scene()
    kept, merged = room.incident(), room.incident()
    (patient_id,) = room.tag(merged)
    run_id = room.at_scene(merged)
    room.load(patient_id, run_id)
    room.carry_out(MergeIncidents(an_act(minutes(4)), merged, kept), merge_incidents)
    room.drive(run_id, "transporting", "at_hospital", start=5)
    assert room.patient(patient_id).stage == "at_hospital"
    assert room.ledger().occupied == 1
