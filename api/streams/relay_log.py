"""The log as the relay reads it: a second process that never writes."""

from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

import psycopg

from dispatch.application import DispatchLog, postgres_log
from domain.base import Fact

if TYPE_CHECKING:
    from api.postgres.address import Address

CONNECTIONS = 3


class NoLog(RuntimeError):
    """There is no event log there; the sentence says where was looked."""


class Log(Protocol):
    """What the relay wants of a log. `saved` is notified where somebody knows that more is there."""

    saved: Condition

    def position(self) -> int: ...

    def select(self, start: int, limit: int, stop: int | None = None) -> list[tuple[int, Fact]]: ...


def read_only_sqlite_log(path: Path) -> DispatchLog:
    """The log in a file that another process writes. Raises NoLog."""
    if not path.is_file():
        raise NoLog(f"There is no event log in {path.parent}.")
    return DispatchLog(
        {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": f"file:{quote(str(path.resolve()))}?mode=ro",
            "SQLITE_LOCK_TIMEOUT": "5",
            "CREATE_TABLE": "n",
        }
    )


def owner_of(address: "Address") -> str:
    """Whose log it is, as the centre noted it in the database; empty where it did not."""
    with psycopg.connect(address.libpq, connect_timeout=5) as connection:
        found = connection.execute("SELECT value FROM vigil.about WHERE name = 'city'").fetchone()
    return str(found[0]) if found else ""


def postgres_log_to_read(address: "Address") -> DispatchLog:
    """The log in a database. Raises NoLog; psycopg.Error where the server does not answer."""
    with psycopg.connect(address.libpq, connect_timeout=5) as connection:
        found = connection.execute("SELECT to_regclass('vigil_log.dispatch_events')").fetchone()
    if found is None or found[0] is None:
        raise NoLog(f"There is no event log in {address!r}: vigil up --db … makes one.")
    return postgres_log(address.libpq, CONNECTIONS)
