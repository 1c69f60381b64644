"""Let go of a Kafka that may be away."""

import asyncio
from contextlib import suppress
from typing import Protocol

from aiokafka import AIOKafkaProducer

LEAVE_S = 3.0


class Stoppable(Protocol):
    async def stop(self) -> None: ...


async def leave_reader(consumer: Stoppable, within_s: float = LEAVE_S) -> None:
    """Stop a consumer, waiting no longer than that; what its end raises is nobody's any more.

    Its end runs aside: while the broker is away aiokafka cancels what it waits for itself, and that would
    end whoever waits for it as if he had been cancelled.
    """
    ending = asyncio.ensure_future(consumer.stop())
    await asyncio.wait([ending], timeout=within_s)
    if ending.done() and not ending.cancelled():
        ending.exception()  # looked at, so that the loop does not complain


async def leave_producer(producer: AIOKafkaProducer, within_s: float = LEAVE_S) -> None:
    """Stop a producer, also one whose broker is away: aiokafka itself would wait for it for ever."""
    with suppress(Exception):
        await asyncio.wait_for(producer.stop(), within_s)
        return
    sender = producer._sender.sender_task
    if sender is not None:
        sender.cancel()
    with suppress(Exception):
        await asyncio.wait_for(producer.client.close(), within_s)
