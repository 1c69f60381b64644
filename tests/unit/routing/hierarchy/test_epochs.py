"""Weights change; who asks keeps the weights he began with."""

import gc
from threading import Thread

import numpy as np
import pytest

from routing.hierarchy.epochs import Epochs
from routing.metric import metric
from tests.road_questions import some_arcs, with_closures, with_slower_and_faster
from tests.towns import town

BLOCKS = "a-b-c-d\n| | ^ |\ne-f>g-h\n| v | |\ni-j-k-l"


@pytest.fixture
def road_map(tmp_path):
    return town(BLOCKS).road_map(tmp_path)


def arrays(epoch):
    return epoch.cost.copy(), epoch.up.copy(), epoch.down.copy()


def same(one, other):
    return all((a == b).all() for a, b in zip(one, other, strict=True))


def test_a_change_gives_the_weights_a_fresh_start_would(road_map):
    epochs = Epochs(road_map)
    generator = np.random.default_rng(7)
    now, weights = epochs.first(metric(road_map, "van"), "0"), metric(road_map, "van")
    for turn in range(40):
        arcs = some_arcs(road_map, int(generator.integers(0, 6)), generator)
        change = (
            with_slower_and_faster(weights, arcs, generator) if turn % 2 else with_closures(weights, arcs)
        )
        now = epochs.after(now, change, arcs, str(turn))
        assert same(arrays(now), arrays(epochs.first(change, "fresh")))
        assert now.version == str(turn)
        weights = change


def test_opening_what_was_closed_restores_every_weight(road_map):
    epochs = Epochs(road_map)
    free, arcs = metric(road_map, "van"), np.arange(6, dtype=np.int32)
    before = epochs.first(free, "free")
    closed = epochs.after(before, with_closures(free, arcs), arcs, "closed")
    assert not same(arrays(closed), arrays(before))
    assert same(arrays(epochs.after(closed, free, arcs, "open")), arrays(before))


def test_an_epoch_that_is_held_never_changes(road_map):
    epochs = Epochs(road_map)
    free, arcs = metric(road_map, "van"), np.arange(4, dtype=np.int32)
    held = epochs.first(free, "held")
    begun = arrays(held)
    for turn in range(10):
        epochs.after(held, with_closures(free, arcs), arcs, str(turn))
        epochs.first(with_closures(free, arcs + np.int32(4)), str(turn))
    assert same(arrays(held), begun)


def test_the_memory_of_an_epoch_let_go_is_used_again(road_map):
    epochs = Epochs(road_map)
    free = metric(road_map, "van")
    addresses = set()
    for turn in range(10):
        epoch = epochs.first(free, str(turn))
        addresses.add(epoch.up.ctypes.data)
    gc.collect()
    assert len(addresses) == 2  # the new one is made while the old one is still held


def test_two_threads_give_what_one_gives(tmp_path):
    rows = [
        "-".join("abcdefgh"),
        " ".join("|" * 8),
        "-".join("ijklmnop"),
        " ".join("|" * 8),
        "-".join("qrstuwxy"),
    ]
    road_map = town("\n".join(rows)).road_map(tmp_path)
    for profile in ("van", "motorbike"):
        weights = metric(road_map, profile)
        one = Epochs(road_map).first(weights, "")
        two = Epochs(road_map, threads=2).first(weights, "")
        assert same(arrays(one), arrays(two))


def test_many_may_make_epochs_at_once(road_map):
    epochs = Epochs(road_map)
    weights = [metric(road_map, profile) for profile in ("van", "motorbike", "van_normal")]
    expected = [arrays(epochs.first(one, "")) for one in weights]
    wrong = []

    def make(i):
        for _ in range(30):
            if not same(arrays(epochs.first(weights[i % 3], "")), expected[i % 3]):
                wrong.append(i)

    threads = [Thread(target=make, args=(i,)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
