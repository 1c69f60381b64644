from copy import deepcopy

import pytest

from domain.call_errors import CallerOccupied, EndedBeforeItRang, NothingToCallBack
from domain.caller import Caller
from tests.builders import an_act, an_id, happened, minutes


@pytest.fixture
def caller():
    return Caller(number="+84900000001", act=an_act())


def test_a_number_is_found_by_its_name(caller):
    assert caller.id == Caller.create_id("+84900000001") != Caller.create_id("+84900000002")


def test_what_came_of_a_call_is_entered_once(caller):
    caller.rang(an_id("call"), an_act())
    caller.settle(an_id("call"), "nuisance", an_act())
    caller.settle(an_id("call"), "nuisance", an_act())
    caller.settle(an_id("a call before there was a book"), "real", an_act())
    assert happened(caller) == ["Known", "Rang", "Settled"]


def test_a_number_occupies_one_taker_until_its_call_is_settled_or_given_back_or_long_silent(caller):
    for name in ("one", "two"):
        caller.rang(an_id(name), an_act())
    caller.occupy(an_id("one"), "linh", minutes(2), False, an_act())
    with pytest.raises(CallerOccupied, match="linh"):
        caller.occupy(an_id("two"), "lan", minutes(2), False, an_act(minutes(1)))
    caller.occupy(an_id("two"), "linh", minutes(3), False, an_act(minutes(1)))
    with pytest.raises(CallerOccupied):
        caller.occupy(an_id("one"), "lan", minutes(4), False, an_act(minutes(2)))
    caller.occupy(an_id("one"), "lan", minutes(5), False, an_act(minutes(3)))  # nobody heard of linh since
    caller.settle(an_id("one"), "nuisance", an_act(minutes(3)))
    caller.occupy(an_id("two"), "linh", minutes(6), False, an_act(minutes(4)))
    caller.vacate(an_id("one"), an_act(minutes(4)))  # not the call they speak in
    assert caller.occupant.by == "linh"
    caller.vacate(an_id("two"), an_act(minutes(4)))
    assert caller.occupant is None


def test_a_call_settles_what_was_missed_before_it_and_nothing_after(caller):
    caller.miss(an_id("a"), minutes(1), minutes(2), None, an_act(minutes(2)))
    caller.miss(an_id("b"), minutes(5), minutes(6), None, an_act(minutes(6)))
    caller.rang(an_id("call"), an_act(minutes(3)))
    assert list(caller.missed) == [an_id("b")]
    caller.call_back("no_answer", False, an_act(minutes(7)))
    assert list(caller.missed) == [an_id("b")]
    caller.call_back("reached", True, an_act(minutes(8)))
    with pytest.raises(NothingToCallBack):
        caller.call_back("reached", True, an_act(minutes(9)))


def test_a_miss_that_is_told_late_waits_for_nobody(caller):
    caller.rang(an_id("call"), an_act(minutes(9)))
    caller.miss(an_id("a"), minutes(1), minutes(2), None, an_act(minutes(10)))
    assert caller.missed == {}
    assert happened(caller)[-1] == "Missed", "it counts all the same"


def test_a_ring_that_ends_before_it_begins_is_refused(caller):
    with pytest.raises(EndedBeforeItRang):
        caller.miss(an_id("a"), minutes(2), minutes(1), None, an_act(minutes(3)))


def test_a_book_remembers_the_newest_calls(caller):
    for i in range(520):
        caller.rang(an_id(i), an_act(minutes(i)))
    assert len(caller.calls) == 500
    assert an_id(519) in caller.calls
    assert an_id(0) not in caller.calls


def test_a_copy_of_a_book_goes_its_own_way(caller):
    caller.rang(an_id("one"), an_act())
    twin = deepcopy(caller)
    twin.settle(an_id("one"), "nuisance", an_act())
    twin.rang(an_id("two"), an_act(minutes(1)))
    assert (len(caller.calls), caller.calls[an_id("one")].outcome) == (1, "open")
    assert (len(twin.calls), twin.calls[an_id("one")].outcome) == (2, "nuisance")
