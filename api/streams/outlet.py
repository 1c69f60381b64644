"""One life of the relay's producer: it fences its forerunner, then sends batches, each in one transaction."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from math import inf
from time import monotonic

import msgspec
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.structs import RecordMetadata
from msgspec import structs

from api.streams.admin import need_topics
from api.streams.broker_settings import BrokerSettings
from api.streams.checkpoint import Checkpoint, read_checkpoint
from api.streams.envelope import Outgoing
from api.streams.leaving import leave_producer
from api.streams.topics import LARGEST_RECORD

TRANSACTION_S = 20.0
"""After so long without an end the broker undoes a transaction: a dead relay hides records for no longer."""
REQUEST_S = 10.0
START_S = 60.0


class Outlet:
    """Made by `open_outlet`. After any fault it is good for nothing more: close it and open another."""

    def __init__(self, broker: BrokerSettings, producer: AIOKafkaProducer, reached: Checkpoint) -> None:
        self._events, self._relay = broker.topic("events"), broker.topic("relay")
        self._producer, self._centre = producer, reached.centre
        self.reached = reached
        self._said_at = -inf

    @property
    def silent_s(self) -> float:
        """Since it committed anything; without end where it never did."""
        return monotonic() - self._said_at

    async def send(self, batch: Sequence[Outgoing], complete_to: datetime | None = None) -> None:
        """All of it and the new checkpoint, or nothing. Raises KafkaError, ProducerFenced among them.

        complete_to : as in `Checkpoint`, with this batch
        """
        last = batch[-1]
        its_id, version = last.key.decode(), int(dict(last.headers)["version"])
        await self._commit(batch, Checkpoint(self._centre, last.seq, its_id, version, None, complete_to))

    async def beat(self, complete_to: datetime) -> None:
        """Nothing is new: the checkpoint once more, with its times. A relay that was fenced cannot say it."""
        await self._commit((), structs.replace(self.reached, complete_to=complete_to))

    async def _commit(self, batch: Sequence[Outgoing], reached: Checkpoint) -> None:
        reached = structs.replace(reached, at=datetime.now(UTC))
        producer = self._producer
        await producer.begin_transaction()
        said, key = msgspec.json.encode(reached), self._centre.encode()
        answers: list[asyncio.Future[RecordMetadata]] = []
        try:
            for each in batch:
                answers.append(
                    await producer.send(self._events, each.value, key=each.key, headers=each.headers)
                )
            answers.append(await producer.send(self._relay, said, key=key, partition=0))
        except KafkaError:
            await asyncio.gather(*answers, return_exceptions=True)
            raise
        # A record that was refused does not stop the commit: it would go without it, and the event be lost.
        for answer in await asyncio.gather(*answers, return_exceptions=True):
            if isinstance(answer, BaseException):
                raise answer
        await producer.commit_transaction()
        self.reached, self._said_at = reached, monotonic()

    async def close(self) -> None:
        await leave_producer(self._producer)


async def open_outlet(broker: BrokerSettings, centre: str) -> Outlet:
    """Fence whoever relays this centre, undo what it left open, and only then read how far it came.

    Raises KafkaError, TimeoutError, NotReadable, BadCheckpoint, NoTopics.
    """
    producer = AIOKafkaProducer(
        **broker.options(),
        transactional_id=transactional_id(broker, centre),
        transaction_timeout_ms=round(TRANSACTION_S * 1000),
        request_timeout_ms=round(REQUEST_S * 1000),
        max_request_size=LARGEST_RECORD,
        max_batch_size=256 * 1024,
        compression_type="lz4",
    )
    try:
        await need_topics(broker, ("events", "relay"))
        async with asyncio.timeout(START_S):
            await producer.start()
        return Outlet(broker, producer, await read_checkpoint(broker, centre))
    except BaseException:
        await leave_producer(producer)
        raise


def transactional_id(broker: BrokerSettings, centre: str) -> str:
    """The same for every relay of a centre: that is how the newest fences all others."""
    return f"{broker.prefix}relay.{centre}"
