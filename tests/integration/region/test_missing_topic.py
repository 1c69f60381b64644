"""A region that was made before its centres said that they are there goes on, and says what it lacks."""

import asyncio
import time
from datetime import UTC, datetime

import msgspec
import pytest
from aiokafka import AIOKafkaProducer

from api.region import tail as tail_module
from api.region.board import Board
from api.region.page import page
from api.region.tail import Tail
from api.streams.broker_settings import BrokerSettings
from api.streams.checkpoint import Checkpoint
from api.streams.set_up import Plan, set_up
from tests.brokers import run
from tests.servers.minikafka import MiniKafka

PATIENCE_S = 30.0
OLDER = ("events", "pings", "told", "fleet", "alerts", "figures", "dead-letters", "relay")


@pytest.fixture
def broker():
    with MiniKafka({f"vigil.{name}": 2 if name != "relay" else 1 for name in OLDER}) as kafka:
        yield BrokerSettings(kafka.address)


def test_the_page_shows_what_there_is_names_the_topic_and_finds_it_when_it_is_made(broker, monkeypatch):
    monkeypatch.setattr(tail_module, "LOOK_AGAIN_S", 0.5)
    board = Board()
    tail = Tail(broker, board)

    def shown():
        told = {**board.page(datetime.now(UTC), tail.listening_since), "linked": tail.linked}
        return page({**told, "missing": tail.missing}, "en", {})

    async def until(text, there=True):
        began = time.monotonic()
        while (text in shown()) is not there:
            assert time.monotonic() < began + PATIENCE_S, shown()
            await asyncio.sleep(0.1)

    async def night():
        reading = asyncio.create_task(tail.run())
        try:
            await until("Kafka lacks vigil.centres: run vigil stream init")
            said = msgspec.json.encode(Checkpoint("hcmc", 7, "x", 1, datetime.now(UTC)))
            async with AIOKafkaProducer(**broker.options()) as relay:
                await relay.send_and_wait(broker.topic("relay"), said, b"hcmc")
            await until("hcmc")
            await set_up(broker, Plan(partitions=2))
            await until("Kafka lacks", there=False)
            assert "hcmc" in shown()
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    run(night())
