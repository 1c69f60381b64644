"""A real PostgreSQL says of itself what the operator must know; also to an account that is no superuser."""

import time

import psycopg
import pytest

from api.observe.of_postgres import ask, tables_stand_at
from api.postgres.address import Address
from api.postgres.binaries import find_binaries
from api.postgres.cluster import Cluster
from api.postgres.migrate import migrate

pytestmark = pytest.mark.skipif(find_binaries() is None, reason="there is no PostgreSQL with PostGIS here")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """One that archives, to a folder that is not there yet."""
    folder = tmp_path_factory.mktemp("server")
    archive = f"cp %p '{folder}/archive/%f'"
    cluster = Cluster(folder, archive_mode="on", archive_command=archive, fsync="off")
    cluster.start()
    with psycopg.connect(cluster.maintenance.libpq, autocommit=True) as connection:
        connection.execute("CREATE ROLE centre LOGIN")
        connection.execute("CREATE DATABASE centre OWNER centre")
    with psycopg.connect(cluster.maintenance.other("centre").libpq, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION postgis")
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def centre(cluster):
    """As the guide makes it: a database that belongs to an account without further rights."""
    where = cluster.maintenance
    return Address(where.host, where.port, "centre", "centre")


def settled(look, wanted, patience_s=20):
    """The server finds out in its own time."""
    until = time.monotonic() + patience_s
    while (found := look()) != wanted:
        assert time.monotonic() < until, found
        time.sleep(0.1)


def test_the_account_of_the_guide_can_make_its_tables_and_be_told_what_it_may_know(cluster, centre):
    migrate(centre)
    server = ask(centre.libpq)
    assert server.version.startswith(str(cluster.binaries.version))
    assert not server.read_only
    assert server.standbys is None, "without pg_monitor it may not know"
    with psycopg.connect(cluster.maintenance.libpq, autocommit=True) as connection:
        connection.execute("GRANT pg_monitor TO centre")
    assert ask(centre.libpq).standbys == 0
    assert tables_stand_at(centre.libpq) in (0, None)


def test_a_database_that_has_no_tables_yet_has_no_place_either(cluster):
    assert tables_stand_at(cluster.maintenance.libpq) is None


def test_an_archive_that_fails_is_known_and_so_is_its_recovery(cluster, centre):
    def archives():
        with psycopg.connect(cluster.maintenance.libpq, autocommit=True) as connection:
            connection.execute("SELECT pg_logical_emit_message(true, 'test', 'x'), pg_switch_wal()")
        return ask(centre.libpq).archive_fails

    settled(archives, True)
    (cluster.folder / "archive").mkdir()
    settled(archives, False, patience_s=90)  # after three failures PostgreSQL waits a minute


def test_a_missing_standby_is_known_where_one_is_wanted(cluster, centre):
    assert not ask(centre.libpq).wanted
    with psycopg.connect(cluster.maintenance.libpq, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET synchronous_standby_names = 'vigil_standby'")
        connection.execute("SELECT pg_reload_conf()")
    settled(lambda: ask(centre.libpq).wanted, True)
    assert ask(centre.libpq).standbys == 0
