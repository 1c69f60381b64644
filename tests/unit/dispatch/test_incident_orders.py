"""Orders about incidents: opening, urgency, notes, closing."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from dispatch.handlers.close_call import CloseCall, close_call
from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.note_incident import NoteIncident, note_incident
from dispatch.handlers.open_incident import OpenIncident, open_incident
from dispatch.handlers.reprioritise_incident import ReprioritiseIncident, reprioritise_incident
from dispatch.handlers.triage_call import TriageCall, triage_call
from dispatch.protocol_file import parse_protocol
from domain.errors import (
    BadPatients,
    BadPriority,
    BadText,
    CallAlreadySettled,
    IdUsedTwice,
    IncidentAlreadyOpened,
    IncidentOver,
    IncidentStillServed,
    OutsideMap,
    UnknownCall,
    UnknownDeterminant,
    UnknownIncident,
)
from domain.incident import Incident
from domain.values import Position
from tests.builders import HERE, NOON, SAIGON, Room, a_desk, an_act, an_id, minutes
from tests.fakes import FakeRoads
from tests.unit.dispatch.test_call_orders import refused


def opening(room: Room, **other: object) -> OpenIncident:
    call_id = other.pop("call_id", None) or room.call()
    order = OpenIncident(an_act(), an_id(), call_id, HERE, None, "P2", 1)  # type: ignore[arg-type]
    return replace(order, **other)  # type: ignore[arg-type]


def opened(room: Room, **other: object) -> Incident:
    answer = room.carry_out(opening(room, **other), open_incident)
    return room.log.incident(UUID(answer.body["id"]))


def triaged(room: Room, **answers: str) -> UUID:
    call_id = room.call()
    room.carry_out(TriageCall(an_act(), call_id, "general", answers), triage_call)
    return call_id


# --- numbers --------------------------------------------------------------------------------------


def test_incidents_are_numbered_from_one_each_day():
    room = Room()
    assert [opened(room).number for _ in range(3)] == [1, 2, 3]
    assert opened(room, act=an_act(NOON + timedelta(days=1))).number == 1


def test_the_day_is_the_day_of_the_city_and_not_of_greenwich():
    room = Room()
    before_midnight = datetime(2026, 3, 2, 23, 59, tzinfo=SAIGON)
    assert opened(room, act=an_act(before_midnight)).number == 1
    assert opened(room, act=an_act(minutes(2, before_midnight))).number == 1
    assert opened(room, act=an_act(minutes(3, before_midnight))).number == 2


# --- urgency --------------------------------------------------------------------------------------


def test_priority_and_needs_follow_the_triage_of_the_call():
    room = Room()
    incident = opened(room, call_id=triaged(room, problem="stroke"), priority=None)
    assert (incident.priority, incident.determinant) == ("P1", "stroke")
    assert incident.needs.speciality == "stroke"


def test_a_determinant_said_at_opening_goes_before_the_triage():
    room = Room()
    call_id = triaged(room, problem="unwell")
    incident = opened(room, call_id=call_id, determinant="cardiac_arrest", priority=None)
    assert incident.priority == "P1"


def test_without_triage_the_priority_alone_says_which_crew():
    room = Room()
    assert opened(room, priority="P1").needs.capabilities == ("ALS", "transport")
    assert opened(room, priority="P2").needs.capabilities == ("BLS", "transport")


def test_a_raised_priority_keeps_the_speciality_and_the_bed_of_the_determinant():
    room = Room()
    incident = opened(room, call_id=triaged(room, problem="child"), priority="P1")
    assert incident.needs.speciality == "paediatrics"
    assert incident.needs.capabilities == ("ALS", "transport")
    transfer = opened(room, call_id=triaged(room, problem="transfer"), priority="P2")
    assert transfer.needs.bed_kind == "MedicalSurgical"


def test_who_needs_no_ambulance_by_the_card_gets_a_bed_if_the_dispatcher_sends_one():
    room = Room()
    incident = opened(room, call_id=triaged(room, problem="no_emergency"), priority="P3")
    assert incident.needs.bed_kind == "EmergencyDepartment"


def test_nobody_opens_an_incident_without_any_urgency():
    room = Room()
    refused(room, opening(room, priority=None), open_incident, BadPriority)
    calm = triaged(room, problem="no_emergency")
    refused(room, opening(room, call_id=calm, priority=None), open_incident, BadPriority)


@pytest.mark.parametrize("priority", ["P0", "p1", "high", "P1 "])
def test_a_priority_we_do_not_have_is_refused(priority):
    room = Room()
    said = refused(room, opening(room, priority=priority), open_incident, BadPriority)
    assert "one of P1, P2, P3, P4" in said


def test_a_determinant_no_card_describes_is_refused():
    room = Room()
    said = refused(room, opening(room, determinant="wizardry"), open_incident, UnknownDeterminant)
    assert said == "No protocol describes the determinant 'wizardry'."


# --- opening --------------------------------------------------------------------------------------


@pytest.mark.parametrize("patients", [0, -1, 1000])
def test_patients_are_counted_from_one_to_999(patients):
    room = Room()
    refused(room, opening(room, patients=patients), open_incident, BadPatients)


def test_an_incident_off_the_map_is_refused():
    room = Room()
    order = opening(room, position=Position(9.0, 107.9))
    room.desk = replace(room.desk, roads=FakeRoads(holes={Position(9.0, 107.9)}))
    refused(room, order, open_incident, OutsideMap)


def test_a_call_opens_one_incident():
    room = Room()
    call_id = room.call()
    first = opened(room, call_id=call_id)
    said = refused(room, opening(room, call_id=call_id), open_incident, IncidentAlreadyOpened)
    assert str(first.id) in said


def test_a_closed_call_opens_none():
    room = Room()
    call_id = room.call()
    room.carry_out(CloseCall(an_act(), call_id, "nhầm số"), close_call)
    refused(room, opening(room, call_id=call_id), open_incident, CallAlreadySettled)


def test_a_call_nobody_took_opens_none():
    room = Room()
    refused(room, opening(room, call_id=an_id("nobody")), open_incident, UnknownCall)


def test_an_incident_id_used_before_is_refused():
    room = Room()
    incident = opened(room)
    refused(room, opening(room, incident_id=incident.id), open_incident, IdUsedTwice)


def test_an_incident_cannot_have_the_id_of_its_call():
    room = Room()
    call_id = room.call()
    order = opening(room, call_id=call_id, incident_id=call_id)
    refused(room, order, open_incident, IdUsedTwice)


# --- urgency, later -------------------------------------------------------------------------------


def reprioritise(room: Room, incident_id: UUID, priority: str, reason: str | None = None) -> Incident:
    room.carry_out(ReprioritiseIncident(an_act(), incident_id, priority, reason), reprioritise_incident)
    return room.log.incident(incident_id)


def test_a_new_priority_changes_the_crew_and_not_the_patient():
    room = Room()
    incident = opened(room, call_id=triaged(room, problem="stroke"), priority=None)
    calmer = reprioritise(room, incident.id, "P3", "tỉnh hẳn")
    assert calmer.priority == "P3"
    assert calmer.needs.capabilities == ("BLS", "transport")
    assert calmer.needs.speciality == "stroke"


def test_a_new_priority_keeps_what_else_must_be_aboard():
    room = Room()
    room.desk = a_desk(room.log, protocols={"baby": parse_protocol(BABY_CARD, "baby.toml")})
    incident = opened(room, determinant="small_baby", priority=None)
    worse = reprioritise(room, incident.id, "P1")
    assert worse.needs.capabilities == ("ALS", "transport", "neonatal")


BABY_CARD = """
id = "baby"
version = 1
signed_off = false
title = { vi = "Trẻ sơ sinh", en = "Newborn" }
otherwise = "small_baby"
[[question]]
id = "born"
text = { vi = "Đã sinh?", en = "Born yet?" }
answers = [{ value = "yes", text = { vi = "Có", en = "Yes" } }]
[[rule]]
when = { born = "yes" }
determinant = "small_baby"
[determinant.small_baby]
title = { vi = "Trẻ non tháng", en = "Small baby" }
priority = "P2"
capabilities = ["BLS", "transport", "neonatal"]
bed_kind = "NeonatalICU"
"""


def test_the_same_priority_again_changes_nothing():
    room = Room()
    incident = opened(room, call_id=triaged(room, problem="stroke"), priority=None)
    assert reprioritise(room, incident.id, "P1").version == incident.version


def test_a_bad_new_priority_is_refused():
    room = Room()
    order = ReprioritiseIncident(an_act(), opened(room).id, "urgent", None)
    refused(room, order, reprioritise_incident, BadPriority)


# --- notes and the end ----------------------------------------------------------------------------


def test_a_note_is_kept_once_by_its_id_also_after_the_end():
    room = Room()
    incident = opened(room)
    room.carry_out(CloseIncident(an_act(), incident.id, "xong"), close_incident)
    for _ in range(2):
        order = NoteIncident(an_act(), incident.id, an_id("note"), "Chó dữ")
        room.carry_out(order, note_incident)
    assert room.log.incident(incident.id).notes == {an_id("note")}
    # closed, noted, and from now on remembered
    assert room.log.incident(incident.id).version == incident.version + 3


@pytest.mark.parametrize("text", ["", "\n", "x" * 2001])
def test_a_note_says_something(text):
    room = Room()
    refused(room, NoteIncident(an_act(), opened(room).id, an_id(), text), note_incident, BadText)


def test_an_incident_is_not_closed_while_a_unit_is_on_it():
    room = Room()
    incident_id = room.incident()
    run_id = room.send(incident_id, "C1")
    order = CloseIncident(an_act(), incident_id, "xong")
    assert "C1 is still on it" in refused(room, order, close_incident, IncidentStillServed)
    room.report(run_id, "stood_down")
    room.carry_out(CloseIncident(an_act(), incident_id, "xong"), close_incident)
    assert room.log.incident(incident_id).closed_reason == "xong"


def test_nobody_is_sent_to_an_incident_that_is_over_nor_is_it_judged_again():
    room = Room()
    incident_id = room.incident()
    room.carry_out(CloseIncident(an_act(), incident_id, "báo giả"), close_incident)
    with pytest.raises(IncidentOver):
        room.send(incident_id)
    refused(room, CloseIncident(an_act(), incident_id, "lại"), close_incident, IncidentOver)
    order = ReprioritiseIncident(an_act(), incident_id, "P4", None)
    refused(room, order, reprioritise_incident, IncidentOver)
    assert room.log.unit("C1").run_id is None


def test_notes_for_an_incident_that_never_was_are_refused():
    refused(Room(), NoteIncident(an_act(), an_id("x"), an_id(), "?"), note_incident, UnknownIncident)
