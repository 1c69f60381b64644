"""After the storm: how long until every part stands where the log stands."""

import asyncio
import time
from collections.abc import Callable

import psycopg

from api.streams.broker_settings import BrokerSettings
from api.streams.checkpoint import read_checkpoint
from tests.chaos.world import CENTRE, World

PATIENCE_S = 180.0


def catch_up(world: World) -> dict[str, float]:
    """Seconds that each part took, {"views": …, "tables": …, "kafka": …}. Raises AssertionError."""
    end = log_end(world)
    took = {
        "views": _until(lambda: world.server.position() >= end, "the live views"),
        "tables": _until(lambda: tables_stand_at(world) >= end, "the PostGIS tables"),
    }
    if world.kafka is not None:
        took["kafka"] = _until(lambda: kafka_stands_at(world) >= end, "the relay")
    return took


def log_end(world: World) -> int:
    with psycopg.connect(world.database.libpq) as connection:
        row = connection.execute("SELECT max(notification_id) FROM vigil_log.dispatch_events").fetchone()
    assert row is not None
    return int(row[0])


def tables_stand_at(world: World) -> int:
    with psycopg.connect(world.database.libpq) as connection:
        row = connection.execute("SELECT max(seq) FROM vigil.tables_position").fetchone()
    return int(row[0] or 0) if row else 0


def kafka_stands_at(world: World) -> int:
    assert world.kafka is not None
    return asyncio.run(read_checkpoint(BrokerSettings(world.kafka.address), CENTRE)).seq


def _until(reached: Callable[[], bool], what: str) -> float:
    began = time.monotonic()
    while not reached():
        assert time.monotonic() - began < PATIENCE_S, f"{what} did not catch up within {PATIENCE_S:.0f} s"
        time.sleep(0.05)
    return time.monotonic() - began
