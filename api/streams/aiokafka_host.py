"""The streams on plain aiokafka: cheap, and every step in sight.

Each batch is folded at once; then its effects and changed states are sent, and only when the broker has all
of them is the place committed. A worker that dies in between is followed by one that folds some records
again, which changes nothing.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from aiokafka import (
    AIOKafkaConsumer,
    ConsumerRebalanceListener,
    ConsumerRecord,
    TopicPartition,
)
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import CommitFailedError

from api.streams.broker_settings import BrokerSettings
from api.streams.changelog import kept_states
from api.streams.leaving import leave_reader
from api.streams.outbox import Outbox
from api.streams.shelves import SOURCES, Heard, Shelves, tick_record
from api.streams.sinks import Sent
from api.streams.topics import LARGEST_RECORD
from api.streams.watchdog import CommitWatch, Place, Progress, Pulse, leave
from projections.streams.fold import Limits
from projections.streams.messages import Tick

log = logging.getLogger("vigil.streams")

GROUP = "stream"
BATCH = 2_000
WAIT_MS = 200
COMMIT_EVERY_S = 1.0
Batch = Mapping[TopicPartition, Sequence[ConsumerRecord]]


@dataclass(frozen=True, slots=True)
class Pace:
    """tick_s : between two ticks, None for none (a test sends its own). patience_s : until it leaves."""

    tick_s: float | None = 1.0
    session_s: float = 12.0
    patience_s: float = 30.0
    linger_ms: int = 5


class PlainWorker(ConsumerRebalanceListener):  # type: ignore[misc]
    """`await run(stop)`: until the event is set, or a fault: then start it anew."""

    def __init__(self, broker: BrokerSettings, limits: Limits, pace: Pace = Pace(), name: str = "") -> None:
        self._broker, self._pace, self._name = broker, pace, name
        self.shelves = Shelves(limits)
        self._worked: dict[TopicPartition, int] = {}
        self._committed: dict[TopicPartition, int] = {}
        self._folding = asyncio.Lock()
        self._generation = 0
        self._committed_at = 0.0
        self._consumer: Any = None
        self._outbox = Outbox(broker, pace.linger_ms)

    async def run(self, stop: asyncio.Event) -> None:
        """Raises KafkaError where the broker refuses what must not be lost."""
        pulse = Pulse(self._pace.patience_s)
        self._consumer = AIOKafkaConsumer(
            **self._broker.options(),
            group_id=self._broker.topic(GROUP),
            group_instance_id=self._name or None,
            partition_assignment_strategy=[RangePartitionAssignor],  # partition 3 of each topic to one worker
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            session_timeout_ms=int(self._pace.session_s * 1000),
            heartbeat_interval_ms=int(self._pace.session_s * 250),
            max_partition_fetch_bytes=LARGEST_RECORD,
        )
        await self._outbox.start()
        chores: list[asyncio.Task[None]] = []
        try:
            self._consumer.subscribe([self._broker.topic(source) for source in SOURCES], listener=self)
            await self._consumer.start()
            pulse.start()
            chores = [asyncio.create_task(self._tick()), asyncio.create_task(self._watch(pulse))]
            while not stop.is_set():
                generation = self._generation
                batch = await self._consumer.getmany(timeout_ms=WAIT_MS, max_records=BATCH)
                async with self._folding:
                    if generation == self._generation:
                        await self._fold(batch)
                for chore in chores:
                    if chore.done():
                        chore.result()
            async with self._folding:
                await self._commit(now=True)
        finally:
            for chore in chores:
                chore.cancel()
            pulse.stop()
            await leave_reader(self._consumer)
            await self._outbox.stop()

    async def _fold(self, batch: Batch) -> None:
        touched: set[int] = set()
        sending: list[Sent] = []
        prefix = len(self._broker.prefix)
        for place, records in batch.items():
            if place.partition not in self.shelves.partitions:
                continue
            touched.add(place.partition)
            topic = place.topic[prefix:]
            for record in records:
                heard = Heard(topic, place.partition, record.offset, record.key, record.value)
                sending += self.shelves.hear(heard)
            self._worked[place] = records[-1].offset + 1
        for partition in touched:
            sending += self.shelves.changed(partition)
        await self._outbox.send(sending)
        await self._commit()

    async def _commit(self, now: bool = False) -> None:
        if not now and monotonic() - self._committed_at < COMMIT_EVERY_S:
            return
        self._committed_at = monotonic()
        news = {place: at for place, at in self._worked.items() if self._committed.get(place) != at}
        if not news:
            return
        try:
            await self._consumer.commit(news)
            self._committed.update(news)
        except CommitFailedError:
            log.warning("Another worker has our partitions by now; it folds the last second again")

    # --- partitions come and go ---------------------------------------------------------------

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        async with self._folding:
            self._generation += 1
            await self._commit(now=True)
            self.shelves.close(self.shelves.partitions)
            self._worked.clear()
            self._committed.clear()

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        async with self._folding:
            self._generation += 1
            began = monotonic()
            partitions = {place.partition for place in assigned}
            kept = await kept_states(self._broker, partitions)
            for partition, states in kept.items():
                self.shelves.open(partition, states)
            count = sum(len(states) for states in kept.values())
            log.info("Partitions %s, %d states in %.1f s", sorted(partitions), count, monotonic() - began)

    # --- beside the work ----------------------------------------------------------------------

    async def _tick(self) -> None:
        while self._pace.tick_s is not None:
            await asyncio.sleep(self._pace.tick_s)
            tick = Tick(datetime.now(UTC))
            await self._outbox.send(
                [tick_record(partition, tick) for partition in sorted(self.shelves.partitions)]
            )

    async def _watch(self, pulse: Pulse) -> None:
        watch = CommitWatch(self._pace.patience_s)
        while True:
            await asyncio.sleep(self._pace.patience_s / 10)
            pulse.beat()
            if place := watch.stalled(self.progress(), monotonic()):
                leave(f"Commits of {place[0]}/{place[1]} stand still")

    def progress(self) -> dict[Place, Progress]:
        return {
            (place.topic, place.partition): Progress(at, self._committed.get(place))
            for place, at in self._worked.items()
        }
