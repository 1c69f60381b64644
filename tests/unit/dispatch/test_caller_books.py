"""The book of a number is saved beside its calls, and brought up where somebody else was faster."""

from dataclasses import replace

import pytest

from dispatch.commands import Outcome
from dispatch.handlers.close_call import CloseCall, close_call
from dispatch.handlers.enter_calls import EnterCalls, enter_calls, not_entered
from dispatch.handlers.open_incident import OpenIncident, open_incident
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from domain.call import Call
from domain.caller import OPEN, REAL, REMEMBERED
from domain.errors import UnknownCall
from tests.builders import HERE, Room, an_act, an_id, minutes

NUMBER = "+84903115115"


def ring(room, minute, also=lambda: None):
    """A call; `also` happens between its decision and its save, the first time."""
    order = ReceiveCall(an_act(minutes(minute)), an_id(), "0903115115", None, HERE, None, "Đau ngực")
    return carry_out(room, order, receive_call, also).body["id"] and order.call_id


def carry_out(room, order, handler, also=lambda: None):
    waiting = [also]

    def overtaken(command, desk):
        outcome = handler(command, desk)
        if waiting:
            waiting.pop()()
        return outcome

    return room.carry_out(order, overtaken)


def book(room):
    caller = room.log.caller(NUMBER)
    return {} if caller is None else {call.call_id: (call.at, call.outcome) for call in caller.calls.values()}


def bring_up(room, *call_ids, minute=30):
    return room.carry_out(EnterCalls(an_act(minutes(minute)), call_ids), enter_calls).body["entered"]


@pytest.fixture
def overtaken():
    """A room, and a call whose book somebody else began at the same moment."""
    room = Room()
    other = []
    call_id = ring(room, 1, lambda: other.append(ring(room, 2)))
    return room, call_id, other[0]


def test_a_call_that_loses_the_race_for_its_book_is_taken_without_it_and_entered_later(overtaken):
    room, call_id, other = overtaken
    assert room.log.call(call_id).phone == "0903115115"
    assert list(book(room)) == [other]
    assert not_entered((call_id, other), room.desk) == (call_id,)
    assert bring_up(room, call_id, other) == 1
    assert book(room) == {other: (minutes(2), OPEN), call_id: (minutes(1), OPEN)}


def test_what_is_entered_already_is_not_entered_again(overtaken):
    room, call_id, other = overtaken
    bring_up(room, call_id)
    assert bring_up(room, call_id, other, minute=31) == 0
    assert not_entered((call_id, other), room.desk) == ()


def test_what_came_of_a_call_meanwhile_is_entered_with_it(overtaken):
    room, call_id, other = overtaken
    room.carry_out(CloseCall(an_act(minutes(3)), call_id, None, "nuisance"), close_call)
    order = OpenIncident(an_act(minutes(4)), an_id(), other, HERE, None, "P1", 1)
    carry_out(room, order, open_incident, lambda: ring(room, 5))
    assert set(not_entered((call_id, other), room.desk)) == {call_id, other}
    bring_up(room, call_id, other)
    told = book(room)
    assert (told[call_id], told[other]) == ((minutes(1), "nuisance"), (minutes(2), REAL))


def test_a_call_older_than_all_that_a_full_book_remembers_is_not_missing_in_it():
    room = Room()
    old = ring(room, 0)
    caller = room.log.caller(NUMBER)
    for place in range(REMEMBERED):
        caller.rang(an_id(), an_act(minutes(1 + place / 100)))
    room.log.record(caller)
    assert old not in book(room)
    assert not_entered((old,), room.desk) == ()


def test_two_numbers_are_brought_up_in_one_save(overtaken):
    room, call_id, _ = overtaken
    hospital = Call(
        call_id=an_id(), phone="028 3855 4137", caller_name=None, position=None, address=None,
        complaint="Chuyển viện", act=an_act(minutes(6)),
    )  # fmt: skip
    room.log.record(hospital)
    assert bring_up(room, call_id, hospital.id) == 2
    assert list(room.log.caller("+842838554137").calls) == [hospital.id]


def test_a_call_nobody_knows_is_in_no_book():
    with pytest.raises(UnknownCall):
        bring_up(Room(), an_id())


def test_only_what_is_beside_is_left_out_after_a_lost_race():
    """What must agree is saved again as it was decided again; a rule never depends on luck."""
    room = Room()
    first, second = ring(room, 1), ring(room, 2)
    tries = []

    def both(command, desk):
        caller, call = desk.log.caller(NUMBER), desk.log.call(first)
        tries.append(len(caller.calls))
        call.close("hết", command.act)
        caller.settle(first, "silent", command.act)
        return Outcome((call, caller), {})

    carry_out(room, replace(CloseCall(an_act(minutes(3)), first, "hết")), both, lambda: ring(room, 4))
    assert tries == [2, 3]
    assert book(room)[first] == (minutes(1), "silent")
    assert book(room)[second] == (minutes(2), OPEN)
