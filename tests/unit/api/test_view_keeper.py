"""The desk never waits for the disk that keeps a copy of its views."""

import sqlite3
import time

import pytest
from sqlalchemy import create_engine

from api.follower import Follower
from api.view_keeper import ViewKeeper
from dispatch.application import memory_log
from domain.unit import Unit
from projections.projector import rebuild
from projections.sql import SqlViews
from tests.builders import an_act


def commission(log, callsign: str) -> None:
    log.record(Unit(callsign=callsign, kind="van", capabilities=("BLS",), station_id="s", act=an_act()))


def until(holds) -> bool:
    end = time.monotonic() + 8
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(holds())


@pytest.fixture
def at_work(tmp_path):
    """A log, its follower, the keeper, the store and the file it lies in."""
    path = tmp_path / "views.sqlite"
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 0.2})
    store = SqlViews(engine)
    keeper = ViewKeeper(store)
    log, views = memory_log(), store.load()
    follower = Follower(log, views, keeper.keep, lambda batch, changes: None)
    follower.start()
    keeper.start()
    yield log, views, follower, keeper, store, path
    follower.stop()
    keeper.stop()
    engine.dispose()


def test_what_is_folded_is_stored_soon(at_work):
    log, views, follower, _, store, _ = at_work
    commission(log, "C1")
    assert follower.wait_for(log.position())
    assert until(lambda: store.position == log.position())
    assert store.digests() == views.digests() == rebuild(log)


def test_a_locked_disk_delays_the_copy_and_not_the_desk(at_work):
    log, views, follower, keeper, store, path = at_work
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    commission(log, "C1")
    assert follower.wait_for(log.position(), 1.0)
    assert views.row("units", "C1") is not None
    assert until(lambda: keeper.fault)
    assert "locked" in keeper.fault
    commission(log, "C2")
    assert follower.wait_for(log.position(), 1.0)
    other.execute("ROLLBACK")
    other.close()
    assert until(lambda: keeper.fault is None and store.position == log.position())
    assert store.digests() == views.digests() == rebuild(log)


def test_stopping_stores_what_waits(at_work):
    log, _, follower, keeper, store, _ = at_work
    for number in range(30):
        commission(log, f"C{number}")
    follower.wait_for(log.position())
    follower.stop()
    keeper.stop()
    assert store.position == log.position()


class HangingStore:
    """A disk that answers nothing."""

    position = 0

    def write(self, changes, position) -> None:
        raise AssertionError("nobody started the thread that stores")


def test_the_longer_a_disk_hangs_the_desk_waits_no_longer():
    """A hundred thousand rows wait for it, and one more costs the thread that folds what the first did."""
    keeper = ViewKeeper(HangingStore())

    def cost_of_one_more(first: int) -> float:
        took = []
        for seq in range(first, first + 200):
            row = {"id": f"R{seq}", "seq": seq}
            began = time.thread_time()
            keeper.keep({"runs": {row["id"]: row}}, seq)
            took.append(time.thread_time() - began)
        return sorted(took)[100]

    at_first = cost_of_one_more(1)
    keeper.keep({"runs": {f"W{n}": {"id": f"W{n}", "seq": 300} for n in range(100_000)}}, 300)
    assert cost_of_one_more(301) < 50 * max(at_first, 1e-6)
