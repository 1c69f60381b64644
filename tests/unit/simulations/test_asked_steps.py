"""Curves over time, against counting by hand."""

import numpy as np
import pytest

from simulations.asked.steps import at_once, begun, edges_of, step_for


def test_steps_begin_after_the_warm_up_and_cover_all_hours():
    edges = edges_of(3600.0, 24.0)
    assert (edges[0], edges[1], len(edges)) == (3600.0, 4500.0, 97)
    assert edges_of(0.0, 100.0)[1] == 3600.0
    assert step_for(2.0) == 300.0


def test_how_many_at_once_is_their_time_in_each_step():
    begin, end = np.array([0.0, 450.0, 950.0]), np.array([900.0, 1350.0, np.inf])
    edges = np.array([0.0, 900.0, 1800.0])
    assert at_once(begin, end, edges) == pytest.approx([1.5, (450.0 + 850.0) / 900.0])


def test_as_many_as_seen_second_by_second():
    chance = np.random.default_rng(7)
    begin = chance.uniform(-500, 3000, 200)
    end = begin + chance.exponential(400, 200)
    edges = np.arange(0.0, 3001.0, 300.0)
    moments = np.arange(0.0, 3000.0, 0.5) + 0.25
    inside = ((begin[:, None] <= moments) & (moments < end[:, None])).sum(axis=0)
    seen = inside.reshape(10, -1).mean(axis=1)
    assert at_once(begin, end, edges) == pytest.approx(seen, abs=0.05)
    assert begun(begin, edges).sum() == ((begin >= 0) & (begin < 3000)).sum()
