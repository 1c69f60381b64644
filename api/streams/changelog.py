"""The states of partitions as workers keep them in the compacted topic: claimed, read back, and kept."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from api.streams.broker_settings import BrokerSettings
from api.streams.claims import Held, Kept, TakenOver, claim_of, claim_record, marked
from api.streams.leaving import leave_reader
from api.streams.outbox import UNKNOWN, Outbox
from api.streams.shelves import STATE, name_of, state_key
from api.streams.sinks import Sent

log = logging.getLogger("vigil.streams")

WAIT_MS = 200


class Changelog:
    """The part of one worker. What it wrote behind the claim of another counts for nothing; see `claims`."""

    def __init__(self, broker: BrokerSettings, outbox: Outbox) -> None:
        self._broker, self._outbox = broker, outbox
        self._held: dict[int, Held] = {}

    async def take(self, partitions: set[int]) -> dict[int, Kept]:
        """Claim partitions and read their states. Raises KafkaError."""
        self._held.clear()
        claims = {partition: await self._claim(partition) for partition in sorted(partitions)}
        self.begin(claims)
        return await read_kept(self._broker, {each: held.end for each, held in self._held.items()})

    def begin(self, claims: Mapping[int, int]) -> None:
        """claims : where our claim on each partition lies."""
        self._held = {partition: Held(claim, claim + 1) for partition, claim in claims.items()}

    def let_go(self) -> None:
        self._held.clear()

    async def keep(self, partition: int, states: Sequence[Sent]) -> set[str]:
        """Until the broker has them. Names that somebody else wrote meanwhile: they want to be kept again.

        Raises TakenOver where we no longer hold the partition: these states do not count, so nothing may be
        committed; and KafkaError.
        """
        held = self._held.get(partition)
        if held is None:
            raise TakenOver(f"Partition {partition} is not ours any more")
        sent = [marked(each, held.claim) for each in states]
        places = await self._outbox.send_together(STATE, partition, sent)
        if held.follows(places):
            held.end += len(places)
            return set()
        return await self._written_over(partition, places)

    async def _claim(self, partition: int) -> int:
        place = UNKNOWN
        while place == UNKNOWN:
            (answer,) = await self._outbox.send([claim_record(partition)])
            place = answer.offset
        return place

    async def _written_over(self, partition: int, offsets: Sequence[int]) -> set[str]:
        """Somebody wrote between our records: a later worker, or one that does not know of us."""
        held, names = self._held[partition], set[str]()
        until = None if UNKNOWN in offsets else max(offsets) + 1
        for record in await _between(self._broker, partition, held.end, until):
            held.end = record.offset + 1
            if record.key is None or claim_of(record.headers) == held.claim:
                continue
            name = _name_here(record)
            if name is None:
                log.warning("%s/%d at %d: a key of none of its states", STATE, partition, record.offset)
                continue
            if not name:
                raise TakenOver(f"Another worker has claimed partition {partition}")
            names.add(name)
        if names:
            log.warning("A worker from before wrote %d states of partition %d", len(names), partition)
        return names


async def read_kept(broker: BrokerSettings, until: Mapping[int, int | None]) -> dict[int, Kept]:
    """Every partition from its beginning to a place, or to where it ends now. Raises KafkaError."""
    found = {partition: Kept() for partition in until}
    async for record in _records(broker, dict.fromkeys(until, 0), until):
        kept = found[record.partition]
        if record.key is not None and _name_here(record) is None:
            kept.unread.append(record.offset)
        else:
            kept.hear(record.offset, record.key, record.value, record.headers)
    for partition, each in found.items():
        if each.unread:
            words = "%d kept states of partition %d have no key or claim of its own, the first at %d"
            log.warning(words, len(each.unread), partition, each.unread[0])
    return found


def _name_here(record: Any) -> str | None:
    """The name of the state, empty for a claim; None where the key is no key of this very partition.

    Whose hand it was in does not matter: a state of another partition would be folded in two places, and a
    claim of another one would end whoever holds this.
    """
    whose = name_of(record.key)
    ours = whose is not None and state_key(*whose) == record.key and whose[0] == record.partition
    return whose[1] if whose is not None and ours else None


async def _between(broker: BrokerSettings, partition: int, start: int, until: int | None) -> list[Any]:
    records = _records(broker, {partition: start}, {partition: until})
    return [record async for record in records]


async def _records(broker: BrokerSettings, starts: Mapping[int, int], until: Mapping[int, int | None]) -> Any:
    """Records of several partitions, each in its order; those that were compacted away are not among them."""
    if not until:
        return
    consumer = AIOKafkaConsumer(
        **broker.options(),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
    )
    await consumer.start()
    try:
        places = [TopicPartition(broker.topic(STATE), partition) for partition in sorted(until)]
        consumer.assign(places)
        now = await consumer.end_offsets(places)
        ends = {place: _end(until[place.partition], now[place]) for place in places}
        for place in places:
            consumer.seek(place, starts[place.partition])
        while [place for place in places if await consumer.position(place) < ends[place]]:
            for place, records in (await consumer.getmany(timeout_ms=WAIT_MS)).items():
                for record in records:
                    if record.offset < ends[place]:
                        yield record
    finally:
        await leave_reader(consumer)


def _end(wanted: int | None, now: int) -> int:
    return now if wanted is None else wanted
