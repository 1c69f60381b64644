"""`vigil bench telemetry`: how many position reports a centre takes, and how soon they are seen."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from api.accounts.store import FILE_NAME as ACCOUNTS
from api.bench.line import Line
from api.bench.mosquitto import PASSWORD, USER, Mosquitto, NoMosquitto
from api.bench.peopled import city_with
from api.bench.ping_flood import HERE
from api.bench.ping_store_bench import bench_storing, rate
from api.bench.rows import Figure, figure
from api.bench.server import running_server
from api.ingest.devices import book_of_devices
from api.postgres.address import Address, as_url
from api.postgres.binaries import find_binaries
from api.postgres.cluster import Cluster
from api.postgres.engine import postgres_engine
from api.postgres.migrate import migrate
from api.stores import sqlite_engine

UNITS = 140
HTTP_PINGS, MQTT_PINGS, BATCH = 60_000, 20_000, 500
PACE = 1_000
SEEN = 200
ORDERS = 200
Say = Callable[[str], None]


@dataclass(slots=True)
class Bench:
    """A running server, and what stands beside it. `next_s` is a second that no report was of yet."""

    line: Line
    engine: Engine
    mosquitto: Mosquitto | None
    units: list[str]
    next_s: int

    def stored(self) -> int:
        """How many pings its history holds."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                return int(connection.execute(text("SELECT count(*) FROM vigil.pings")).scalar_one())
            days = "SELECT name FROM sqlite_master WHERE name LIKE 'pings_2%'"
            names = connection.execute(text(days)).scalars().all()
            counts = (connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names)
            return sum(int(count) for count in counts)


def bench_telemetry(cities: Path, say: Say) -> list[Figure]:
    """On the drawn town of the demonstration with 140 units; PostgreSQL syncs as it does by default.

    Reference of all rates: a bare COPY of the same rows in the same run (PostgreSQL), bare INSERTs (SQLite).
    """
    rows = []
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as scratch:
        folder = Path(scratch)
        town = city_with(UNITS, cities / "demo", folder / "cities")
        with ExitStack() as stack:
            address = _database(stack, folder, say)
            copied = inserted = None
            if address is not None:
                say("Storing beside a bare COPY ...")
                storing = bench_storing(address, folder)
                rows += storing
                copied = ("bare_copy", [storing[2].p50])
                inserted = ("bare_insert", [storing[1].reference or 0.0])
            for database, reference in ((address, copied), (None, inserted)):
                if database is None or address is not None:
                    where = "sqlite" if database is None else "postgres"
                    rows += _of_server(folder / where, folder / "cities", town, database, reference, say)
            if address is None:
                say("There is no PostgreSQL with PostGIS here: only SQLite was measured.")
    return rows


def _database(stack: ExitStack, folder: Path, say: Say) -> Address | None:
    if find_binaries() is None:
        return None
    say("Making a PostgreSQL ...")
    cluster = Cluster(folder / "cluster")
    stack.callback(cluster.stop)
    address = cluster.start()
    migrate(address)
    return address


def _of_server(
    folder: Path,
    cities: Path,
    town: str,
    database: Address | None,
    reference: tuple[str, list[float]] | None,
    say: Say,
) -> list[Figure]:
    where = "sqlite" if database is None else "postgres"
    with _bench(folder, cities, town, database, say) as bench:
        say(f"Orders on {where}, quiet and in a flood ...")
        quiet = _orders(bench)
        flooded = _beside(bench, HTTP_PINGS, BATCH, lambda: _orders(bench), pace=None)
        say(f"Pings into {where}, by HTTP ...")
        rows = [
            rate(
                f"telemetry.http_{where}",
                [_flood(bench, "http", HTTP_PINGS, BATCH)],
                reference,
                n=HTTP_PINGS,
            )
        ]
        if bench.mosquitto is not None:
            say("... by MQTT ...")
            found = [_flood(bench, "mqtt", MQTT_PINGS, 1)]
            rows.append(rate(f"telemetry.mqtt_{where}", found, reference, n=MQTT_PINGS))
        say(f"... and how soon one is seen, at {PACE} a second ...")
        seen = _beside(bench, 60 * PACE, 10, lambda: _seen(bench), pace=PACE)
        return [
            *rows,
            figure(f"telemetry.seen_{where}", seen, None),
            figure(f"telemetry.order_in_quiet_{where}", quiet, None),
            figure(f"telemetry.order_in_flood_{where}", flooded, ("order_in_quiet", quiet)),
        ]


