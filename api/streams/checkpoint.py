"""How far a centre's log has been relayed, as a record beside the events, in the same transaction."""

import asyncio
from time import monotonic

import msgspec
from aiokafka import AIOKafkaConsumer, TopicPartition

from api.streams.broker_settings import BrokerSettings
from api.streams.leaving import leave_reader

PATIENCE_S = 45.0
"""Longer than a transaction of another centre may stay open, for its end is waited for."""


class Checkpoint(msgspec.Struct, frozen=True):
    """seq : the last event relayed, 0 for none; id, version : of that event, to notice another log."""

    centre: str
    seq: int
    id: str = ""
    version: int = 0


class NotReadable(RuntimeError):
    """The end of the checkpoints cannot be read yet; the sentence says why."""


async def read_checkpoint(broker: BrokerSettings, centre: str) -> Checkpoint:
    """The newest that was committed. Whoever asks must have fenced its forerunner before.

    An open transaction of any centre hides what was committed after it began: so this reads up to the end
    that the partition really had, not to the one that committed readers are shown.
    Raises NotReadable, KafkaError.
    """
    place = TopicPartition(broker.topic("relay"), 0)
    end = await _real_end(broker, place)
    until = monotonic() + PATIENCE_S
    newest = Checkpoint(centre, 0)
    consumer = AIOKafkaConsumer(
        **broker.options(),
        isolation_level="read_committed",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    try:
        consumer.assign([place])
        while await consumer.position(place) < end:
            if monotonic() > until:
                raise NotReadable(
                    "Another relay's transaction hides the checkpoints; it will run out of time."
                )
            for records in (await consumer.getmany(place, timeout_ms=200)).values():
                for each in records:
                    if each.key == centre.encode():
                        newest = msgspec.json.decode(each.value, type=Checkpoint)
    finally:
        await leave_reader(consumer)
    return newest


async def _real_end(broker: BrokerSettings, place: TopicPartition) -> int:
    """The end of the partition, with what is not committed yet."""
    consumer = AIOKafkaConsumer(**broker.options(), enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign([place])
        ends = await asyncio.wait_for(consumer.end_offsets([place]), PATIENCE_S)
        return int(ends[place])
    finally:
        await leave_reader(consumer)
