"""The same seed gives the same night to the last letter, in another process too; another seed does not."""

import os
import subprocess
import sys

import pytest

from dispatch.application import memory_log
from simulations.full.fingerprint import fingerprint
from tests.integration.simulations.night import Night, a_night, prints, roads_in


@pytest.fixture(scope="module")
def roads(tmp_path_factory):
    return roads_in(tmp_path_factory.mktemp("roads"))


@pytest.fixture(scope="module")
def night(roads, tmp_path_factory) -> Night:
    return a_night(tmp_path_factory.mktemp("night"), roads)


@pytest.mark.parametrize("policy", ["closest", "dmexclp"])
def test_the_quick_log_holds_every_fact_of_the_live_log_letter_by_letter(night, policy):
    quick, live = night.full(policy).log, night.full(policy, memory_log()).log
    assert quick.position() == live.position() > 1000
    one, other = quick.select(1, 10**6), live.select(1, 10**6)
    for (seq, fact), (_, again) in zip(one, other, strict=True):
        assert quick.mapper.to_stored_event(fact) == live.mapper.to_stored_event(again), seq
    assert fingerprint(quick) == fingerprint(live)


def test_the_same_night_played_again_is_the_same_on_both_paths(night):
    assert prints(night) == prints(night)


def test_another_process_plays_the_very_same_night_whatever_order_its_sets_have(night, tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "tests.integration.simulations.night", str(tmp_path), "8"],
        env={**os.environ, "PYTHONHASHSEED": "12345"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == prints(night)


def test_another_seed_is_another_night_on_both_paths(night, roads, tmp_path):
    other = a_night(tmp_path, roads, seed=9)
    assert not set(prints(night)) & set(prints(other))
