"""Letting go of a broker that is away ends nothing but the reader."""

import asyncio
import time

from aiokafka import AIOKafkaProducer

from api.streams.leaving import leave_producer, leave_reader
from tests.servers.minikafka import MiniKafka


class Reader:
    def __init__(self, end):
        self._end = end

    async def stop(self):
        await self._end()


async def _cancels_itself():
    raise asyncio.CancelledError


async def _breaks():
    raise OSError("gone")


async def _hangs():
    await asyncio.sleep(60)


def leave(end):
    async def leaving():
        await asyncio.wait_for(leave_reader(Reader(end), 0.05), 5)
        return "went on"

    return asyncio.run(leaving())


def test_an_end_that_is_cancelled_from_within_does_not_cancel_who_waits():
    assert leave(_cancels_itself) == "went on"


def test_an_end_that_fails_or_hangs_holds_nobody_up():
    assert leave(_breaks) == "went on"
    assert leave(_hangs) == "went on"


def test_a_producer_whose_broker_went_away_is_left_soon_and_tries_no_longer():
    with MiniKafka({"t": 1}) as kafka:

        async def leaving():
            producer = AIOKafkaProducer(bootstrap_servers=kafka.address, enable_idempotence=True)
            await producer.start()
            await producer.send_and_wait("t", b"1")
            await asyncio.to_thread(kafka.down)
            await producer.send("t", b"2")
            began = time.monotonic()
            await leave_producer(producer, 0.5)
            took = time.monotonic() - began
            await asyncio.wait([producer._sender.sender_task], timeout=2)
            return took, producer._sender.sender_task.done()

        took, done = asyncio.run(leaving())
        assert 0.4 < took < 3
        assert done
