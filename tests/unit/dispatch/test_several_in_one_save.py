"""Whole plans, and units taken from something less urgent: one save, all or nothing."""

import gc
from dataclasses import replace

import pytest

from dispatch.handlers.preempt_unit import PreemptUnit, preempt_unit
from dispatch.handlers.send_response import SendResponse, send_response
from dispatch.one_copy import OneCopy
from domain.choosing_errors import NoRuns, NotLessUrgent, PreemptReasonWanted, TooLateToTake
from domain.errors import UnitBusy
from tests.builders import Room, an_act, an_id


@pytest.fixture
def room() -> Room:
    return Room(units=("C1", "C2", "C3", "T1"), beds={"cho-ray": 2})


def response(room: Room, incident, *units: str, **other) -> SendResponse:
    orders = tuple(room.order_to_send(incident, unit, **other) for unit in units)
    said = tuple((str(each.run_id), each.unit) for each in orders)
    return SendResponse(an_act(), an_id(), incident, said, orders)


def test_a_whole_plan_is_one_save(room):
    incident = room.incident()
    before = room.log.position()
    order = response(room, incident, "C1", "C2")
    answer = room.carry_out(order, send_response).body
    assert [run["callsign"] for run in answer["runs"]] == ["C1", "C2"]
    assert sorted(room.log.incident(incident).serving.values()) == ["C1", "C2"]
    told = room.log.position()
    assert told > before
    assert room.carry_out(order, send_response).repeated
    assert room.log.position() == told


def test_where_one_is_taken_nobody_is_sent(room):
    room.send(room.incident(), "C2")
    incident, before = room.incident(), room.log.position()
    with pytest.raises(UnitBusy, match="C2"):
        room.carry_out(response(room, incident, "C1", "C2"), send_response)
    assert room.log.position() == before
    assert room.log.unit("C1").run_id is None


def test_the_units_of_a_plan_share_what_one_save_changes(room):
    """Two holds in one ledger, for an incident of two patients, are two facts of one thing."""
    incident = room.incident()
    room.carry_out(response(room, incident, "C1", "C2"), send_response)
    assert len(room.ledger().holds) == 1  # one patient, one bed, however many units
    assert room.log.incident(incident).serving


@pytest.mark.parametrize("units", [(), ("C1", "C1")])
def test_an_empty_plan_or_one_unit_twice_is_refused(room, units):
    with pytest.raises(NoRuns):
        room.carry_out(response(room, room.incident(), *units), send_response)


def test_the_log_lives_on_after_a_desk_of_one_copy_is_gone(room):
    one = OneCopy(room.desk)
    assert one.desk.log.unit("C1") is one.desk.log.unit("C1")
    del one
    gc.collect()
    room.send(room.incident(), "C1")  # the store is still open


# --- taking a unit --------------------------------------------------------------------------------


def taking(room: Room, incident, unit: str = "C1", reason: str | None = "gần hơn") -> PreemptUnit:
    order = replace(room.order_to_send(incident, unit, None, None), override_reason=reason)
    return PreemptUnit(order.act, (str(order.run_id), unit), order, reason)


def test_a_unit_is_stood_down_there_and_sent_here_in_one_save(room):
    transfer, urgent = room.incident("P3"), room.incident("P1")
    old = room.send(transfer, "C1")
    order = taking(room, urgent)
    answer = room.carry_out(order, preempt_unit)
    assert answer.body["taken_from"] == str(transfer)
    assert room.log.run(old).milestone == "stood_down"
    assert room.log.unit("C1").run_id == order.order.run_id
    assert room.log.incident(transfer).serving == {}
    assert list(room.log.incident(urgent).serving.values()) == ["C1"]
    assert room.ledger().holds == {}  # the bed it had is free for others
    assert room.carry_out(order, preempt_unit).repeated


def test_a_unit_that_is_free_by_now_is_simply_sent(room):
    answer = room.carry_out(taking(room, room.incident("P1")), preempt_unit)
    assert answer.body["taken_from"] is None


def test_nobody_is_taken_from_what_is_as_urgent_from_a_patient_or_without_a_reason(room):
    same, urgent = room.incident("P1"), room.incident("P1")
    room.send(same, "C1")
    with pytest.raises(NotLessUrgent, match="C1"):
        room.carry_out(taking(room, urgent), preempt_unit)
    run = room.send(room.incident("P3"), "C2", None, None)
    with pytest.raises(PreemptReasonWanted, match="C2"):
        room.carry_out(taking(room, urgent, "C2", None), preempt_unit)
    room.drive(run, "accepted", "en_route", "on_scene")
    with pytest.raises(TooLateToTake, match="on_scene"):
        room.carry_out(taking(room, urgent, "C2"), preempt_unit)
