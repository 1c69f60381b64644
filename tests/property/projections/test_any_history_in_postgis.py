"""Whatever a history looks like, however it is cut, repeated or broken off: PostgreSQL has the same rows."""

from contextlib import contextmanager

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from psycopg.errors import NotNullViolation

from domain.values import Milestone
from projections.postgis.digests import digests_in_memory
from projections.postgis.folds import KNOWN, empty_views
from projections.postgis.projector import catch_up, fold, rebuild
from projections.postgis.relations import Relations
from projections.postgis.store import Overtaken, PostgisTables
from tests.any_history import history, step
from tests.histories import ListedLog, Log, World
from tests.map_tables import all_passages, emptied, filled, map_tables
from tests.often import often

CHOICES = some.lists(some.integers(0, 2**20), min_size=30, max_size=80)
LEGAL = some.builds(history, CHOICES)
QUICK = settings(
    max_examples=often(20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def connection():
    with map_tables() as open_connection:
        yield open_connection


def expected(log: Log) -> dict[str, str]:
    views = empty_views()
    for entry in log:
        views.take(*views.fold([entry]))
    return digests_in_memory(views, all_passages(log))


class Broken(RuntimeError):
    pass


class Breaking(PostgisTables):
    """Breaks off in the middle of the writes it is told to: before, within and after the transaction."""

    def __init__(self, connection, breaks: list[str]) -> None:
        super().__init__(connection)
        self.breaks = breaks

    def send(self, made: Relations, before: int, position: int, then=None) -> None:
        how = self.breaks.pop(0) if self.breaks else "never"
        if how == "before":
            raise Broken
        if how == "within":
            made = Relations({**made.upserts, "beds": [{"hospital_id": None}]}, made.gone)
        with broken_by(NotNullViolation):
            super().send(made, before, position, then)
        if how == "after":
            self.settle()
            raise Broken

    def settle(self) -> None:
        with broken_by(NotNullViolation):
            super().settle()


@contextmanager
def broken_by(refusal: type[psycopg.Error]):
    try:
        yield
    except refusal as fault:
        raise Broken from fault


@QUICK
@given(LEGAL, some.lists(some.integers(1, 60), min_size=1, max_size=6))
def test_any_batches_give_the_rows_of_one_event_at_a_time(connection, world: World, sizes: list[int]):
    store, log = emptied(connection), ListedLog(world.log)
    views = store.load()
    while views.position < world.log[-1][0]:
        size = sizes[views.position % len(sizes)]
        catch_up(log, views, store, min(views.position + 2 * size, len(world.log)), limit=size)
    assert store.digests() == expected(world.log)
    assert store.position == world.log[-1][0]


@QUICK
@given(LEGAL, some.data())
def test_batches_written_twice_and_late_change_nothing(connection, world: World, data: some.DataObject):
    store, log = emptied(connection), world.log
    views, written = store.load(), []
    while batch := [entry for entry in log if entry[0] > views.position][: data.draw(some.integers(1, 40))]:
        again = data.draw(some.integers(0, 3))
        made, changes, position = fold(views, [*log[: batch[0][0] - 1][-again:], *batch] if again else batch)
        store.write(made, views.position, position)
        written.append((made, views.position, position))
        views.take(changes, position)
        late = data.draw(some.sampled_from(written))
        with pytest.raises(Overtaken):
            store.write(*late)
    assert store.digests() == expected(log)


@QUICK
@given(
    LEGAL,
    some.lists(some.sampled_from(["never", "before", "within", "after"]), max_size=8),
    some.integers(3, 50),
)
def test_after_any_crashes_the_rows_are_those_of_a_quiet_day(
    connection, world: World, breaks: list[str], limit: int
):
    emptied(connection)
    while True:
        store = Breaking(connection, breaks)  # a new process: nothing is known but what was stored
        try:
            catch_up(ListedLog(world.log), store.load(), store, len(world.log), limit)
            break
        except Broken:
            continue
    assert store.digests() == expected(world.log)


@QUICK
@given(LEGAL, some.integers(1, 120))
def test_a_process_that_lost_its_answer_but_not_its_memory_notices_that_it_was_overtaken(
    connection, world: World, limit: int
):
    store = emptied(connection)
    views, broken = store.load(), False
    try:
        catch_up(ListedLog(world.log), views, Breaking(connection, ["after"]), len(world.log), limit)
    except Broken:
        broken = True
    assert broken
    with pytest.raises(Overtaken):
        catch_up(ListedLog(world.log), views, store, len(world.log), limit)
    catch_up(ListedLog(world.log), store.load(), store, len(world.log), limit)
    assert store.digests() == expected(world.log)


@QUICK
@given(LEGAL)
def test_tables_made_again_equal_the_live_ones(connection, world: World):
    live = filled(connection, world.log, limit=23).digests()
    store = PostgisTables(connection)
    rebuild(ListedLog(world.log), store, len(world.log), "by this code", limit=41)
    assert store.digests() == live == expected(world.log)
    assert (store.position, store.made_by) == (world.log[-1][0], "by this code")
    # And it goes on from there as if nothing had happened.
    for choice in range(0, 30_000, 997):
        step(world, choice)
    catch_up(ListedLog(world.log), store.load(), store, len(world.log))
    assert store.digests() == expected(world.log)


@QUICK
@given(LEGAL, some.lists(some.integers(1, 40), min_size=1, max_size=5))
def test_what_ended_may_leave_memory_at_any_time_and_late_facts_find_it(
    connection, world: World, sizes: list[int]
):
    store, log = emptied(connection), ListedLog(world.log)
    views = store.load()
    while views.position < len(world.log):
        size = sizes[views.position % len(sizes)]
        catch_up(log, views, store, min(views.position + size, len(world.log)))
        views = store.rested(views, since="9999")
        assert not any(row["closed_at"] for row in views.rows("incidents"))
    assert store.digests() == expected(world.log)


def test_after_a_restart_what_ended_a_day_ago_is_not_in_memory_and_can_be_mended(connection):
    world = history(range(0, 60_000, 613))
    run = next(run for run in world.all_runs if run.is_over and len(run.times) > 2)
    world.wait(hours=30)
    world.call("mới")
    store = filled(connection, world.log)
    views = store.load()
    assert 0 < len(views.rows("runs")) + len(views.rows("calls")) < len(world.all_runs)
    assert str(run.id) not in {row["id"] for row in views.rows("runs")}
    milestone = list(run.times)[-1]
    world.correct(run, Milestone(milestone), run.times[milestone])
    catch_up(ListedLog(world.log), views, store, len(world.log))
    assert store.digests() == expected(world.log)
    loaded, kept = store.load(), store.rested(views)
    assert [loaded.rows(name) for name in loaded.names] == [kept.rows(name) for name in kept.names]


class SparseLog(ListedLog):
    """Leaves out what no table knows, as the projector reads a log."""

    def select(self, start: int, limit: int, stop: int | None) -> Log:
        found = super().select(start, len(self.log), stop)
        return [entry for entry in found if type(entry[1]) in KNOWN][:limit]


@QUICK
@given(LEGAL, some.integers(1, 60))
def test_facts_that_no_table_knows_may_be_left_out_and_the_position_is_reached_all_the_same(
    connection, world: World, limit: int
):
    store = emptied(connection)
    catch_up(SparseLog(world.log), store.load(), store, len(world.log), limit)
    assert store.digests() == expected(world.log)
    assert store.position == len(world.log)
    rebuild(SparseLog(world.log), store, len(world.log), limit=limit)
    assert store.digests() == expected(world.log)
    assert store.position == len(world.log)
