"""What --db says, what a folder remembers of it, and that no log is ever opened empty beside a full one."""

import pytest

from api.postgres import choice
from api.postgres.address import BadAddress
from api.postgres.choice import NoDatabase, chosen, database, options_for, remember


@pytest.fixture
def no_binaries(monkeypatch):
    monkeypatch.setattr(choice, "find_binaries", lambda: None)


@pytest.fixture
def binaries(monkeypatch):
    monkeypatch.setattr(choice, "find_binaries", lambda: "15")


def opened(db, data):
    """The address and what was said."""
    said = []
    with database(db, data, said.append) as address:
        return address, said


def test_sqlite_is_usual(tmp_path):
    assert chosen(None, tmp_path) == "sqlite"
    assert opened("sqlite", tmp_path) == (None, [])


@pytest.mark.parametrize("db", ["sqlite", "auto"])
def test_a_folder_remembers_how_it_was_opened(tmp_path, db):
    assert remember(db, tmp_path) == ""
    assert chosen(None, tmp_path) == db
    assert remember("sqlite", tmp_path) == db


def test_of_a_server_elsewhere_the_name_is_remembered_and_not_the_password(tmp_path):
    remember("postgresql://an:secret@db/vigil", tmp_path)
    assert "secret" not in (tmp_path / choice.NOTE).read_text()
    with pytest.raises(NoDatabase, match=r"postgresql://an@db:5432/vigil: name that database with --db"):
        chosen(None, tmp_path)
    assert chosen("postgresql://an:secret@db/vigil", tmp_path) == "postgresql://an:secret@db/vigil"


def test_other_commands_are_told_of_a_server_elsewhere_and_of_no_password(tmp_path):
    assert options_for(tmp_path) == f"--data {tmp_path}"
    remember("auto", tmp_path)
    assert options_for(tmp_path) == f"--data {tmp_path}"
    remember("postgresql://an:secret@db/vigil", tmp_path)
    assert options_for(tmp_path) == f"--data {tmp_path} --db postgresql://an@db:5432/vigil"


def test_nonsense_is_refused_before_anything_is_opened(tmp_path):
    with pytest.raises(BadAddress):
        chosen("mongodb://x", tmp_path)


@pytest.mark.usefixtures("no_binaries")
def test_auto_is_sqlite_where_there_is_no_postgresql_and_says_so(tmp_path):
    address, said = opened("auto", tmp_path)
    assert address is None
    assert len(said) == 1
    assert "SQLite keeps the log" in said[0]


@pytest.mark.usefixtures("binaries")
def test_a_log_in_sqlite_is_not_left_for_an_empty_one_when_postgresql_comes(tmp_path):
    (tmp_path / "events.sqlite").write_text("facts")
    address, said = opened("auto", tmp_path)
    assert address is None
    assert "goes on with it" in said[0]


@pytest.mark.usefixtures("no_binaries")
def test_a_log_in_postgresql_is_not_left_for_an_empty_one_when_postgresql_goes(tmp_path):
    (tmp_path / "postgres" / "cluster").mkdir(parents=True)
    with pytest.raises(NoDatabase, match="install it again"):
        opened("auto", tmp_path)


def test_an_address_is_used_as_it_is(tmp_path):
    address, said = opened("postgresql://an@db/vigil", tmp_path)
    assert (address.host, address.dbname, said) == ("db", "vigil", [])
