"""How soon after a save its event can be read from Kafka: one process saves steadily, this one relays.

The limit beside it is a bare transaction of one record of the same size, from its begin until the same
reader, who reads what is committed, has it.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiokafka import AIOKafkaConsumer, TopicPartition

from api.bench.rows import Figure, figure
from api.postgres.address import Address, as_url
from api.postgres.migrate import migrate
from api.streams.broker_settings import BrokerSettings
from api.streams.envelope import Outgoing
from api.streams.outlet import open_outlet
from api.streams.relay import Relay
from api.streams.relay_figures import RelayFigures
from api.streams.relay_lock import AdvisoryLock
from api.streams.relay_log import postgres_log_to_read
from dispatch.application import postgres_log

ROOT = Path(__file__).resolve().parents[2]
CENTRE, BARE = "lag", "bare"
RATE, SECONDS = 50, 12
WARM = 50
"""The first are not counted: connections are made then."""

Arrivals = dict[tuple[str, int], float]
"""(centre, place in the log): when its reader had it, in seconds of the machine's monotonic clock"""


def lag_figures(broker: BrokerSettings, address: Address) -> list[Figure]:
    """Seconds from the begin of a save until its event is read. Topics and a database must be there."""
    migrate(address)
    with postgres_log(address.libpq, most=2):
        pass  # makes the tables of the log
    return asyncio.run(_measured(broker, address))


async def _measured(broker: BrokerSettings, address: Address) -> list[Figure]:
    arrivals: Arrivals = {}
    async with _reading(broker, arrivals):
        bare = await _bare(broker)
        with postgres_log_to_read(address) as log:
            relay = Relay(log, broker, AdvisoryLock(address, CENTRE), RelayFigures(CENTRE))
            running = asyncio.create_task(relay.run())
            saved = await asyncio.to_thread(_saved, address)
            await _until_read(arrivals, (CENTRE, saved[-1][0]))
            relay.stop()
            await running
    limit = [arrivals[BARE, place] - began for place, began in bare]
    ours = [arrivals[CENTRE, place] - began for place, began in saved]
    return [figure(f"stream.save_to_reader_at_{RATE}", ours, ("bare transaction to reader", limit))]


@asynccontextmanager
async def _reading(broker: BrokerSettings, arrivals: Arrivals) -> AsyncIterator[None]:
    consumer = AIOKafkaConsumer(
        **broker.options(),
        isolation_level="read_committed",
        auto_offset_reset="latest",
        enable_auto_commit=False,
    )
    await consumer.start()
    topic = broker.topic("events")
    await consumer._client._wait_on_metadata(topic)
    places = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()]
    consumer.assign(places)
    await consumer.seek_to_end(*places)

    async def note() -> None:
        async for record in consumer:
            said = dict(record.headers)
            arrivals[said["centre"].decode(), int(said["seq"])] = time.monotonic()

    noting = asyncio.create_task(note())
    try:
        yield
    finally:
        noting.cancel()
        await consumer.stop()


async def _bare(broker: BrokerSettings) -> list[tuple[int, float]]:
    """(number, when it was begun) of transactions of one record."""
    outlet = await open_outlet(broker, BARE)
    sent = []
    try:
        began = time.monotonic()
        for number in range(1, RATE * SECONDS + WARM):
            await asyncio.sleep(max(0.0, began + number / RATE - time.monotonic()))
            headers = [("centre", BARE.encode()), ("seq", str(number).encode()), ("version", b"1")]
            sent.append((number, time.monotonic()))
            await outlet.send([Outgoing(number, b"%d" % number, b"x" * 400, headers, True)])
        await asyncio.sleep(1.0)
    finally:
        await outlet.close()
    return sent[WARM:]


def _saved(address: Address) -> list[tuple[int, float]]:
    """(place, when its save began) of facts that another process saved."""
    program = [
        sys.executable,
        "-m",
        "api.bench.projection_lag",
        as_url(address),
        str(RATE),
        str(SECONDS),
        "log",
    ]
    done = subprocess.run(program, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return [(place, began) for place, began, _ in json.loads(done.stdout)][WARM:]


async def _until_read(arrivals: Arrivals, last: tuple[str, int]) -> None:
    for _ in range(600):
        if last in arrivals:
            return
        await asyncio.sleep(0.05)
    raise RuntimeError("The relay did not follow.")
