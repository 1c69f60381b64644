"""A region for tests: a broker with our topics, workers as processes, and what they left behind."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from api.streams.broker_settings import BrokerSettings
from api.streams.changelog import read_kept
from api.streams.set_up import Plan, set_up
from api.streams.shelves import SOURCES
from projections.streams.effects import Alert, BedsRow, FleetRow, HourRow, MinuteRow, Proposal, RegionRow
from projections.streams.messages import Tick
from projections.streams.plan import decoders, folds, tick_letter
from tests.stream_records import LIMITS, Outcome, Record

ROOT = Path(__file__).resolve().parents[1]
EFFECTS: Any = msgspec.json.Decoder(Alert | Proposal | FleetRow | MinuteRow | HourRow | BedsRow | RegionRow)
OUTPUTS = ("alerts", "fleet", "figures")


class StreamRegion:
    """Workers write to `folder`/worker-N.log. Close it, or they stay."""

    def __init__(self, address: str, folder: Path, prefix: str = "vigil.", partitions: int = 4) -> None:
        self.broker = BrokerSettings(address, prefix)
        self.partitions = partitions
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []

    def set_up(self) -> None:
        asyncio.run(set_up(self.broker, Plan(self.partitions, 1)))

    def start(self, host: str, **options: Any) -> "subprocess.Popen[bytes]":
        """options : as `tests.stream_worker` takes them."""
        log = (self.folder / f"worker-{len(self.workers)}.log").open("wb")
        order = [sys.executable, "-m", "tests.stream_worker", host, self.broker.address, self.broker.prefix]
        worker = subprocess.Popen(
            [*order, str(self.partitions), json.dumps(options)],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
        )
        self.workers.append(worker)
        return worker

    def kill(self, worker: "subprocess.Popen[bytes]") -> None:
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
                worker.wait()

    def publish(self, records: Sequence[Record], a_second: float | None = None) -> None:
        async def send() -> None:
            producer = AIOKafkaProducer(**self.broker.options(), linger_ms=2)
            await producer.start()
            try:
                waiting = []
                for number, record in enumerate(records):
                    topic = self.broker.topic(record.source)
                    waiting.append(await producer.send(topic, record.value, record.key.encode()))
                    if a_second and number % 10 == 9:
                        await asyncio.sleep(10 / a_second)
                await asyncio.gather(*waiting)
            finally:
                await producer.stop()

        asyncio.run(send())

    def tick(self, tick: Tick) -> None:
        async def send() -> None:
            producer = AIOKafkaProducer(**self.broker.options())
            await producer.start()
            try:
                for partition in range(self.partitions):
                    await producer.send_and_wait(
                        self.broker.topic("told"), tick_letter(tick), b"tick", partition
                    )
            finally:
                await producer.stop()

        asyncio.run(send())

    def drain(self, patience_s: float = 40.0) -> None:
        """Until all that was sent is committed, and nothing new came of it: that is sent before a commit."""
        until, quiet, before = time.monotonic() + patience_s, 0, None
        while quiet < 2:
            ends, committed = asyncio.run(self._places())
            behind = {
                place: (committed[place], end) for place, end in ends.items() if committed[place] != end
            }
            quiet = quiet + 1 if not behind and ends == before else 0
            before = ends
            if time.monotonic() > until:
                raise AssertionError(f"not drained: {behind}\n{self.logs()[-3000:]}")
            time.sleep(0.05)

    def outcome(self) -> Outcome:
        found = Outcome({})
        known = decoders(folds(LIMITS).values())
        kept = asyncio.run(read_kept(self.broker, dict.fromkeys(range(self.partitions))))
        for each in kept.values():
            for name, state in each.states.items():
                found.states[name] = known[name.partition("|")[0]].decode(state)
        for name in OUTPUTS:
            found.hear(EFFECTS.decode(value) for value in self.values(name))
        return found

    def values(self, name: str) -> list[bytes]:
        return [record.value for record in asyncio.run(self._read(name))]

    def records(self, name: str) -> list[Any]:
        return asyncio.run(self._read(name))

    def logs(self) -> str:
        return "\n".join(file.read_text() for file in sorted(self.folder.glob("worker-*.log")))

    async def _read(self, name: str) -> list[Any]:
        places = [TopicPartition(self.broker.topic(name), number) for number in range(self.partitions)]
        consumer = AIOKafkaConsumer(**self.broker.options(), auto_offset_reset="earliest")
        await consumer.start()
        found = []
        try:
            consumer.assign(places)
            ends = await consumer.end_offsets(places)
            while [place for place in places if await consumer.position(place) < ends[place]]:
                for records in (await consumer.getmany(timeout_ms=100)).values():
                    found += records
        finally:
            await consumer.stop()
        return found

    async def _places(self) -> tuple[dict[TopicPartition, int], dict[TopicPartition, int]]:
        places = [
            TopicPartition(self.broker.topic(name), number)
            for name in SOURCES
            for number in range(self.partitions)
        ]
        group = self.broker.topic("stream")
        consumer = AIOKafkaConsumer(**self.broker.options(), group_id=group, enable_auto_commit=False)
        await consumer.start()
        try:
            consumer.assign(places)
            ends = await consumer.end_offsets(places)
            committed = {place: await consumer.committed(place) or 0 for place in places}
        finally:
            await consumer.stop()
        return ends, committed
