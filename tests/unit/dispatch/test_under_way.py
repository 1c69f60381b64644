"""Whether a unit that nobody heard from has set out, by its positions alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.policies.assignment_rules import OfferRules
from dispatch.policies.under_way import Fix, set_out
from domain.values import Position
from tests.builders import HERE, NOON, seconds

RULES = OfferRules(moved_m=150.0, still_s=60.0)
METRE = 1 / 111_195


def fix(at_s: float, north_m: float = 0.0, speed_mps: float | None = None) -> Fix:
    return Fix(seconds(at_s), Position(HERE.lat + north_m * METRE, HERE.lon), speed_mps)


PARKED = [fix(-60), fix(-30, 8.0), fix(-2)]


def test_two_positions_well_away_from_where_it_stood_show_that_it_left():
    found = set_out([*PARKED, fix(10, 60), fix(20, 160), fix(25, 230)], NOON, RULES)
    assert found is not None
    assert (found.stood, found.since) == (HERE, seconds(20))
    assert found.moved_m == pytest.approx(230, abs=0.5)


@pytest.mark.parametrize(
    ("fixes", "why"),
    [
        ([*PARKED, fix(10, 3), fix(20, 149), fix(25, 149)], "it did not come far enough"),
        ([*PARKED, fix(20, 400)], "one position may be a receiver's whim"),
        ([*PARKED, fix(10, 400), fix(15, 5), fix(20, 400)], "so may one that jumps"),
        ([*PARKED, fix(10, 400), fix(15, 410), fix(20, 5)], "it is back where it was"),
        ([fix(10, 160), fix(20, 300)], "nobody knows where it stood"),
        ([fix(-40, -400), fix(-2), fix(10, 160), fix(20, 300)], "it was driving before it was asked"),
        ([fix(-2, 0, 9.0), fix(10, 160), fix(20, 300)], "its own speed says so too"),
        ([], "it was never heard of"),
    ],
)
def test_anything_else_is_no_answer(fixes, why):
    assert set_out(fixes, NOON, RULES) is None, why


def test_a_parked_receiver_may_be_silent_for_longer_than_anybody_looks_back():
    assert set_out([fix(-110), fix(10, 160), fix(20, 300)], NOON, RULES) is not None
    came_home = [fix(-110, -900, 12.0), fix(-61, -300, 12.0), fix(-50), fix(-5)]
    assert set_out([*came_home, fix(10, 160), fix(20, 300)], NOON, RULES) is not None


def test_a_receiver_that_lies_still_tells_a_little_speed():
    assert set_out([fix(-2, 0, 1.9), fix(10, 160), fix(20, 300)], NOON, RULES) is not None


def test_a_city_may_hear_words_alone():
    assert set_out([*PARKED, fix(10, 160), fix(20, 300)], NOON, OfferRules(moved_m=0.0)) is None


@given(st.lists(st.tuples(st.integers(-90, 60), st.integers(-40, 40)), max_size=30))
def test_whoever_stays_within_forty_metres_has_not_left(told):
    assert set_out([fix(at, north) for at, north in told], NOON, RULES) is None


@given(st.permutations([*PARKED, fix(10, 60), fix(20, 160), fix(25, 230)]))
def test_positions_may_come_in_any_order(fixes):
    found = set_out(fixes, NOON, RULES)
    assert found is not None
    assert found.since == seconds(20)
