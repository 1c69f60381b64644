"""What every store of snapshots promises, asked of each: in memory, in a SQLite file, in PostgreSQL."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from projections.memory import MemoryViews
from projections.past import views_at
from projections.snapshots import Packed, SnapshotStore, in_microseconds, nearest, pack, standing, unpack
from projections.snapshots_memory import MemorySnapshots
from projections.snapshots_sql import SqlSnapshots
from tests.any_history import history
from tests.histories import NOON, ListedLog, Log

Opened = Callable[[str], SnapshotStore]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def opened(request, tmp_path: Path) -> Iterator[Opened]:
    """Opens the same place for any fold, again and again."""
    if request.param == "memory":
        kept: dict[tuple[str, int], Packed] = {}
        yield lambda fold: MemorySnapshots(fold, kept)
    elif request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'views.past.sqlite'}")
        yield lambda fold: SqlSnapshots(engine, fold)
        engine.dispose()
    else:
        from api.postgres.engine import postgres_engine
        from api.postgres.migrate import migrate
        from tests.postgres import fresh_database

        with fresh_database() as address:
            migrate(address)
            engine = postgres_engine(address, pool_size=2)
            yield lambda fold: SqlSnapshots(engine, fold)
            engine.dispose()


@pytest.fixture(scope="module")
def log() -> Log:
    return history(range(3, 120_000, 997)).log


def views_of(log: Log) -> MemoryViews:
    views = MemoryViews()
    views.take(*views.fold(log))
    return views


def packed_at(log: Log, *seqs: int, fold: str = "ours") -> list[Packed]:
    return [pack(standing(views_of(log[:seq])), fold) for seq in seqs]


def test_an_empty_store_has_nothing(opened):
    store = opened("ours")
    assert store.places() == []
    assert list(store.until()) == []
    assert nearest(store, None) is None


def test_views_come_back_as_they_stood(opened, log):
    store = opened("ours")
    store.put(packed_at(log, 150)[0])
    found = nearest(opened("ours"), None)
    then = views_of(log[:150])
    assert found is not None
    assert (found.position, found.heard, found.digests()) == (150, then.heard, then.digests())
    milestones = [list(row["milestones"]) for row in found.rows("runs")]
    assert milestones == [list(row["milestones"]) for row in then.rows("runs")]
    assert max(map(len, milestones)) > 2


def test_some_views_are_unpacked_without_the_others(opened, log):
    store = opened("ours")
    store.put(packed_at(log, 150)[0])
    found, then = nearest(store, None, names=["runs", "units"]), views_of(log[:150])
    assert found is not None
    assert sorted(found.names) == ["runs", "units"]
    assert found.digests() == {name: then.digests()[name] for name in found.names}
    with pytest.raises(KeyError, match="no view is called weather"):
        nearest(store, None, names=["weather"])


def test_the_places_are_told_in_order_with_their_sizes(opened, log):
    store = opened("ours")
    later, earlier = packed_at(log, 120, 40)
    store.put(later)
    store.put(earlier)
    assert [place.seq for place in store.places()] == [40, 120]
    assert [place.size for place in store.places()] == [len(earlier.body), len(later.body)]
    assert [place.heard_us for place in store.places()] == [earlier.heard_us, later.heard_us]


def test_the_newest_that_is_not_too_new_comes_first(opened, log):
    store = opened("ours")
    for packed in packed_at(log, 40, 80, 120):
        store.put(packed)
    heard = store.places()[1].heard_us
    assert [packed.seq for packed in store.until()] == [120, 80, 40]
    assert [packed.seq for packed in store.until(seq=80)] == [80, 40]
    assert [packed.seq for packed in store.until(seq=79)] == [40]
    assert [packed.seq for packed in store.until(heard_us=heard)] == [80, 40]
    assert [packed.seq for packed in store.until(heard_us=heard - 1)] == [40]
    assert list(store.until(seq=39)) == []


def test_one_put_again_takes_the_place_of_the_first(opened, log):
    store = opened("ours")
    first = packed_at(log, 40)[0]
    store.put(replace(first, digest="other"))
    store.put(first)
    assert [packed.digest for packed in store.until()] == [first.digest]


def test_snapshots_of_other_code_are_not_seen_and_can_be_forgotten(opened, log):
    ours, theirs = opened("ours"), opened("theirs")
    theirs.put(packed_at(log, 120, fold="theirs")[0])
    ours.put(packed_at(log, 40)[0])
    assert [place.seq for place in ours.places()] == [40]
    assert [packed.seq for packed in ours.until()] == [40]
    ours.drop([120])
    assert [place.seq for place in theirs.places()] == [120]
    ours.drop_foreign()
    assert theirs.places() == []
    assert [place.seq for place in ours.places()] == [40]


def test_some_are_dropped_and_the_others_stay(opened, log):
    store = opened("ours")
    for packed in packed_at(log, 40, 80, 120):
        store.put(packed)
    store.drop([40, 120, 999])
    assert [place.seq for place in store.places()] == [80]
    store.drop([])
    assert [place.seq for place in store.places()] == [80]


@pytest.mark.parametrize(
    "torn",
    [
        lambda packed: replace(packed, body=packed.body[: len(packed.body) // 2]),
        lambda packed: replace(packed, body=b""),
        lambda packed: replace(packed, body=packed.body[:50] + b"?" + packed.body[51:]),
        lambda packed: replace(packed, heard_us=packed.heard_us + 1),
        lambda packed: replace(packed, complete_since=packed.complete_since + 1),
        lambda packed: replace(packed, digest="0" * 64),
    ],
    ids=["half", "empty", "one letter", "another moment", "another reach", "another digest"],
)
def test_a_torn_one_is_passed_over_for_the_one_before(opened, log, torn):
    store = opened("ours")
    whole, broken = packed_at(log, 40, 120)
    store.put(whole)
    store.put(torn(broken))
    assert unpack(torn(broken), "ours", None) is None
    found = nearest(store, None)
    assert found is not None
    assert found.position == 40
    instant = NOON + timedelta(days=9)
    assert views_at(ListedLog(log), instant, store).digest() == views_at(ListedLog(log), instant).digest()


def test_a_snapshot_says_by_which_code_it_was_made(log):
    packed = packed_at(log, 40, fold="theirs")[0]
    assert unpack(packed, "ours", None) is None
    # Nor may one be passed off as ours: the digest covers whose it is.
    assert unpack(replace(packed, fold="ours"), "ours", None) is None
    assert unpack(packed, "theirs", None) is not None


def test_a_moment_is_kept_to_the_microsecond(log):
    packed = packed_at(log, 40)[0]
    views = unpack(packed, "ours", None)
    assert views is not None
    assert in_microseconds(views.heard) == packed.heard_us
    assert views.heard == max(fact.act.heard_at for _, fact in log[:40])
