"""What a centre sees of its region in Kafka: how far its log was relayed, and how the workers get on.

Seen from outside, so that a relay or a worker that hangs or is gone is noticed by somebody else. The workers'
ticks are their heartbeat: each sends one a second to every partition it holds.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

import msgspec
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from api.streams.admin import admin
from api.streams.broker_settings import BrokerSettings
from api.streams.checkpoint import Checkpoint
from api.streams.group_pace import GroupPace
from api.streams.leaving import leave_reader
from api.streams.presence import PresenceTeller
from projections.unreadable import UNREADABLE

log = logging.getLogger("vigil.kafka")

EVERY_S = 2.0
ANSWER_S = 10.0
LONGEST_PAUSE_S = 15.0
TICKED, TIMED = "told", ("told", "pings")
"""The topic of the ticks; those without transactions, whose ends are always records."""


@dataclass(frozen=True, slots=True)
class Seen:
    """relayed : place of the last event of this log that was relayed, 0 for none
    waiting, lag_s : records that the workers have not committed, and how long the oldest has stood there
    silent_s : for how long a partition heard no tick of a worker
    relay_silent_s : for how long the relay said nothing, None where it never says when it spoke
    """

    relayed: int
    waiting: int
    lag_s: float
    silent_s: float
    relay_silent_s: float | None = None


class RegionWatch:
    """A part of the telemetry. seen : None until Kafka answered; answers : it does now.

    It also tells the region that the centre is there.
    """

    def __init__(self, broker: BrokerSettings, centre: str, alive: Callable[[], bool] = lambda: True) -> None:
        """alive : whether the centre serves its desks"""
        self._broker, self._centre = broker, centre
        self._pace, self._relayed = GroupPace(), 0
        self._heard_up_to = -1
        self._spoke_at: float | None = None
        self._complained = ""
        self._stopping = threading.Event()
        self._teller = PresenceTeller(broker, centre, alive, self._stopping)
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._watch_and_tell()), name="region-watch", daemon=True
        )
        self.seen: Seen | None = None
        self.answers = False

    def start(self) -> None:
        self._thread.start()

    def tend(self) -> None:
        """It looks after itself."""

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    async def _watch_and_tell(self) -> None:
        await asyncio.gather(self._run(), self._teller.run())

    async def _run(self) -> None:
        pause_s = EVERY_S
        while not self._stopping.is_set():
            try:
                await self._watch()
            except (KafkaError, OSError, TimeoutError) as fault:
                if self.answers or pause_s == EVERY_S:
                    log.warning(
                        "Kafka at %s does not tell how the region is: %r", self._broker.address, fault
                    )
                pause_s = EVERY_S if self.answers else min(2 * pause_s, LONGEST_PAUSE_S)
            except Exception:
                log.exception("The region could not be looked at; trying again")
            self.answers = False
            await self._rest(pause_s)

    async def _watch(self) -> None:
        """Until it is stopped. Raises what the broker says, or TimeoutError."""
        consumer = AIOKafkaConsumer(
            **self._broker.options(),
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
        )
        relay = TopicPartition(self._broker.topic("relay"), 0)
        try:
            async with asyncio.timeout(ANSWER_S):
                await consumer.start()
            consumer.assign([relay])
            await consumer.seek_to_beginning(relay)
            async with admin(self._broker) as client:
                while not self._stopping.is_set():
                    await self._look(consumer, relay, client)
                    self.answers = True
                    await self._rest(EVERY_S)
        finally:
            await leave_reader(consumer)

    async def _look(
        self, consumer: AIOKafkaConsumer, relay: TopicPartition, client: AIOKafkaAdminClient
    ) -> None:
        places = await self._places(client)
        async with asyncio.timeout(ANSWER_S):
            ends = await consumer.end_offsets([relay, *places])
        self._heard_up_to = min(self._heard_up_to, ends[relay] - 1)  # less where the topic was made anew
        while True:
            found = await consumer.getmany(relay, timeout_ms=200)
            for record in found.get(relay, []):
                if record.key == self._centre.encode():
                    self._hear_relay(record, monotonic())
            if not found:
                break
        ends.pop(relay)
        asked = client.list_consumer_group_offsets(self._broker.topic("stream"), partitions=places)
        async with asyncio.timeout(ANSWER_S):
            told = await asked
        committed = {place: max(0, known.offset) for place, known in told.items()}
        self.seen = self._judged(ends, committed, monotonic())

    def _hear_relay(self, record: ConsumerRecord, now: float) -> None:
        """A checkpoint of ours. One that cannot be read is said once, and what was known before stays."""
        try:
            said = msgspec.json.decode(record.value, type=Checkpoint) if record.value else None
        except UNREADABLE as fault:
            where = f"Topic {record.topic}, partition {record.partition}, record {record.offset}"
            if where != self._complained:
                log.warning("%s should say how far our log was relayed, but cannot be read: %s", where, fault)
            self._complained = where
            return
        self._relayed = said.seq if said else 0
        if said and said.at and record.offset > self._heard_up_to:  # not one that is only read again
            self._heard_up_to = record.offset
            self._spoke_at = now  # by our clock, so that it does not matter how the relay's is set

    def _judged(
        self, ends: Mapping[TopicPartition, int], committed: Mapping[TopicPartition, int], now: float
    ) -> Seen:
        ticked = {place: end for place, end in ends.items() if place.topic == self._broker.topic(TICKED)}
        waiting = sum(max(0, end - committed.get(place, 0)) for place, end in ends.items())
        lag_s = self._pace.lag_s(ends, committed, now)
        relay_silent_s = None if self._spoke_at is None else now - self._spoke_at
        return Seen(self._relayed, waiting, lag_s, self._pace.silent_s(ticked, now), relay_silent_s)

    async def _places(self, client: AIOKafkaAdminClient) -> list[TopicPartition]:
        """Of the topics that have no transactions. Raises TimeoutError where there are none."""
        names = [self._broker.topic(name) for name in TIMED]
        told = await client.describe_topics(names)
        places = [
            TopicPartition(each["topic"], part["partition"]) for each in told for part in each["partitions"]
        ]
        if not places:
            raise TimeoutError("there are no topics: vigil stream init makes them")
        return places

    async def _rest(self, seconds: float) -> None:
        until = monotonic() + seconds
        while monotonic() < until and not self._stopping.is_set():
            await asyncio.sleep(0.1)
