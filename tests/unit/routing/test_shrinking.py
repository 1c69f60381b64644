"""Small groups are drawn towards what is known; numbers a reader can check."""

import numpy as np
import pytest

from routing.learning.shrink import shrink


def test_a_group_nobody_saw_is_its_parent():
    found = shrink(
        np.array([0, 0, 1, 1]), np.array([0.1, 0.3, 0.5, 0.7]), np.ones(4), np.array([0, 0, 0.4]), 3
    )
    assert found.value[2] == 0.4


def test_the_formula_by_hand():
    """Two groups of two: means 0.2 and 0.6, parents 0, within (4 x 0.1^2) / 2 = 0.02, chance 0.01 each;
    between = (2 (0.04 - 0.01) + 2 (0.36 - 0.01)) / 4 = 0.19; trust 0.19 / 0.20 = 0.95."""
    found = shrink(np.array([0, 0, 1, 1]), np.array([0.1, 0.3, 0.5, 0.7]), np.ones(4), np.zeros(2), 2)
    assert (found.within, found.between) == pytest.approx((0.02, 0.19))
    assert found.value == pytest.approx([0.95 * 0.2, 0.95 * 0.6])


def test_who_was_seen_often_is_believed_more_than_who_was_seen_once():
    generator = np.random.default_rng([3, 1])
    truth = generator.normal(0, 0.3, 200)
    often = np.repeat(np.arange(100), 50)
    group = np.concatenate((often, np.arange(100, 200)))
    found = shrink(
        group, truth[group] + generator.normal(0, 0.5, len(group)), np.ones(len(group)), np.zeros(200), 200
    )
    raw = np.bincount(group, truth[group], 200) / np.bincount(group)
    assert found.between == pytest.approx(0.09, rel=0.3)
    assert np.abs(found.value[100:]).mean() < 0.6 * np.abs(raw[100:]).mean()
    assert np.abs(found.value[:100] - truth[:100]).mean() < 0.08


def test_shrinking_errs_less_than_the_bare_means_and_less_than_the_parents():
    generator = np.random.default_rng([3, 2])
    truth, group = generator.normal(0.1, 0.2, 500), np.repeat(np.arange(500), 4)
    y = truth[group] + generator.normal(0, 0.4, 2000)
    found = shrink(group, y, np.ones(2000), np.full(500, 0.1), 500)
    bare = np.bincount(group, y) / 4
    error = [float(((guess - truth) ** 2).mean()) for guess in (found.value, bare, np.full(500, 0.1))]
    assert error[0] < 0.75 * min(error[1:])


def test_where_chance_explains_everything_nobody_is_believed():
    generator = np.random.default_rng([3, 3])
    group = np.repeat(np.arange(300), 3)
    found = shrink(group, generator.normal(0, 1, 900), np.ones(900), np.zeros(300), 300)
    assert np.abs(found.value).max() < 0.3


def test_groups_of_one_row_each_tell_nothing():
    found = shrink(np.arange(3), np.array([0.5, -0.5, 1.0]), np.ones(3), np.zeros(3), 3)
    assert found.value.tolist() == [0, 0, 0]


def test_one_wild_row_does_not_carry_its_group_away():
    y = np.array([0.0] * 9 + [50.0])
    found = shrink(np.zeros(10, np.int64), y, np.ones(10), np.zeros(1), 1)
    assert found.value[0] <= 0.15
