"""Scores by the book: against sums worked out by hand and integrals by chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulations.chance import generator
from simulations.forecast.law import Law, dispersion_of, of_samples, overdispersed
from simulations.forecast.scores import covered, crps, pinball


def test_who_is_sure_of_one_number_scores_how_far_off_it_was():
    law = of_samples(np.array([[4.0], [4.0], [4.0]]))
    assert crps(law, np.array([4, 1, 9])).tolist() == [0.0, 3.0, 5.0]


def test_by_hand():
    """0, 1 or 2 calls, a quarter, a half, a quarter; 2 came: (1/4)^2 + (3/4)^2 = 0.625."""
    law = Law(np.array([[0.25, 0.75, 1.0]]))
    assert crps(law, np.array([2])).tolist() == [0.625]
    assert law.mean.tolist() == [1.0]
    assert [int(law.quantile(share)[0]) for share in (0.1, 0.25, 0.5, 0.75, 0.9)] == [0, 0, 1, 1, 2]
    assert pinball(law, np.array([2]), 0.5).tolist() == [0.5]
    assert pinball(law, np.array([0]), 0.9).tolist() == [pytest.approx(0.2)]
    assert covered(law, np.array([2]), 0.5) == (0.0, 0.75)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.2, 30), st.floats(1, 3), st.integers(0, 60))
def test_it_is_the_expected_distance_less_half_that_between_two_draws(mean, dispersion, came):
    """E|X - y| - E|X - X'| / 2: the other way to write the score, by sums over the law's own numbers."""
    law = overdispersed(np.array([mean]), dispersion)
    values = np.arange(law.below.shape[1])
    chance = np.diff(law.below[0], prepend=0.0)
    apart = np.abs(values[:, None] - values)
    truth = chance @ np.abs(values - came) - chance @ apart @ chance / 2
    assert crps(law, np.array([came]))[0] == pytest.approx(truth, abs=1e-6)


def test_nobody_scores_better_than_by_the_truth():
    counts = generator(3, 0, "counts").poisson(8.0, 20_000)

    def score(mean, dispersion):
        return crps(overdispersed(np.full(len(counts), mean), dispersion), counts).mean()

    truth = score(8.0, 1.0)
    assert truth < min(score(7.5, 1.0), score(8.5, 1.0), score(8.0, 1.6))
    assert covered(overdispersed(np.full(len(counts), 8.0), 1.0), counts, 0.9)[0] == pytest.approx(
        covered(overdispersed(np.full(len(counts), 8.0), 1.0), counts, 0.9)[1], abs=0.01
    )


@settings(max_examples=40, deadline=None)
@given(st.floats(0.5, 40), st.floats(1.05, 4))
def test_the_law_has_the_mean_and_scatter_that_were_asked_for(mean, dispersion):
    law = overdispersed(np.array([mean]), dispersion)
    values, chance = np.arange(law.below.shape[1]), np.diff(law.below[0], prepend=0.0)
    assert law.mean[0] == pytest.approx(mean, rel=1e-4)
    assert chance @ (values - mean) ** 2 == pytest.approx(mean * dispersion, rel=2e-3)


def test_scatter_is_found_again():
    chance = generator(4, 0, "counts")
    mean = np.full(50_000, 6.0)
    assert dispersion_of(chance.poisson(mean), mean) == pytest.approx(1.0, abs=0.03)
    together = chance.negative_binomial(6.0 / 0.8, 1 / 1.8, 50_000)
    assert dispersion_of(together, mean) == pytest.approx(1.8, abs=0.06)
