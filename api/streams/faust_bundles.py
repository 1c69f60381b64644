"""Faust's driver, handing on whole fetches, and committing what the host has kept.

Of itself Faust hands records on one by one, through two tasks, a queue and a stream each, and remembers
every one until it is acknowledged, in a list where a single gap stops all commits. Here an agent gets one
message a fetch, a bundle, and there is nothing to remember: a host that folds in order knows the place behind
the last record it kept.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from aiokafka import TopicPartition
from aiokafka.errors import CommitFailedError, ConsumerStoppedError, IllegalStateError
from aiokafka.structs import OffsetAndMetadata
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer
from faust.types import TP
from faust.types.tuples import ConsumerMessage

from api.streams.aiokafka_host import GATHER_BYTES, GATHER_MS
from api.streams.leaving import leave_reader

POLL_S = 1.0


class Bundle(ConsumerMessage):
    """What one fetch brought. For Faust it is a message of its first partition.

    handled : to be set when the records were worked on; before that no other bundle comes
    """

    __slots__ = ("handled", "records")

    def __init__(self, records: Mapping[TP, Sequence[Any]], generation: int) -> None:
        place = next(iter(records))
        last = records[place][-1]
        super().__init__(
            place.topic, place.partition, last.offset, last.timestamp / 1000, last.timestamp_type,
            headers=None, key=b"", value=b"", checksum=None, tp=place, generation_id=generation,
        )  # fmt: skip
        self.records = records
        self.handled = asyncio.Event()


class BundlingThread(AIOKafkaConsumerThread):
    """The part of the driver that runs beside the event loop."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_min_bytes, consumer._fetch_max_wait_ms = GATHER_BYTES, GATHER_MS
        return consumer

    async def on_thread_stop(self) -> None:
        """While Kafka is away, Faust's own way cancels itself, and the thread with a trace."""
        await super(AIOKafkaConsumerThread, self).on_thread_stop()
        if self._consumer is not None:
            await leave_reader(self._consumer)

    async def commit_kept(self, places: Mapping[TP, int]) -> bool:
        return bool(await self.call_thread(self._commit_kept, places))

    async def _commit_kept(self, places: Mapping[TP, int]) -> bool:
        try:
            await self._ensure_consumer().commit(
                {TopicPartition(*place): OffsetAndMetadata(at, "") for place, at in places.items()}
            )
        except (CommitFailedError, IllegalStateError):  # others have the partitions by now
            return False
        return True


class Bundling(Consumer):
    """The part of the driver that agents hear from."""

    _thread: BundlingThread
    _ends: Mapping[TP, int]

    async def _drain_messages(self, fetcher: Any) -> None:
        try:
            while not (self.should_stop or fetcher._stopped.is_set()):
                await asyncio.sleep(0)
                records, active = await self._wait_next_records(POLL_S)
                if not self.flow_active:
                    await self._go_back()
                else:
                    await self.hand_on(records, active)
        except (asyncio.CancelledError, ConsumerStoppedError):
            if not self.transport.app.should_stop:
                raise

    async def hand_on(self, records: Any, active: Any) -> None:
        """Until the agent has worked on them, or a rebalance takes them out of its hands."""
        ours = {place: some for place, some in (records or {}).items() if some and place in active}
        if ours:
            bundle = Bundle(ours, self.app.consumer_generation_id)
            await self.wait_first(self._give(bundle), self.suspend_flow.wait())

    async def _give(self, bundle: Bundle) -> None:
        await self.callback(bundle)
        await bundle.handled.wait()

    async def _go_back(self) -> None:
        """As Faust does where a rebalance began during a fetch."""
        try:
            await self.perform_seek()
        except Exception as fault:
            self.log.warning("Going back to the committed places failed: %r", fault)

    async def force_commit(self, topics: Any = None, start_new_transaction: bool = True) -> bool:
        """Faust's own commits: it knows nothing that could be committed."""
        return False

    async def commit_kept(self, places: Mapping[TP, int]) -> bool:
        """False where they are not ours any more. Raises KafkaError."""
        return await self._thread.commit_kept(places)

    async def highwaters(self, *places: TP) -> Mapping[TP, int]:
        self._ends = await super().highwaters(*places)
        return self._ends

    async def earliest_offsets(self, *places: TP) -> Mapping[TP, int]:
        """Faust asks this of the changelog alone, and is told that it has all of it.

        The host reads it itself: it knows which states count, and needs no message a record.
        """
        return {place: self._ends[place] for place in places}
