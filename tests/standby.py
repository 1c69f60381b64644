"""A standby beside a private PostgreSQL, which must have each commit before the primary acknowledges it."""

import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import psycopg

from api.postgres.address import Address
from api.postgres.cluster import Cluster


def synchronous_standby(primary: Cluster, folder: Path) -> Cluster:
    """A copy of the running primary that follows it from now on; the primary waits for it in every COMMIT."""
    folder.mkdir(parents=True)
    copied = subprocess.run(
        [
            *(primary.binaries["pg_basebackup"], "-h", primary.address.host, "-p", str(primary.address.port)),
            *("-U", primary.address.user, "-D", str(folder / "cluster")),
            *("--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert copied.returncode == 0, copied.stderr
    (folder / "cluster" / "postmaster.pid").unlink(missing_ok=True)
    shutil.copymode(primary.folder / "cluster", folder / "cluster")
    standby = Cluster(folder)
    standby.start()
    with psycopg.connect(primary.maintenance.libpq, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        connection.execute("SELECT pg_reload_conf()")
        until = time.monotonic() + 30
        while connection.execute("SELECT sync_state FROM pg_stat_replication").fetchone() != ("sync",):
            assert time.monotonic() < until, "the standby never became synchronous"
            time.sleep(0.05)
    return standby


def promote(standby: Cluster) -> None:
    """From now on it may be written to."""
    with psycopg.connect(standby.maintenance.libpq, autocommit=True) as connection:
        connection.execute("SELECT pg_promote(wait => true, wait_seconds => 30)")


def either(primary: Cluster, standby: Cluster) -> Address:
    """The one of the two that may be written to."""
    return replace(primary.address, host=f"{primary.address.host},{standby.address.host}")
