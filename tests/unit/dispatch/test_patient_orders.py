"""Patients with tags: sorted, bound, put aboard, following their run, and what is held for them meanwhile."""

from uuid import UUID

import pytest

from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.enter_patients import EnterPatients, NewPatient, enter_patients
from dispatch.handlers.merge_incidents import MergeIncidents, merge_incidents
from dispatch.handlers.patient_goes import (
    EndPatient,
    LoadPatient,
    SendPatient,
    end_patient,
    load_patient,
    send_patient,
)
from dispatch.patients import the_patient
from domain.care_errors import CannotBoard, OtherIncident, PatientGone, TagTaken, TooManyCasualties
from domain.errors import NoBedFree
from domain.patient import Patient
from tests.builders import Room, an_act, an_id, minutes

ED = "EmergencyDepartment"


class Scene(Room):
    """A room in which patients get tags."""

    def tag(self, incident_id: UUID, count: int = 1, **facts: object) -> list[UUID]:
        new = tuple(NewPatient(an_id(), **facts) for _ in range(count))
        told = self.carry_out(EnterPatients(an_act(), incident_id, new), enter_patients).body
        return [UUID(each["id"]) for each in told["patients"]]

    def patient(self, patient_id: UUID) -> Patient:
        return the_patient(self.log, patient_id)

    def bind(self, patient_id: UUID, hospital_id: str | None = "cho-ray", kind: str | None = ED) -> None:
        self.carry_out(SendPatient(an_act(), patient_id, hospital_id, kind), send_patient)

    def load(self, patient_id: UUID, run_id: UUID | None) -> None:
        self.carry_out(LoadPatient(an_act(minutes(3)), patient_id, run_id), load_patient)

    def at_scene(self, incident_id: UUID, unit: str = "C1", **facts: object) -> UUID:
        run_id = self.send(incident_id, unit, **facts)
        self.drive(run_id, "en_route", "on_scene")
        return run_id


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
