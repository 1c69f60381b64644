"""Every order is counted by what came of it, and every lost race by why it was lost."""

import pytest

from api.measure import REGISTRY, RETRIES
from api.observe.orders import WatchedOrder
from dispatch.commands import ATTEMPTS, carry_out
from dispatch.handlers.assign_unit import assign_unit
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from domain.errors import NotStored, TooContended, UnitBusy
from tests.builders import HERE, Room, an_act, an_id, no_pause
from tests.fakes import CutLineLog, HurriedLog


def ordered(order, outcome):
    """How many orders of a kind came out so."""
    labels = {"order": order, "outcome": outcome}
    return REGISTRY.get_sample_value("vigil_order_seconds_count", labels) or 0


def lost(order, cause):
    return RETRIES.labels(order, cause)._value.get()


def carry(room, command, handler):
    with WatchedOrder(command, handler, None) as order:
        answer = carry_out(command, order.handler, room.desk, no_pause, lost=order.lost)
        order.stored(answer)
    return answer


def a_call():
    return ReceiveCall(an_act(), an_id(), "115", None, HERE, None, "Đau ngực")


def test_an_order_is_done_once_and_repeated_after_that():
    room, command = Room(), a_call()
    before = ordered("ReceiveCall", "done"), ordered("ReceiveCall", "repeated")
    for _ in range(3):
        carry(room, command, receive_call)
    assert ordered("ReceiveCall", "done") == before[0] + 1
    assert ordered("ReceiveCall", "repeated") == before[1] + 2


def test_a_refusal_is_no_failure():
    room = Room()
    room.send(room.incident(), "C1")
    before = ordered("AssignUnit", "refused"), ordered("AssignUnit", "failed")
    with pytest.raises(UnitBusy):
        carry(room, room.order_to_send(room.incident(), "C1"), assign_unit)
    assert (ordered("AssignUnit", "refused"), ordered("AssignUnit", "failed")) == (before[0] + 1, before[1])


def test_a_lost_race_is_a_conflict_and_eight_of_them_are_contended():
    room = Room(HurriedLog())
    incident_id = room.incident()

    def keep_writing() -> None:
        incident = room.log.incident(incident_id)
        incident.note(an_id(), "và nữa", an_act())
        room.log.save(incident)

    room.log.meanwhile = keep_writing  # type: ignore[attr-defined]
    before = lost("AssignUnit", "conflict"), lost("AssignUnit", "store"), ordered("AssignUnit", "contended")
    with pytest.raises(TooContended):
        carry(room, room.order_to_send(incident_id), assign_unit)
    assert lost("AssignUnit", "conflict") == before[0] + ATTEMPTS
    assert lost("AssignUnit", "store") == before[1]
    assert ordered("AssignUnit", "contended") == before[2] + 1


def test_a_store_that_fails_is_told_from_a_rival_who_was_faster():
    log = CutLineLog()
    room = Room(log)
    order = room.order_to_send(room.incident())
    log.lost_before_commit = ATTEMPTS
    before = lost("AssignUnit", "conflict"), lost("AssignUnit", "store"), ordered("AssignUnit", "not_stored")
    with pytest.raises(NotStored):
        carry(room, order, assign_unit)
    assert lost("AssignUnit", "conflict") == before[0]
    assert lost("AssignUnit", "store") == before[1] + ATTEMPTS
    assert ordered("AssignUnit", "not_stored") == before[2] + 1


def test_what_nobody_foresaw_is_a_failure():
    room = Room()
    before = ordered("ReceiveCall", "failed")

    def breaks(command, desk):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        carry(room, a_call(), breaks)
    assert ordered("ReceiveCall", "failed") == before + 1
