"""Patients of incidents that were merged: whoever stands for an incident has its patients, too."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.merge_incidents import (
    MergeIncidents,
    UnmergeIncident,
    merge_incidents,
    unmerge_incident,
)
from dispatch.handlers.spread_patients import Bound, SpreadPatients, spread_patients
from domain.care_errors import PatientAboard
from domain.errors import IncidentStillServed
from tests.builders import Room, an_act, minutes
from tests.scene import ED, Scene


def merge(room: Room, *chain: UUID) -> None:
    """Each into the next."""
    for incident_id, into in pairwise(chain):
        room.carry_out(MergeIncidents(an_act(), incident_id, into), merge_incidents)


def unmerge(room: Room, incident_id: UUID) -> Mapping[str, Any]:
    return room.carry_out(UnmergeIncident(an_act(), incident_id), unmerge_incident).body


def test_patients_of_a_whole_chain_of_merged_incidents_ride_and_end_with_the_last():
    room = Scene(beds={"cho-ray": 3})
    chain = room.incident(), room.incident(), room.incident()
    rides, waits = room.tag(chain[0], 2)
    merge(room, *chain)
    room.bind(waits)
    run_id = room.at_scene(chain[2], hospital_id=None, bed_kind=None)
    room.load(rides, run_id)
    room.drive(run_id, "transporting", "at_hospital", "handed_over", "clear", start=5)
    assert room.patient(rides).stage == "handed_over"
    room.carry_out(CloseIncident(an_act(minutes(20)), chain[2], "xong"), close_incident)
    assert (room.patient(waits).stage, room.ledger().holds) == ("ended", {})


def test_patients_of_a_whole_chain_of_merged_incidents_are_spread_with_the_last():
    room = Scene(beds={"cho-ray": 3})
    chain = room.incident(), room.incident(), room.incident()
    (patient,) = room.tag(chain[0])
    merge(room, *chain)
    order = SpreadPatients(an_act(), chain[2], (Bound(patient, "cho-ray", ED),))
    room.carry_out(order, spread_patients)
    assert room.patient(patient).hospital_id == "cho-ray"


def test_beds_are_promised_to_no_more_patients_than_a_chain_of_merged_incidents_lacks():
    room = Scene(beds={"cho-ray": 3})
    chain = room.incident(), room.incident(), room.incident()
    (patient,) = room.tag(chain[0])
    merge(room, *chain)
    room.bind(patient)
    run_id = room.send(chain[2])
    assert set(room.ledger().holds) == {patient}, "the one patient there is has a bed"
    assert run_id not in room.ledger().holds


def parted(room: Scene) -> tuple[UUID, UUID, UUID, UUID]:
    """Two incidents that are one, a patient of the first aboard a run that came after the merge."""
    gone, stays = room.incident(), room.incident()
    (patient,) = room.tag(gone)
    merge(room, gone, stays)
    run_id = room.at_scene(stays, hospital_id=None, bed_kind=None)
    room.bind(patient)
    room.load(patient, run_id)
    return gone, stays, patient, run_id


def test_two_stay_one_while_a_patient_of_the_one_is_aboard_a_run_of_the_other():
    room = Scene()
    gone, _, patient, run_id = parted(room)
    with pytest.raises(PatientAboard, match="C1"):
        unmerge(room, gone)
    room.drive(run_id, "transporting", "at_hospital", "handed_over", start=5)
    assert room.ledger().occupied == 1
    unmerge(room, gone)
    assert room.patient(patient).stage == "handed_over"


def test_two_are_two_again_as_soon_as_the_patient_is_off_the_run():
    room = Scene()
    gone, _, patient, _ = parted(room)
    room.load(patient, None)
    unmerge(room, gone)
    assert room.patient(patient).stage == "at_scene"


def test_no_way_ends_while_a_crew_of_another_incident_has_the_patient():
    room = Scene()
    gone, _, patient, run_id = parted(room)
    with pytest.MonkeyPatch.context() as patch:  # as it was possible before
        patch.setattr("dispatch.handlers.merge_incidents.refuse_to_part", lambda *_: None)
        unmerge(room, gone)
    with pytest.raises(IncidentStillServed, match="C1"):
        room.carry_out(CloseIncident(an_act(), gone, "xong"), close_incident)
    room.drive(run_id, "clear", start=9)
    room.carry_out(CloseIncident(an_act(), gone, "xong"), close_incident)
    assert room.patient(patient).stage == "ended"
