"""How soon after a save a map shows it: one process saves at a steady pace, this one fills the tables.

The limit beside it is a bare INSERT with NOTIFY in that process, heard by a bare LISTEN in this one.
Run as a program it is the one that saves: `python -m api.bench.projection_lag ADDRESS RATE SECONDS log|bare`.
"""

import json
import subprocess
import sys
import threading
import time
from bisect import bisect_left
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg

from api.bench.rows import Figure, figure
from api.postgis_projector import PostgisProjector
from api.postgres.address import Address, as_url, read_address
from api.postgres.migrate import migrate
from dispatch.application import postgres_log
from domain.unit import Unit
from domain.values import Act, Duty

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "lag"
UNITS = 40
WARM = 200
"""The first saves are not counted: connections and statements are made then."""

Saved = list[tuple[int, float, float]]
"""(place, when the save began, when it was answered), in seconds of the machine's monotonic clock"""


class Watched(PostgisProjector):
    """Notes when the tables reached which place."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)  # type: ignore[arg-type]
        self.places: list[int] = []
        self.moments: list[float] = []

    def _stand_at(self, position: int) -> None:
        self.moments.append(time.monotonic())
        self.places.append(position)
        super()._stand_at(position)

    def reached(self, place: int) -> float:
        return self.moments[bisect_left(self.places, place)]


def lag_figures(server: Address, rate: int, seconds: int) -> list[Figure]:
    """Seconds from the begin of a save, and from its answer, until the tables have it."""
    with psycopg.connect(server.libpq, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")
    address = server.other(DATABASE)
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION postgis")
        connection.execute("CREATE TABLE bare (n bigserial, state bytea)")
    migrate(address)
    bare = _heard(address, rate, seconds)
    with postgres_log(address.libpq, most=4) as log:
        projector = Watched(log, address)
        projector.start()
        try:
            saved = _saved(address, rate, seconds, "log")
            if not projector.wait_for(saved[-1][0], 30.0):
                raise RuntimeError("The tables did not follow.")
        finally:
            projector.stop()
    from_begin = [projector.reached(place) - began for place, began, _ in saved]
    from_answer = [max(0.0, projector.reached(place) - answered) for place, _, answered in saved]
    return [
        figure(f"projections.save_to_view_at_{rate}", from_begin, ("raw.notify_to_listen", bare)),
        figure(f"projections.answer_to_view_at_{rate}", from_answer, None),
    ]


def _heard(address: Address, rate: int, seconds: int) -> list[float]:
    """Seconds from the begin of a bare INSERT with NOTIFY until a bare LISTEN heard of it."""
    heard: dict[int, float] = {}
    ended = threading.Event()

    def listen() -> None:
        with psycopg.connect(address.libpq, autocommit=True) as connection:
            connection.execute("LISTEN bare")
            while not ended.is_set():
                for word in connection.notifies(timeout=0.2, stop_after=1):
                    heard[int(word.payload)] = time.monotonic()

    ears = threading.Thread(target=listen)
    ears.start()
    try:
        saved = _saved(address, rate, seconds, "bare")
        time.sleep(0.5)
    finally:
        ended.set()
        ears.join()
    return [heard[place] - began for place, began, _ in saved if place in heard]


def _saved(address: Address, rate: int, seconds: int, how: str) -> Saved:
    order = [sys.executable, "-m", "api.bench.projection_lag", as_url(address), str(rate), str(seconds), how]
    done = subprocess.run(order, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: Saved = [tuple(each) for each in json.loads(done.stdout)]
    return found[WARM:]


def save_steadily(address: Address, rate: int, seconds: int) -> Saved:
    saved: Saved = []
    with postgres_log(address.libpq, most=2) as log:
        units = [
            Unit(callsign=f"B{n}", kind="van", capabilities=(), station_id="bench", act=_act())
            for n in range(UNITS)
        ]
        log.record(*units)
        began = time.monotonic()
        for n in range(rate * seconds + WARM):
            _await(began + n / rate)
            unit = units[n % UNITS]
            unit.sign(Duty.OFF_DUTY if unit.duty == Duty.ON_DUTY else Duty.ON_DUTY, None, _act())
            at = time.monotonic()
            saved.append((log.record(unit), at, time.monotonic()))
    return saved


def insert_steadily(address: Address, rate: int, seconds: int) -> Saved:
    saved: Saved = []
    with psycopg.connect(address.libpq, autocommit=True, prepare_threshold=1) as connection:
        began = time.monotonic()
        for n in range(rate * seconds + WARM):
            _await(began + n / rate)
            at = time.monotonic()
            with connection.pipeline(), connection.transaction():
                connection.execute("INSERT INTO bare (state) VALUES (%s)", (b"x" * 200,))
                connection.execute(f"NOTIFY bare, '{n}'")
            saved.append((n, at, time.monotonic()))
    return saved


def _act() -> Act:
    now = datetime.now(UTC)
    return Act(now, now, "bench", uuid4(), uuid4())


def _await(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


if __name__ == "__main__":
    where, pace, lasting, which = sys.argv[1:]
    work = save_steadily if which == "log" else insert_steadily
    print(json.dumps(work(read_address(where), int(pace), int(lasting))))
