"""Which incidents a call may belong to, and who waits first."""

import random

import pytest

from dispatch.policies.call_rules import CallRules
from dispatch.policies.nearby import OpenIncident, Said, flat_metres, proposals
from dispatch.policies.queue import Waiting, in_order
from dispatch.policies.triage import needs_at, needs_of
from domain.values import Needs, Position
from tests.builders import HERE, NOON, minutes, seconds

METRE = 1 / 111_195


def north(metres: float) -> Position:
    return Position(HERE.lat + metres * METRE, HERE.lon)


def an_open(number: int, position: Position = HERE, at: float = -1) -> OpenIncident:
    return OpenIncident(f"incident {number}", number, position, minutes(at), "Tai nạn")


def numbers(*incidents: OpenIncident, most: int = 5) -> list[int]:
    said = Said(NOON, HERE, "Tai nạn")
    return [proposal.number for proposal in proposals(said, incidents, CallRules(), most)]


def test_the_nearest_is_proposed_first_and_the_number_settles_ties():
    assert numbers(an_open(3, north(200)), an_open(2, north(10)), an_open(1, north(10))) == [1, 2, 3]


def test_only_what_is_near_is_proposed():
    assert numbers(an_open(1, north(299)), an_open(2, north(301)), an_open(3, north(-301))) == [1]


@pytest.mark.parametrize(("at", "proposed"), [(-15, True), (-15.1, False), (1, True), (1.1, False)])
def test_only_what_is_new_is_proposed(at, proposed):
    assert bool(numbers(an_open(1, at=at))) == proposed


def test_no_more_than_five_are_proposed():
    assert numbers(*(an_open(number) for number in range(1, 9))) == [1, 2, 3, 4, 5]


def test_a_proposal_says_how_far_and_how_long_ago():
    (proposal,) = proposals(Said(NOON, HERE), [an_open(1, north(120), at=-2)], CallRules())
    assert proposal.distance_m == pytest.approx(120, abs=0.2)
    assert proposal.age_s == 120


def test_metres_to_the_east_shrink_with_the_cosine_of_latitude():
    assert flat_metres(Position(60, 0), Position(60, 1)) == pytest.approx(111_195 / 2, rel=1e-3)


def test_the_most_urgent_waits_first_among_equals_who_waits_longest():
    rows = [
        Waiting("P1", NOON, 4, "d"),
        Waiting("P1", seconds(1), 2, "b"),
        Waiting("P1", seconds(1), 3, "c"),
        Waiting("P2", minutes(-60), 1, "a"),
    ]
    shuffled = rows[:]
    random.Random(4).shuffle(shuffled)
    assert in_order(shuffled) == rows


def test_a_threat_to_life_asks_for_advanced_support():
    assert needs_of("P1").capabilities == ("ALS", "transport")
    assert [needs_of(priority).capabilities[0] for priority in ("P2", "P3", "P4")] == ["BLS"] * 3


def test_another_priority_changes_the_skill_alone():
    needs = Needs(("BLS", "transport", "isolation"), "NegativeFlowIsolation", "infectious")
    worse = needs_at("P1", needs)
    assert worse == Needs(("ALS", "transport", "isolation"), "NegativeFlowIsolation", "infectious")
    assert needs_at("P3", worse) == needs


def test_who_is_treated_on_the_spot_needs_no_transport_at_another_priority_either():
    assert needs_at("P1", Needs(("BLS", "motorbike"), None)) == Needs(("ALS", "motorbike"), None)
