"""The streams on plain aiokafka: cheap, and every step in sight; `holding.py` does the rest."""

import asyncio
import logging
from collections.abc import Mapping
from time import monotonic
from typing import Any

from aiokafka import (
    AIOKafkaConsumer,
    ConsumerRebalanceListener,
    TopicPartition,
)
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import CommitFailedError

from api.streams.broker_clock import BrokerClock, Clock, now
from api.streams.broker_settings import BrokerSettings
from api.streams.holding import Batch, Holding, Pace
from api.streams.leaving import leave_reader
from api.streams.shelves import SOURCES
from api.streams.topics import LARGEST_RECORD
from api.streams.watchdog import CommitWatch, Place, Pulse, leave
from projections.streams.fold import Limits

log = logging.getLogger("vigil.streams")

GROUP = "stream"
USUAL = Pace()
BATCH = 2_000
WAIT_MS = 200
GATHER_MS = 10
"""How long the broker may wait for more records before it answers: fewer answers, each with more in it."""
GATHER_BYTES = 64 * 1024


class PlainWorker(ConsumerRebalanceListener):  # type: ignore[misc]
    """`await run(stop)`: until the event is set, or a fault: then start it anew."""

    def __init__(
        self, broker: BrokerSettings, limits: Limits, pace: Pace = USUAL, name: str = "", clock: Clock = now
    ) -> None:
        self._broker, self._pace, self._name = broker, pace, name
        self._holding = Holding(broker, limits, pace, self._commit)
        self._clock = BrokerClock(self._holding.outbox, clock)
        self.shelves = self._holding.shelves
        self._generation = 0
        self._consumer: Any = None
        self._fault: Exception | None = None
        self._stop, self._chores = asyncio.Event(), list[asyncio.Task[None]]()

    async def run(self, stop: asyncio.Event) -> None:
        """Raises KafkaError where the broker refuses what must not be lost, TakenOver where we came late,
        WrongClock where the broker has another time.
        """
        pulse, self._stop = Pulse(self._pace.patience_s), stop
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
            fetch_min_bytes=GATHER_BYTES,
            fetch_max_wait_ms=GATHER_MS,
        )
        await self._holding.outbox.start()
        try:
            self._consumer.subscribe([self._broker.topic(source) for source in SOURCES], listener=self)
            await self._consumer.start()
            self._holding.membership.listen(self._consumer._coordinator)
            pulse.start()
            works = (self._tick(), self._watch(pulse), self._holding.keep_on())
            self._chores = [asyncio.create_task(work) for work in works]
            while not stop.is_set():
                await self._fold_some()
                if fault := self._ends_with():
                    raise fault
            await self._holding.keep()
        finally:
            for chore in self._chores:
                chore.cancel()
            pulse.stop()
            await leave_reader(self._consumer)
            await self._holding.outbox.stop()

    async def _fold_some(self) -> None:
        found = await self._consumer.getmany(timeout_ms=WAIT_MS, max_records=BATCH)
        generation = self._generation  # not before: the fetch may have waited through an assignment
        batches = [Batch(place.topic, place.partition, records) for place, records in found.items()]
        await self._holding.fold(batches, lambda: generation == self._generation and not self._ends())

    def _ends(self) -> bool:
        return self._stop.is_set() or self._ends_with() is not None

    def _ends_with(self) -> BaseException | None:
        found = (chore.exception() for chore in self._chores if chore.done())
        return self._fault or next(filter(None, found), None)

    async def _commit(self, places: Mapping[Place, int]) -> bool:
        try:
            await self._consumer.commit({TopicPartition(*place): at for place, at in places.items()})
        except CommitFailedError:
            log.warning("Another worker has our partitions by now; it folds the last seconds again")
            return False
        return True

    # --- partitions come and go: aiokafka swallows what is raised here ----------------------------

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        try:
            await self._holding.let_go()
        except Exception as fault:
            self._fault = fault
        self._generation += 1

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        self._generation += 1
        if self._fault is not None:
            return  # one that is about to end takes nothing from others
        try:
            await self._holding.take({place.partition for place in assigned})
        except Exception as fault:
            self._fault = fault

    # --- beside the work ----------------------------------------------------------------------

    async def _tick(self) -> None:
        while self._pace.tick_s is not None:
            await asyncio.sleep(self._pace.tick_s)
            await self._clock.tick(self.shelves.partitions)

    async def _watch(self, pulse: Pulse) -> None:
        watch = CommitWatch(self._pace.patience_s)
        while True:
            await asyncio.sleep(self._pace.patience_s / 10)
            pulse.beat()
            if place := watch.stalled(self._holding.progress(), monotonic()):
                leave(f"Commits of {place[0]}/{place[1]} stand still")
