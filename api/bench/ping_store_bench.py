"""How fast pings are stored, beside the least that each database needs for the same rows."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import psycopg

from api.bench.rows import Figure, quantile
from api.postgres.address import Address
from api.postgres.engine import postgres_engine
from api.stores import sqlite_engine
from projections.ping_rows import COLUMNS, binary_rows
from projections.pings import open_pings
from projections.positions import Ping

BATCH = 5_000
ROUNDS = 8
UNITS = 140
BARE = (
    "callsign text, at timestamptz, lat float8, lon float8, speed_mps float8, heading_deg float8,"
    " accuracy_m float8"
)


def bench_storing(address: Address, folder: Path) -> list[Figure]:
    """Rows of `history.write` in PostgreSQL and SQLite, batches of 5,000, one commit a batch.

    address : a database that was migrated. The rivals take turns, so that a busy moment strikes both.
    """
    start = datetime.now(UTC) - timedelta(days=1)
    batches = [_batch(start, place) for place in range(ROUNDS)]
    postgres = open_pings(postgres_engine(address))
    sqlite = open_pings(sqlite_engine(folder / "telemetry.sqlite"))
    postgres.make_ready([(start + timedelta(days=day)).date() for day in range(3)])
    bare = _BareCopy(address)
    inserts = _BareInserts(folder / "bare.sqlite")
    rates: dict[str, list[float]] = {"copy": [], "postgres": [], "insert": [], "sqlite": []}
    for batch in batches:
        rates["copy"].append(_rate(bare.write, batch))
        rates["postgres"].append(_rate(postgres.write, batch))
        rates["insert"].append(_rate(inserts.write, batch))
        rates["sqlite"].append(_rate(sqlite.write, batch))
    bare.close()
    inserts.close()
    return [
        rate("telemetry.store_postgres", rates["postgres"], ("bare_copy", rates["copy"])),
        rate("telemetry.store_sqlite", rates["sqlite"], ("bare_insert", rates["insert"])),
        rate("telemetry.bare_copy", rates["copy"], None),
    ]


def rate(name: str, found: list[float], reference: tuple[str, list[float]] | None, n: int = 0) -> Figure:
    """A row of rates: ratio = ours / theirs. p99 is the slow end."""
    whose = reference[0] if reference else None
    theirs = quantile(reference[1], 0.5) if reference else None
    middle = quantile(found, 0.5)
    return Figure(
        name, n or len(found) * BATCH, "pings/s", max(found), middle, min(found), theirs, whose,
        middle / theirs if theirs else None,
    )  # fmt: skip


class _BareCopy:
    """The same bytes into a table without an index, a key or partitions."""

    def __init__(self, address: Address) -> None:
        self._line = psycopg.connect(address.libpq)
        self._line.execute(f"CREATE TABLE IF NOT EXISTS bare_pings ({BARE})")
        self._line.commit()

    def write(self, pings: list[Ping]) -> None:
        with self._line.cursor() as cursor, cursor.copy("COPY bare_pings FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(binary_rows(pings))
        self._line.commit()

    def close(self) -> None:
        self._line.execute("DROP TABLE bare_pings")
        self._line.commit()
        self._line.close()


class _BareInserts:
    def __init__(self, path: Path) -> None:
        self._line = sqlite3.connect(path)
        self._line.execute("PRAGMA journal_mode=WAL")
        self._line.execute("PRAGMA synchronous=NORMAL")
        self._line.execute(f"CREATE TABLE bare_pings ({', '.join(COLUMNS)})")

    def write(self, pings: list[Ping]) -> None:
        rows = [
            (p.callsign, p.at.timestamp(), p.lat, p.lon, p.speed_mps, p.heading_deg, p.accuracy_m)
            for p in pings
        ]
        self._line.executemany("INSERT INTO bare_pings VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._line.commit()

    def close(self) -> None:
        self._line.close()


def _batch(start: datetime, place: int) -> list[Ping]:
    first = start + timedelta(seconds=place * (BATCH // UNITS + 1))
    return [
        Ping(
            f"C{i % UNITS}", first + timedelta(seconds=i // UNITS), 10.77 + i * 1e-6, 106.69, 11.0, 90.0, 5.0
        )
        for i in range(BATCH)
    ]


def _rate(write: Callable[[list[Ping]], object], batch: list[Ping]) -> float:
    began = perf_counter()
    write(batch)
    return len(batch) / (perf_counter() - began)
