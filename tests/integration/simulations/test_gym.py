"""Nights as a Gymnasium environment: what its own checker says, two simple agents, and the same bits."""

import subprocess
import sys
import warnings

import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

from simulations import Asked, simulate
from simulations.gym import DispatchEnv
from simulations.lean import run, takers
from simulations.lean.columns import NOBODY
from simulations.own import step
from simulations.own.asked import Freed
from simulations.results.counted import counted
from simulations.warm import warm_up
from tests.letters_service import letters
from tests.unit.simulations.forked_city import a_city


def env(**said) -> DispatchEnv:
    return DispatchEnv(
        letters().with_calls(4.0).nights(hours=8, replications=3, seed=7, warm_up_hours=2), **said
    )


def by_chance(it: DispatchEnv, seed: int):
    """All observations and rewards of an episode of a random agent."""
    it.action_space.seed(seed)
    seen, info = it.reset(seed=seed)
    told, over = [(seen, 0.0)], False
    while not over:
        seen, reward, over, _, info = it.step(it.action_space.sample(info["action_mask"]))
        assert not info["refused"]
        assert it.observation_space.contains(seen)
        told.append((seen, reward))
    return told


def closest(it: DispatchEnv, seen) -> int:
    """Of those who are able, else of the others: the least minutes, the first callsign."""
    can = it.action_masks()[: it.units].astype(bool)
    able = can & seen["able"].astype(bool)
    who = np.flatnonzero(able if able.any() else can)
    return int(who[np.argmin(seen["minutes"][who])]) if len(who) else it.nobody


@pytest.mark.parametrize("said", [{}, {"where": True, "reward": "minutes"}], ids=["whom", "and where"])
def test_gymnasium_finds_nothing_to_complain_of(said):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(env(**said), skip_render_check=True)


@pytest.mark.parametrize("where", [False, True])
def test_the_same_seed_gives_the_same_bits_and_another_does_not(where):
    one, again, other = (by_chance(env(where=where), seed) for seed in (4, 4, 5))
    assert len(one) == len(again) > 20
    for (seen, reward), (more, reward_again) in zip(one, again, strict=True):
        assert reward == reward_again
        assert all(np.array_equal(seen[name], more[name]) for name in seen)
    assert [reward for _, reward in one] != [reward for _, reward in other]


@pytest.mark.parametrize("night", [0, 1, 2])
def test_an_agent_that_sends_the_closest_has_as_many_late_calls_as_the_compiled_policy(night):
    it = env()
    played = simulate(it.nights, ["closest"])
    late = counted(played.replications["closest"][night], played.inputs.experiment, played.inputs.words).late
    seen, _ = it.reset(options={"night": night})
    sum_of_rewards, over = 0.0, False
    while not over:
        seen, reward, over, _, _ = it.step(np.int64(closest(it, seen)))
        sum_of_rewards += reward
    assert -sum_of_rewards == late.sum() > 0
    with pytest.raises(RuntimeError, match="The night is over"):
        it.step(np.int64(0))


def test_what_cannot_be_done_counts_as_nobody_and_is_told():
    it = env()
    _, info = it.reset(seed=1)
    for _ in range(500):
        cannot = np.flatnonzero(info["action_mask"] == 0)
        if len(cannot):
            break
        _, _, over, _, info = it.step(np.int64(np.flatnonzero(info["action_mask"])[0]))
        assert not over
    asked, number = it.asked(), it.asked().incident
    assert isinstance(asked, Asked)
    _, _, _, _, info = it.step(np.int64(cannot[0]))
    assert info["refused"]
    assert it.run.served.unit[number] == NOBODY, "nobody was sent"


@pytest.mark.parametrize("where", [False, True])
@pytest.mark.parametrize("beyond", [-5, -1, 1_000])
def test_a_number_that_is_no_action_counts_as_nobody_and_is_told(where, beyond):
    it = env(where=where)
    it.reset(seed=1)
    number = it.asked().incident
    _, _, _, _, info = it.step(np.int64(beyond))
    assert info["refused"]
    assert it.run.served.unit[number] == NOBODY, "nobody was sent"


def test_a_freed_unit_is_asked_about_and_goes_where_it_is_told():
    it = env(where=True)
    seen, _ = it.reset(seed=2)
    for _ in range(1000):
        asked = it.asked()
        if isinstance(asked, Freed) and any(not post.home for post in asked.posts):
            break
        seen, *_ = it.step(np.int64(closest(it, seen)))
    unit, post = asked.unit, next(each for each in asked.posts if not each.home)
    it.step(np.int64(it.units + 1 + post.post))
    assert it.run.state.post[unit] == post.post


def test_nights_in_which_nobody_rings_and_odd_rewards_are_refused():
    with pytest.raises(ValueError, match="Nobody rings"):
        DispatchEnv(letters().with_calls(1e-9).nights(1, 1)).reset(seed=1)
    with pytest.raises(ValueError, match="not in 'money'"):
        env(reward="money")


def test_where_gymnasium_is_missing_a_sentence_says_so_and_all_else_works():
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.modules['gymnasium'] = None\n"
            "import simulations\nprint(simulations.Rival.__name__)\n"
            "try:\n    import simulations.gym\nexcept ImportError as fault:\n    print(fault)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines() == [
        "Rival",
        "simulations.gym wants Gymnasium, which is not here: pip install -e '.[gym]' in Vigil's folder.",
    ]


def test_an_episode_runs_what_was_compiled_at_set_up(tmp_path):
    """The test of looks ahead (`tests/unit/simulations/test_warm.py`) asks the same of these."""
    it = env(where=True)
    warm_up(a_city(tmp_path, 3))
    kernels = step._go_on, run.carry_on, takers._answer
    known = [list(kernel.signatures) for kernel in kernels]
    by_chance(it, 1)
    assert known == [list(kernel.signatures) for kernel in kernels]
    assert all(known), "they ran"
