"""Whatever happened: the figures equal SQL over the raw events, to the second, in both databases."""

from datetime import timedelta
from sqlite3 import connect

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from api.postgres.migrate import migrate
from dispatch.application import postgres_log, sqlite_log
from projections.figures.records import instant
from tests.counted_figures import book_of, hours_counted, intervals_counted
from tests.counted_in_sql import (
    hours_in_sql,
    intervals_in_sql,
    postgres_facts,
    postgres_us,
    sqlite_facts,
    sqlite_us,
)
from tests.histories import NOON, World, history
from tests.long_histories import long_history
from tests.postgres import fresh_database

CHOICES = some.lists(some.integers(0, 2**20), min_size=20, max_size=120)
ANY = some.one_of(some.builds(history, CHOICES), some.builds(long_history, CHOICES))
SPANS = some.tuples(some.integers(-2, 30), some.integers(1, 200))
LIMITS = some.integers(1, 900)
SLOW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def in_postgres():
    with fresh_database() as address:
        migrate(address)
        log = postgres_log(address.libpq)
        try:
            with psycopg.connect(address.libpq, autocommit=True) as connection:

                def ask(world: World):
                    connection.execute("TRUNCATE vigil_log.dispatch_events")
                    put(log, world)
                    return lambda question: connection.execute(question).fetchall()

                yield ask, postgres_facts(), postgres_us
        finally:
            log.close()


@pytest.fixture(scope="module")
def in_sqlite(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "events.sqlite"
    log = sqlite_log(str(path))
    try:
        with connect(path) as connection:

            def ask(world: World):
                connection.execute("DELETE FROM stored_events")
                connection.commit()
                put(log, world)
                return lambda question: connection.execute(question).fetchall()

            yield ask, sqlite_facts(), sqlite_us
    finally:
        log.close()


def put(log, world: World) -> None:
    log.recorder.insert_events([log.mapper.to_stored_event(fact) for _, fact in world.log])


def compare(database, world: World, span: tuple[int, int], limit: int) -> None:
    begin, facts, us = database
    ask = begin(world)
    start = instant(NOON + timedelta(minutes=5 * span[0]))
    end = start + span[1] * 3_600_000_000 // 4
    book = book_of(world.log)
    assert intervals_counted(book, start, end, limit) == intervals_in_sql(ask, facts, us, start, end, limit)
    assert hours_counted(book, start, end) == hours_in_sql(ask, facts, us, start, end)


@SLOW
@given(ANY, SPANS, LIMITS)
def test_figures_equal_sql_over_the_events_in_postgresql(in_postgres, world, span, limit):
    compare(in_postgres, world, span, limit)


@SLOW
@given(ANY, SPANS, LIMITS)
def test_figures_equal_sql_over_the_events_in_sqlite(in_sqlite, world, span, limit):
    compare(in_sqlite, world, span, limit)
