"""A server of others, where Vigil is not superuser: what its administrator is told is enough, and no more."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import typer
from typer.testing import CliRunner

from api.cli.reader_command import reader
from api.postgres.address import Address, as_url
from api.postgres.cluster import Cluster, NoCluster
from api.postgres.migrate import migrate
from api.postgres.pen import Pen
from api.postgres.reader import beyond_reading

OWNER, PASSWORD = "vigil_app", "a good long password"
GUIDE = (Path(__file__).parents[3] / "docs" / "read-schema.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", GUIDE, re.MULTILINE)

APP = typer.Typer()
APP.command()(reader)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Address]:
    """As its administrator reaches it."""
    try:
        cluster = Cluster(tmp_path_factory.mktemp("theirs"), fsync="off")
        cluster.start()
    except NoCluster as reason:
        pytest.skip(str(reason))
    try:
        yield cluster.maintenance
    finally:
        cluster.stop()


@contextmanager
def a_centre(server: Address, rights: str = "") -> Iterator[tuple[Address, Address]]:
    """The centre's database, as the administrator reaches it and as Vigil does; `rights` of CREATE ROLE."""
    with psycopg.connect(server.libpq, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {OWNER} LOGIN {rights}")
        connection.execute(f"CREATE DATABASE centre OWNER {OWNER}")
        theirs = server.other("centre")
        try:
            as_administrator(theirs, "CREATE EXTENSION postgis")
            ours = replace(theirs, user=OWNER)
            migrate(ours)
            yield theirs, ours
        finally:
            connection.execute("DROP DATABASE centre WITH (FORCE)")
            connection.execute(f"DROP ROLE IF EXISTS vigil_reader, {OWNER}")


def as_administrator(address: Address, order: str) -> None:
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        connection.execute(order)


def of_the_guide(beginning: str) -> str:
    """The orders that begin so, for our name; without what only psql knows."""
    (block,) = [each for each in BLOCKS if each.strip().startswith(beginning)]
    named = block.replace("'vigil'", f"'{OWNER}'").replace("FOR ROLE vigil ", f"FOR ROLE {OWNER} ")
    return "\n".join(line for line in named.splitlines() if not line.strip().startswith("\\"))


def vigil_reader(address: Address):
    told = {"VIGIL_READER_PASSWORD": PASSWORD}
    return CliRunner().invoke(APP, ["--db", as_url(address)], env=told)


def as_reader(address: Address) -> "psycopg.Connection[tuple]":
    connection = psycopg.connect(replace(address, user="vigil_reader").libpq, autocommit=True)
    connection.execute("SET default_transaction_read_only = off")
    return connection


def test_a_reader_who_may_do_more_is_told_until_the_administrator_did_as_the_guide_says(server):
    with a_centre(server, "CREATEROLE") as (theirs, ours):
        warned = vigil_reader(ours)
        assert warned.exit_code == 0, warned.output
        (warning,) = [line for line in warned.output.splitlines() if "may also" in line]
        assert "locks" in warning
        assert "large objects" in warning
        assert "docs/read-schema.md" in warning

        as_administrator(theirs, of_the_guide("DO $$"))
        assert beyond_reading(ours) is None
        assert "may also" not in vigil_reader(ours).output
        with as_reader(theirs) as connection:
            functions = connection.execute(
                "SELECT proname, oid::regprocedure::text FROM pg_proc "
                "WHERE proname ~ 'advisory|^lo_' AND has_function_privilege(oid, 'EXECUTE')"
            ).fetchall()
            assert functions == []
            for order in ("CREATE TEMP TABLE mine (n int)", "CREATE TABLE public.mine (n int)"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(order)
        for other in ("postgres", "template1"):
            with pytest.raises(psycopg.OperationalError, match="permission denied"):
                as_reader(theirs.other(other))


def test_vigil_itself_goes_on_after_it_and_gets_no_right_it_had_not(server):
    files = "SELECT has_function_privilege(oid, 'EXECUTE') FROM pg_proc WHERE proname ~ '^lo_(im|ex)port$'"
    with a_centre(server, "CREATEROLE") as (theirs, ours):
        as_administrator(theirs, of_the_guide("DO $$"))
        migrate(ours)
        pen = Pen(ours)
        pen.take()
        pen.release()
        with psycopg.connect(ours.libpq) as connection:
            assert set(connection.execute(files).fetchall()) == {(False,)}


def test_where_vigil_may_make_no_roles_it_says_who_does_and_the_guide_says_how(server):
    with a_centre(server) as (theirs, ours):
        refused = vigil_reader(ours)
        assert refused.exit_code == 2
        assert "administrator" in refused.output
        assert "docs/read-schema.md" in refused.output
        as_administrator(theirs, of_the_guide("CREATE ROLE vigil_reader"))
        as_administrator(ours, "CREATE VIEW vigil_read.later AS SELECT 1 AS one")
        with as_reader(theirs) as connection:
            views = connection.execute("SELECT viewname FROM pg_views WHERE schemaname = 'vigil_read'")
            for (view,) in views.fetchall():
                connection.execute(f"SELECT * FROM vigil_read.{view}").fetchall()
            assert connection.execute("SHOW statement_timeout").fetchone() == ("2min",)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SELECT * FROM vigil.units")
        assert vigil_reader(ours).exit_code == 2, "its password is the administrator's matter"


def test_on_a_server_of_its_own_there_is_nothing_to_warn_of(server):
    migrate(server.other("vigil"))
    assert beyond_reading(server.other("vigil")) is None
