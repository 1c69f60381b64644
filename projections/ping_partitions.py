"""Where units have been, in PostgreSQL: one table, partitioned by day of UTC; and where each was last.

The tables come from the migrations (`vigil.pings`, `vigil.latest_pings`); the days are made here, ahead of
their time. Pings arrive by COPY straight into the table. A ping that is there already makes PostgreSQL refuse
the whole COPY; that is rare, since duplicates are weeded out before, and then the batch takes a detour.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from re import compile as pattern
from threading import Lock
from typing import Any, Final

from psycopg import Connection, Cursor, errors
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import Engine

from projections.ping_rows import COLUMNS, binary_rows
from projections.positions import Ping

DAY_TABLE: Final = pattern(r"pings_(\d{4})(\d{2})(\d{2})")
NAMES: Final = ", ".join(COLUMNS)
COPY: Final = SQL(f"COPY vigil.pings ({NAMES}) FROM STDIN (FORMAT BINARY)")
COPY_ASIDE: Final = SQL(f"COPY arriving_pings ({NAMES}) FROM STDIN (FORMAT BINARY)")
ASIDE: Final = SQL("CREATE TEMP TABLE arriving_pings (LIKE vigil.pings) ON COMMIT DROP")
FROM_ASIDE: Final = SQL(
    f"INSERT INTO vigil.pings ({NAMES}) SELECT {NAMES} FROM arriving_pings ON CONFLICT DO NOTHING"
)
MARK: Final = SQL(
    f"INSERT INTO vigil.latest_pings AS known ({NAMES}) SELECT * FROM unnest(%s::text[], %s::timestamptz[],"
    " %s::float8[], %s::float8[], %s::float8[], %s::float8[], %s::float8[])"
    " ON CONFLICT (callsign) DO UPDATE SET at = excluded.at, lat = excluded.lat, lon = excluded.lon,"
    " speed_mps = excluded.speed_mps, heading_deg = excluded.heading_deg, accuracy_m = excluded.accuracy_m"
    " WHERE known.at < excluded.at"
)
READ: Final = SQL(f"SELECT {NAMES} FROM vigil.pings WHERE callsign = %s AND at >= %s AND at < %s ORDER BY at")
LATEST: Final = SQL(f'SELECT {NAMES} FROM vigil.latest_pings ORDER BY callsign COLLATE "C"')
DAYS: Final = SQL(
    "SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid"
    " WHERE inhparent = 'vigil.pings'::regclass"
)


class PingPartitions:
    """`projections.pings.Pings` on PostgreSQL. Any thread may ask; writers take turns."""

    def __init__(self, engine: Engine) -> None:
        """engine : with psycopg; the migrations were run on its database"""
        self._engine = engine
        self._lock = Lock()
        with self._cursor() as cursor:
            self._days = _days(cursor)

    def write(self, pings: Sequence[Ping]) -> None:
        once = list({(ping.callsign, ping.at): ping for ping in pings}.values())
        if not once:
            return
        wanted = {_day(ping.at) for ping in once}
        with self._lock:
            try:
                self._write(once, wanted)
            except errors.CheckViolation:  # somebody else dropped a day that we thought was there
                self._days = set()
                self._write(once, wanted)

    def read(self, callsign: str, start: datetime, end: datetime) -> list[Ping]:
        with self._cursor() as cursor:
            return [_ping(row) for row in cursor.execute(READ, (callsign, start, end))]

    def latest(self) -> list[Ping]:
        with self._cursor() as cursor:
            return [_ping(row) for row in cursor.execute(LATEST)]

    def days(self) -> list[date]:
        with self._cursor() as cursor:
            return sorted(_days(cursor))

    def make_ready(self, days: Sequence[date]) -> None:
        with self._lock, self._cursor() as cursor:
            self._days = _days(cursor)
            self._see_to(cursor, days)

    def drop_before(self, day: date) -> list[date]:
        with self._lock, self._cursor() as cursor:
            old = sorted(each for each in _days(cursor) if each < day)
            for each in old:
                cursor.execute(SQL("DROP TABLE {}").format(_table(each)))
            self._days -= set(old)
        return old

    def _write(self, pings: Sequence[Ping], days: Iterable[date]) -> None:
        rows = binary_rows(pings)
        with self._cursor() as cursor:
            self._see_to(cursor, days)
            try:
                with cursor.connection.transaction(), cursor.copy(COPY) as copy:
                    copy.write(rows)
            except errors.UniqueViolation:
                cursor.execute(ASIDE)
                with cursor.copy(COPY_ASIDE) as copy:
                    copy.write(rows)
                cursor.execute(FROM_ASIDE)
            cursor.execute(MARK, _columns(_newest(pings)))

    def _see_to(self, cursor: "Cursor[Any]", days: Iterable[date]) -> None:
        """Make the days that are missing: apart, then attached, so that nobody who reads has to wait."""
        for day in sorted(set(days) - self._days):
            begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
            cursor.execute(
                SQL(
                    "CREATE TABLE IF NOT EXISTS {0} (LIKE vigil.pings);"
                    "ALTER TABLE vigil.pings ATTACH PARTITION {0} FOR VALUES FROM ({1}) TO ({2})"
                ).format(_table(day), Literal(begin), Literal(begin + timedelta(days=1)))
            )
            self._days.add(day)

    @contextmanager
    def _cursor(self) -> "Iterator[Cursor[Any]]":
        """One transaction on a connection of the pool; what fails is rolled back."""
        pooled = self._engine.raw_connection()
        try:
            raw: Connection[Any] = pooled.driver_connection  # type: ignore[assignment]
            with raw.transaction(), raw.cursor() as cursor:
                yield cursor
        finally:
            pooled.close()


def _newest(pings: Iterable[Ping]) -> list[Ping]:
    """One ping a unit, by callsign: writers that lock rows in one order never lock each other out."""
    newest: dict[str, Ping] = {}
    for ping in pings:
        if ping.callsign not in newest or ping.at > newest[ping.callsign].at:
            newest[ping.callsign] = ping
    return [newest[callsign] for callsign in sorted(newest)]


def _columns(pings: Sequence[Ping]) -> list[list[Any]]:
    return [[getattr(ping, name) for ping in pings] for name in COLUMNS]


def _days(cursor: "Cursor[Any]") -> set[date]:
    names = (DAY_TABLE.fullmatch(name) for (name,) in cursor.execute(DAYS))
    return {date(*map(int, parts.groups())) for parts in names if parts}


def _table(day: date) -> Identifier:
    return Identifier("vigil", f"pings_{day:%Y%m%d}")


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _ping(row: Sequence[Any]) -> Ping:
    callsign, at, *rest = row
    return Ping(callsign, at.astimezone(UTC), *rest)
