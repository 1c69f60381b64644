"""Preparedness against hand-made cases and a slow twin in fractions."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.policies.preparedness_index import PreparednessRules, after_each, least
from tests.cover_twin import preparedness_of

HALVES = PreparednessRules(contribution=(1.0, 0.5), nearest_s=1.0)


def test_a_zone_is_as_prepared_as_its_nearest_units_are_near():
    # One zone of demand 2, units 100 s and 200 s away: (1/100 + 0.5/200) / 2.
    assert least(np.array([[100.0], [200.0]]), np.array([2.0]), HALVES) == pytest.approx(0.00625)


def test_a_city_is_as_prepared_as_its_least_prepared_zone():
    seconds = np.array([[100.0, 400.0]])
    assert least(seconds, np.array([1.0, 1.0]), HALVES) == pytest.approx(1 / 400)
    assert least(seconds, np.array([8.0, 1.0]), HALVES) == pytest.approx(1 / 800)


def test_losing_the_nearest_moves_the_others_up():
    seconds = np.array([[100.0], [200.0], [400.0]])
    demand = np.array([1.0])
    assert after_each(seconds, demand, HALVES) == pytest.approx(
        [1 / 200 + 0.5 / 400, 1 / 100 + 0.5 / 400, 1 / 100 + 0.5 / 200]
    )


def test_a_zone_that_only_one_unit_reaches_is_unprepared_without_it():
    seconds = np.array([[100.0, 50.0], [inf, 60.0]])
    assert after_each(seconds, np.array([1.0, 1.0]), HALVES) == pytest.approx([0.0, 1 / 100])


def test_a_unit_at_the_door_counts_as_a_little_way_off():
    rules = PreparednessRules(contribution=(1.0,), nearest_s=30.0)
    assert least(np.array([[0.0]]), np.array([1.0]), rules) == pytest.approx(1 / 30)


def test_contributions_must_fall():
    with pytest.raises(ValueError, match="less than the one before"):
        PreparednessRules(contribution=(0.5, 0.5))


@given(
    st.integers(1, 6).flatmap(
        lambda zones: st.tuples(
            st.lists(
                st.lists(
                    st.one_of(st.integers(0, 900).map(float), st.just(inf)), min_size=zones, max_size=zones
                ),
                min_size=1,
                max_size=6,
            ),
            st.lists(st.integers(0, 5).map(float), min_size=zones, max_size=zones),
        )
    )
)
def test_any_preparedness_is_that_of_the_slow_twin(town):
    seconds, demand = town
    rules = PreparednessRules()
    zones = [j for j in range(len(demand)) if demand[j] > 0 and min(unit[j] for unit in seconds) < inf]
    twin = (rules.contribution, rules.nearest_s, zones)
    array = np.array(seconds)
    assert least(array, np.array(demand), rules) == pytest.approx(
        float(preparedness_of(seconds, demand, *twin))
    )
    found = after_each(array, np.array(demand), rules)
    for i in range(len(seconds)):
        others = [unit for k, unit in enumerate(seconds) if k != i]
        assert found[i] == pytest.approx(float(preparedness_of(others, demand, *twin)))
