"""Orders about calls: taking, locating, triage, joining, closing."""

from dataclasses import replace

import pytest

from dispatch.handlers.close_call import CloseCall, close_call
from dispatch.handlers.join_call import JoinCall, join_call
from dispatch.handlers.locate_call import LocateCall, locate_call
from dispatch.handlers.missed_call import ReportMissedCall, report_missed_call
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from dispatch.handlers.reprioritise_incident import ReprioritiseIncident, reprioritise_incident
from dispatch.handlers.triage_call import TriageCall, triage_call
from domain.call_errors import RangTooLongAgo
from domain.errors import (
    BadPhone,
    BadText,
    CallAlreadySettled,
    FromTheFuture,
    IdUsedTwice,
    IncidentOver,
    OutsideMap,
    Refused,
    UnknownAnswer,
    UnknownCall,
    UnknownProtocol,
)
from domain.values import Position
from tests.builders import HERE, NOON, Room, a_desk, an_act, an_id, minutes
from tests.fakes import FakeRoads

AT_SEA = Position(9.0, 107.9)


def a_ring(**other: object) -> ReceiveCall:
    order = ReceiveCall(an_act(), an_id(), "0903115115", None, HERE, None, "Đau ngực")
    return replace(order, **other)  # type: ignore[arg-type]


def refused(room: Room, order: object, handler: object, kind: type[Refused]) -> str:
    """The sentence of the refusal; the log must stand where it stood."""
    stood = room.log.position()
    with pytest.raises(kind) as refusal:
        room.carry_out(order, handler)
    assert room.log.position() == stood
    return refusal.value.sentence()


@pytest.mark.parametrize(
    "phone", ["113", "0903 115 115", "+84 28 3855 4137", "(028) 3855 4137", "+84(0)28-3855.4137", " 115 "]
)
def test_numbers_are_taken_as_people_write_them(phone):
    room = Room()
    order = a_ring(phone=phone)
    room.carry_out(order, receive_call)
    assert room.log.call(order.call_id).phone == phone.strip()


@pytest.mark.parametrize(
    "phone", ["", "11", "1--", "1 .(", "no number", "0903-115-115-0903-115-115-09", "+", "09①"]
)
def test_what_cannot_be_a_number_is_refused(phone):
    assert "not a telephone number" in refused(Room(), a_ring(phone=phone), receive_call, BadPhone)


@pytest.mark.parametrize("complaint", ["", "   ", "đ" * 2001])
def test_a_complaint_must_say_something_and_not_too_much(complaint):
    said = refused(Room(), a_ring(complaint=complaint), receive_call, BadText)
    assert said == "complaint must hold between 1 and 2000 characters."


def test_a_call_without_a_place_is_taken_all_the_same():
    room = Room()
    order = a_ring(position=None, caller_name="  ", address=None)
    room.carry_out(order, receive_call)
    assert room.log.call(order.call_id).position is None


def test_a_place_off_the_map_is_refused_with_the_name_of_the_map():
    room = Room()
    room.desk = replace(room.desk, roads=FakeRoads(holes={AT_SEA}))
    said = refused(room, a_ring(position=AT_SEA), receive_call, OutsideMap)
    assert said == "9.00000, 107.90000 lies outside the map drawn-1, or no street is near it."


def test_a_call_from_the_future_is_refused():
    room = Room()
    act = replace(an_act(), at=minutes(1))
    refused(room, a_ring(act=act), receive_call, FromTheFuture)


@pytest.mark.parametrize(("hours", "late"), [(23.9, False), (24, False), (24.1, True), (24 * 365 * 7, True)])
def test_what_was_kept_on_paper_is_entered_within_a_day(hours, late):
    room = Room()
    order = a_ring(act=an_act(minutes(-60 * hours), heard_at=NOON))
    if late:
        assert "more than 24 hours ago" in refused(room, order, receive_call, RangTooLongAgo)
    else:
        room.carry_out(order, receive_call)


def test_the_city_says_how_late_a_call_may_be_entered():
    room = Room()
    rules = replace(room.desk.rules, calls=replace(room.desk.rules.calls, entered_within_s=3600.0))
    room.desk = replace(room.desk, rules=rules)
    order = a_ring(act=an_act(minutes(-61), heard_at=NOON))
    assert "more than 1 hours ago" in refused(room, order, receive_call, RangTooLongAgo)


def test_a_missed_call_of_years_ago_waits_for_nobody():
    at = minutes(-60 * 24 * 365)
    order = ReportMissedCall(an_act(at, heard_at=NOON), an_id(), "0903115115", at, at)
    refused(Room(), order, report_missed_call, RangTooLongAgo)


