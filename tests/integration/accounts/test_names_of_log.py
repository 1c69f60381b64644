"""Whoever enters an account or a device names a unit or hospital that the centre has."""

from contextlib import closing, contextmanager

import pytest
from typer.testing import CliRunner

from api.accounts.store import FILE_NAME
from api.city_of_log import Folder
from api.cli.device_commands import app_device
from api.cli.hospital_link_commands import app_hospital_link
from api.cli.names_of_log import _told
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


def test_what_shares_a_few_letters_only_is_not_called_near():
    assert _told(["cau-may", "ben-song"], "cho-ray") == "it knows 2, such as cau-may, ben-song"
    assert _told(["cho-ray", "ben-song"], "choray") == "near it: cho-ray"


def test_one_that_comes_later_is_entered_all_the_same(a_centre):
    where = a_centre()
    assert user(*CREW, "C13", "--anyway", *where).exit_code == 0
    assert device("add", "C13", "--anyway", *where).exit_code == 0
    assert "C13" in device("list", *where).output


def test_a_demonstration_does_not_speak_for_the_centre_that_comes_after_it(a_centre):
    where = a_centre("demo demo")
    done = user(*NURSE, "choray", *where)
    assert done.exit_code == 0
    assert "near it: cho-ray. It is a demonstration's: choray is entered" in done.output


LINK = ("add", "choray", "--for", "Khoa Cấp cứu", "--url", "https://115.example")


def test_a_link_is_for_a_hospital_that_is_surely_known(a_centre, tmp_path):
    for where, why in (
        (a_centre("demo demo"), "near it: cho-ray. It is a demonstration's. With --anyway"),
        (("--data", str(tmp_path / "none")), "no log yet that knows a hospital. With --anyway"),
    ):
        done = CliRunner().invoke(app_hospital_link, [*LINK, *where])
        assert done.exit_code == 1, done.output
        assert why in done.output
        assert "#" not in CliRunner().invoke(app_hospital_link, ["list", *where]).output
        assert CliRunner().invoke(app_hospital_link, [*LINK, "--anyway", *where]).exit_code == 0


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


def test_a_file_that_sqlite_has_only_begun_is_no_log_yet(tmp_path):
    (tmp_path / "events.sqlite").touch()
    for done in (device("add", "C1", "--data", str(tmp_path)), user(*CREW, "C1", "--data", str(tmp_path))):
        assert done.exit_code == 0, done.output
        assert "There is no log yet that knows a unit" in done.output


def damaged(path):
    """The first page, which tells what is in the file, stays as it was."""
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


def no_database(path):
    path.write_bytes(b"no database, but a letter that somebody kept under this name. " * 100)


@pytest.mark.parametrize("spoil", [damaged, no_database])
def test_a_log_that_cannot_be_read_is_said_in_a_sentence(tmp_path, spoil):
    with sqlite_log(str(tmp_path / "events.sqlite")) as log:
        log.record(*map(a_unit, UNITS))
    spoil(tmp_path / "events.sqlite")
    for done in (device("add", "C1", "--data", str(tmp_path)), user(*CREW, "C1", "--data", str(tmp_path))):
        assert (done.exit_code, type(done.exception)) == (2, SystemExit)
        (sentence,) = done.output.splitlines()
        assert sentence.startswith("The log beside")
        assert "cannot be read" in sentence


@pytest.mark.parametrize("what", [("list",), ("remove", "C1"), ("add", "C1", "--anyway")], ids=" ".join)
def test_a_book_that_is_no_database_is_said_in_a_sentence(tmp_path, what):
    no_database(tmp_path / FILE_NAME)
    done = device(*what, "--data", str(tmp_path))
    assert (done.exit_code, type(done.exception)) == (2, SystemExit)
    assert done.output.splitlines() == ["The book cannot be read or written: file is not a database."]


NOT_UTF_8 = b"C\xff1".decode("utf-8", "surrogateescape")
"""As Python hands on what was typed in another alphabet."""


@pytest.mark.parametrize(
    "what", [("add", NOT_UTF_8), ("add", NOT_UTF_8, "--anyway"), ("remove", NOT_UTF_8)], ids=ascii
)
def test_a_name_that_is_not_utf_8_is_refused_in_a_sentence(a_centre, what):
    where = a_centre()
    assert device("add", "C1", *where).exit_code == 0
    done = device(*what, *where)
    assert (done.exit_code, type(done.exception)) == (1, SystemExit)
    assert done.output.splitlines() == ["What was given is not written in UTF-8."]


def test_a_password_that_is_not_utf_8_is_refused_and_not_shown(a_centre):
    where = a_centre()
    done = user(*CREW, "C1", *where, typed=b"a g\xf6od password\n")
    assert (done.exit_code, type(done.exception)) == (1, SystemExit)
    assert done.output.splitlines() == ["What was given is not written in UTF-8."]
