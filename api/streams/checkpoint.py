"""How far a centre's log has been relayed, as a record beside the events, in the same transaction."""

import asyncio
from time import monotonic

import msgspec
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from api.streams.broker_settings import BrokerSettings
from api.streams.leaving import leave_reader
from projections.streams.messages import Moment
from projections.unreadable import UNREADABLE

PATIENCE_S = 45.0
"""Longer than a transaction of another centre may stay open, for its end is waited for."""


class Checkpoint(msgspec.Struct, frozen=True):
    """seq : the last event relayed, 0 for none; id, version : of that event, to notice another log.

    at          : when the relay said so; where nothing happens it says so again every few seconds
    complete_to : all that stood in the log at this moment has been relayed; both by the clock of the centre
    """

    centre: str
    seq: int
    id: str = ""
    version: int = 0
    at: Moment | None = None
    complete_to: Moment | None = None


class NotReadable(RuntimeError):
    """The end of the checkpoints cannot be read yet; the sentence says why."""


class BadCheckpoint(RuntimeError):
    """The newest checkpoint is none; the sentence says which record, and what to do."""


async def read_checkpoint(broker: BrokerSettings, centre: str) -> Checkpoint:
    """The newest that was committed. Whoever asks must have fenced its forerunner before.

    An open transaction of any centre hides what was committed after it began: so this reads up to the end
    that the partition really had, not to the one that committed readers are shown.
    Raises NotReadable, BadCheckpoint, KafkaError.
    """
    place = TopicPartition(broker.topic("relay"), 0)
    end = await _real_end(broker, place)
    until = monotonic() + PATIENCE_S
    newest: ConsumerRecord | None = None
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
                        newest = each
    finally:
        await leave_reader(consumer)
    return _said_by(newest, centre)


def _said_by(record: ConsumerRecord | None, centre: str) -> Checkpoint:
    """Where there is none, or an empty one, reading begins at the first event. Raises BadCheckpoint."""
    if record is None or record.value is None:
        return Checkpoint(centre, 0)
    try:
        return msgspec.json.decode(record.value, type=Checkpoint)
    except UNREADABLE as fault:
        raise BadCheckpoint(
            f"Topic {record.topic}, partition {record.partition}, record {record.offset} should say how far "
            f"{centre} was relayed, but cannot be read: {fault}. Send an empty record with the key {centre} "
            "after it, and the log is sent again from its first event."
        ) from None


async def _real_end(broker: BrokerSettings, place: TopicPartition) -> int:
    """The end of the partition, with what is not committed yet."""
    consumer = AIOKafkaConsumer(**broker.options(), enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign([place])
        async with asyncio.timeout(PATIENCE_S):
            ends = await consumer.end_offsets([place])
        return int(ends[place])
    finally:
        await leave_reader(consumer)
