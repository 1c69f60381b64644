"""What we rely on in a Kafka, asked of the in-memory broker and of a real one."""

import asyncio
from collections.abc import Iterator

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, ProducerFenced

from api.streams.admin import admin, find_topics, make_topic
from api.streams.broker_settings import BrokerSettings
from tests.brokers import KINDS, a_broker, read_all, run, send_all

COMPACT = {"cleanup.policy": "compact"}


@pytest.fixture(params=KINDS)
def broker(request: pytest.FixtureRequest) -> Iterator[BrokerSettings]:
    with a_broker(request.param) as found:
        yield found


async def make(
    broker: BrokerSettings, name: str, partitions: int = 1, settings: dict[str, str] | None = None
) -> str:
    async with admin(broker) as client:
        await make_topic(client, broker.topic(name), partitions, 1, settings or {})
    return broker.topic(name)


def a_producer(broker: BrokerSettings, name: str) -> AIOKafkaProducer:
    return AIOKafkaProducer(**broker.options(), transactional_id=broker.prefix + name)


def values(records: list) -> list[bytes]:
    return [record.value for record in records]


def test_a_topic_is_made_once_and_tells_its_partitions_and_settings(broker):
    async def work():
        async with admin(broker) as client:
            name = broker.topic("t")
            assert await make_topic(client, name, 3, 1, COMPACT)
            assert not await make_topic(client, name, 5, 1, COMPACT)
            found = (await find_topics(client, [name, "missing"]))[name]
            assert (found.partitions, found.copies) == (3, 1)
            assert found.settings["cleanup.policy"] == "compact"
            assert found.settings["min.insync.replicas"] == "1"

    run(work())


def test_what_is_not_committed_is_seen_by_those_alone_who_do_not_ask_for_more(broker):
    async def work():
        topic = await make(broker, "t")
        async with a_producer(broker, "p") as producer:
            async with producer.transaction():
                await producer.send_and_wait(topic, b"one")
            await producer.begin_transaction()
            await producer.send_and_wait(topic, b"two")
            await producer.abort_transaction()
            async with producer.transaction():
                await producer.send_and_wait(topic, b"three")
        assert values(await read_all(broker, topic)) == [b"one", b"three"]
        assert values(await read_all(broker, topic, committed=False)) == [b"one", b"two", b"three"]

    run(work())


def test_an_open_transaction_hides_what_comes_after_it(broker):
    async def work():
        topic = await make(broker, "t")
        place = TopicPartition(topic, 0)
        async with a_producer(broker, "p") as producer:
            await producer.begin_transaction()
            await producer.send_and_wait(topic, b"open")
            await send_all(broker, topic, (None, b"after"))
            consumer = AIOKafkaConsumer(
                **broker.options(), isolation_level="read_committed", auto_offset_reset="earliest"
            )
            await consumer.start()
            consumer.assign([place])
            try:
                assert not await consumer.getmany(timeout_ms=500)
                assert (await consumer.end_offsets([place]))[place] == 0
                await producer.commit_transaction()
                found = await consumer.getmany(timeout_ms=5000)
                assert values(found[place])[:1] == [b"open"]
            finally:
                await consumer.stop()

    run(work())


def test_a_newer_producer_of_the_same_name_fences_the_older_and_undoes_what_it_left_open(broker):
    async def work():
        topic = await make(broker, "t")
        old, new = a_producer(broker, "p"), a_producer(broker, "p")
        await old.start()
        await old.begin_transaction()
        await old.send_and_wait(topic, b"old")
        await new.start()
        async with new.transaction():
            await new.send_and_wait(topic, b"new")
        with pytest.raises(ProducerFenced):
            await old.commit_transaction()
        for producer in (old, new):
            await producer.stop()
        assert values(await read_all(broker, topic)) == [b"new"]

    run(work())


