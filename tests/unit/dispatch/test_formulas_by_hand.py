"""The formulas of the papers on one small county, worked out on paper beside the figures.

Six zones, their people and the minutes between them are those of a published exercise: "Emergency Medical
Response", problem A of the High School Mathematical Contest in Modeling 2013 (COMAP), where eight minutes
count as covered. Its answers were published, too (team 4498): one ambulance stands best in zone 2; of two
ambulances 2 and 5 alone cover everybody; of three there are 13 ways to.

    reached in 8 minutes from   1: 1 2    2: 1 2 3    3: 3 5 6    4: 3 4    5: 4 5 6    6: 3 5 6
"""

from itertools import combinations_with_replacement

import numpy as np
import pytest

from dispatch.policies.choice import Asked, Candidate, in_order
from dispatch.policies.coverage import CoverageRules, Standing, cover_now
from dispatch.policies.move_up import Movable, MoveUpRules, PostCell, moves
from dispatch.policies.named import PolicyRules, policy_named
from dispatch.policies.preparedness_index import PreparednessRules, after_each, least
from domain.values import Needs, Travel
from tests.builders import a_unit_now
from tests.cover_twin import cells_of, expected, times_of

MINUTES = [
    [1, 8, 12, 14, 10, 16],
    [8, 1, 6, 18, 16, 16],
    [12, 18, 1.5, 12, 6, 4],
    [16, 14, 4, 1, 16, 12],
    [18, 16, 10, 4, 2, 2],
    [16, 18, 4, 12, 2, 2],
]
PEOPLE = [50, 80, 30, 55, 35, 20]  # thousands
ALL = 270
SECONDS = [[round(60 * each) for each in row] for row in MINUTES]
COUNTY = {"van": times_of(cells_of([each / ALL for each in PEOPLE]), SECONDS)}
EIGHT_MINUTES, TURNOUT, Q = 480.0, 60.0, 0.3
RULES = CoverageRules(limit_s=EIGHT_MINUTES, busy_fraction=Q)


def at(*zones: int) -> list[Standing]:
    return [Standing(f"C{zone}", "van", zone - 1) for zone in zones]


def cover(*zones: int):
    named = [Standing(f"unit {i}", "van", zone - 1) for i, zone in enumerate(zones)]
    return cover_now(COUNTY, named, RULES)


def going_to(scene: int, *zones: int) -> list[Candidate]:
    """Each unit with its drive to the scene; the wheels turn after a minute."""
    ways = [(f"C{zone}", float(SECONDS[zone - 1][scene - 1])) for zone in zones]
    return [Candidate(a_unit_now(name), Travel(way, way), way, TURNOUT) for name, way in ways]


def order(policy: str, scene: int, zones: tuple[int, ...], priority="P2", **rules) -> list[str]:
    """Who goes first to a call in zone `scene`; in time is eight minutes of drive after one of turnout."""
    coverage = cover_now(COUNTY, at(*zones), RULES, preparedness=PreparednessRules())
    candidates = going_to(scene, *zones)
    asked = Asked(priority, Needs(), EIGHT_MINUTES + TURNOUT)
    weighed = policy_named(policy, PolicyRules(**rules)).weigh(candidates, asked, coverage)
    return [candidate.callsign for candidate, _, _ in in_order(candidates, weighed)]


# --- coverage: the published answers -------------------------------------------------------------


def test_one_ambulance_stands_best_in_zone_two():
    shares = {zone: cover(zone).before for zone in range(1, 7)}
    assert max(shares, key=shares.__getitem__) == 2
    assert shares[2] == pytest.approx((50 + 80 + 30) / ALL, abs=1e-4)


def test_of_all_pairs_two_and_five_alone_cover_everybody():
    whole = [pair for pair in combinations_with_replacement(range(1, 7), 2) if cover(*pair).before == 1.0]
    assert whole == [(2, 5)]


def test_three_ambulances_cover_everybody_in_thirteen_ways():
    ways = combinations_with_replacement(range(1, 7), 3)
    assert sum(cover(*zones).before == 1.0 for zones in ways) == 13


# --- MEXCLP: Daskin 1983 --------------------------------------------------------------------------


def test_each_further_ambulance_at_one_place_adds_less_by_the_busy_fraction():
    """m units cover a zone with 1 - q^m, which is 0.7, 0.91, 0.973; the m-th adds (1 - q) q^(m-1), which is
    0.7, 0.21, 0.063."""
    people = (50 + 80 + 30) / ALL
    for units, covered, added in ((1, 0.7, 0.7), (2, 0.91, 0.21), (3, 0.973, 0.063)):
        now = cover(*[2] * units)
        assert now.expected == pytest.approx(people * covered, abs=5e-5)
        assert now.units["unit 0"].marginal == pytest.approx(people * added, abs=1e-8)


def test_what_each_of_three_adds_to_the_expected_coverage():
    """In 2, 3 and 5. One unit reaches zones 1, 2 and 4 (185), two reach 3, 5 and 6 (85):
    185 x 0.7 + 85 x 0.91 = 129.5 + 77.35 = 206.85."""
    now = cover_now(COUNTY, at(2, 3, 5), RULES)
    assert now.expected == pytest.approx(206.85 / ALL, abs=5e-5)
    added = {name: figures.marginal * ALL for name, figures in now.units.items()}
    assert added["C2"] == pytest.approx((50 + 80) * 0.7 + 30 * 0.21)  # 91 + 6.3
    assert added["C3"] == pytest.approx((30 + 35 + 20) * 0.21)  # 17.85
    assert added["C5"] == pytest.approx(55 * 0.7 + (35 + 20) * 0.21)  # 38.5 + 11.55


