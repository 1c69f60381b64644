"""A PostgreSQL with PostGIS of our own: in a folder, on a socket that only this account reaches.

PostgreSQL refuses to run as root. There it runs in a user namespace where it sees another number than 0, or
else as the account `postgres` or `nobody`.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import psycopg

from api.postgres.address import Address
from api.postgres.binaries import Binaries, find_binaries
from api.postgres.doors import ask_reader_for_password

USER = "vigil"
PORT = 5432  # only the name of the socket
START_S = 60.0
STOP_S = 30.0
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "log_min_messages": "warning",
    "timezone": "UTC",
}
NO_WAIT = "SET synchronous_commit = local"
"""What a start stores, the next one stores again: it need not be on a standby, which may be missing."""


class NoCluster(RuntimeError):
    """There can be no private server here; the sentence says why."""


class Cluster:
    """Start, use by `address`, stop. A server that outlived its starter is taken over, not doubled."""

    def __init__(self, folder: Path, binaries: Binaries | None = None, **settings: str) -> None:
        """settings : of postgresql.conf, beyond or instead of SETTINGS. Raises NoCluster."""
        found = binaries or find_binaries()
        if found is None:
            raise NoCluster(
                "There is no PostgreSQL with PostGIS on this machine "
                "(Debian and Ubuntu: apt-get install postgresql-15-postgis-3)."
            )
        self.folder, self.binaries = folder.resolve(), found
        self._settings = {**SETTINGS, **settings}
        self._data, self._log = self.folder / "cluster", self.folder / "postgres.log"
        self._socket = _socket_folder(self.folder)
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self.pid = 0

    @property
    def address(self) -> Address:
        return self.maintenance.other("vigil")

    @property
    def maintenance(self) -> Address:
        """The database that is always there."""
        return Address(str(self._socket), PORT, "postgres", USER)

    def start(self) -> Address:
        """Make the cluster if need be, run it, and see to its database with PostGIS. Raises NoCluster."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._hold()
        try:
            account = _Account.of_this_machine(self.folder)
            if not (self._data / "PG_VERSION").is_file():
                self._make(account)
            self._run(account)
            self._create_database()
        except BaseException:
            self.stop()
            raise
        return self.address

    def lives(self) -> bool:
        """Whether the server that was started is still there."""
        return self._process.poll() is None if self._process is not None else bool(_command(self.pid))

    def revive(self) -> None:
        """Run the server again, which ended by itself. Raises NoCluster."""
        self._process = None
        self._run(_Account.of_this_machine(self.folder))

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it, fast by default (open transactions are rolled back), and wait until it is gone."""
        if self.pid:
            _signal(self.pid, how)
            self._await_end(STOP_S)
            self.pid, self._process = 0, None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _hold(self) -> None:
        lock = (self.folder / "lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise NoCluster(f"Another process runs the server in {self.folder}.") from None
        self._lock = lock

    def _make(self, account: "_Account") -> None:
        shutil.rmtree(self._data, ignore_errors=True)  # an initdb that was cut short
        unfinished = self.folder / "cluster.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        account.own(self.folder)
        order = [self.binaries["initdb"], "-D", str(unfinished), "-U", USER, "-A", "trust", "-E", "UTF8"]
        done = account.run([*order, "--locale=C.UTF-8", "-k", "--no-instructions", "--no-sync"])
        if done.returncode != 0:
            raise NoCluster(f"initdb failed: {done.stderr.strip().splitlines()[-1:]}")
        unfinished.rename(self._data)

    def _run(self, account: "_Account") -> None:
        self.pid = self._living()
        if ask_reader_for_password(self._data) and self.pid:
            _signal(self.pid, signal.SIGHUP)  # it reads its rules again
        if not self.pid:
            _private(self._socket, account)
            words = [f"-c{name}={value}" for name, value in self._settings.items()]
            order = [
                self.binaries["postgres"],
                "-D",
                str(self._data),
                f"-k{self._socket}",
                f"-p{PORT}",
                *words,
            ]
            with self._log.open("ab") as output:
                self._process = account.start([*order, *words], output)
            self.pid = self._process.pid
        self._await_answer()

    def _living(self) -> int:
        """The server of this folder that a killed starter left behind, 0 if there is none."""
        try:
            lines = (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return 0
        pid = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
        return pid if pid > 1 and str(self._data).encode() in _command(pid) else 0

    def _await_answer(self) -> None:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if self._process is not None and self._process.poll() is not None:
                break
            try:
                psycopg.connect(self.maintenance.libpq, connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.02)
        said = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise NoCluster(f"PostgreSQL did not start: {said[-1] if said else 'it said nothing'} ({self._log})")

    def _await_end(self, patience_s: float) -> None:
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            if self._process is not None:
                if self._process.poll() is not None:
                    return
            elif not _command(self.pid):
                return
            time.sleep(0.02)
        raise NoCluster(f"PostgreSQL (process {self.pid}) does not stop.")

    def _create_database(self) -> None:
        with psycopg.connect(self.maintenance.libpq, autocommit=True) as connection:
            connection.execute(NO_WAIT)
            if connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,):
                return  # a standby has what its primary has
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'vigil'").fetchone()
            if known is None:
                connection.execute("CREATE DATABASE vigil")
            # Readers have no business in the databases beside ours, where they could keep things.
            connection.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC")
        with psycopg.connect(self.address.libpq, autocommit=True) as connection:
            connection.execute(NO_WAIT)
            connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")


class _Account:
    """As whom the server runs."""

    def __init__(self, prefix: Sequence[str] = (), user: pwd.struct_passwd | None = None) -> None:
        self._prefix, self._user = tuple(prefix), user
        self._uid = user.pw_uid if user else None
        self._gid = user.pw_gid if user else None
        self._groups: list[int] | None = [] if user else None

    @classmethod
    def of_this_machine(cls, folder: Path) -> "_Account":
        if os.geteuid() != 0:
            return cls()
        apart = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
        if shutil.which("unshare") and subprocess.run([*apart, "true"], capture_output=True).returncode == 0:
            return cls(apart)
        for name in ("postgres", "nobody"):
            try:
                user = pwd.getpwnam(name)
            except KeyError:
                continue
            if _reaches(user, folder):
                return cls(user=user)
        raise NoCluster(
            "PostgreSQL does not run as root, and here root can neither make a user namespace nor hand "
            f"{folder} to the account postgres: start Vigil as another user."
        )

    def own(self, folder: Path) -> None:
        if self._user is not None:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)

    def run(self, order: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._prefix, *order], capture_output=True, text=True, timeout=START_S, check=False, cwd="/",
            user=self._uid, group=self._gid, extra_groups=self._groups,
        )  # fmt: skip

    def start(self, order: Sequence[str], output: IO[bytes]) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl+C at the terminal is for Vigil, which then stops it in order.
        return subprocess.Popen(
            [*self._prefix, *order], stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/",
            start_new_session=True, user=self._uid, group=self._gid, extra_groups=self._groups,
        )  # fmt: skip


def _socket_folder(folder: Path) -> Path:
    """A name for its socket's folder that is short enough: the system allows 107 bytes."""
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"vigil-pg-{os.geteuid()}-{name}"


def _private(folder: Path, account: _Account) -> None:
    """See that nobody else can put a socket there, or use ours. Raises NoCluster."""
    folder.mkdir(mode=0o700, exist_ok=True)
    known = folder.lstat()
    if not stat.S_ISDIR(known.st_mode) or known.st_uid not in (os.geteuid(), 0):
        raise NoCluster(f"{folder} belongs to somebody else.")
    folder.chmod(0o700)
    account.own(folder)


def _reaches(user: pwd.struct_passwd, folder: Path) -> bool:
    """Whether an account may pass every folder above this one."""
    return all(each.stat().st_mode & stat.S_IXOTH for each in folder.resolve().parents)


def _command(pid: int) -> bytes:
    """The command line of a process, with a NUL behind each word; empty where it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _signal(pid: int, how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, how)
