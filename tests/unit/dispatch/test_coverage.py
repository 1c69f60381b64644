"""Coverage of a fleet on cells that can be counted by eye."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.policies import coverage
from dispatch.policies.coverage import CoverageNow, Standing, UnitCover, cover_now, each_cell
from dispatch.policies.coverage_rules import CoverageRules
from domain.coverage import NO_WAY_S
from tests.cover_twin import cells_of, covered, expected, times_of

CELLS = cells_of((0.5, 0.3, 0.2))
# Three cells in a row, 200 s from one to the next; nobody comes back from the last one.
ROW = {"van": times_of(CELLS, [[0, 200, 400], [200, 0, 200], [NO_WAY_S, NO_WAY_S, 0]])}
RULES = CoverageRules(limit_s=250.0, busy_fraction=0.4)


def a_van(callsign, cell, als=False):
    return Standing(callsign, "van", cell, als)


def test_the_demand_that_anybody_reaches_is_covered():
    assert cover_now(ROW, [a_van("C1", 0)], RULES).before == 0.8
    assert cover_now(ROW, [a_van("C1", 0), a_van("C2", 2)], RULES).before == 1.0
    assert cover_now(ROW, [], RULES).before == 0.0


def test_taking_a_unit_loses_what_it_alone_reaches():
    now = cover_now(ROW, [a_van("C1", 0), a_van("C2", 1)], RULES)
    assert now.before == 1.0
    assert now.units["C1"].after == 1.0  # C2 in the middle reaches all
    assert now.units["C2"].after == 0.8  # C1 does not reach the last cell


def test_the_marginal_gain_is_that_of_mexclp():
    # C1 and C2 both reach cells 0 and 1, C2 alone reaches cell 2; q = 0.4.
    now = cover_now(ROW, [a_van("C1", 0), a_van("C2", 1)], RULES)
    assert now.units["C1"].marginal == pytest.approx(0.8 * 0.6 * 0.4)
    assert now.units["C2"].marginal == pytest.approx(0.8 * 0.6 * 0.4 + 0.2 * 0.6)
    assert now.expected == pytest.approx(0.8 * (1 - 0.4**2) + 0.2 * (1 - 0.4))


def test_kinds_that_do_not_count_cover_nothing():
    fleet = [a_van("C1", 0), Standing("M1", "motorbike", 2)]
    now = cover_now(ROW, fleet, RULES)
    assert now.before == 0.8
    assert "M1" not in now.units


def test_a_unit_off_the_map_covers_nothing_but_is_there():
    now = cover_now(ROW, [a_van("C1", 0, als=True), a_van("C2", -1, als=True)], RULES)
    assert now.before == 0.8
    assert now.als_free == 2
    assert set(now.units) == {"C1"}


def test_a_motorbike_goes_by_its_own_times():
    swift = {**ROW, "motorbike": times_of(CELLS, [[0, 50, 100], [50, 0, 50], [50, 50, 0]], "motorbike")}
    fleet = [a_van("C1", 0), Standing("M1", "motorbike", 2)]
    assert cover_now(swift, fleet, RULES).before == 1.0


def test_few_units_and_many_are_counted_to_the_same_last_digit(monkeypatch):
    """Their rows are added up, or the whole matrix is multiplied: what sooner is, is no other answer."""
    chance = np.random.default_rng(7)
    cells = cells_of(tuple((chance.dirichlet(np.full(90, 0.4))).tolist()))
    times = {
        kind: times_of(cells, chance.integers(0, 1_500, (90, 90)).tolist(), kind)
        for kind in ("van", "motorbike")
    }
    for units in (0, 1, 7, 120):
        fleet = [
            Standing(f"C{number}", ("van", "motorbike")[number % 3 == 0], int(cell))
            for number, cell in enumerate(chance.integers(-1, 90, units))
        ]
        told = []
        for few in (0, 1_000):  # none at all are few in any case
            monkeypatch.setattr(coverage, "FEW", few)
            told.append((cover_now(times, fleet, RULES), each_cell(times, fleet, 250.0)))
            assert set(told[-1][0].units) == {unit.callsign for unit in fleet if unit.cell >= 0}
        assert told[0] == told[1]


def test_the_figures_survive_being_stored():
    now = cover_now(ROW, [a_van("C1", 0), a_van("C2", 1)], RULES, stale=True)
    assert CoverageNow.from_inputs(now.inputs()) == now
    assert isinstance(CoverageNow.from_inputs(now.inputs()).units["C1"], UnitCover)


sizes = st.integers(1, 6)


@st.composite
def towns(draw):
    size = draw(sizes)
    weights = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    whole = sum(weights) or 1
    seconds = draw(
        st.lists(
            st.lists(st.sampled_from([0, 60, 119, 120, 121, 400, NO_WAY_S]), min_size=size, max_size=size),
            min_size=size,
            max_size=size,
        )
    )
    places = draw(st.lists(st.integers(0, size - 1), max_size=7))
    times = {"van": times_of(cells_of([each / whole for each in weights]), seconds)}
    return times, [a_van(f"C{i}", cell) for i, cell in enumerate(places)]


@given(towns(), st.sampled_from([0.0, 0.3, 0.9]))
def test_any_coverage_is_that_of_the_slow_twin(town, q):
    times, fleet = town
    now = cover_now(times, fleet, CoverageRules(busy_fraction=q), limit_s=120.0)
    assert now.before == pytest.approx(covered(times, fleet, 120.0), abs=6e-5)
    assert now.expected == pytest.approx(expected(times, fleet, 120.0, q), abs=6e-5)
    for unit in fleet:
        others = [each for each in fleet if each is not unit]
        figures = now.units[unit.callsign]
        assert figures.after == pytest.approx(covered(times, others, 120.0), abs=6e-5)
        gain = expected(times, fleet, 120.0, q) - expected(times, others, 120.0, q)
        assert figures.marginal == pytest.approx(gain, abs=1e-7)


@given(towns())
def test_without_a_unit_is_exactly_the_coverage_of_the_others(town):
    times, fleet = town
    now = cover_now(times, fleet, CoverageRules(), limit_s=120.0)
    for unit in fleet:
        others = [each for each in fleet if each is not unit]
        left = cover_now(times, others, CoverageRules(), limit_s=120.0)
        assert now.units[unit.callsign].after == left.before
