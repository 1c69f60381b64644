"""The in-memory broker as a process, and the faults it makes when a test asks for them."""

import asyncio
import os
import time

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError

from api.streams.broker_settings import BrokerSettings
from tests.brokers import read_all, run, send_all
from tests.servers.minikafka import MiniKafka, MiniKafkaProcess
from tests.servers.minikafka.codes import Api, Error


def values(address: str, topic: str = "t") -> list[bytes]:
    return [record.value for record in run(read_all(BrokerSettings(address), topic))]


def test_as_a_process_it_keeps_what_it_has_while_it_is_away():
    with MiniKafkaProcess({"t": 2}) as kafka:
        broker = BrokerSettings(kafka.address)
        run(send_all(broker, "t", (b"a", b"1")))
        kafka.down()
        kafka.up()
        run(send_all(broker, "t", (b"a", b"2")))
        assert values(kafka.address) == [b"1", b"2"]


def test_a_process_ends_with_its_input_so_that_none_outlives_its_test():
    kafka = MiniKafkaProcess()
    kafka.start()
    pid = kafka.pid
    kafka.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_words_it_does_not_know_are_said_to_be_unknown():
    with MiniKafkaProcess() as kafka:
        with pytest.raises(ValueError, match="not understood"):
            kafka.tell("dance")
        kafka.tell("refuse PRODUCE MESSAGE_TOO_LARGE 1 t")


def test_one_record_is_refused_and_the_next_is_taken():
    with MiniKafka({"t": 1}) as kafka:
        kafka.faults.refuse(Api.PRODUCE, Error.MESSAGE_TOO_LARGE, times=1, topic="t")

        async def work():
            async with AIOKafkaProducer(bootstrap_servers=kafka.address) as producer:
                with pytest.raises(MessageSizeTooLargeError):
                    await producer.send_and_wait("t", b"refused")
                await producer.send_and_wait("t", b"taken")

        run(work())
        assert values(kafka.address) == [b"taken"]


def test_a_record_whose_answer_was_lost_is_there_once():
    with MiniKafka({"t": 1}) as kafka:
        kafka.faults.lose_answers(Api.PRODUCE, times=2)
        run(send_all(BrokerSettings(kafka.address), "t", (None, b"once")))
        assert kafka.broker.asked[Api.PRODUCE] >= 3
        assert values(kafka.address) == [b"once"]


def test_a_member_that_falls_silent_loses_its_partitions_to_the_others():
    async def work(address):
        def member():
            return AIOKafkaConsumer(
                "t",
                bootstrap_servers=address,
                group_id="g",
                session_timeout_ms=1000,
                heartbeat_interval_ms=200,
            )

        silent, other = member(), member()
        await silent.start()
        await other.start()
        await until(lambda: len(silent.assignment()) == len(other.assignment()) == 1)
        own = silent._coordinator
        await until(lambda: own._heartbeat_task is not None)
        for task in (own._coordination_task, own._heartbeat_task):  # gone without a word
            task.cancel()
        await until(lambda: len(other.assignment()) == 2)
        await other.stop()
        await silent._client.close()

    with MiniKafka({"t": 2}) as kafka:
        run(work(kafka.address))


def test_a_transaction_that_nobody_ends_is_undone_and_its_producer_fenced():
    async def work(address):
        producer = AIOKafkaProducer(
            bootstrap_servers=address, transactional_id="p", transaction_timeout_ms=500
        )
        await producer.start()
        await producer.begin_transaction()
        await producer.send_and_wait("t", b"forgotten")
        await asyncio.sleep(1.0)
        with pytest.raises(Exception, match="Fenced"):
            await producer.commit_transaction()
        await producer.stop()

    with MiniKafka({"t": 1}) as kafka:
        run(work(kafka.address))
        assert values(kafka.address) == []


def test_readers_are_woken_by_data_and_not_by_the_clock():
    async def work(address):
        consumer = AIOKafkaConsumer("t", bootstrap_servers=address, fetch_max_wait_ms=20_000)
        async with consumer, AIOKafkaProducer(bootstrap_servers=address) as producer:
            waiting = asyncio.create_task(consumer.getone())
            await asyncio.sleep(0.5)
            began = time.monotonic()
            await producer.send_and_wait("t", b"x")
            await waiting
            return time.monotonic() - began

    with MiniKafka({"t": 1}) as kafka:
        assert run(work(kafka.address)) < 10


async def until(true) -> None:
    for _ in range(600):
        if true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came to that")
