"""What the region hears of a broker, and that it ends when it is asked to."""

import asyncio
import time
from datetime import UTC, datetime

import msgspec
import pytest
from aiokafka import AIOKafkaProducer

from api.region.board import Board
from api.region.tail import Tail
from api.streams.broker_settings import BrokerSettings
from api.streams.checkpoint import Checkpoint
from api.streams.set_up import Plan, set_up
from tests.brokers import run
from tests.servers.minikafka import MiniKafka

PATIENCE_S = 30.0


@pytest.fixture
def broker():
    with MiniKafka() as kafka:
        broker = BrokerSettings(kafka.address)
        run(set_up(broker, Plan(partitions=2)))
        yield broker


async def caught_up(tail):
    until = time.monotonic() + PATIENCE_S
    while not tail.caught_up:
        assert time.monotonic() < until, "it never caught up"
        await asyncio.sleep(0.05)


async def say(broker, centre, is_true):
    """A relay of that centre speaks, and its transaction is committed or undone."""
    said = Checkpoint(centre, 7, "x", 1, datetime.now(UTC))
    async with AIOKafkaProducer(**broker.options(), transactional_id=f"relay-{centre}") as relay:
        await relay.begin_transaction()
        await relay.send_and_wait(broker.topic("relay"), msgspec.json.encode(said), centre.encode())
        await (relay.commit_transaction() if is_true else relay.abort_transaction())


async def shown_while(broker, speak):
    """The centres on the page in the end."""
    board = Board()
    tail = Tail(broker, board)
    reading = asyncio.create_task(tail.run())
    try:
        await caught_up(tail)
        await speak()
        until = time.monotonic() + PATIENCE_S
        while "danang" not in (seen := centres(board)):
            assert time.monotonic() < until, "the last word was never heard"
            await asyncio.sleep(0.05)
        return seen
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


def centres(board):
    return [each["centre"] for each in board.page(datetime.now(UTC))["centres"]]


def test_the_region_does_not_hear_a_word_that_was_undone_before_it_listens_or_while_it_does(broker):
    async def while_it_listens():
        await say(broker, "mannheim", is_true=False)
        await say(broker, "danang", is_true=True)

    async def all_of_it():
        await say(broker, "hcmc", is_true=True)
        await say(broker, "monaco", is_true=False)
        return await shown_while(broker, while_it_listens)

    assert run(all_of_it()) == ["danang", "hcmc"]


def test_who_is_asked_to_end_just_as_an_answer_arrives_ends_nevertheless(broker, monkeypatch):
    """`asyncio.wait_for` of Python 3.11 would keep that to itself."""
    tail = Tail(broker, Board())

    async def answers(*asked):
        answer, reading = asyncio.get_running_loop().create_future(), asyncio.current_task()

        def at_once():
            answer.set_result(True)
            reading.cancel()

        asyncio.get_running_loop().call_soon(at_once)
        return await asyncio.wait_for(answer, 5.0)

    async def ends():
        reading = asyncio.create_task(tail.run())
        await caught_up(tail)
        monkeypatch.setattr("api.region.tail._answers", answers)
        await asyncio.wait([reading], timeout=5.0)
        ended = reading.cancelled()
        while not reading.done():
            reading.cancel()
            await asyncio.wait([reading], timeout=0.1)
        return ended

    assert run(ends())
    assert not tail.linked