def test_places_committed_in_a_transaction_stand_or_fall_with_it(broker):
    async def work():
        topic, group = await make(broker, "t"), broker.prefix + "g"
        place = TopicPartition(topic, 0)
        async with a_producer(broker, "p") as producer:
            async with producer.transaction():
                await producer.send_offsets_to_transaction({place: 7}, group)
            await producer.begin_transaction()
            await producer.send_offsets_to_transaction({place: 9}, group)
            await producer.abort_transaction()
        consumer = AIOKafkaConsumer(**broker.options(), group_id=group, enable_auto_commit=False)
        await consumer.start()
        try:
            consumer.assign([place])
            assert await consumer.committed(place) == 7
        finally:
            await consumer.stop()

    run(work())


def test_two_in_a_group_share_the_partitions_and_one_that_leaves_gives_its_own_back(broker):
    async def work():
        topic, group = await make(broker, "t", 4), broker.prefix + "g"
        first, second = [
            AIOKafkaConsumer(
                topic, **broker.options(), group_id=group, session_timeout_ms=6000, heartbeat_interval_ms=200
            )
            for _ in range(2)
        ]
        await first.start()
        await until(lambda: len(first.assignment()) == 4)
        await second.start()
        await until(lambda: len(first.assignment()) == len(second.assignment()) == 2)
        assert not first.assignment() & second.assignment()
        await second.stop()
        await until(lambda: len(first.assignment()) == 4)
        await first.stop()

    run(work())


def test_a_member_with_a_fixed_name_comes_back_to_its_partitions(broker):
    async def work():
        topic, group = await make(broker, "t", 4), broker.prefix + "g"

        def member(name: str) -> AIOKafkaConsumer:
            return AIOKafkaConsumer(
                topic, **broker.options(), group_id=group, group_instance_id=name,
                session_timeout_ms=6000, heartbeat_interval_ms=200,
            )  # fmt: skip

        one, two = member("one"), member("two")
        await one.start()
        await two.start()
        await until(lambda: len(one.assignment()) == len(two.assignment()) == 2)
        kept, had = one.assignment(), two.assignment()
        await two.stop()  # a member with a fixed name does not leave
        two = member("two")
        await two.start()
        await until(lambda: two.assignment() == had)
        assert one.assignment() == kept
        for each in (one, two):
            await each.stop()

    run(work())


def test_a_compacted_topic_takes_no_record_without_a_key(broker):
    async def work():
        topic = await make(broker, "t", settings=COMPACT)
        async with AIOKafkaProducer(**broker.options()) as producer:
            with pytest.raises(KafkaError):
                await producer.send_and_wait(topic, b"value")
            await producer.send_and_wait(topic, b"value", key=b"key")

    run(work())


def test_a_place_is_found_by_time(broker):
    async def work():
        topic = await make(broker, "t")
        place = TopicPartition(topic, 0)
        async with AIOKafkaProducer(**broker.options()) as producer:
            batch = [await producer.send(topic, b"x", timestamp_ms=1000 * n) for n in range(1, 6)]
            await asyncio.gather(*batch)
        consumer = AIOKafkaConsumer(**broker.options())
        await consumer.start()
        try:
            consumer.assign([place])
            found = await consumer.offsets_for_times({place: 2500})
            assert (found[place].offset, found[place].timestamp) == (2, 3000)
            assert (await consumer.offsets_for_times({place: 9000}))[place] is None
        finally:
            await consumer.stop()

    run(work())


def test_a_record_larger_than_the_topic_takes_is_refused(broker):
    async def work():
        topic = await make(broker, "t")
        async with AIOKafkaProducer(**broker.options(), max_request_size=8 * 2**20) as producer:
            with pytest.raises(MessageSizeTooLargeError):
                await producer.send_and_wait(topic, b"x" * 2 * 2**20)

    run(work())


async def until(true) -> None:
    """Wait for it, not for ever."""
    for _ in range(200):
        if true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came to that")
