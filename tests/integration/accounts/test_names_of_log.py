"""Whoever enters an account or a device names a unit or hospital that the centre has."""

from contextlib import closing, contextmanager

import pytest
from typer.testing import CliRunner

from api.accounts.store import FILE_NAME
from api.city_of_log import Folder
from api.cli.device_commands import app_device
from api.cli.user_commands import app_user
from api.postgres.address import as_url
from api.postgres.engine import postgres_engine
from api.postgres.migrate import migrate
from api.postgres.place import Database
from dispatch.application import postgres_log, sqlite_log
from tests.builders import a_hospital, a_unit
from tests.postgres import fresh_database

UNITS = ("C1", "C12", "C2", "M1", "T7")
HOSPITALS = ("cho-ray", "gia-dinh", "nhi-dong-1")


@contextmanager
def a_centre_in_files(folder, owner):
    folder.mkdir()
    Folder(folder).note_owner(owner)
    with sqlite_log(str(folder / "events.sqlite")) as log:
        yield log, ("--data", str(folder))


@contextmanager
def a_centre_in_postgres(folder, owner):
    with fresh_database() as address:
        migrate(address)
        engine = postgres_engine(address)
        Database(engine, address).note_owner(owner)
        engine.dispose()
        with postgres_log(address.libpq, most=2) as log:
            yield log, ("--data", str(folder), "--db", as_url(address))


@pytest.fixture(params=[a_centre_in_files, a_centre_in_postgres])
def a_centre(request, tmp_path):
    """A function: the words by which a command finds a centre whose log is open and written beside it."""
    kept = []

    def make(owner="hcmc"):
        context = request.param(tmp_path / "data", owner)
        kept.append(context)
        log, words = context.__enter__()
        log.record(*map(a_unit, UNITS), *map(a_hospital, HOSPITALS))
        return words

    yield make
    for context in kept:
        context.__exit__(None, None, None)


def user(*words, typed="a good password\n"):
    return CliRunner().invoke(app_user, [*words, "--password-stdin"], input=typed)


def device(*words):
    return CliRunner().invoke(app_device, words)


CREW = ("add", "kip1", "--role", "crew", "--unit")
NURSE = ("add", "nurse", "--role", "hospital", "--hospital")


def test_a_unit_and_a_hospital_of_the_log_are_taken_without_a_word(a_centre):
    where = a_centre()
    for done in (user(*CREW, "c12", *where), user(*NURSE, "gia-dinh", *where), device("add", "T7", *where)):
        assert done.exit_code == 0, done.output
        assert "log" not in done.output


def test_an_unknown_name_is_refused_with_those_near_it_and_nothing_is_entered(a_centre):
    where = a_centre()
    for done, near in (
        (user(*CREW, "C13", *where), "The log of hcmc knows no unit C13; near it: C1"),
        (user(*NURSE, "choray", *where), "knows no hospital choray; near it: cho-ray"),
        (device("add", "c12", *where), "knows no unit c12; near it: C12"),
        (device("add", "wagon", *where), "it knows 5, such as C1, C12"),
    ):
        assert done.exit_code == 1, done.output
        assert near in done.output
        assert "--anyway" in done.output
    assert CliRunner().invoke(app_user, ["list", *where]).output.rstrip() in (
        "",
        f"No accounts in {where[1]} yet.",
    )
    assert device("list", *where).output.rstrip() in ("", f"No devices in {where[1]} yet.")


def test_one_that_comes_later_is_entered_all_the_same(a_centre):
    where = a_centre()
    assert user(*CREW, "C13", "--anyway", *where).exit_code == 0
    assert device("add", "C13", "--anyway", *where).exit_code == 0
    assert "C13" in device("list", *where).output


def test_a_demonstration_does_not_speak_for_the_centre_that_comes_after_it(a_centre):
    where = a_centre("demo demo")
    done = user(*NURSE, "choray", *where)
    assert done.exit_code == 0
    assert "near it: cho-ray. It is a demonstration's" in done.output


def test_where_there_is_no_log_yet_it_is_said_and_taken(tmp_path):
    done = user(*CREW, "C13", "--data", str(tmp_path))
    assert done.exit_code == 0, done.output
    assert "There is no log yet that knows a unit: C13 is entered" in done.output
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".sqlite"] == [FILE_NAME]


def test_where_the_log_is_still_empty_it_is_said_and_taken(tmp_path):
    with closing(sqlite_log(str(tmp_path / "events.sqlite"))):
        done = device("add", "C13", "--data", str(tmp_path))
    assert done.exit_code == 0, done.output
    assert "There is no log yet that knows a unit" in done.output
