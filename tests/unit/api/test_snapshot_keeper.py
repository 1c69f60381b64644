"""The thread that stores snapshots holds up nobody, and forgives a full disk."""

import threading
from time import monotonic, sleep

import pytest

from api.snapshot_keeper import SnapshotKeeper
from projections.memory import MemoryViews
from projections.snapshots import Packed, nearest
from projections.snapshots_memory import MemorySnapshots
from projections.spacing import Spacing
from projections.taking import Taking
from tests.any_history import history


class SlowDisk(MemorySnapshots):
    """Stores when it is let, or not at all."""

    def __init__(self) -> None:
        super().__init__("fold")
        self.may = threading.Event()
        self.full = False

    def put(self, packed: Packed) -> None:
        assert self.may.wait(10)
        if self.full:
            raise OSError("No space left on device")
        super().put(packed)


@pytest.fixture
def log():
    return history(range(3, 90_000, 997)).log


@pytest.fixture
def disk():
    return SlowDisk()


@pytest.fixture
def views():
    return MemoryViews()


@pytest.fixture
def keeper(views, disk):
    keeper = SnapshotKeeper(views, Taking(disk, Spacing(every=20)), lambda: views.position)
    keeper.start()
    yield keeper
    disk.may.set()
    keeper.stop()


def follow(views, keeper, log):
    for place in range(0, len(log), 5):
        views.take(*views.fold(log[place : place + 5]))
        keeper.hear()


def until(holds) -> bool:
    end = monotonic() + 10
    while not holds() and monotonic() < end:
        sleep(0.005)
    return bool(holds())


def test_a_disk_that_hangs_holds_up_nobody_who_folds(views, disk, keeper, log):
    follow(views, keeper, log)  # the disk has not stored one of them
    assert views.position == log[-1][0]
    assert disk.places() == []
    disk.may.set()
    assert until(lambda: disk.places() and disk.places()[-1].seq > log[-1][0] - 25)
    assert len(disk.places()) <= 2  # the one that hung, and the newest of those that waited


def test_what_is_stored_is_how_the_views_stood_when_it_was_taken(views, disk, keeper, log):
    follow(views, keeper, log[:50])
    follow(views, keeper, log[50:])
    disk.may.set()
    assert until(lambda: disk.places() and disk.places()[-1].seq > log[-1][0] - 25)
    for place in disk.places():
        straight = MemoryViews()
        straight.take(*straight.fold(log[: place.seq]))
        found = nearest(disk, None, seq=place.seq)
        assert found is not None
        assert found.digests() == straight.digests()


def test_a_full_disk_is_a_fault_that_passes(views, disk, keeper, log):
    disk.full = True
    disk.may.set()
    follow(views, keeper, log[:60])
    assert until(lambda: keeper.fault is not None)
    assert "No space left" in keeper.fault
    disk.full = False
    follow(views, keeper, log[60:])
    assert until(lambda: keeper.fault is None)
    assert until(lambda: len(disk.places()) > 0)
