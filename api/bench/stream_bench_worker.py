"""One worker of a benchmark as a process: it folds pings and tells how many, and how late.

    python -m api.bench.stream_bench_worker bare|plain|faust|rows ADDRESS PREFIX PARTITIONS FOLDER

FOLDER is for what Faust writes; whoever starts the worker removes it, for it is ended by a kill.

A line of JSON each quarter second: {"at", "heard", "cpu_s", "lags_ms", "marks"}; `at` is the wall clock's, so
that the lines of two workers can be laid side by side. A lag is from the time in the ping to when its states
were changed; of one ping in five, since telling costs, too. `rows` reads the fleet: there a lag is from the
time of the ping to when its unit's row was read.
"""

import asyncio
import json
import sys
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from aiokafka import AIOKafkaConsumer, TopicPartition

from api.streams.aiokafka_host import PlainWorker
from api.streams.broker_settings import BrokerSettings
from api.streams.holding import Pace
from api.streams.shelves import Heard, Shelves
from projections.streams.effects import FleetRow
from projections.streams.fold import Limits
from projections.streams.messages import Ping
from projections.streams.plan import SEED

EVERY_S = 0.25
MARK = 200
SAMPLE = 5
NO_CLOCK = Pace(tick_s=None)


class Count:
    """What was heard, told by a thread of its own."""

    def __init__(self) -> None:
        self.heard = 0
        self.lags_ms: list[float] = []
        self.marks: list[tuple[float, int, float]] = []
        self._when = msgspec.json.Decoder(Ping)
        threading.Thread(target=self._tell, daemon=True).start()

    def ping(self, value: bytes | None) -> None:
        if value is None or value == SEED:
            return
        self.heard += 1
        if self.heard % MARK == 0:
            self.marks.append((time.time(), self.heard, time.process_time()))
        if self.heard % SAMPLE == 0:
            self.lag(self._when.decode(value).at)

    def lag(self, at: datetime) -> None:
        self.lags_ms.append(1000 * (time.time() - at.timestamp()))

    def _tell(self) -> None:
        while True:
            time.sleep(EVERY_S)
            lags, self.lags_ms = self.lags_ms, []
            marks, self.marks = self.marks, []
            line = {"at": time.time(), "heard": self.heard, "cpu_s": time.process_time(), "marks": marks}
            print(json.dumps({**line, "lags_ms": [round(lag, 2) for lag in lags]}), flush=True)


def watch(shelves: Shelves, count: Count) -> None:
    """Let the count hear of each ping that was folded."""
    fold = shelves.hear

    def hear(record: Heard) -> Any:
        sending = fold(record)
        if record.topic == "pings":
            count.ping(record.value)
        return sending

    shelves.hear = hear  # type: ignore[method-assign]


async def bare(broker: BrokerSettings, count: Count) -> None:
    """Read, decode, and remember the last of each unit: less cannot be done."""
    consumer = AIOKafkaConsumer(
        broker.topic("pings"),
        **broker.options(),
        group_id=broker.topic("bare"),
        auto_offset_reset="earliest",
        enable_auto_commit=True,
    )
    await consumer.start()
    decoder, last = msgspec.json.Decoder(Ping), dict[str, Ping]()
    while True:
        for records in (await consumer.getmany(timeout_ms=200, max_records=2000)).values():
            for record in records:
                if record.value != SEED:
                    ping = decoder.decode(record.value)
                    last[ping.callsign] = ping
                    count.ping(record.value)


async def rows(broker: BrokerSettings, partitions: int, count: Count) -> None:
    """Whoever shows the fleet: a reader without a group, from now on."""
    consumer = AIOKafkaConsumer(**broker.options(), auto_offset_reset="earliest")
    await consumer.start()
    consumer.assign([TopicPartition(broker.topic("fleet"), number) for number in range(partitions)])
    decoder = msgspec.json.Decoder(FleetRow)
    async for record in consumer:
        row = decoder.decode(record.value)
        count.heard += 1
        if row.at is not None:
            count.lag(row.at)


def main(host: str, address: str, prefix: str, partitions: str, folder: str) -> None:
    broker, count = BrokerSettings(address, prefix), Count()
    match host:
        case "bare":
            asyncio.run(bare(broker, count))
        case "rows":
            asyncio.run(rows(broker, int(partitions), count))
        case "plain":
            worker = PlainWorker(broker, Limits(), NO_CLOCK)
            watch(worker.shelves, count)

            async def run() -> None:
                await worker.run(asyncio.Event())

            asyncio.run(run())
        case _:
            import faust

            from api.streams.faust_host import FaustWorker

            on_faust = FaustWorker(broker, Limits(), NO_CLOCK, int(partitions))
            watch(on_faust.shelves, count)
            app = on_faust.app
            app.conf.datadir = Path(folder)
            faust.Worker(app, override_logging=False, redirect_stdouts=False).execute_from_commandline()


if __name__ == "__main__":
    main(*sys.argv[1:])
