import copy
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql

from domain.values import Milestone
from projections.memory import MemoryViews
from projections.projector import catch_up, rebuild
from projections.sql import VIEW_ROWS, SqlViews
from tests.any_history import history
from tests.histories import ED, ListedLog, World
from tests.unit.projections.folding import views_of


@pytest.fixture(scope="module")
def world():
    return history(range(0, 90_000, 611))


@pytest.fixture
def store(tmp_path):
    return SqlViews(create_engine(f"sqlite:///{tmp_path / 'views.sqlite'}"))


class BrokenDisk(Exception):
    pass


class Failing:
    """A store whose disk is full for the first write."""

    def __init__(self, store):
        self.store, self.broken = store, True

    def write(self, changes, position):
        if self.broken:
            self.broken = False
            raise BrokenDisk
        self.store.write(changes, position)

    def replace(self, views):
        raise BrokenDisk


def test_an_event_answers_with_the_whole_rows_it_changed(world):
    world = World()
    world.sign("C1")
    views = views_of(world)
    world.send("C1", world.open(world.call()), "cho-ray", ED)
    changes = {}
    for seq, fact in world.log[views.position :]:
        for view, rows in views.apply(seq, fact).items():
            changes.setdefault(view, {}).update(rows)
    assert {view: len(rows) for view, rows in changes.items()} == {
        "calls": 1,
        "incidents": 1,
        "units": 1,
        "runs": 1,
        "hospitals": 1,
        "timeline": 3,  # of the call, the incident and the run
        "address_book": 1,
    }
    assert changes["units"]["C1"] == views.row("units", "C1")


def test_a_row_once_handed_out_never_changes(world):
    views, handed_out = MemoryViews(), []
    for seq, fact in world.log:
        for rows in views.apply(seq, fact).values():
            handed_out.extend((row, copy.deepcopy(row)) for row in rows.values())
    assert len(handed_out) > 300
    assert all(row == as_it_was for row, as_it_was in handed_out)


def test_a_reader_never_sees_half_a_batch(world):
    log, views, done, torn = world.log, MemoryViews(), Event(), []
    ends = {seq for seq, _ in log[9::10]} | {0, log[-1][0]}

    def read():
        while not done.is_set():
            position, rows = views.picture()
            newest = max((row["seq"] for each in rows.values() for row in each), default=0)
            if position not in ends or newest > position:
                torn.append((position, newest))

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    catch_up(ListedLog(log), views, limit=10)
    done.set()
    for reader in readers:
        reader.join()
    assert torn == []


def test_a_copy_goes_its_own_way(world):
    views = views_of(world)
    digest = views.digest()
    fork = views.copy()
    world = copy.deepcopy(world)
    world.call()
    for seq, fact in world.log:
        fork.apply(seq, fact)
    assert fork.digest() != digest
    assert views.digest() == digest


def test_memory_never_runs_ahead_of_a_store_that_failed(world, store):
    views, failing = MemoryViews(), Failing(store)
    with pytest.raises(BrokenDisk):
        catch_up(ListedLog(world.log), views, failing, limit=50)
    assert views.position == store.position == 0
    catch_up(ListedLog(world.log), views, failing, limit=50)
    assert store.load().digest() == views.digest() == views_of(world).digest()


def test_the_store_takes_rows_and_position_together_or_not_at_all(world, store):
    unstorable = {"units": {"C1": {"id": "C1", "seq": None}}}
    with pytest.raises(Exception, match="NOT NULL"):
        store.write(unstorable, 7)
    assert (store.position, store.rows("units")) == (0, [])


def test_a_store_never_goes_back_to_an_older_position(store):
    store.write({"units": {"C1": {"id": "C1", "seq": 9, "status": "AV"}}}, 9)
    store.write({"units": {"C1": {"id": "C1", "seq": 5, "status": "NS"}}}, 5)
    assert (store.position, store.row("units", "C1")["status"]) == (9, "AV")


def test_those_who_follow_hear_each_batch_after_it_is_stored(world, store):
    heard = []

    def tell(batch, changes):
        heard.append((batch[-1][0], store.position, bool(changes)))

    catch_up(ListedLog(world.log), MemoryViews(), store, limit=100, tell=tell)
    assert [stored for _, stored, _ in heard] == [last for last, _, _ in heard]
    assert len(heard) == -(-len(world.log) // 100)


def test_a_rebuilt_store_equals_the_live_one_and_replaces_what_was_wrong(world, store):
    store.write({"units": {"X9": {"id": "X9", "seq": 1}}}, 1)
    reached = []
    digests = rebuild(ListedLog(world.log), store, reached.append, limit=100)
    assert digests == views_of(world).digests() == store.digests()
    assert store.row("units", "X9") is None
    assert store.position == reached[-1] == world.log[-1][0]


def test_a_rebuild_without_a_store_only_computes(world):
    assert rebuild(ListedLog(world.log)) == views_of(world).digests()


def test_a_rebuild_that_fails_leaves_the_old_rows(world, store):
    catch_up(ListedLog(world.log), MemoryViews(), store)
    digest = store.digest()

    class Torn(ListedLog):
        def select(self, start, limit, stop):
            if start > 100:
                raise BrokenDisk
            return super().select(start, limit, stop)

    with pytest.raises(BrokenDisk):
        rebuild(Torn(world.log), store, limit=50)
    assert store.digest() == digest


def test_a_cleared_store_begins_again(world, store):
    catch_up(ListedLog(world.log), MemoryViews(), store)
    store.clear()
    assert (store.position, store.rows("units")) == (0, [])
    assert catch_up(ListedLog(world.log), store.load(), store) == len(world.log)


def test_folding_stops_where_it_is_told(world):
    views = MemoryViews()
    catch_up(ListedLog(world.log), views, limit=7, stop=40)
    assert views.position == 40


def test_the_statements_are_also_postgresql(store):
    new = postgresql.insert(VIEW_ROWS)
    upsert = new.on_conflict_do_update(index_elements=["view", "id"], set_={"row": new.excluded.row})
    assert "ON CONFLICT (view, id) DO UPDATE" in str(upsert.compile(dialect=postgresql.dialect()))


def test_lists_read_back_from_a_log_fold_as_tuples_do(world):
    """JSON knows no tuples: a log read back from disk holds lists in their place."""
    views = MemoryViews()
    for seq, fact in copy.deepcopy(world.log):
        for name in ("capabilities", "specialities", "services"):
            if isinstance(getattr(fact, name, None), tuple):
                object.__setattr__(fact, name, list(getattr(fact, name)))
        views.apply(seq, fact)
    assert views.digest() == views_of(world).digest()


def test_the_stages_cover_a_whole_run():
    from projections.stages import INCIDENT_STAGE, INCIDENT_STAGES, UNIT_STATUS

    underway = set(Milestone) - {Milestone.DECLINED, Milestone.CLEAR, Milestone.STOOD_DOWN}
    assert set(UNIT_STATUS) == set(INCIDENT_STAGE) == underway
    assert set(INCIDENT_STAGE.values()) == set(INCIDENT_STAGES)
