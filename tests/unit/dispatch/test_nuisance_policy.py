"""Which numbers are suspected, and in which order calls are taken because of it."""

from datetime import timedelta
from itertools import pairwise
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dispatch.policies.call_rules import CallRules
from dispatch.policies.nuisance import WaitingCall, call_queue, suspicion
from domain.caller import EarlierCall
from tests.builders import NOON, an_id, minutes, seconds

RULES = CallRules()
NUMBER = "+84938115251"


def earlier(*outcomes: str, every_min: float = 2) -> list[EarlierCall]:
    """The last of them just before noon."""
    return [
        EarlierCall(an_id(), minutes(-every_min * (len(outcomes) - i)), outcome)
        for i, outcome in enumerate(outcomes)
    ]


def judged(*outcomes: str, **facts: float):
    return suspicion(NUMBER, earlier(*outcomes, **facts), NOON, RULES)


def test_who_rang_for_nothing_again_and_again_is_suspected():
    assert not judged("nuisance", "nuisance", "nuisance").suspected
    found = judged(*["nuisance"] * 4)
    assert (found.suspected, found.behind) == (True, True)
    assert found.reasons[1] == {"en": "4 closed as nuisance", "vi": "4 cuộc là quấy rối"}


def test_somebody_in_need_who_rings_again_and_again_is_not():
    assert not judged(*["open"] * 12, every_min=0.5).suspected
    assert not judged("real", "open", "open").suspected
    assert judged("real", "real").score == 0


def test_points_fade_by_half_each_half_life_and_an_old_call_counts_nothing():
    one = [EarlierCall(an_id(), NOON - timedelta(seconds=RULES.nuisance_half_life_s), "nuisance")]
    assert suspicion(NUMBER, one, NOON, RULES).score == 0.5
    old = [EarlierCall(an_id(), NOON - timedelta(seconds=RULES.nuisance_window_s + 1), "nuisance")] * 99
    assert suspicion(NUMBER, old, NOON, RULES).score == 0


def test_after_a_real_call_nothing_of_the_number_waits_for_an_hour():
    prank = earlier(*["nuisance"] * 60, every_min=1)
    fresh = [*prank, EarlierCall(an_id(), minutes(-59), "real")]
    found = suspicion(NUMBER, fresh, NOON, RULES)
    assert (found.suspected, found.behind) == (True, False)
    stale = [*prank, EarlierCall(an_id(), minutes(-61), "real")]
    assert suspicion(NUMBER, stale, NOON, RULES).behind


def test_whom_we_work_with_is_never_suspected():
    found = suspicion("113", earlier(*["no_emergency"] * 50), NOON, RULES)
    assert (found.suspected, found.behind) == (False, False)


OUTCOMES = some.sampled_from([*RULES.nuisance_points, "self_transport", "other"])
CALLS = some.lists(some.builds(EarlierCall, some.uuids(), some.integers(-50_000, 60).map(seconds), OUTCOMES))


@given(CALLS)
def test_the_score_is_that_of_whoever_adds_it_up_by_hand(calls: list[EarlierCall]):
    total = 0.0
    for call in calls:
        age_s = (NOON - call.at).total_seconds()
        if 0 <= age_s <= 43_200:
            total += RULES.nuisance_points.get(call.outcome, 0) * exp(-log(2) * age_s / 7200)
    assert suspicion(NUMBER, calls, NOON, RULES).score == pytest.approx(max(0.0, total), abs=0.006)


def a_waiting(name: str, at: float, number: str | None = None) -> WaitingCall:
    return WaitingCall(name, seconds(at), number, seconds(at + 60) if number else None)


def order(now_s: float, *calls: WaitingCall) -> list[str]:
    return [place.call_id for place in call_queue(calls, seconds(now_s))]


def test_a_suspected_call_stands_behind_others_and_comes_up_where_it_would_have_stood():
    calls = a_waiting("suspected", 0, NUMBER), a_waiting("honest", 30), a_waiting("later", 61)
    assert order(59, *calls) == ["honest", "later", "suspected"]
    assert order(60, *calls) == ["suspected", "honest", "later"]


def test_later_calls_of_a_number_are_bundled_with_its_first():
    calls = [a_waiting("b", 20, NUMBER), a_waiting("a", 10, NUMBER), a_waiting("c", 30, "+84900")]
    places = call_queue(calls, seconds(200))
    assert [(place.call_id, place.bundled) for place in places] == [("a", ("b",)), ("c", ())]


WAITING = some.lists(
    some.builds(a_waiting, some.uuids().map(str), some.integers(0, 600), some.sampled_from([None, "1", "2"])),
    unique_by=lambda call: call.call_id,
)


@given(WAITING, some.integers(0, 900))
def test_no_call_is_lost_and_none_that_waited_its_minute_stands_behind_a_younger_one(calls, now_s):
    places = call_queue(calls, seconds(now_s))
    listed = [call_id for place in places for call_id in (place.call_id, *place.bundled)]
    assert sorted(listed) == sorted(call.call_id for call in calls)
    by_id = {call.call_id: call for call in calls}
    heads = [by_id[place.call_id] for place in places]
    for before, after in pairwise(heads):
        if after.comes_up_at is None or after.comes_up_at <= seconds(now_s):
            assert before.received_at <= after.received_at


def test_a_bundle_holds_one_number():
    calls = [a_waiting(f"{i}", i, f"{i % 3}") for i in range(9)]
    for place in call_queue(calls, seconds(0)):
        assert {int(each) % 3 for each in (place.call_id, *place.bundled)} == {int(place.call_id) % 3}
