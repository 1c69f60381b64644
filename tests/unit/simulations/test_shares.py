"""Wilson's interval of a share that was counted."""

import numpy as np
import pytest

from simulations.statistics.shares import wilson


def test_it_has_the_figures_of_the_textbook():
    """Newcombe, Statistics in Medicine 17 (1998), method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    for (count, of), (low, high) in {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0000, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }.items():
        assert wilson(count, of) == pytest.approx((low, high), abs=5e-5)


def test_it_holds_the_truth_about_as_often_as_it_says():
    chance = np.random.default_rng(5)
    held = [low <= 0.1 <= high for low, high in (wilson(int(n), 60) for n in chance.binomial(60, 0.1, 2000))]
    assert 0.92 < np.mean(held) < 0.98


def test_nothing_counted_has_no_share():
    with pytest.raises(ValueError, match="A share is of something"):
        wilson(0, 0)
