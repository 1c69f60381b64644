"""An end that is undone takes up again whom it left behind, and nothing is held for whom nobody comes for."""

from typing import Any
from uuid import UUID

import pytest

from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.enter_patients import EnterPatients, NewPatient, enter_patients
from dispatch.handlers.note_incident import NoteIncident, note_incident
from dispatch.handlers.patient_goes import EndPatient, end_patient
from dispatch.handlers.spread_patients import Bound, SpreadPatients, spread_patients
from domain.call_errors import IncidentMerged
from domain.errors import IncidentOver
from projections.memory import MemoryViews
from projections.rows import moment
from tests.builders import an_act, an_id, minutes
from tests.scene import ED, Scene


def in_the_room(**beds: int) -> tuple[Scene, UUID, UUID, UUID]:
    """A patient aboard C1 at the scene: the room, their incident, their run, themselves."""
    room = Scene(beds=beds or {"cho-ray": 1})
    incident_id = room.incident()
    (patient_id,) = room.tag(incident_id)
    run_id = room.at_scene(incident_id)
    room.load(patient_id, run_id)
    return room, incident_id, run_id, patient_id


def row_of(room: Scene, patient_id: UUID) -> dict[str, Any]:
    views = MemoryViews()
    for seq, fact in room.log.select(1, 1_000):
        views.apply(seq, fact)
    row = views.row("patients", str(patient_id))
    assert row is not None
    return row


@pytest.mark.parametrize("end", ["clear", "stood_down"])
def test_an_end_undone_takes_those_aboard_along_again_and_their_bed_is_taken_by_them(end: str):
    room, incident_id, run_id, patient_id = in_the_room()
    before = row_of(room, patient_id)
    room.report(run_id, end, minutes(9))
    assert row_of(room, patient_id)["state"] == "at_scene"
    assert room.undo(run_id, 10) == end
    assert row_of(room, patient_id) == {**before, "seq": row_of(room, patient_id)["seq"]}
    assert room.patient(patient_id).times == {
        "at_scene": room.patient(patient_id).times["at_scene"], "aboard": minutes(3)
    }  # fmt: skip
    assert list(room.ledger().holds) == [patient_id], "one bed, and it is theirs"
    room.drive(run_id, "transporting", "at_hospital", start=11)
    assert (room.ledger().occupied, room.ledger().holds) == (1, {})
    room.drive(run_id, "handed_over", "clear", start=14)
    room.close(incident_id)
    assert (room.patient(patient_id).stage, room.ledger().occupied) == ("handed_over", 1)


def test_undone_twice_the_row_tells_the_same_as_the_patient():
    room, _, run_id, patient_id = in_the_room()
    for minute in (9, 11):
        room.report(run_id, "clear", minutes(minute))
        room.undo(run_id, minute + 1)
    patient, row = room.patient(patient_id), row_of(room, patient_id)
    assert (patient.run_id, row["run_id"], row["callsign"]) == (run_id, str(run_id), "C1")
    assert row["times"] == {stage: moment(at) for stage, at in patient.times.items()}


def test_whoever_another_crew_took_meanwhile_or_who_does_not_go_stays_where_they_are():
    room, incident_id, run_id, patient_id = in_the_room(**{"cho-ray": 2})
    (stays,) = room.tag(incident_id)
    room.load(stays, run_id)
    room.report(run_id, "clear", minutes(9))
    second = room.at_scene(incident_id, "T1")
    room.load(patient_id, second)
    room.carry_out(EndPatient(an_act(), stays, "refused"), end_patient)
    room.undo(run_id, 10)
    assert room.patient(patient_id).run_id == second
    assert (room.patient(stays).stage, room.patient(stays).run_id) == ("ended", None)


def test_whoever_was_off_the_run_before_it_ended_is_not_put_aboard():
    room, _, run_id, patient_id = in_the_room()
    room.load(patient_id, None)
    room.report(run_id, "clear", minutes(9))
    room.undo(run_id, 10)
    assert (room.patient(patient_id).stage, room.patient(patient_id).run_id) == ("at_scene", None)


def test_a_patient_of_an_incident_that_was_merged_is_taken_up_again_too():
    room, incident_id, run_id, patient_id = in_the_room()
    room.merge(incident_id, room.incident())
    room.report(run_id, "clear", minutes(9))
    room.undo(run_id, 10)
    assert room.patient(patient_id).run_id == run_id


def entering(incident_id: UUID) -> EnterPatients:
    return EnterPatients(an_act(), incident_id, (NewPatient(an_id()),))


def spreading(incident_id: UUID, patient_id: UUID) -> SpreadPatients:
    return SpreadPatients(an_act(), incident_id, (Bound(patient_id, "cho-ray", ED),))


def test_an_incident_that_is_closed_gets_no_patients_and_holds_no_beds():
    room = Scene()
    incident_id = room.incident()
    (patient_id,) = room.tag(incident_id)
    room.close(incident_id)
    for order, handler in (
        (entering(incident_id), enter_patients),
        (spreading(incident_id, patient_id), spread_patients),
    ):
        with pytest.raises(IncidentOver):
            room.carry_out(order, handler)
    with pytest.raises(IncidentOver):
        room.bind(patient_id)
    assert room.ledger().holds == {}


def test_one_that_was_merged_names_the_other_and_its_patients_go_on_being_sent():
    room = Scene()
    merged, stays = room.incident(), room.incident()
    (patient_id,) = room.tag(merged)
    room.merge(merged, stays)
    for order, handler in (
        (entering(merged), enter_patients),
        (spreading(merged, patient_id), spread_patients),
    ):
        with pytest.raises(IncidentMerged, match="into incident 2"):
            room.carry_out(order, handler)
    room.bind(patient_id)
    assert list(room.ledger().holds) == [patient_id]


def test_a_note_on_one_that_was_merged_stands_where_the_work_goes_on():
    room = Scene()
    first, second, third = room.incident(), room.incident(), room.incident()
    room.merge(first, second)
    room.merge(second, third)
    told = room.carry_out(NoteIncident(an_act(), first, an_id("dog"), "Chó dữ"), note_incident).body
    assert told["id"] == str(third)
    assert room.log.incident(third).notes == {an_id("dog")}
    assert room.log.incident(first).notes == set()


def test_of_tagging_and_closing_at_the_same_moment_one_is_first():
    """Whoever was later is judged by what the other left: nobody is tagged where nobody comes."""
    room = Scene()
    incident_id = room.incident()
    tries: list[int] = []

    def somebody_closes_meanwhile(command: Any, desk: Any) -> Any:
        outcome = enter_patients(command, desk)
        tries.append(len(tries))
        if len(tries) == 1:
            room.carry_out(CloseIncident(an_act(), incident_id, "xong"), close_incident)
        return outcome

    with pytest.raises(IncidentOver):
        room.carry_out(entering(incident_id), somebody_closes_meanwhile)
    assert tries == [0]
