"""The event library's recorder for PostgreSQL, with its patience taken away.

The library tries everything ten times and lets each try wait long: an order would hang for minutes. Here each
write is tried once; `dispatch.commands` decides again, and the receipt tells what became of the first try.
"""

from collections.abc import Callable, Sequence
from inspect import unwrap
from typing import Any, TypeVar, cast

import psycopg
from eventsourcing.persistence import InterfaceError, Notification, OperationalError, StoredEvent
from eventsourcing.postgres import (
    BasePostgresFactory,
    PostgresApplicationRecorder,
    PostgresDatastore,
    PostgresFactory,
)
from eventsourcing.utils import Environment, EnvType
from psycopg.generators import send

from dispatch.faults import Unanswered
from dispatch.postgres.line import Line, NoLine

R = TypeVar("R")

SCHEMA = "vigil_log"
LOCK_TIMEOUT_S = 5
MAKING = 0x76_69_67_69_6C_02
"""The advisory lock of whoever makes the library's tables: "vigil", 2."""
CONNINFO, MOST = "VIGIL_CONNINFO", "VIGIL_MOST_CONNECTIONS"
NOT_CLEAR = ("08", "57")
"""Classes of SQLSTATE that say that the line was cut, not what became of the transaction."""


class Recorder(PostgresApplicationRecorder):
    """Tries a write once and a reading twice. Raises OperationalError; Unanswered where a save may stand."""

    def create_table(self) -> None:
        # Without the functions of the library: they skip the lock that keeps the order, and lose events.
        del self.sql_create_statements[self.create_insert_function_statement_index]
        with self.datastore.get_connection() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [MAKING])
            try:
                super().create_table()
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", [MAKING])

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        try:
            return cast("Sequence[int] | None", _INSERT(self, stored_events, **kwargs))
        except (OperationalError, InterfaceError) as fault:
            if _rolled_back(fault):
                raise
            raise Unanswered(str(fault)) from fault

    def _insert_stored_events(
        self, curs: psycopg.Cursor[Any], stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> None:
        super()._insert_stored_events(curs, stored_events, **kwargs)
        # The driver's own sync, which comes next, waits for an answer also while some of a large save waits
        # to be sent: so a server that is slow to take it, and the driver, would wait for each other.
        curs.connection.wait(send(curs.connection.pgconn))

    def select_events(self, *args: Any, **kwargs: Any) -> Sequence[StoredEvent]:
        return _twice(_SELECT, self, *args, **kwargs)

    def select_notifications(self, *args: Any, **kwargs: Any) -> Sequence[Notification]:
        return _twice(_FOLLOW, self, *args, **kwargs)

    def max_notification_id(self) -> int | None:
        newest: int | None = _twice(_NEWEST, self)
        return newest


def _bare(method: Callable[..., Any]) -> Callable[..., Any]:
    """The library's own method without the ten tries around it."""
    return cast(Callable[..., Any], unwrap(method))


_INSERT = _bare(PostgresApplicationRecorder.insert_events)
_SELECT = _bare(PostgresApplicationRecorder.select_events)
_FOLLOW = _bare(PostgresApplicationRecorder.select_notifications)
_NEWEST = _bare(PostgresApplicationRecorder.max_notification_id)


def _twice(ask: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    """To read again is harmless: a connection that a restart cut is replaced unseen."""
    try:
        return ask(*args, **kwargs)
    except (OperationalError, InterfaceError) as fault:
        if isinstance(fault.__cause__, NoLine):
            raise
    try:
        return ask(*args, **kwargs)
    except InterfaceError as fault:
        raise OperationalError(str(fault)) from fault


def _rolled_back(fault: BaseException) -> bool:
    """Whether it is certain that nothing of the save stands."""
    cause = fault.__cause__
    if isinstance(cause, NoLine):
        return True
    state = cause.sqlstate if isinstance(cause, psycopg.Error) else None
    return state is not None and not state.startswith(NOT_CLEAR)


class Datastore(PostgresDatastore):
    """The library's, on a line of ours."""

    def __init__(self, conninfo: str, most: int) -> None:
        super().__init__("", "", "", "", "", lock_timeout=LOCK_TIMEOUT_S, schema=SCHEMA)
        self.line = Line(conninfo, most)
        self.pool = self.line  # type: ignore[assignment]


class Factory(PostgresFactory):
    """Reads nothing of the process's environment: no setting there can switch on what loses events."""

    application_recorder_class = Recorder

    def __init__(self, env: Environment | EnvType | None) -> None:
        super(BasePostgresFactory, self).__init__(env)
        self.datastore = Datastore(self.env[CONNINFO], int(self.env[MOST]))
