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
from tests.any_history import history
from tests.counted_figures import book_of, hours_counted, intervals_counted
from tests.counted_in_sql import (
    hours_in_sql,
    intervals_in_sql,
    postgres_facts,
    postgres_us,
    sqlite_facts,
    sqlite_us,
)
from tests.histories import NOON, World
from tests.long_histories import long_history
from tests.postgres import fresh_database

CHOICES = some.lists(some.integers(0, 2**20), min_size=20, max_size=120)
ANY = some.one_of(some.builds(history, CHOICES), some.builds(long_history, CHOICES))
SPANS = some.tuples(some.integers(-2, 30), some.integers(1, 200))
MISTAKES = some.lists(some.booleans(), max_size=6)
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


def undo_some(world: World, choices: list[bool]) -> None:
    """People take back the last milestone of a run, or that it was sent at all."""
    for run, undone in zip(world.all_runs, choices, strict=False):
        if undone:
            run.undo(None, timedelta(days=365), "bấm nhầm", world.act())
            world.save(run)


def compare(database, world: World, span: tuple[int, int], limit: int) -> None:
    begin, facts, us = database
    ask = begin(world)
    start = instant(NOON + timedelta(minutes=5 * span[0]))
    end = start + span[1] * 3_600_000_000 // 4
    book = book_of(world.log)
    assert intervals_counted(book, start, end, limit) == intervals_in_sql(ask, facts, us, start, end, limit)
    assert hours_counted(book, start, end) == hours_in_sql(ask, facts, us, start, end)


@SLOW
@given(ANY, MISTAKES, SPANS, LIMITS)
def test_figures_equal_sql_over_the_events_in_postgresql(in_postgres, world, mistakes, span, limit):
    undo_some(world, mistakes)
    compare(in_postgres, world, span, limit)


@SLOW
@given(ANY, MISTAKES, SPANS, LIMITS)
def test_figures_equal_sql_over_the_events_in_sqlite(in_sqlite, world, mistakes, span, limit):
    undo_some(world, mistakes)
    compare(in_sqlite, world, span, limit)


def test_a_day_that_went_every_way_is_no_empty_comparison(in_sqlite):
    """Of 400 acts enough comes together for each interval to be measured and each reason to be met."""
    world = history(range(400, 800))
    begin, facts, us = in_sqlite
    found = intervals_in_sql(begin(world), facts, us, instant(NOON), instant(NOON + timedelta(days=2)), 300)
    assert {name for (_, name), row in found.items() if row[1]} == {
        "call_to_dispatch",
        "call_to_scene",
        "dispatch_to_accept",
        "dispatch_to_mobile",
        "dispatch_to_scene",
        "scene_time",
        "scene_to_hospital",
        "arrival_to_handover",
        "call_to_handover",
    }
    assert any(row[0] > row[1] for row in found.values())
    compare(in_sqlite, world, (0, 200), 300)
