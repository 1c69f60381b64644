from datetime import timedelta

import pytest

from domain.values import Milestone
from projections.memory import MemoryViews
from projections.past import fold_until, views_at
from projections.snapshots import pack, standing
from projections.snapshots_memory import MemorySnapshots
from tests.any_history import history
from tests.histories import NOON, ListedLog, World


def at(minutes: float):
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def world():
    """12:00 C1 comes on duty, 12:10 it is sent, 12:30 we hear that it left at 12:11."""
    world = World()
    world.sign("C1")
    world.wait(minutes=10)
    run = world.send("C1", world.open(world.call()))
    world.wait(minutes=20)
    world.progress(run, Milestone.EN_ROUTE, at=at(11))
    return world


def with_snapshots_at(log, *minutes):
    """Snapshots as they would have been taken at these moments."""
    snapshots = MemorySnapshots("fold")
    for each in minutes:
        snapshots.put(pack(standing(views_at(ListedLog(log), at(each))), "fold"))
    return snapshots


@pytest.mark.parametrize("taken_at", [(), (-1,), (5,), (10,), (0, 12, 31)])
def test_the_past_is_what_was_known_then_not_what_is_known_now(world, taken_at):
    snapshots = with_snapshots_at(world.log, *taken_at)

    def status(minutes):
        row = views_at(ListedLog(world.log), at(minutes), snapshots).row("units", "C1")
        return row and row["status"]

    assert [status(minutes) for minutes in (-1, 0, 9.9, 10, 29, 30, 999)] == [
        None,
        "AV",
        "AV",
        "DP",
        "DP",  # it had left, but nobody had told us
        "EN",
        "EN",
    ]


class CountedLog(ListedLog):
    """Remembers the first place it was asked for."""

    began = None

    def select(self, start, limit, stop):
        self.began = start if self.began is None else self.began
        return super().select(start, limit, stop)


def test_the_fold_begins_at_the_newest_snapshot_that_heard_nothing_later():
    world = history(range(7, 200_000, 1733))
    minutes = (world.now - NOON).total_seconds() / 60
    snapshots = with_snapshots_at(world.log, minutes * 0.2, minutes * 0.5, minutes * 0.9)
    seqs = [place.seq for place in snapshots.places()]
    log = CountedLog(world.log)
    found = views_at(log, at(minutes * 0.7), snapshots)
    assert log.began == seqs[1] + 1
    assert found.digest() == views_at(ListedLog(world.log), at(minutes * 0.7), limit=13).digest()


def test_a_clock_that_stepped_back_cuts_where_something_was_first_heard_later():
    world = World()
    world.wait(minutes=5)
    world.sign("C1")
    world.wait(minutes=-1)
    world.sign("T2")
    world.wait(minutes=2)
    world.sign("M3")

    def on_duty(minutes):
        rows = views_at(ListedLog(world.log), at(minutes)).rows("units")
        return [row["id"] for row in rows if row["status"] == "AV"]

    assert [on_duty(minutes) for minutes in (-1, 0, 4, 4.9, 5, 5.9, 6)] == [
        [],
        [],
        [],
        [],
        ["C1", "T2"],
        ["C1", "T2"],
        ["C1", "M3", "T2"],
    ]
    taken = with_snapshots_at(world.log, 5)
    assert [place.seq for place in taken.places()] == [world.log[-2][0]]
    assert views_at(ListedLog(world.log), at(4.5), taken).position < world.log[-3][0]


def test_what_was_folded_once_can_be_gone_on_from(world):
    log = ListedLog(world.log)
    views = fold_until(log, at(5), MemoryViews())
    assert views.digest() == views_at(log, at(5)).digest()
    assert fold_until(log, at(30), views).digest() == views_at(log, at(30)).digest()
