"""Each dispatch policy orders a handful of candidates as its formula has it, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.policies.choice import Asked, Candidate, CoverageChange, in_order
from dispatch.policies.coverage import CoverageNow, Standing, UnitCover, cover_now
from dispatch.policies.coverage_rules import CoverageRules
from dispatch.policies.named import NAMES, PolicyRules, policy_named
from dispatch.policies.preparedness_index import PreparednessRules
from domain.coverage import NO_WAY_S
from domain.policy_book import POLICIES
from domain.values import Needs, Travel
from tests.builders import a_unit_now
from tests.cover_twin import cells_of, expected, preparedness_of, times_of

RULES = PolicyRules()


def comes(callsign, travel_s, als=True, **facts):
    unit = a_unit_now(callsign, capabilities=("ALS", "BLS") if als else ("BLS",))
    return Candidate(unit, Travel(travel_s, 10 * travel_s), travel_s, 60.0, **facts)


def asked(priority="P2", target_s=480.0):
    return Asked(priority, Needs(), target_s)


def covering(before=0.9, als_free=5, preparedness=None, **units):
    figures = {name: UnitCover(*each) for name, each in units.items()}
    return CoverageNow(420.0, before, before, als_free, figures, preparedness)


def order(name, candidates, coverage, whom=None, rules=RULES):
    weighed = policy_named(name, rules).weigh(candidates, whom or asked(), coverage)
    return [candidate.callsign for candidate, _, _ in in_order(candidates, weighed)]


def test_every_policy_has_a_name_and_every_name_a_policy():
    assert POLICIES == NAMES
    for name in NAMES:
        assert policy_named(name, RULES).name == name
    with pytest.raises(KeyError):
        policy_named("farthest", RULES)


def test_closest_goes_by_the_sum_of_seconds_whatever_is_lost():
    near = comes("C1", 100.0)
    far = comes("C2", 120.0)
    assert order("closest", [far, near], covering(C1=(0.1, 0.5), C2=(0.9, 0.0))) == ["C1", "C2"]
    tired = comes("C1", 100.0, penalties={"shift_end": 30.0})
    assert order("closest", [tired, far], None) == ["C2", "C1"]


def test_every_policy_tells_what_is_lost_and_the_parts_make_the_score():
    coverage = covering(C1=(0.84, 0.01, 0.5), preparedness=0.6)
    for name in NAMES:
        candidates = [comes("C1", 100.0), comes("M1", 90.0)]
        weighed = policy_named(name, RULES).weigh(candidates, asked(), coverage)
        assert weighed[0].coverage == CoverageChange(before=0.9, after=0.84, lost=0.06)
        assert weighed[1].coverage == CoverageChange(
            before=0.9, after=0.9, lost=0.0
        )  # does not count, so nothing is lost
        said = [words["en"] for words in weighed[0].reasons]
        assert "taking it drops 7-minute coverage from 90.0 to 84.0 %" in said
        assert all(set(words) == {"en", "vi"} for words in weighed[0].reasons)
        for candidate, told, score in in_order(candidates, weighed):
            assert score == round(sum(told.parts.values()), 1)
            assert told.parts["travel"] == candidate.travel_s


def test_without_coverage_every_policy_sends_the_soonest():
    candidates = [comes("C2", 200.0), comes("C1", 100.0)]
    for name in NAMES:
        assert order(name, candidates, None) == ["C1", "C2"]


def test_coverage_cost_puts_a_price_on_each_percent():
    # C1 is 50 s nearer but would leave 6 % bare: at 10 s a percent that is 60 s.
    candidates = [comes("C1", 100.0), comes("C2", 150.0)]
    coverage = covering(C1=(0.84, 0.1), C2=(0.9, 0.0))
    assert order("coverage_cost", candidates, coverage) == ["C2", "C1"]
    assert order("coverage_cost", candidates, coverage, rules=PolicyRules(seconds_a_percent=8.0)) == [
        "C1",
        "C2",
    ]
    told = policy_named("coverage_cost", RULES).weigh(candidates, asked(), coverage)
    assert [each.parts["coverage"] for each in told] == [60.0, 0.0]


def test_the_last_als_units_are_kept_back_from_the_less_urgent():
    candidates = [comes("C1", 100.0), comes("T1", 300.0, als=False)]
    few = covering(als_free=2)
    assert order("closest_kept_back", candidates, few, asked("P3")) == ["T1", "C1"]
    assert order("closest_kept_back", candidates, few, asked("P1")) == ["C1", "T1"]
    assert order("closest_kept_back", candidates, covering(als_free=3), asked("P3")) == ["C1", "T1"]
    assert order("closest_kept_back", candidates[:1], few, asked("P3")) == ["C1"]  # nobody else: it goes


def test_what_must_stay_covered_is_kept_back():
    candidates = [comes("T1", 100.0, als=False), comes("T2", 300.0, als=False)]
    coverage = covering(0.62, T1=(0.55, 0.1), T2=(0.61, 0.0))
    assert order("closest_kept_back", candidates, coverage, asked("P4")) == ["T2", "T1"]
    # Below the mark already: a unit that loses nothing is not kept back for it.
    low = covering(0.3, T1=(0.3, 0.0), T2=(0.2, 0.1))
    assert order("closest_kept_back", candidates, low, asked("P4")) == ["T1", "T2"]


def test_dmexclp_sends_who_is_missed_least_of_those_in_time():
    candidates = [comes("C1", 100.0), comes("C2", 420.0), comes("C3", 421.0)]
    coverage = covering(C1=(0.8, 0.05), C2=(0.9, 0.01), C3=(0.9, 0.0))
    assert order("dmexclp", candidates, coverage) == ["C2", "C1", "C3"]  # C3 would come at 481 s


def test_dmexclp_when_all_are_late():
    candidates = [comes("C1", 600.0), comes("C2", 900.0)]
    coverage = covering(C1=(0.8, 0.05), C2=(0.9, 0.01))
    assert order("dmexclp", candidates, coverage) == ["C1", "C2"]
    by_cover = PolicyRules(when_late="least_cover")
    assert order("dmexclp", candidates, coverage, rules=by_cover) == ["C2", "C1"]


def test_preparedness_is_for_those_who_can_wait():
    candidates = [comes("C1", 100.0), comes("C2", 400.0), comes("C3", 450.0)]
    coverage = covering(C1=(0.8, 0.0, 0.001), C2=(0.8, 0.0, 0.004), C3=(0.8, 0.0, 0.009), preparedness=0.01)
    assert order("preparedness", candidates, coverage, asked("P1")) == ["C1", "C2", "C3"]
    assert order("preparedness", candidates, coverage, asked("P2")) == ["C2", "C1", "C3"]  # C3 is late


def test_of_two_that_leave_the_city_alike_the_soonest_goes():
    candidates = [comes("C2", 300.0), comes("C1", 100.0)]
    coverage = covering(C1=(0.8, 0.0, 0.01), C2=(0.8, 0.0, 0.01), preparedness=0.01)
    assert order("preparedness", candidates, coverage, asked("P3")) == ["C1", "C2"]


@st.composite
def towns(draw):
    """Times between cells, a fleet on them, and how long each takes to the scene."""
    size = draw(st.integers(1, 4))
    weights = [draw(st.integers(1, 9)) for _ in range(size)]
    seconds = [[draw(st.sampled_from([0, 90, 121, 300, NO_WAY_S])) for _ in range(size)] for _ in range(size)]
    times = {"van": times_of(cells_of([each / sum(weights) for each in weights]), seconds)}
    fleet = [Standing(f"C{i}", "van", draw(st.integers(0, size - 1))) for i in range(draw(st.integers(1, 5)))]
    travel = [float(draw(st.integers(10, 800))) for _ in fleet]
    return times, seconds, fleet, travel


@given(towns())
def test_dmexclp_is_the_slow_twin_of_its_formula(town):
    times, _, fleet, travel = town
    rules = CoverageRules(limit_s=120.0, busy_fraction=0.4)
    candidates = [comes(unit.callsign, seconds) for unit, seconds in zip(fleet, travel, strict=True)]
    first = order("dmexclp", candidates, cover_now(times, fleet, rules))[0]
    whole = expected(times, fleet, 120.0, 0.4)
    left = {
        unit.callsign: expected(times, [each for each in fleet if each is not unit], 120.0, 0.4)
        for unit in fleet
    }
    in_time = [each for each in candidates if each.travel_s + 60 <= 480]
    if in_time:
        least = min(whole - left[each.callsign] for each in in_time)
        assert first in {each.callsign for each in in_time}
        assert whole - left[first] == pytest.approx(least, abs=1e-7)
    else:
        assert first == min((each.travel_s, each.callsign) for each in candidates)[1]


@given(towns())
def test_preparedness_is_the_slow_twin_of_its_formula(town):
    times, seconds, fleet, travel = town
    index = PreparednessRules()
    candidates = [comes(unit.callsign, s) for unit, s in zip(fleet, travel, strict=True)]
    coverage = cover_now(times, fleet, CoverageRules(), preparedness=index)
    first = order("preparedness", candidates, coverage, asked("P3"))[0]
    way = {
        unit.callsign: [np.inf if s == NO_WAY_S else float(s) for s in seconds[unit.cell]] for unit in fleet
    }
    weights = times["van"].cells.weights
    zones = [j for j in range(len(weights)) if min(each[j] for each in way.values()) < np.inf]
    left = {
        name: float(
            preparedness_of(
                [each for other, each in way.items() if other != name],
                weights,
                index.contribution,
                index.nearest_s,
                zones,
            )
        )
        for name in way
    }
    in_time = [each for each in candidates if each.travel_s + 60 <= 480]
    if in_time:
        assert left[first] == pytest.approx(max(left[each.callsign] for each in in_time), rel=1e-6)
    else:
        assert first == min((each.travel_s, each.callsign) for each in candidates)[1]
