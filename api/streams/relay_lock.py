"""Only one relay a centre: a lock that goes with its process, or with its connection."""

import fcntl
import zlib
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

import psycopg
from psycopg import Connection

if TYPE_CHECKING:
    from api.postgres.address import Address

NAMESPACE = 0x7672
"""Of our advisory locks that have two numbers: "vr"."""


class RelayLock(Protocol):
    def take(self) -> bool:
        """Whether we have it, now or already. Raises OSError or psycopg.Error where nobody can say."""
        ...

    def held(self) -> bool:
        """Whether we surely still have it."""
        ...

    def release(self) -> None: ...


class FileLock:
    """Beside a log in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self) -> bool:
        if self._file is not None:
            return True
        file = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def held(self) -> bool:
        return self._file is not None

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class AdvisoryLock:
    """Where a log in PostgreSQL is. The server lets it go when it loses the connection."""

    def __init__(self, address: "Address", centre: str) -> None:
        self._address = address
        self._key = zlib.crc32(centre.encode()) - 2**31  # of 32 bits, with a sign
        self._connection: Connection | None = None

    def take(self) -> bool:
        if self.held():
            return True
        self.release()
        connection = psycopg.connect(
            self._address.libpq, autocommit=True, connect_timeout=5, application_name="vigil-relay",
            keepalives_idle=5, keepalives_interval=2, keepalives_count=2, tcp_user_timeout=10_000,
        )  # fmt: skip
        try:
            found = connection.execute(
                "SELECT pg_try_advisory_lock(%s, %s)", (NAMESPACE, self._key)
            ).fetchone()
        except BaseException:
            connection.close()
            raise
        if found is None or not found[0]:
            connection.close()
            return False
        self._connection = connection
        return True

    def held(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def release(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            # Aloud: the server notices a closed connection only a moment later.
            with suppress(psycopg.Error):
                connection.execute("SELECT pg_advisory_unlock_all()")
            with suppress(psycopg.Error):
                connection.close()


class NoLock:
    """Nothing holds a second relay back: for tests of fencing and for the benchmark, whose log is its own."""

    def take(self) -> bool:
        return True

    def held(self) -> bool:
        return True

    def release(self) -> None: ...