@contextmanager
def _bench(folder: Path, cities: Path, town: str, database: Address | None, say: Say) -> Iterator[Bench]:
    data = folder / "data"
    data.mkdir(parents=True)
    also = ["--db", as_url(database)] if database is not None else []
    environment = dict(os.environ)
    with ExitStack() as stack:
        mosquitto = None
        try:
            mosquitto = Mosquitto(folder / "mosquitto").start()
            stack.callback(mosquitto.stop)
            also += ["--mqtt", f"127.0.0.1:{mosquitto.port}"]
            environment |= {"VIGIL_MQTT_USER": USER, "VIGIL_MQTT_PASSWORD": PASSWORD}
        except NoMosquitto as reason:
            say(f"Nothing by MQTT: {reason}")
        client = stack.enter_context(running_server(data, cities, town, None, also, environment))
        token = client.headers["authorization"].split()[1]
        line = stack.enter_context(Line(client.base_url.host, client.base_url.port or 80, token))
        units = [row["callsign"] for row in line.ask("GET", "/api/v1/units")]
        book = book_of_devices(database or data / ACCOUNTS)
        for callsign in units:
            book.add_topic(callsign, f"bench/{callsign}")
        book.stop()
        engine = postgres_engine(database, 1) if database else sqlite_engine(data / "telemetry.sqlite")
        stack.callback(engine.dispose)
        time.sleep(6)  # until the server has read the book again
        first = datetime.now(UTC) - timedelta(days=2)
        yield Bench(line, engine, mosquitto, units, int(first.timestamp()))


def _flood(bench: Bench, way: str, number: int, batch: int) -> float:
    """Pings a second, from the first one sent until all are stored."""
    before = bench.stored()
    with _loader(bench, way, number, batch, None) as go:
        began = time.perf_counter()
        go()
        while bench.stored() < before + number:
            if time.perf_counter() - began > 300:
                raise RuntimeError(f"Of {number} pings {bench.stored() - before} were stored.")
            time.sleep(0.05)
        return number / (time.perf_counter() - began)


def _beside(
    bench: Bench, number: int, batch: int, work: Callable[[], list[float]], pace: int | None
) -> list[float]:
    """What `work` measures while reports come by HTTP, so many a second or as many as are taken."""
    with _loader(bench, "http", number, batch, pace) as go:
        go()
        time.sleep(0.3)
        return work()


@contextmanager
def _loader(
    bench: Bench, way: str, number: int, batch: int, pace: int | None
) -> Iterator[Callable[[], None]]:
    """A process that has all its messages ready and sends them when it is told to."""
    order: dict[str, Any] = {
        **bench.line.whereabouts(), "way": way, "units": bench.units, "first_s": bench.next_s,
        "number": number, "batch": batch, "pace": pace,
    }  # fmt: skip
    if pace is not None:
        order["first_s"] = bench.next_s = max(bench.next_s, int(time.time()) - 3_600)
    if way == "mqtt" and bench.mosquitto is not None:
        order |= {"port": bench.mosquitto.port, "user": USER, "password": PASSWORD}
    # A pause, or nobody would believe the way from the end of one round to the start of the next.
    bench.next_s += number // len(bench.units) + 60
    words = [sys.executable, "-m", "api.bench.ping_flood"]
    loader = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert loader.stdin is not None
    assert loader.stdout is not None
    try:
        loader.stdin.write(json.dumps(order) + "\n")
        loader.stdin.flush()
        loader.stdout.readline()

        def go() -> None:
            assert loader.stdin is not None
            loader.stdin.write("go\n")
            loader.stdin.flush()

        yield go
    finally:
        loader.kill()
        loader.wait()


def _seen(bench: Bench) -> list[float]:
    """Seconds from sending a ping of one unit until /units tells of it, asked again and again."""
    unit = bench.units[0]
    took = []
    question = bench.line.request("GET", "/api/v1/units")
    for place in range(SEEN):
        at = datetime.now(UTC)
        ping = {"callsign": unit, "at": at.isoformat(), "lat": HERE[0] + place * 1e-6, "lon": HERE[1]}
        request = bench.line.request("POST", "/api/v1/pings", [ping])
        began = time.perf_counter()
        bench.line.send(request)
        while not _tells(bench.line.send(question), unit, at):
            if time.perf_counter() - began > 10:
                raise RuntimeError("A ping was never seen.")
        took.append(time.perf_counter() - began)
        time.sleep(0.02)
    return took


def _tells(answer: bytes, unit: str, at: datetime) -> bool:
    row = next(row for row in json.loads(answer) if row["callsign"] == unit)
    return row["position"] is not None and datetime.fromisoformat(row["position"]["at"]) >= at


def _orders(bench: Bench) -> list[float]:
    """Seconds of orders that go through the log, by a dispatcher, one after the other."""
    took = []
    for place in range(ORDERS):
        status = "off_duty" if place % 2 else "on_duty"
        path = f"/api/v1/units/{bench.units[place % 40]}/duty"
        request = bench.line.request("POST", path, {"status": status, "reason": "bench"})
        began = time.perf_counter()
        bench.line.send(request)
        took.append(time.perf_counter() - began)
    return took