def test_a_call_id_used_for_another_call_is_refused():
    room = Room()
    call_id = room.call()
    refused(room, a_ring(call_id=call_id), receive_call, IdUsedTwice)


def test_a_call_id_that_already_names_an_incident_is_refused_at_once():
    room = Room()
    incident_id = room.incident()
    refused(room, a_ring(call_id=incident_id), receive_call, IdUsedTwice)


# --- locating -------------------------------------------------------------------------------------


def test_the_incident_moves_with_its_first_caller():
    room = Room()
    call_id = room.call()
    incident_id = room.incident(call_id=call_id)
    there = Position(10.78, 106.71)
    room.carry_out(LocateCall(an_act(), call_id, there, "Hẻm 5"), locate_call)
    assert room.log.incident(incident_id).position == there
    assert room.log.incident(incident_id).address == "Hẻm 5"


def test_the_incident_stays_when_a_later_caller_stands_across_the_street():
    room = Room()
    incident_id, second = room.incident(), room.call()
    room.carry_out(JoinCall(an_act(), second, incident_id), join_call)
    room.carry_out(LocateCall(an_act(), second, Position(10.78, 106.71), None), locate_call)
    assert room.log.incident(incident_id).position == HERE
    assert room.log.call(second).position == Position(10.78, 106.71)


def test_nobody_is_located_off_the_map():
    room = Room()
    call_id = room.call()
    room.desk = replace(room.desk, roads=FakeRoads(holes={AT_SEA}))
    refused(room, LocateCall(an_act(), call_id, AT_SEA, None), locate_call, OutsideMap)


# --- triage ---------------------------------------------------------------------------------------


def test_answers_become_a_determinant_with_instructions():
    room = Room()
    call_id = room.call()
    answer = room.carry_out(TriageCall(an_act(), call_id, "general", {"breathing": "none"}), triage_call)
    assert answer.body["determinant"] == "cardiac_arrest"
    assert answer.body["priority"] == "P1"
    assert answer.body["signed_off"] is False
    assert room.log.call(call_id).priority == "P1"


def test_answers_said_again_count_as_they_were_said_last():
    room = Room()
    call_id = room.call()
    room.carry_out(TriageCall(an_act(), call_id, "general", {"breathing": "none"}), triage_call)
    calmer = {"breathing": "normal", "problem": "no_emergency"}
    room.carry_out(TriageCall(an_act(), call_id, "general", calmer), triage_call)
    assert room.log.call(call_id).determinant == "not_an_emergency"
    assert room.log.call(call_id).priority is None


def test_a_card_nobody_wrote_is_refused():
    room = Room()
    order = TriageCall(an_act(), room.call(), "dentist", {})
    assert refused(room, order, triage_call, UnknownProtocol) == "There is no protocol dentist."


@pytest.mark.parametrize("answers", [{"breathing": "loud"}, {"mood": "good"}])
def test_an_answer_the_card_does_not_have_is_refused(answers):
    room = Room()
    order = TriageCall(an_act(), room.call(), "general", answers)
    assert "protocol general" in refused(room, order, triage_call, UnknownAnswer)


def test_triage_of_a_call_nobody_took_is_refused():
    refused(Room(), TriageCall(an_act(), an_id("nobody"), "general", {}), triage_call, UnknownCall)


# --- joining and closing --------------------------------------------------------------------------


def test_five_calls_make_one_incident():
    room = Room()
    incident_id = room.incident()
    for call_id in [room.call() for _ in range(4)]:
        room.carry_out(JoinCall(an_act(), call_id, incident_id), join_call)
    assert len(room.log.incident(incident_id).call_ids) == 5


def test_what_was_asked_before_a_call_joins_counts_at_once():
    room = Room()
    incident_id, call_id = room.incident(priority="P3"), room.call()
    room.carry_out(TriageCall(an_act(), call_id, "chest_pain", {"conscious": "no"}), triage_call)
    moved = room.carry_out(JoinCall(an_act(), call_id, incident_id), join_call).body["incident"]
    assert (moved["move"], moved["was"], moved["priority"]) == ("apply", "P3", "P1")
    incident = room.log.incident(incident_id)
    assert (incident.priority, incident.determinant) == ("P1", "unconscious")
    assert "ALS" in incident.needs.capabilities
    assert incident.triaged_by == call_id
    assert not incident.set_by_hand


def test_a_call_of_which_nothing_was_asked_changes_nothing_by_joining():
    room = Room()
    incident_id = room.incident(priority="P3")
    answer = room.carry_out(JoinCall(an_act(), room.call(), incident_id), join_call)
    assert answer.body["incident"] is None
    assert room.log.incident(incident_id).priority == "P3"


