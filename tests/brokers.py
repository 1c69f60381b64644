"""A Kafka for a test, in memory or real; and what is in its topics."""

import asyncio
import gc
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.structs import ConsumerRecord

from api.streams.broker_settings import BrokerSettings
from tests.servers.kafka import fresh_prefix, one_kafka
from tests.servers.minikafka import MiniKafka

T = TypeVar("T")
KINDS = ["minikafka", pytest.param("kafka", marks=pytest.mark.kafka)]
"""For a fixture's `params`: every test on both."""
KINDS_IN_LENGTH = ["minikafka", pytest.param("kafka", marks=[pytest.mark.kafka, pytest.mark.slow])]
"""For what takes long on a real one."""


@contextmanager
def a_broker(kind: str) -> Iterator[BrokerSettings]:
    """With topics, groups and transactional ids of its own. Skips where there is no such broker.

    A producer that was fenced leaves futures behind that complain when they are collected: here, and not
    in the midst of a module that is parsed later. CPython 3.11 cannot parse the lines of that complaint
    within, and would end a green run with a SystemError.
    """
    if kind == "kafka":
        yield BrokerSettings(one_kafka().address, fresh_prefix())
    else:
        with MiniKafka() as kafka:
            yield BrokerSettings(kafka.address, fresh_prefix())
    gc.collect()


@contextmanager
def a_broker_that_falls(kind: str) -> Iterator[tuple[BrokerSettings, Callable[[], None], Callable[[], None]]]:
    """With what makes it fall, as by a power cut, and what brings it back with all it held."""
    if kind == "kafka":
        (node,) = one_kafka().nodes
        try:
            yield BrokerSettings(one_kafka().address, fresh_prefix()), node.kill, node.start
        finally:
            if not node.running:
                node.start()
            one_kafka().wait(1)  # other tests use it, too
        return
    with MiniKafka() as kafka:
        yield BrokerSettings(kafka.address, fresh_prefix()), kafka.down, kafka.up


def run(work: Coroutine[Any, Any, T], patience_s: float = 60.0) -> T:
    """In an event loop of its own."""

    async def patiently() -> T:
        return await asyncio.wait_for(work, patience_s)

    return asyncio.run(patiently())


async def read_all(broker: BrokerSettings, topic: str, committed: bool = True) -> list[ConsumerRecord]:
    """Every record of a topic, partition by partition, up to its real end."""
    level = "read_committed" if committed else "read_uncommitted"
    consumer = AIOKafkaConsumer(
        **broker.options(), isolation_level=level, auto_offset_reset="earliest", enable_auto_commit=False
    )
    await consumer.start()
    found: list[ConsumerRecord] = []
    try:
        places = await _places(consumer, topic)
        consumer.assign(places)
        ends = await _real_ends(broker, places)
        while any([await consumer.position(place) < ends[place] for place in places]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += records
    finally:
        await consumer.stop()
    return sorted(found, key=lambda record: (record.partition, record.offset))


async def send_all(broker: BrokerSettings, topic: str, *records: tuple[bytes | None, bytes]) -> None:
    """Keys and values."""
    async with AIOKafkaProducer(**broker.options(), enable_idempotence=True) as producer:
        for key, value in records:
            await producer.send_and_wait(topic, value, key=key)


async def _real_ends(broker: BrokerSettings, places: list[TopicPartition]) -> dict[TopicPartition, int]:
    consumer = AIOKafkaConsumer(**broker.options(), enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign(places)
        return dict(await consumer.end_offsets(places))
    finally:
        await consumer.stop()


async def _places(consumer: AIOKafkaConsumer, topic: str) -> list[TopicPartition]:
    await consumer._client._wait_on_metadata(topic)
    return [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or ())]
