"""After the storm: how long until every part stands where the log stands."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import httpx
import psycopg

from api.streams.broker_settings import BrokerSettings
from api.streams.checkpoint import read_checkpoint
from tests.chaos.pieces import Piece
from tests.chaos.told_back import limits_of_city, log_of, queues_of, untold
from tests.chaos.witness import Witness
from tests.chaos.world import CENTRE, World

PATIENCE_S = 180.0
QUIET_S = 12.0
"""Longer than the longest limit of these impatient people and the next look at the clock."""
MOST_ENDINGS = 5
"""Some end while what they need is away; in a calm nothing is, but for a moment."""


def catch_up(world: World) -> dict[str, float]:
    """Seconds that each part took, {"views": …, "tables": …, "kafka": …}. Raises AssertionError."""
    end = log_end(world)
    took = {
        "views": _until(world, lambda: live_views_stand_at(world) >= end, "the live views"),
        "tables": _until(world, lambda: tables_stand_at(world) >= end, "the PostGIS tables"),
    }
    if world.kafka is not None:
        took["kafka"] = _until(world, lambda: kafka_stands_at(world) >= end, "the relay")
    return took


def region_catches_up(world: World, witness: Witness, say: Callable[[str], None]) -> tuple[float, list[str]]:
    """Seconds until the region showed what the log says, and what it showed wrongly if it never did."""
    began, wrong, ended = time.monotonic(), witness.differences(), Counter[str]()
    while wrong and time.monotonic() - began < PATIENCE_S:
        say(f"the region is behind: {wrong[0][:400]}")
        ended.update(world.revive())
        if hopeless := never_stays(world.pieces, ended):
            return time.monotonic() - began, hopeless
        time.sleep(1.0)
        wrong = witness.differences()
    return time.monotonic() - began, wrong


def never_stays(pieces: Iterable[Piece], ended: Counter[str]) -> list[str]:
    """Parts that end again and again with nobody striking them, and their last words."""
    return [
        f"the {piece.name} ended {ended[piece.name]} times by itself: {piece.said().strip()[-300:]}"
        for piece in pieces
        if ended[piece.name] >= MOST_ENDINGS
    ]


def streams_fall_silent(world: World, say: Callable[[str], None]) -> tuple[float, list[str]]:
    """Seconds until each red alert was a note or answered, and which never was; with no more for a while."""
    began, count, changed, limits = time.monotonic(), -1, 0.0, limits_of_city(world.server.ground)
    while True:
        queues = queues_of(world)
        missing = list(untold(log_of(world), queues, datetime.now(UTC), limits))
        now, found = time.monotonic(), sum(bool(notice.incident_id) for queue in queues for notice in queue)
        if found != count:
            count, changed = found, now
        if not missing and now - changed >= QUIET_S:
            return changed - began, []
        if now - began >= PATIENCE_S:
            return now - began, missing or [f"the streams still find something, {count} things so far"]
        if missing:
            say(f"{len(missing)} of {count} things that were found are untold")
        world.revive()
        time.sleep(1.0)


def log_end(world: World) -> int:
    with psycopg.connect(world.database.libpq) as connection:
        row = connection.execute("SELECT max(notification_id) FROM vigil_log.dispatch_events").fetchone()
    assert row is not None
    return int(row[0])


def live_views_stand_at(world: World) -> int:
    try:
        return world.server.position()
    except httpx.HTTPError:
        return 0


def tables_stand_at(world: World) -> int:
    with psycopg.connect(world.database.libpq) as connection:
        row = connection.execute("SELECT max(seq) FROM vigil.tables_position").fetchone()
    return int(row[0] or 0) if row else 0


def kafka_stands_at(world: World) -> int:
    assert world.kafka is not None
    return asyncio.run(read_checkpoint(BrokerSettings(world.kafka.address), CENTRE)).seq


def _until(world: World, reached: Callable[[], bool], what: str) -> float:
    began = time.monotonic()
    while not reached():
        assert time.monotonic() - began < PATIENCE_S, f"{what} did not catch up within {PATIENCE_S:.0f} s"
        world.revive()  # as whoever runs them does: some end where what they need is away
        time.sleep(0.05)
    return time.monotonic() - began
