"""Ratios of a benchmark whose machine was busy now and then."""

import pytest

from api.bench.projections_bench import paired


def test_a_minute_in_which_everything_is_slow_does_not_move_the_ratio():
    assert paired([30.0, 6.0, 30.0, 9.0, 30.0], [40.0, 8.0, 40.0, 12.0, 40.0]) == pytest.approx(0.75)


def test_a_round_in_which_one_alone_was_slow_is_left_out():
    assert paired([30.0, 30.0, 3.0], [40.0, 40.0, 40.0]) == pytest.approx(0.75)
    assert paired([30.0, 30.0, 30.0], [4.0, 40.0, 40.0]) == pytest.approx(0.75)
