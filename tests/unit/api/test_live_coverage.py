"""The thread behind the coverage: it learns what is in the log, follows the roads, and survives their
faults."""

import pytest

from api.live_coverage import LiveCoverage
from tests.builders import HERE, Room
from tests.waiting import wait_for


class Notebook:
    """A grid that only remembers what it was told. fails : how often `renew` breaks first"""

    def __init__(self, fails=0):
        self.calls, self.renewed, self.fails = [], 0, fails
        self.times, self.stale = None, False

    def learn(self, calls):
        self.calls += calls

    def renew(self, shrink_calls):
        self.renewed += 1
        if self.renewed <= self.fails:
            raise RuntimeError("the engine is away")
        assert shrink_calls == 50.0

    def cells_of(self, positions):
        return [-1] * len(positions)


@pytest.fixture
def room():
    return Room()


def watching(room, grid):
    return LiveCoverage(grid, room.log, 50.0)


def test_the_incidents_of_the_log_are_learned_once_each(room):
    room.incident()
    grid = Notebook()
    live = watching(room, grid)
    live.start()
    try:
        wait_for(lambda: grid.calls == [HERE])
        room.incident()
        wait_for(lambda: len(grid.calls) == 2)
    finally:
        live.stop()
    assert grid.calls == [HERE, HERE]


def test_roads_that_fail_are_tried_again(room):
    grid = Notebook(fails=1)
    live = watching(room, grid)
    room.incident()
    live.start()
    try:
        wait_for(lambda: grid.calls == [HERE])
    finally:
        live.stop()
    assert grid.renewed >= 2
