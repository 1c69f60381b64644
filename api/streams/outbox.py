"""Send records and wait until the broker has all of them: both Kafka hosts do it so."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.structs import RecordMetadata

from api.streams.broker_settings import BrokerSettings
from api.streams.leaving import leave_producer
from api.streams.sinks import Sent
from api.streams.topics import LARGEST_RECORD

BATCH_BYTES = 512 * 1024
UNKNOWN = -1
"""The place of a record that the broker had already, and no longer knows where."""
REQUEST_S = 30
"""How long a broker may take over a request before it counts as refused."""


class Outbox:
    def __init__(self, broker: BrokerSettings, linger_ms: int) -> None:
        self._broker, self._linger_ms = broker, linger_ms
        self._producer: Any = None

    async def start(self) -> None:
        """Once is enough."""
        if self._producer is not None:
            return
        producer = AIOKafkaProducer(
            **self._broker.options(),
            acks="all",
            enable_idempotence=True,
            linger_ms=self._linger_ms,
            compression_type="lz4",
            max_batch_size=BATCH_BYTES,
            max_request_size=LARGEST_RECORD,
            request_timeout_ms=REQUEST_S * 1000,
        )
        await producer.start()
        self._producer = producer

    async def stop(self) -> None:
        if self._producer is not None:
            await leave_producer(self._producer)

    async def partitions(self, topic: str) -> set[int]:
        """Raises KafkaError where there is no such topic."""
        return set(await self._producer.partitions_for(self._broker.topic(topic)))

    async def send(self, sending: Sequence[Sent]) -> list[RecordMetadata]:
        """Until the broker has all of it: where each record lies. Raises KafkaError where it refuses one."""
        topic = self._broker.topic
        answers = [
            await self._producer.send(
                topic(each.topic), each.value, each.key, each.partition, headers=each.headers
            )
            for each in sending
        ]
        return list(await asyncio.gather(*answers))

    async def send_together(self, topic: str, partition: int, records: Sequence[Sent]) -> list[int]:
        """Records of one partition in as few batches as can be: where each lies. Raises KafkaError.

        Here many go at once; one by one each would have a future of its own and cost five times as much.
        """
        places: list[int] = []
        batch, count = self._producer.create_batch(), 0
        for each in records:
            if not _append(batch, each):
                places += await self._send_batch(topic, partition, batch, count)
                batch, count = self._producer.create_batch(), 0
                _append(batch, each)  # the first of a batch always goes in
            count += 1
        return places + await self._send_batch(topic, partition, batch, count)

    async def _send_batch(self, topic: str, partition: int, batch: Any, count: int) -> list[int]:
        answer = await self._producer.send_batch(batch, self._broker.topic(topic), partition=partition)
        base = (await answer).offset
        return [UNKNOWN] * count if base == UNKNOWN else list(range(base, base + count))


def _append(batch: Any, each: Sent) -> bool:
    """Whether there was room."""
    return batch.append(timestamp=None, key=each.key, value=each.value, headers=each.headers) is not None
