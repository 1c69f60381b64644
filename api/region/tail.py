"""Read what the workers publish and who speaks for each centre, from a sensible beginning on.

No group: nothing is committed.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from api.region.board import Board
from api.streams.broker_settings import BrokerSettings
from api.streams.leaving import leave_reader
from api.streams.shelves import Heard

log = logging.getLogger("vigil.region")

SIGNS = ("relay", "centres")
LOOK_BACK_S = {"fleet": None, "figures": 600.0, "alerts": 86_400.0, **dict.fromkeys(SIGNS)}
"""How far back each topic is read at the start; None: the newest of every key, from the beginning."""
LOOK_AGAIN_S = 30.0
"""How soon it is looked for a topic that was missing."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 10.0
START_S = 15.0


class Tail:
    """`missing`: topics without which figures are right, but nobody says that a centre is there.

    `caught_up` once all that stood there at the start was heard; `linked` while the broker answers.

    listening_since : when all was heard that stood there, since when nothing is missed; None before, and
    while the broker does not answer
    """

    def __init__(
        self,
        broker: BrokerSettings,
        board: Board,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._broker, self._board, self._now = broker, board, now
        self.caught_up = self.linked = False
        self.listening_since: datetime | None = None
        self.missing: tuple[str, ...] = ()

    async def run(self) -> None:
        """For ever; a fault is a pause, and then it begins anew. Cancel it to end it."""
        pause = FIRST_PAUSE_S
        try:
            while True:
                try:
                    await self._live()
                except Exception as fault:
                    if not isinstance(fault, KafkaError | OSError | TimeoutError):
                        log.exception("What the workers publish is read anew")
                    elif self.linked or pause == FIRST_PAUSE_S:
                        log.warning("Kafka at %s: %s; trying again", self._broker.address, fault)
                    pause = FIRST_PAUSE_S if self.linked else min(2 * pause, LONGEST_PAUSE_S)
                    self.linked, self.listening_since = False, None
                    await asyncio.sleep(pause)
        finally:
            self.linked, self.listening_since = False, None

    def hear(
        self, source: str, key: bytes | None, value: bytes | None, written_ms: int | None = None
    ) -> None:
        """One record. A fault of ours in it must not keep the next ones from the board.

        source : its topic, without the prefix
        """
        try:
            if source in SIGNS:
                written_at = Heard(source, 0, 0, key, value, written_ms).written_at
                self._board.hear_sign(source, key, value, written_at)
            else:
                self._board.hear(value)
        except Exception:
            self._board.unread += 1
            log.exception("A record is passed over")

    async def _live(self) -> None:
        consumer = AIOKafkaConsumer(
            **self._broker.options(),
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",  # a checkpoint that was undone was never reached
        )
        try:
            async with asyncio.timeout(START_S):
                await consumer.start()
            places = await self._begin(consumer)
            async with asyncio.timeout(START_S):
                ends = await consumer.end_offsets(places)
            self.linked = True
            begun = time.monotonic()
            while not self.missing or time.monotonic() < begun + LOOK_AGAIN_S:
                _end_if_asked()
                for place, records in (await consumer.getmany(timeout_ms=500)).items():
                    source = place.topic.removeprefix(self._broker.prefix)
                    for record in records:
                        self.hear(source, record.key, record.value, record.timestamp)
                if self.listening_since is None:
                    async with asyncio.timeout(START_S):
                        reached = await _reached(consumer, ends)
                    if reached:
                        self.caught_up, self.listening_since = True, self._now()
                if not await _answers(consumer, places[0]):
                    raise TimeoutError("the broker does not answer")
        finally:
            await leave_reader(consumer)

    async def _begin(self, consumer: AIOKafkaConsumer) -> list[TopicPartition]:
        """Assign every partition, and go to where reading begins. Raises TimeoutError without our topics."""
        names = {self._broker.topic(name): back for name, back in LOOK_BACK_S.items()}
        known = {name: consumer.partitions_for_topic(name) for name in names}
        if not all(known.values()):
            known = {name: await _partitions(consumer, name) for name in names}
        signs = {self._broker.topic(name) for name in SIGNS}
        self.missing = tuple(name for name in names if not known[name])
        if lacking := [name for name in self.missing if name not in signs]:
            raise TimeoutError(f"there is no topic {lacking[0]}: vigil stream init makes them")
        places = [TopicPartition(name, number) for name in names for number in sorted(known[name] or ())]
        consumer.assign(places)
        since = {
            place: round((time.time() - back) * 1000)
            for place in places
            if (back := names[place.topic]) is not None
        }
        async with asyncio.timeout(START_S):
            found = await consumer.offsets_for_times(since) if since else {}
        # Where nothing is as young, from the end as it is now: `seek_to_end` would look for it at the first
        # fetch, and pass over what came in between.
        async with asyncio.timeout(START_S):
            ends = await consumer.end_offsets(list(since))
        for place, offset in found.items():
            consumer.seek(place, ends[place] if offset is None else offset.offset)
        await consumer.seek_to_beginning(*(place for place in places if place not in since))
        return places


async def _partitions(consumer: AIOKafkaConsumer, topic: str) -> set[int]:
    async with asyncio.timeout(START_S):
        await consumer._client.force_metadata_update()
    async with asyncio.timeout(START_S):
        await consumer._client.add_topic(topic)
    return set(consumer.partitions_for_topic(topic) or ())


async def _reached(consumer: AIOKafkaConsumer, ends: dict[TopicPartition, int]) -> bool:
    return all([await consumer.position(place) >= end for place, end in ends.items()])


def _end_if_asked() -> None:
    """aiokafka waits with `asyncio.wait_for`: Python 3.11's may keep a cancellation to itself."""
    reading = asyncio.current_task()
    if reading is not None and reading.cancelling():
        raise asyncio.CancelledError


async def _answers(consumer: AIOKafkaConsumer, place: TopicPartition) -> bool:
    try:
        async with asyncio.timeout(5.0):
            await consumer.end_offsets([place])
    except (TimeoutError, KafkaError):
        return False
    return True
