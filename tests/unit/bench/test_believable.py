"""How engines are compared, on times that can be checked in the head: two stations, three calls."""

import numpy as np
import pytest

from api.bench.judges.believable import agreement, mean_of, quotients

THEIRS = np.array([[10.0, 20.0, 90.0], [30.0, 25.0, 60.0], [50.0, 40.0, 95.0]])
NO_WAY = np.nan


def test_an_engine_agrees_with_itself():
    found = agreement(THEIRS, THEIRS)
    assert (found.same, found.regret_s, found.calls) == (1.0, 0.0, 3)
    assert found.rank == pytest.approx(1.0)


def test_regret_is_how_much_later_the_chosen_station_is():
    ours = THEIRS.copy()
    ours[1, 1] = 5.0  # now the second call goes to the second station: 25 s instead of 20
    found = agreement(ours, THEIRS)
    assert found.same == pytest.approx(2 / 3)
    assert found.regret_s == pytest.approx(5 / 3)


def test_only_what_both_engines_know_is_judged():
    ours = THEIRS.copy()
    ours[0, 0] = NO_WAY  # their nearest for the first call: the next best counts
    ours[:, 2] = NO_WAY
    found = agreement(ours, THEIRS)
    assert (found.same, found.calls) == (1.0, 2)


def test_the_mean_of_both_directions_says_how_far_two_judges_agree():
    ours = THEIRS.copy()
    ours[1, 1] = 5.0
    both = mean_of(agreement(ours, THEIRS), agreement(THEIRS, ours))
    assert both.regret_s == pytest.approx((5 / 3 + 15 / 3) / 2)


def test_quotients_are_sorted_by_distance():
    straight = np.array([[500.0, 500.0, 3_000.0]] * 3)
    near, far = quotients(THEIRS * 2, THEIRS, straight)
    assert (near.from_m, near.to_m, len(near.quotient)) == (0.0, 1_000.0, 6)
    assert (far.from_m, far.to_m, len(far.quotient)) == (2_000.0, 4_000.0, 3)
    assert set(near.quotient) == {2.0}
