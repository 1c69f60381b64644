"""A batch is stored while the next one is folded. Whichever write fails, and however: none is left out."""

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from api.postgis_projector import connected
from projections.postgis.digests import digests_in_memory
from projections.postgis.folds import empty_views
from projections.postgis.projector import catch_up
from projections.postgis.store import Overtaken, PostgisTables
from tests.any_history import history
from tests.broken_line import HOWS, BrokenLine, Unsent
from tests.histories import ListedLog, Log, World
from tests.map_tables import all_passages, emptied, map_database
from tests.often import often

CHOICES = some.lists(some.integers(0, 2**20), min_size=30, max_size=80)
LEGAL = some.builds(history, CHOICES)
FAULTS = some.lists(some.tuples(some.integers(0, 60), some.sampled_from(HOWS)), min_size=1, max_size=6)
"""(how many statements pass first, how the next one goes wrong) of one round after the other"""
QUICK = settings(
    max_examples=often(20),
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def address():
    with map_database() as made:
        yield made


@pytest.fixture(scope="module")
def another(address):
    """Another connection, which sees what is stored."""
    with connected(address) as connection:
        yield connection


def from_zero(log: Log, end: int) -> dict[str, str]:
    """The tables as they stand at a place, made in order and one event at a time."""
    views, seen = empty_views(), [entry for entry in log if entry[0] <= end]
    for entry in seen:
        views.take(*views.fold([entry]))
    return digests_in_memory(views, all_passages(seen))


@QUICK
@given(LEGAL, FAULTS, some.integers(3, 40), some.booleans())
def test_whichever_write_fails_the_next_round_goes_on_from_what_is_stored(
    address, another, world: World, faults: list[tuple[int, str]], limit: int, resting: bool
):
    tables, log, end = emptied(another), ListedLog(world.log), len(world.log)
    told = [0]

    def stored(events: int, position: int) -> None:
        assert events <= limit
        told.append(position)
        assert tables.position == position

    for nth, how in faults:
        try:
            with connected(address) as connection:
                line = BrokenLine(connection, address, nth, how)
                store = PostgisTables(line)
                views = store.load()
                if resting:
                    views = store.rested(views, since="9999")
                catch_up(log, views, store, end, limit, stored)
        except (psycopg.Error, Unsent):
            assert line.broke
        assert tables.position in (told[-1], *(told[-1] + n for n in range(1, limit + 1)))
        assert told == sorted(set(told))
        assert tables.digests() == from_zero(world.log, tables.position)
        told.append(tables.position) if tables.position > told[-1] else None
    with connected(address) as connection:
        store = PostgisTables(connection)
        catch_up(log, store.load(), store, end, limit, stored)
    assert tables.digests() == from_zero(world.log, end)


@QUICK
@given(LEGAL, some.integers(0, 60), some.sampled_from(["refused", "unsent"]), some.integers(3, 20))
def test_views_that_ran_ahead_of_a_failed_write_can_store_nothing_more(
    address, another, world: World, nth: int, how: str, limit: int
):
    tables, log, end = emptied(another), ListedLog(world.log), len(world.log)
    with connected(address) as connection:
        line = BrokenLine(connection, address, nth + 10_000, how)
        store = PostgisTables(line)
        views = store.load()
        line.left = nth
        try:
            catch_up(log, views, store, end - 1, limit)
        except (psycopg.Error, Unsent):
            where = tables.position
            if views.position > where:
                # psycopg may take a statement for prepared whose preparing was undone: that stores nothing
                with pytest.raises((Overtaken, psycopg.errors.InvalidSqlStatementName)):
                    catch_up(log, views, store, end, limit)
                assert tables.position == where
        assert tables.digests() == from_zero(world.log, tables.position)
    with connected(address) as connection:  # as the projector does after a fault
        store = PostgisTables(connection)
        catch_up(log, store.load(), store, end, limit)
    assert tables.digests() == from_zero(world.log, end)


@QUICK
@given(LEGAL, some.integers(1, 40), some.integers(1, 20))
def test_somebody_who_was_overtaken_in_the_middle_stores_nothing_from_then_on(
    address, another, world: World, batches: int, limit: int
):
    tables, log, end = emptied(another), ListedLog(world.log), len(world.log)
    left, overtaken_to = [batches], list[int]()

    def overtake(events: int, position: int) -> None:
        left[0] -= 1
        if left[0] == 0 and position < end:
            overtaken_to.append(position + 1)
            catch_up(log, tables.load(), tables, position + 1)

    with connected(address) as connection:
        store = PostgisTables(connection)
        try:
            catch_up(log, store.load(), store, end, limit, overtake)
        except Overtaken:
            assert [tables.position] == overtaken_to
            catch_up(log, store.load(), store, end, limit)
    assert tables.digests() == from_zero(world.log, end)