def test_a_milder_call_that_joins_only_proposes():
    room = Room()
    incident_id, call_id = room.incident(priority="P1"), room.call()
    calm = {"conscious": "yes", "breathing": "normal", "bleeding": "no", "problem": "unwell"}
    room.carry_out(TriageCall(an_act(), call_id, "general", calm), triage_call)
    moved = room.carry_out(JoinCall(an_act(), call_id, incident_id), join_call).body["incident"]
    assert (moved["move"], moved["proposed"]["why"]) == ("propose", "other_call")
    assert room.log.incident(incident_id).priority == "P1"


def test_an_urgency_set_by_a_person_is_not_changed_by_a_call_that_joins():
    room = Room()
    incident_id, call_id = room.incident(), room.call()
    room.carry_out(ReprioritiseIncident(an_act(), incident_id, "P3", "đã có y tế"), reprioritise_incident)
    room.carry_out(TriageCall(an_act(), call_id, "general", {"breathing": "none"}), triage_call)
    moved = room.carry_out(JoinCall(an_act(), call_id, incident_id), join_call).body["incident"]
    assert (moved["move"], moved["proposed"]["why"]) == ("propose", "set_by_hand")
    assert room.log.incident(incident_id).priority == "P3"


# --- one card after another -----------------------------------------------------------------------


def a_suspected_heart_attack(room: Room):
    call_id = room.call()
    heart = {"conscious": "yes", "breathing": "normal", "age": "55"}
    room.carry_out(TriageCall(an_act(), call_id, "chest_pain", heart), triage_call)
    incident_id = room.incident(call_id=call_id, priority=None)
    assert room.log.incident(incident_id).needs.speciality == "pci"
    return call_id, incident_id


def test_opening_another_card_takes_no_suspicion_away():
    room = Room()
    call_id, incident_id = a_suspected_heart_attack(room)
    before = room.log.incident(incident_id)
    moved = room.carry_out(TriageCall(an_act(), call_id, "stroke", {}), triage_call).body["incident"]
    assert (moved["move"], moved["proposed"]["why"]) == ("propose", "other_card")
    after = room.log.incident(incident_id)
    assert (after.determinant, after.plan, after.needs) == (before.determinant, before.plan, before.needs)


def test_another_card_counts_once_nothing_asked_can_change_what_it_says():
    room = Room()
    call_id, incident_id = a_suspected_heart_attack(room)
    order = TriageCall(an_act(), call_id, "stroke", {"conscious": "no", "breathing": "none"})
    assert room.carry_out(order, triage_call).body["incident"]["move"] == "apply"
    assert room.log.incident(incident_id).determinant == "cardiac_arrest"


def test_a_card_that_another_leads_to_goes_on_where_that_ended():
    room = Room()
    call_id = room.call()
    room.carry_out(TriageCall(an_act(), call_id, "general", {"problem": "chest_pain"}), triage_call)
    incident_id = room.incident(call_id=call_id, priority=None)
    order = TriageCall(an_act(), call_id, "chest_pain", {"pain": "pressing"})
    said = room.carry_out(order, triage_call).body
    assert (said["settled"], said["incident"]["move"]) == (False, "apply")
    assert room.log.incident(incident_id).determinant == "heart_attack"


def test_a_call_of_another_incident_does_not_join():
    room = Room()
    call_id = room.call()
    first = room.incident(call_id=call_id)
    said = refused(room, JoinCall(an_act(), call_id, room.incident()), join_call, CallAlreadySettled)
    assert "in_incident" in said
    assert room.log.call(call_id).incident_id == first


def test_a_call_does_not_join_an_incident_that_is_over():
    from dispatch.handlers.close_incident import CloseIncident, close_incident

    room = Room()
    incident_id, call_id = room.incident(), room.call()
    room.carry_out(CloseIncident(an_act(), incident_id, "báo giả"), close_incident)
    refused(room, JoinCall(an_act(), call_id, incident_id), join_call, IncidentOver)
    assert room.log.call(call_id).incident_id is None


def test_a_closed_call_is_not_closed_again_nor_triaged():
    room = Room()
    call_id = room.call()
    room.carry_out(CloseCall(an_act(), call_id, "nhầm số"), close_call)
    assert "closed" in refused(room, CloseCall(an_act(), call_id, "lại"), close_call, CallAlreadySettled)
    refused(room, TriageCall(an_act(), call_id, "general", {}), triage_call, CallAlreadySettled)


@pytest.mark.parametrize("reason", ["", " ", "x" * 201])
def test_a_call_is_closed_with_a_reason_or_not_at_all(reason):
    room = Room()
    refused(room, CloseCall(an_act(), room.call(), reason), close_call, BadText)


def test_a_desk_without_cards_still_takes_calls():
    room = Room()
    room.desk = a_desk(room.log, protocols={})
    assert room.call()
