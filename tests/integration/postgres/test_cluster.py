"""The private PostgreSQL: made, started, taken over after a kill, and never doubled."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from api.postgres.binaries import find_binaries
from api.postgres.cluster import Cluster, NoCluster
from api.postgres.keeping import ClusterKeeper

pytestmark = pytest.mark.skipif(find_binaries() is None, reason="there is no PostgreSQL with PostGIS here")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def cluster(tmp_path):
    cluster = Cluster(tmp_path / "a folder with spaces" / "đêm")
    yield cluster
    cluster.stop()


def ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(cluster.address.libpq) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


def test_it_starts_with_postgis_and_on_no_network(cluster):
    cluster.start()
    assert "POINT" in str(ask(cluster, "SELECT ST_AsText(ST_MakePoint(106.7, 10.8))"))
    assert ask(cluster, "SHOW listen_addresses") == ""
    assert ask(cluster, "SHOW synchronous_commit") == "on"
    assert Path(cluster.address.host).stat().st_mode & 0o077 == 0


def test_whoever_is_let_in_to_read_enters_no_other_database(cluster):
    cluster.start()
    for other in ("postgres", "template1"):
        assert ask(cluster, f"SELECT has_database_privilege('public', '{other}', 'CONNECT')") is False


def test_what_was_committed_is_there_after_a_stop_and_after_a_kill(cluster):
    cluster.start()
    with psycopg.connect(cluster.address.libpq, autocommit=True) as connection:
        connection.execute("CREATE TABLE fact (n int)")
        connection.execute("INSERT INTO fact VALUES (115)")
    cluster.stop()
    cluster.start()
    assert ask(cluster, "SELECT n FROM fact") == 115
    cluster.stop(signal.SIGKILL)
    cluster.start()
    assert ask(cluster, "SELECT n FROM fact") == 115


def test_a_second_starter_is_refused(cluster):
    cluster.start()
    with pytest.raises(NoCluster, match="Another process runs the server"):
        Cluster(cluster.folder).start()
    assert ask(cluster, "SELECT 1") == 1


def test_a_server_whose_starter_was_killed_is_taken_over(cluster):
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(cluster.folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    left_behind = int(starter.stdout.readline())
    starter.kill()
    starter.wait()
    cluster.start()
    assert cluster.pid == left_behind
    assert ask(cluster, "SELECT 1") == 1
    cluster.stop()
    assert (
        not Path(f"/proc/{left_behind}/cmdline").exists()
        or not Path(f"/proc/{left_behind}/cmdline").read_bytes()
    )


STARTER = """
import sys, time
from pathlib import Path
from api.postgres.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.start()
print(cluster.pid, flush=True)
time.sleep(600)
"""


def test_a_making_that_was_cut_short_begins_again(cluster):
    (cluster.folder / "cluster.new").mkdir(parents=True)
    (cluster.folder / "cluster.new" / "half").touch()
    cluster.start()
    assert ask(cluster, "SELECT 1") == 1


def test_a_server_that_cannot_start_says_why(cluster):
    cluster.start()
    cluster.stop()
    with pytest.raises(NoCluster, match="shared_buffers"):
        Cluster(cluster.folder, shared_buffers="much").start()


@pytest.mark.parametrize("before", [0, 1], ids=["made anew", "started again"])
def test_it_starts_though_no_standby_is_there_to_confirm(tmp_path, before):
    """What the start stores need not be on two machines; without the start nobody learns that it is not."""
    folder = tmp_path / "postgres"
    for _ in range(before):
        earlier = Cluster(folder)
        earlier.start()
        earlier.stop()
    cluster = Cluster(folder, synchronous_standby_names="nobody")
    starting = threading.Thread(target=cluster.start, daemon=True)
    starting.start()
    try:
        starting.join(40)
        assert not starting.is_alive(), "it waits for the standby"
        assert ask(cluster, "SHOW synchronous_standby_names") == "nobody"
        assert ask(cluster, "SELECT has_database_privilege('public', 'postgres', 'CONNECT')") is False
        assert "POINT" in str(ask(cluster, "SELECT ST_AsText(ST_MakePoint(106.7, 10.8))"))
    finally:
        cluster.stop()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path):
    cluster = Cluster(tmp_path)
    if os.geteuid() != 0:
        pytest.skip("only root can make a folder somebody else's")
    cluster._socket.mkdir()
    try:
        os.chown(cluster._socket, 4242, 4242)
        with pytest.raises(NoCluster, match="somebody else"):
            cluster.start()
    finally:
        cluster._socket.rmdir()


def test_one_that_ends_by_itself_is_run_again(cluster):
    cluster.start()
    keeper = ClusterKeeper(cluster)
    keeper.start()
    try:
        with psycopg.connect(cluster.address.libpq, autocommit=True) as connection:
            connection.execute("CREATE TABLE fact AS SELECT 115 AS n")
        before = cluster.pid
        os.kill(before, signal.SIGKILL)
        until = time.monotonic() + 60
        while keeper.revived == 0 and time.monotonic() < until:
            time.sleep(0.05)
        assert (cluster.pid != before, ask(cluster, "SELECT n FROM fact")) == (True, 115)
    finally:
        keeper.stop()