# --- DMEXCLP, dispatch: Jagtenberg, Bhulai and van der Mei 2017 ------------------------------------


def test_dmexclp_sends_the_farther_of_two_who_come_in_time_and_is_missed_less():
    """To zone 5: from 5 in 2 minutes, from 3 in 6, from 2 in 16, which is late. 17.85 goes before 50.05."""
    assert order("closest", 5, (2, 3, 5)) == ["C5", "C3", "C2"]
    assert order("dmexclp", 5, (2, 3, 5)) == ["C3", "C5", "C2"]


def test_dmexclp_sends_the_only_one_who_comes_in_time_whatever_it_is_worth():
    """To zone 1: from 2 in exactly 8 minutes, which is in time, though C2 is missed most: 97.3."""
    assert order("dmexclp", 1, (2, 3, 5))[0] == "C2"


def test_dmexclp_where_all_are_late_sends_the_soonest_or_who_is_missed_least():
    """To zone 4 from 1, 2 and 6 in 14, 18, 12 minutes. Zones 1, 2 and 3 are reached by two, 5 and 6 by one.
    C1 adds 130 x 0.21 = 27.3, C2 27.3 + 6.3 = 33.6, C6 6.3 + 55 x 0.7 = 44.8."""
    assert order("dmexclp", 4, (1, 2, 6)) == ["C6", "C1", "C2"]
    assert order("dmexclp", 4, (1, 2, 6), when_late="least_cover") == ["C1", "C2", "C6"]


# --- DMEXCLP, redeployment: Jagtenberg, Bhulai and van der Mei 2015 --------------------------------


POSTS = [PostCell(f"zone {zone}", zone - 1) for zone in range(1, 7)]
GAINS = {1: 27.3, 2: 33.6, 3: 17.85, 4: 17.85, 5: 23.1, 6: 17.85}
"""With others in 2 and 5 each zone is reached once, so a third unit gains 0.7 x 0.3 = 0.21 of the people it
reaches: 130, 160, 85, 85, 110 and 85 thousand."""


@pytest.mark.parametrize("base", GAINS)
def test_a_freed_unit_gains_for_each_base_what_the_formula_says(base):
    twin = expected(COUNTY, at(2, 5), EIGHT_MINUTES, Q)
    gain = expected(COUNTY, [*at(2, 5), Standing("freed", "van", base - 1)], EIGHT_MINUTES, Q) - twin
    assert gain * ALL == pytest.approx(GAINS[base])
    now = cover_now(COUNTY, [*at(2, 5), Standing("freed", "van", base - 1)], RULES)
    assert now.units["freed"].marginal * ALL == pytest.approx(GAINS[base])


def test_it_goes_to_the_base_with_the_greatest_gain():
    """From 3 to 2: 33.6 - 17.85 = 15.75, and no move of another unit gains as much."""
    fleet = [Movable(standing, standing.cell) for standing in at(2, 3, 5)]
    rules = MoveUpRules(least_gain=0.001, longest_s=1200.0, most=1)
    (move,) = moves(COUNTY, fleet, POSTS, rules, EIGHT_MINUTES, Q)
    assert (move.callsign, move.post_id, move.seconds) == ("C3", "zone 2", 18 * 60)
    assert move.gain * ALL == pytest.approx(15.75)
    assert (move.before, move.after) == pytest.approx((206.85 / ALL, 222.6 / ALL), abs=1e-4)


# --- preparedness: Andersson and Värbrand 2007 -----------------------------------------------------


INDEX = PreparednessRules(contribution=(1.0, 0.5, 0.25), nearest_s=30.0)


def ready(*zones: int) -> tuple[np.ndarray, np.ndarray]:
    return np.array([SECONDS[zone - 1] for zone in zones], float), np.array(PEOPLE) / ALL


def test_the_county_is_as_prepared_as_zone_one():
    """Units in 2, 3 and 5 are 480, 720 and 1080 s from zone 1, where 50 of 270 live:
    270/50 x (1/480 + 0.5/720 + 0.25/1080) = 5.4 x 13/4320 = 0.01625. All other zones have more: the next is
    zone 4 with 270/55 x (1/240 + 0.5/720 + 0.25/1080) = 0.025."""
    assert least(*ready(2, 3, 5), INDEX) == pytest.approx(0.01625)


def test_without_each_of_them_another_zone_may_be_the_least_prepared():
    """Without C2 zone 2: 270/80 x (1/960 + 0.5/1080). Without C3 zone 1: 5.4 x (1/480 + 0.5/1080).
    Without C5 zone 4: 270/55 x (1/720 + 0.5/1080) = 1/110."""
    assert after_each(*ready(2, 3, 5), INDEX) == pytest.approx([0.005078125, 0.01375, 1 / 110])


def test_the_gravest_call_gets_the_closest_and_others_who_leaves_the_county_better_prepared():
    """To zone 5: C5 is nearer, but leaves 0.0091, C3 leaves 0.01375."""
    assert order("preparedness", 5, (2, 3, 5), "P1") == ["C5", "C3", "C2"]
    assert order("preparedness", 5, (2, 3, 5), "P2") == ["C3", "C5", "C2"]
