"""The book of figures as a centre keeps it: in SQLite and PostgreSQL, cut anywhere, opened again."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import inspect

from api.figure_keeper import FigureKeeper
from api.postgres.engine import postgres_engine
from api.postgres.migrate import migrate
from api.stores import sqlite_engine
from projections.figures.book import FigureBook
from projections.figures.fold import FACTS, OF_UNITS
from projections.figures.past import TooManyFacts, book_at, book_of_period
from projections.figures.records import instant
from projections.figures.store import FIGURE_POSITION, FIGURE_RECORDS, FigureStore
from tests.any_history import history
from tests.counted_figures import book_of, counted
from tests.histories import NOON, ListedLog
from tests.long_histories import long_history
from tests.postgres import fresh_database

PERIODS = [
    (timedelta(hours=hours), timedelta(hours=hours + length))
    for hours, length in ((-1, 2), (0, 48), (30, 400))
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request, tmp_path_factory):
    if request.param == "sqlite":
        engine = sqlite_engine(tmp_path_factory.mktemp("figures") / "figures.sqlite")
        yield engine
        engine.dispose()
        return
    with fresh_database() as address:
        migrate(address)
        engine = postgres_engine(address, pool_size=2)
        yield engine
        engine.dispose()


def known(world) -> ListedLog:
    return ListedLog([entry for entry in world.log if isinstance(entry[1], FACTS)])


def same(one: FigureBook, other: FigureBook) -> None:
    for began, ended in PERIODS:
        period = instant(NOON + began), instant(NOON + ended)
        for by in ("priority", "station"):
            assert counted(one, *period, by) == counted(other, *period, by)


@pytest.mark.parametrize("choices", [range(300), range(900, 1100)])
def test_a_book_in_a_store_tells_what_one_in_memory_does(engine, choices):
    world = long_history(choices)
    log, store = known(world), FigureStore(engine, f"{choices}")
    book = FigureBook(log, store)
    for limit in (1, 7, 40):
        book.step(limit=limit)
    assert counted(book, *(instant(NOON + each) for each in PERIODS[1]))["total"]["incidents"] >= 0
    book = FigureBook(log, FigureStore(engine, f"{choices}"))  # opened again: nothing is at hand
    assert book.position > 0
    while book.step(limit=33):
        same_position = book.position
        counted(book, instant(NOON), instant(NOON + timedelta(days=2)))  # days at hand must not go stale
    assert book.position == same_position == log.log[-1][0]
    same(book, book_of(world.log))


def test_records_of_another_fold_are_made_again(engine):
    world = history(range(60))
    FigureBook(known(world), FigureStore(engine, "old")).catch_up()
    newer = FigureStore(engine, "new")
    assert newer.position == 0
    assert newer.all("calls") == []
    assert FigureStore(engine, "new").position == 0


def test_a_log_that_went_back_in_time_is_counted_anew(engine):
    """A backup was restored to a moment: the records beside it tell of a future that never was."""
    longer, shorter = history(range(100)), history(range(40))
    FigureBook(known(longer), FigureStore(engine, "one log")).catch_up()
    book = FigureBook(known(shorter), FigureStore(engine, "one log"), end=shorter.log[-1][0])
    book.catch_up()
    same(book, book_of(shorter.log))


def test_the_tables_are_those_the_store_expects(engine):
    FigureStore(engine, "any")
    for table in (FIGURE_RECORDS, FIGURE_POSITION):
        found = {column["name"]: column["nullable"] for column in inspect(engine).get_columns(table.name)}
        assert found == {column.name: column.nullable for column in table.columns}


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_the_past_is_counted_as_it_was_known(engine, cut):
    """Corrections and milestones that were heard later do not count, and the store of now changes nothing."""
    world = history(range(200))
    log = known(world)
    store = FigureStore(engine, f"cut {cut}")
    FigureBook(log, store).catch_up()
    at = log.log[int(len(log.log) * cut)][1].act.heard_at
    then = book_of([entry for entry in world.log if entry[1].act.heard_at <= at])
    standing = [*store.all("units"), *store.all("duties")]
    began, ended = NOON - timedelta(hours=1), NOON + timedelta(days=2)
    found = book_at(log, standing, log.log[-1][0], at, began)
    assert counted(found, instant(began), instant(ended)) == counted(then, instant(began), instant(ended))
    with pytest.raises(TooManyFacts):
        book_at(log, standing, log.log[-1][0], at, began, most=1)


def test_a_period_late_in_a_long_log_needs_only_its_end_and_who_was_on_duty():
    world = long_history(range(400))
    log, last = known(world), world.log[-1][0]
    units = ListedLog([entry for entry in world.log if isinstance(entry[1], OF_UNITS)])
    began = world.now - timedelta(days=3)
    found = book_of_period(log, units, last, began)
    period = instant(began), instant(world.now)
    for by in ("priority", "station"):
        mine, whole = (counted(book, *period, by) for book in (found, book_of(world.log)))
        assert intervals_of(mine) == intervals_of(whole)
    assert found.material(*period).duties


def intervals_of(told: dict) -> dict:
    """Without unit hours: those of runs that were begun more than a day before are not looked for."""
    groups = ({"key": "all", **told["total"]}, *told["groups"])
    return {group["key"]: group["intervals"] for group in groups if group["incidents"] or group["calls"]}


def test_the_keeper_follows_by_itself_and_says_what_keeps_it(tmp_path):
    world = history(range(50))

    class Failing(ListedLog):
        broken = True

        def select(self, start, limit, stop=None):
            if self.broken:
                raise OSError("the disk is away")
            return super().select(start, limit, stop)

    log = Failing(known(world).log)
    engine = sqlite_engine(tmp_path / "figures.sqlite")
    keeper = FigureKeeper(FigureBook(log, FigureStore(engine, "any")))
    keeper.start()
    try:
        until(lambda: keeper.fault == "OSError: the disk is away")
        log.broken = False
        until(lambda: keeper.book.position == log.log[-1][0])
        until(lambda: keeper.fault is None)
        assert keeper.catch_up(log.log[-1][0] + 5, 1.0)  # what is left are facts no figure knows
    finally:
        keeper.stop()
        engine.dispose()


def until(happened) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)
