"""Many batches behind: one is stored while the next is folded, and nobody hears of it too soon."""

import threading

import psycopg
import pytest

from api.postgis_projector import connected
from projections.postgis.projector import catch_up
from projections.postgis.store import PostgisTables
from tests.any_history import history
from tests.histories import ListedLog
from tests.integration.postgis.test_tables import digests_of
from tests.map_tables import emptied, map_database

LOG = history(range(0, 90_000, 613)).log
LIMIT = 20
PATIENCE_S = 20.0


@pytest.fixture(scope="module")
def address():
    with map_database() as made:
        yield made


@pytest.fixture
def store(address):
    with connected(address) as connection:
        yield emptied(connection)


class Asked(ListedLog):
    """Says when a batch is asked for."""

    def __init__(self, log) -> None:
        super().__init__(log)
        self.asked = threading.Semaphore(0)

    def select(self, start, limit, stop):
        self.asked.release()
        return super().select(start, limit, stop)


def test_the_next_batch_is_folded_while_one_is_stored_and_no_third_before_it_is(address, store):
    log, told = Asked(LOG), []
    at_work = threading.Thread(
        target=catch_up,
        args=(log, store.load(), store, len(LOG), LIMIT, lambda _, position: told.append(position)),
    )
    with psycopg.connect(address.libpq) as reader:
        reader.execute("SELECT seq FROM vigil.tables_position FOR UPDATE")  # the first write waits here
        at_work.start()
        try:
            assert log.asked.acquire(timeout=PATIENCE_S)
            assert log.asked.acquire(timeout=PATIENCE_S)
            assert not log.asked.acquire(timeout=0.3)
            assert told == []
        finally:
            reader.rollback()
            at_work.join(PATIENCE_S)
    assert told == [*range(LIMIT, len(LOG), LIMIT), len(LOG)]
    assert store.digests() == digests_of(LOG)


def test_a_batch_that_cannot_be_folded_does_not_keep_the_one_before_it_from_being_stored(store):
    class Unreadable(ListedLog):
        def select(self, start, limit, stop):
            if start > 2 * LIMIT:
                raise OSError("no answer")
            return super().select(start, limit, stop)

    told = []
    with pytest.raises(OSError, match="no answer"):
        catch_up(
            Unreadable(LOG), store.load(), store, len(LOG), LIMIT, lambda _, position: told.append(position)
        )
    assert told == [LIMIT, 2 * LIMIT]
    assert store.position == 2 * LIMIT
    assert store.digests() == digests_of(LOG[: 2 * LIMIT])


def test_who_is_told_to_stop_after_a_batch_stores_no_other(address, store):
    def stop(_: int, position: int) -> None:
        if position == 3 * LIMIT:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        catch_up(ListedLog(LOG), store.load(), store, len(LOG), LIMIT, stop)
    with connected(address) as another:
        assert PostgisTables(another).position == 3 * LIMIT
    assert store.digests() == digests_of(LOG[: 3 * LIMIT])
    catch_up(ListedLog(LOG), store.load(), store, len(LOG), LIMIT)  # the same connection goes on
    assert store.digests() == digests_of(LOG)


def test_what_is_stored_can_be_seen_before_the_next_batch_is_folded(address, store):
    """Else an answer that the log is slow to give would hold the locks of rows that others write too."""
    with connected(address) as connection:
        tables, seen = PostgisTables(connection), []

        class Slow(ListedLog):
            def select(self, start, limit, stop):
                end = threading.Event()
                for _ in range(200):
                    if tables.position == start - 1:
                        break
                    end.wait(0.02)
                seen.append(tables.position == start - 1)
                return super().select(start, limit, stop)

        catch_up(Slow(LOG), store.load(), store, len(LOG), LIMIT)
    assert all(seen)
    assert len(seen) > 3
