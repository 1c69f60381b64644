"""Where units have been, in SQLite: one table a day, so that old days leave at once; and where each was last.

Days are those of UTC. Moments are stored as whole microseconds since 1970, which sort and never round.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from re import compile as pattern
from threading import Lock
from typing import Any

from sqlalchemy import BigInteger, Column, Engine, Float, MetaData, String, Table, inspect, select

from projections.positions import Ping

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
VALUES = "(callsign, at, lat, lon, speed_mps, heading_deg, accuracy_m) VALUES (?, ?, ?, ?, ?, ?, ?)"
MARK = (
    f"INSERT INTO latest_pings {VALUES} ON CONFLICT (callsign) DO UPDATE SET at = excluded.at,"
    " lat = excluded.lat, lon = excluded.lon, speed_mps = excluded.speed_mps,"
    " heading_deg = excluded.heading_deg, accuracy_m = excluded.accuracy_m"
    " WHERE latest_pings.at < excluded.at"
)
Stored = tuple[str, int, float, float, float | None, float | None, float | None]
DAY_TABLE = pattern(r"pings_(\d{4})(\d{2})(\d{2})")


class PingHistory:
    """`projections.pings.Pings` in a SQLite file: tables `pings_YYYYMMDD` and `latest_pings`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._metadata = MetaData()
        self._latest = Table("latest_pings", self._metadata, *_columns(many_a_unit=False))
        self._latest.create(engine, checkfirst=True)
        self._days: dict[date, Table] = {}
        self._lock = Lock()
        for name in inspect(engine).get_table_names():
            if parts := DAY_TABLE.fullmatch(name):
                year, month, day = map(int, parts.groups())
                self._table(date(year, month, day))

    def write(self, pings: Sequence[Ping]) -> None:
        """Store a batch in one transaction, in any order. A ping stored before changes nothing."""
        by_day: dict[date, list[Stored]] = {}
        newest: dict[str, Ping] = {}
        for ping in pings:
            by_day.setdefault(_day(ping.at), []).append(_stored(ping))
            if ping.callsign not in newest or ping.at > newest[ping.callsign].at:
                newest[ping.callsign] = ping
        with self._lock, self._engine.begin() as connection:
            for day, rows in by_day.items():
                table = self._table(day)
                table.create(connection, checkfirst=True)
                # Straight to the driver: with a dictionary a row it would take twice as long.
                connection.exec_driver_sql(f"INSERT INTO {table.name} {VALUES} ON CONFLICT DO NOTHING", rows)
            if newest:
                connection.exec_driver_sql(MARK, [_stored(ping) for ping in newest.values()])

    def read(self, callsign: str, start: datetime, end: datetime) -> list[Ping]:
        """The unit's pings with start <= at < end, in order of their own time."""
        found: list[Ping] = []
        with self._lock, self._engine.connect() as connection:
            for day in sorted(self._days):
                if not _day(start) <= day <= _day(end):
                    continue
                table = self._days[day]
                within = table.c.at.between(_microseconds(start), _microseconds(end) - 1)
                wanted = select(table).where(table.c.callsign == callsign, within).order_by(table.c.at)
                found.extend(_ping(row) for row in connection.execute(wanted))
        return found

    def latest(self) -> list[Ping]:
        """The last marker of each unit, ordered by callsign: positions survive a restart."""
        with self._engine.connect() as connection:
            wanted = select(self._latest).order_by(self._latest.c.callsign)
            return [_ping(row) for row in connection.execute(wanted)]

    def days(self) -> list[date]:
        """The days that are kept, oldest first."""
        with self._lock:
            return sorted(self._days)

    def make_ready(self, days: Sequence[date]) -> None:
        """Make the tables of these days ahead of their time."""
        with self._lock, self._engine.begin() as connection:
            for day in days:
                self._table(day).create(connection, checkfirst=True)

    def drop_before(self, day: date) -> list[date]:
        """Forget every day before `day`; the days dropped. Markers stay, however old."""
        with self._lock, self._engine.begin() as connection:
            old = sorted(each for each in self._days if each < day)
            for each in old:
                self._days[each].drop(connection, checkfirst=True)
            for each in old:
                self._metadata.remove(self._days.pop(each))
        return old

    def _table(self, day: date) -> Table:
        if day not in self._days:
            columns = _columns(many_a_unit=True)
            self._days[day] = Table(f"pings_{day:%Y%m%d}", self._metadata, *columns, sqlite_with_rowid=False)
        return self._days[day]


def _columns(many_a_unit: bool) -> list[Column[Any]]:
    return [
        Column("callsign", String(20), primary_key=True),
        Column("at", BigInteger, primary_key=many_a_unit, nullable=False, autoincrement=False),
        Column("lat", Float(53), nullable=False),
        Column("lon", Float(53), nullable=False),
        Column("speed_mps", Float(53)),
        Column("heading_deg", Float(53)),
        Column("accuracy_m", Float(53)),
    ]


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _microseconds(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def _stored(ping: Ping) -> Stored:
    at = _microseconds(ping.at)
    return ping.callsign, at, ping.lat, ping.lon, ping.speed_mps, ping.heading_deg, ping.accuracy_m


def _ping(row: Any) -> Ping:
    return Ping(
        callsign=row.callsign,
        at=EPOCH + row.at * MICROSECOND,
        lat=row.lat,
        lon=row.lon,
        speed_mps=row.speed_mps,
        heading_deg=row.heading_deg,
        accuracy_m=row.accuracy_m,
    )
