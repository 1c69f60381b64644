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
    try:
        with suppress(Exception):
            await asyncio.wait_for(producer.stop(), within_s)
            return
        await _break_off(producer, within_s)
    finally:
        _hear_out(producer)


async def _break_off(producer: AIOKafkaProducer, within_s: float) -> None:
    sender = producer._sender.sender_task
    if sender is not None:
        sender.cancel()
    with suppress(Exception):
        await asyncio.wait_for(producer.client.close(), within_s)


def _hear_out(producer: AIOKafkaProducer) -> None:
    """Look at what a fenced producer told nobody: else each of it is complained of when it is collected.

    aiokafka 0.14 fails what a full batch, a transaction and its partitions wait for, asked or not.
    """
    told = producer._message_accumulator
    batches = [*told._pending_batches, *(batch for of_one in told._batches.values() for batch in of_one)]
    waiting = [batch._drain_waiter for batch in batches] + [batch.future for batch in batches]
    if producer._txn_manager is not None:
        waiting.append(producer._txn_manager._transaction_waiter)
    for each in waiting:
        if each is not None and each.done() and not each.cancelled():
            each.exception()
