"""At the private server the reader proves its password; its owner is whoever runs it."""

import time
from dataclasses import replace

import psycopg
import pytest
from typer.testing import CliRunner

from api.cli.main import app
from api.postgres.cluster import Cluster
from api.postgres.doors import RULE
from api.postgres.migrate import migrate
from api.postgres.reader import SHORTEST, open_reader

PASSWORD = "một mật khẩu dài"


def enters(cluster: Cluster, password: str, user: str = "vigil_reader") -> bool:
    address = replace(cluster.address, user=user, password=password)
    try:
        with psycopg.connect(address.libpq) as connection:
            return connection.execute("SELECT current_user").fetchone() == (user,)
    except psycopg.OperationalError as fault:
        if "password" not in str(fault):
            raise
        return False


def begin_as_an_older_version_left_it(cluster: Cluster) -> None:
    """initdb's own rules, which trust everybody who reaches the socket."""
    file = cluster.folder / "cluster" / "pg_hba.conf"
    rules = file.read_text(encoding="utf-8")
    assert rules.startswith(RULE)
    file.write_text(rules.removeprefix(f"{RULE}\n") + "# of an administrator\n", encoding="utf-8")


@pytest.fixture
def opened(own_cluster: Cluster) -> Cluster:
    migrate(own_cluster.address)
    open_reader(own_cluster.address, PASSWORD)
    return own_cluster


def test_a_reader_with_the_right_password_gets_in_and_with_a_wrong_one_does_not(opened):
    assert enters(opened, PASSWORD)
    assert not enters(opened, "một mật khẩu khác")
    assert not enters(opened, "")
    assert enters(opened, "", user="vigil"), "the owner needs none"


def test_a_server_made_before_the_reader_was_asked_asks_after_its_next_start(opened):
    opened.stop()
    begin_as_an_older_version_left_it(opened)
    opened.start()
    assert (enters(opened, PASSWORD), enters(opened, "falsch")) == (True, False)
    rules = (opened.folder / "cluster" / "pg_hba.conf").read_text(encoding="utf-8")
    assert rules.count(RULE) == 1
    assert rules.endswith("# of an administrator\n")


def test_a_running_server_that_is_taken_over_asks_the_reader_too(opened):
    begin_as_an_older_version_left_it(opened)
    with psycopg.connect(opened.address.libpq) as connection:
        connection.execute("SELECT pg_reload_conf()")
    await_that(lambda: enters(opened, "falsch"))
    opened.revive()
    await_that(lambda: not enters(opened, "falsch"))


def await_that(holds) -> None:
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_help_says_how_long_its_password_is():
    told = CliRunner().invoke(app, ["reader", "--help"]).output
    assert f"{SHORTEST} characters or more" in " ".join(told.split())
