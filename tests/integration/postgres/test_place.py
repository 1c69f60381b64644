"""A database keeps one city, and a demonstration never mixes with real calls."""

import psycopg
import pytest

from api.city_of_log import OtherCity, claim
from api.postgres.engine import postgres_engine
from api.postgres.migrate import migrate
from api.postgres.place import Database
from dispatch.application import postgres_log
from tests.builders import a_unit


@pytest.fixture
def place(address):
    migrate(address)
    engine = postgres_engine(address, pool_size=1)
    yield Database(engine, address)
    engine.dispose()


def a_log(address, callsign="C1"):
    with postgres_log(address.libpq) as log:
        log.record(a_unit(callsign, on_duty=False))


def ask(address, question):
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else []


def test_an_empty_database_is_anybodys(place):
    assert not place.has_log()
    assert claim(place, "hcmc", demo=True) is None
    assert claim(place, "demo", demo=False) is None


@pytest.mark.parametrize("demo", [True, False])
def test_the_same_again_finds_its_log(place, address, demo):
    claim(place, "hcmc", demo)
    a_log(address)
    epoch = place.epoch()
    assert claim(place, "hcmc", demo) is None
    assert place.has_log()
    assert place.epoch() == epoch


def test_a_real_log_is_never_touched(place, address):
    claim(place, "hcmc", demo=False)
    a_log(address)
    for city, demo, says in (("demo", False, "--city hcmc"), ("hcmc", True, "of its own")):
        with pytest.raises(OtherCity, match=says):
            claim(place, city, demo)
    assert place.has_log()


def test_a_demonstration_is_laid_aside_with_all_that_was_made_of_it_and_people_stay(place, address):
    for number in (1, 2):
        claim(place, "demo", demo=True)
        epoch = place.epoch()
        a_log(address, f"C{number}")
        place.note("views", "folded")
        ask(address, "INSERT INTO vigil.view_rows VALUES ('units', 'C1', 1, '{}')")
        ask(
            address,
            f"INSERT INTO vigil.accounts VALUES ('lan{number}', 'planner', NULL, NULL, 'h', false, 0)",
        )
        aside = claim(place, "hcmc", demo=True)
        assert aside is not None
        assert f"vigil_log_demo_{number}" in aside
        assert not place.has_log()
        assert place.epoch() != epoch
        assert place.read("views") == ""
        assert ask(address, "SELECT count(*) FROM vigil.view_rows") == [(0,)]
        assert ask(address, "SELECT count(*) FROM vigil.accounts") == [(number,)]
        assert ask(address, f"SELECT count(*) FROM vigil_log_demo_{number}.dispatch_events") == [(1,)]
        ask(address, "DELETE FROM vigil.about")
    a_log(address, "C9")
    with postgres_log(address.libpq) as log:
        assert [place for place, _ in log.select(1, 10)] == [1]
