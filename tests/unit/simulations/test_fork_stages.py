"""What is left of a stage once some of it has passed."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from scipy.stats import ks_2samp

from simulations.fork.stages import Stage, Stages, learned

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def evens(count: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random(count)


def test_of_what_just_began_all_is_left():
    whole = Stage(900.0, 0.45).rest_s(0.0, evens(50_001))
    assert np.median(whole) == pytest.approx(900, rel=0.01)
    assert np.log(whole).std() == pytest.approx(0.45, rel=0.02)


@pytest.mark.parametrize("elapsed_s", [60.0, 900.0, 1800.0])
def test_the_rest_is_what_remains_of_those_that_last_longer(elapsed_s):
    """The slow way: draw whole stages, throw away those that are over by now."""
    stage = Stage(900.0, 0.45)
    whole = np.exp(np.random.default_rng(2).normal(np.log(900.0), 0.45, 400_000))
    slow = whole[whole > elapsed_s] - elapsed_s
    quick = stage.rest_s(elapsed_s, evens(20_000))
    assert ks_2samp(slow[:20_000], quick).pvalue > 0.001


def test_a_crew_that_is_there_far_longer_than_anybody_ever_was_still_comes_back():
    rest = Stage(900.0, 0.45).rest_s(86_400.0, evens(1000))
    assert np.isfinite(rest).all()
    assert (rest >= 0).all()
    assert 0 < np.median(rest) < 86_400


def _run(number: int, scene_s: float, carried: bool = True) -> dict:
    began = NOON + timedelta(hours=number)
    moments = {"on_scene": 0.0}
    if carried:
        moments |= {"transporting": scene_s, "at_hospital": scene_s + 300, "handed_over": scene_s + 900}
    moments["clear"] = scene_s + (1000 if carried else 0)
    return {"milestones": {name: (began + timedelta(seconds=s)).isoformat() for name, s in moments.items()}}


def test_a_centre_with_runs_of_its_own_goes_by_them():
    runs = [_run(i, 400.0 * np.exp(0.2 * (-1) ** i), carried=i % 4 != 0) for i in range(60)]
    found = learned(runs)
    assert (found.scene.own, found.handover.own, found.clear.own) == (60, 45, 45)
    assert found.scene.median_s == pytest.approx(400)
    assert found.scene.sigma == pytest.approx(0.2, rel=0.02)
    assert (found.handover.median_s, found.clear.median_s) == pytest.approx((600, 100))
    assert found.transported == 0.75


def test_a_few_runs_say_nothing_and_those_under_way_are_no_runs_yet():
    assert learned([_run(i, 400.0) for i in range(29)]) == Stages()
    assert learned([{"milestones": {"on_scene": NOON.isoformat()}}] * 50) == Stages()
