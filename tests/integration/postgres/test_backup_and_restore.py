"""The log is the backup: from a base backup and the archive it comes back, to a moment and to the last fact.

With the settings and the archive command of deploy/, the commands of docs/operator.md, and the real server.
"""

import json
import re
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from datetime import UTC

import psycopg
import pytest

from api.postgres.address import as_url
from api.postgres.binaries import find_binaries
from api.postgres.cluster import Cluster
from api.postgres.migrate import migrate
from dispatch.application import postgres_log
from projections.projector import rebuild
from projections.record import record
from tests.builders import Room, minutes
from tests.server import ROOT, vigil

pytestmark = [
    pytest.mark.skipif(find_binaries() is None, reason="there is no PostgreSQL with PostGIS here"),
    pytest.mark.slow,
    pytest.mark.timeout(300),
]
CONF = ROOT / "deploy" / "postgresql" / "vigil.conf"
ARCHIVE_WAL = ROOT / "deploy" / "postgresql" / "archive-wal"


def settings_of_deploy(archive):
    """Those of deploy/postgresql/vigil.conf, with the paths of this machine."""
    lines = CONF.read_text(encoding="utf-8").splitlines()
    found = dict(re.findall(r"^(\w+) = '?(.*?)'?$", "\n".join(lines), re.MULTILINE))
    assert found["archive_command"].startswith("/opt/vigil/deploy/postgresql/archive-wal %p ")
    found["archive_command"] = f"{ARCHIVE_WAL} %p '{archive}/%f'"
    assert found["fsync"] == found["full_page_writes"] == found["synchronous_commit"] == "on"
    return found


@contextmanager
def running(cluster):
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


@contextmanager
def a_room(address):
    """A dispatch room that writes into this database."""
    with postgres_log(address.libpq) as log:
        yield Room(log)


def orders(room, start, number):
    """Emergencies one after the other, each with a unit sent and come back."""
    for minute in range(start, start + number):
        run = room.send(room.incident(at=minutes(minute)), "C1", at=minutes(minute))
        room.drive(run, "accepted", "en_route", "on_scene", "stood_down", start=minute)


def facts_of(address):
    """The log as anybody may read it, and the hash of every view folded from it."""
    with postgres_log(address.libpq) as log:
        facts = []
        while batch := log.select((len(facts) and facts[-1]["seq"] + 1) or 1, 500):
            facts += [record(seq, fact) for seq, fact in batch]
        return facts, rebuild(log)


def moment(address):
    """An instant between the commits before it and those after it, by the server's clock."""
    time.sleep(0.05)
    with psycopg.connect(address.libpq) as connection:
        (now,) = connection.execute("SELECT clock_timestamp()").fetchone()
    time.sleep(0.05)
    return now


def archived(address, patience_s=30):
    """Finish the piece of log at hand and wait until it is in the archive, as before a planned end."""
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        (piece,) = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            (last,) = connection.execute("SELECT last_archived_wal FROM pg_stat_archiver").fetchone()
            if last is not None and last >= piece:
                return
            time.sleep(0.05)
    raise AssertionError(f"{piece} was not archived")


def base_backup(cluster, into):
    """As the guide says: the whole cluster, checked against its own list of files."""
    where = cluster.maintenance
    words = ["-h", where.host, "-p", str(where.port), "-U", where.user, "-D", str(into)]
    run([cluster.binaries["pg_basebackup"], *words, "--checkpoint=fast", "--wal-method=none"])
    run([cluster.binaries["pg_verifybackup"], "--no-parse-wal", str(into)])


