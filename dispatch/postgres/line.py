"""Connections to one PostgreSQL that never keep anybody waiting for long.

In the place of the library's pool: that one lets everybody wait half a minute while a server is away, and
after a long silence it tries again only minutes later.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import POLLIN, poll
from time import monotonic, sleep
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from dispatch.postgres.watch import Watch

DIAL_S = 2
"""The shortest that libpq knows."""
PATIENCE_S = 2.0
"""So long a server may be away before those who ask are told: a restart takes less."""
AGAIN_S = 0.1
TURN_S = 3.0
LONGEST_S = 8.0
"""For one use of a connection. More than the five seconds that a statement may wait for a lock."""
SILENT_S = 1.0
"""A connection that nobody used for so long is tried first."""
PING_S = 1.0

OPTIONS = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=10s -c timezone=UTC"


class NoLine(psycopg.OperationalError):
    """No connection could be had, so nothing was asked and nothing was changed."""


class Line:
    """At most `most` connections, made when needed, used in turns. Autocommit, rows as dicts."""

    def __init__(self, conninfo: str, most: int = 20) -> None:
        self._conninfo = conninfo
        self._idle: list[tuple[float, Connection[Any]]] = []
        self._turns = threading.BoundedSemaphore(most)
        self._dialling = threading.Lock()
        self._watch = Watch()
        self._fell_at: float | None = None
        self._tried_at = 0.0
        self._fault = ""
        self._closed = False
        self._serving: dict[Connection[Any], int] = {}

    @property
    def away_since(self) -> float | None:
        """On the monotonic clock; None while the server answers."""
        return self._fell_at

    @property
    def pids(self) -> set[int]:
        """The processes on the server that serve us: what they tell, we know."""
        return set(self._serving.values())

    @contextmanager
    def connection(self) -> Iterator[Connection[Any]]:
        """One to work with. Raises NoLine where the server does not answer, or all stay in use."""
        if not self._turns.acquire(timeout=TURN_S):
            raise NoLine("all connections to the database are in use")
        try:
            connection = self._tried() or self._dial()
            try:
                with self._watch.over(connection, LONGEST_S):
                    yield connection
            finally:
                self._give_back(connection)
        finally:
            self._turns.release()

    def open(self, wait: bool = False, timeout: float = 0.0) -> None:
        """What the library asks of a pool before each use: there is nothing to prepare."""

    def close(self) -> None:
        self._closed = True
        self._watch.stop()
        self._drop_all()

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _tried(self) -> Connection[Any] | None:
        """The connection used last, if it still lives. One that is dead ends all that lie idle."""
        while True:
            try:
                since, connection = self._idle.pop()
            except IndexError:
                return None
            if not _has_something_to_say(connection) and self._answers(connection, since):
                return connection
            self._drop(connection)
            self._drop_all()

    def _answers(self, connection: Connection[Any], since: float) -> bool:
        if monotonic() - since < SILENT_S:
            return True
        try:
            with self._watch.over(connection, PING_S):
                connection.execute("")
        except psycopg.Error:
            return False
        return True

    def _dial(self) -> Connection[Any]:
        """A new connection. A server that fell just now is given `PATIENCE_S` to come back."""
        while True:
            with self._dialling:
                if self._known_away():
                    raise NoLine(self._fault)
                began = monotonic()
                try:
                    connection = psycopg.connect(
                        self._conninfo,
                        autocommit=True,
                        row_factory=dict_row,
                        connect_timeout=DIAL_S,
                        application_name="vigil-log",
                        options=OPTIONS,
                        tcp_user_timeout=5000,
                        keepalives_idle=5,
                        keepalives_interval=2,
                        keepalives_count=2,
                    )
                except psycopg.OperationalError as fault:
                    self._note(fault, began)
                    if self._known_away():
                        raise NoLine(self._fault) from None
                else:
                    self._fell_at = None
                    self._serving[connection] = connection.info.backend_pid
                    return connection
            sleep(AGAIN_S)

    def _known_away(self) -> bool:
        now = monotonic()
        return (
            self._fell_at is not None and now - self._fell_at > PATIENCE_S and now - self._tried_at < AGAIN_S
        )

    def _note(self, fault: psycopg.Error, began: float) -> None:
        self._fault = (str(fault).strip().splitlines() or ["the database does not answer"])[0]
        self._fell_at = self._fell_at or began
        self._tried_at = monotonic()

    def _give_back(self, connection: Connection[Any]) -> None:
        idle = not connection.closed and connection.info.transaction_status == TransactionStatus.IDLE
        if idle and not self._closed:
            self._idle.append((monotonic(), connection))
        else:
            self._drop(connection)

    def _drop(self, connection: Connection[Any]) -> None:
        self._serving.pop(connection, None)
        with suppress(psycopg.Error):
            connection.close()

    def _drop_all(self) -> None:
        while self._idle:
            with suppress(IndexError):
                self._drop(self._idle.pop()[1])


def _has_something_to_say(connection: Connection[Any]) -> bool:
    """An idle server speaks only to say goodbye."""
    if connection.closed:
        return True
    look = poll()
    look.register(connection.fileno(), POLLIN)
    return bool(look.poll(0))