def run(order):
    done = subprocess.run(order, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def restored(base, archive, folder, **until):
    """A new cluster from the backup and the archive; `until` says where to stop, else at the end."""
    folder.mkdir(mode=0o700)
    shutil.copytree(base, folder / "cluster", symlinks=True)
    (folder / "cluster").chmod(0o700)
    (folder / "cluster" / "recovery.signal").touch()
    settings = {"restore_command": f"cp '{archive}/%f' %p", "recovery_target_action": "promote", **until}
    # Nobody is let in before it stands where it should.
    return Cluster(folder, hot_standby="off", **settings)


@pytest.fixture(scope="module")
def disaster(tmp_path_factory):
    """A centre at work, backed up on the way, whose server then burns down."""
    folder = tmp_path_factory.mktemp("backup")
    archive = folder / "archive"
    archive.mkdir()
    live = Cluster(folder / "live", **settings_of_deploy(archive))
    with running(live):
        migrate(live.address)
        with a_room(live.address) as room:
            orders(room, 0, 5)
            base_backup(live, folder / "base")
            orders(room, 10, 5)
        stored = vigil("rebuild", "--db", as_url(live.address), "--data", folder / "data", "--json")
        assert stored.returncode == 0, stored.stderr
        then, at = facts_of(live.address), moment(live.address)
        with a_room(live.address) as room:
            orders(room, 20, 5)
        end = facts_of(live.address)
        archived(live.address)
        with a_room(live.address) as room:
            orders(room, 30, 5)  # the archive never gets these
        last = facts_of(live.address)
        live.stop(signal.SIGKILL)
    shutil.move(folder / "live" / "cluster" / "pg_wal", folder / "burnt-wal")
    shutil.rmtree(folder / "live")
    states = {"then": then, "at": at, "end": end, "last": last}
    return {"folder": folder, "archive": archive, "stored": stored.stdout, **states}


def test_the_log_comes_back_to_the_last_fact(disaster):
    folder = disaster["folder"]
    with running(restored(folder / "base", disaster["archive"], folder / "to-the-end")) as cluster:
        facts, digests = facts_of(cluster.address)
        assert (facts, digests) == disaster["end"]
        assert len(facts) > len(disaster["then"][0])


def test_the_last_minute_comes_back_from_the_old_disk_where_that_can_be_read(disaster):
    """As the guide says: `cp -an` of what the archive has not yet."""
    folder = disaster["folder"]
    cluster = restored(folder / "base", disaster["archive"], folder / "with-the-last-minute")
    into = folder / "with-the-last-minute" / "cluster" / "pg_wal"
    run(["cp", "-an", *map(str, (folder / "burnt-wal").glob("0*")), str(into)])
    with running(cluster):
        assert facts_of(cluster.address) == disaster["last"]
    assert len(disaster["last"][0]) > len(disaster["end"][0])


def test_the_log_comes_back_as_it_stood_at_a_moment_and_the_stored_views_prove_it(disaster):
    folder = disaster["folder"]
    target = disaster["at"].astimezone(UTC).isoformat()
    base, archive = folder / "base", disaster["archive"]
    cluster = restored(base, archive, folder / "to-a-moment", recovery_target_time=target)
    with running(cluster):
        assert facts_of(cluster.address) == disaster["then"]
        # What the guide tells to do: the views stored then, against those folded from the restored log.
        url = as_url(cluster.address)
        check = vigil("rebuild", "--check", "--db", url, "--data", folder / "data", "--json")
        assert check.returncode == 0, check.stdout + check.stderr
        assert json.loads(check.stdout)["views"] == json.loads(disaster["stored"])["views"]
        # And it goes on from there.
        with a_room(cluster.address) as room:
            orders(room, 40, 1)
        facts, _ = facts_of(cluster.address)
        assert facts[: len(disaster["then"][0])] == disaster["then"][0]
        assert len(facts) > len(disaster["then"][0])


def test_a_log_that_differs_by_one_fact_does_not_pass_for_the_same(disaster):
    """Else the comparison above would prove nothing."""
    assert disaster["then"][1] != disaster["end"][1]


def test_the_archive_is_never_overwritten(disaster, tmp_path):
    piece = next(path for path in disaster["archive"].iterdir() if not path.name.startswith("."))
    same, other = tmp_path / "same", tmp_path / "other"
    shutil.copy(piece, same)
    other.write_bytes(b"another log")
    before = piece.read_bytes()
    assert archive_wal(same, piece) == 0
    assert archive_wal(other, piece) != 0
    assert piece.read_bytes() == before
    assert archive_wal(other, tmp_path / "gone" / "piece") != 0


def archive_wal(piece, into):
    return subprocess.run([ARCHIVE_WAL, piece, into], check=False, capture_output=True).returncode
