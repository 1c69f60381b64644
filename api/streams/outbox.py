"""Send records and wait until the broker has all of them: both Kafka hosts do it so."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaProducer

from api.streams.broker_settings import BrokerSettings
from api.streams.sinks import STATE, Sent
from api.streams.topics import LARGEST_RECORD

REQUEST_S = 30
"""How long a broker may take over a request before it counts as refused."""


class Outbox:
    def __init__(self, broker: BrokerSettings, linger_ms: int) -> None:
        self._broker, self._linger_ms = broker, linger_ms
        self._producer: Any = None

    async def start(self) -> None:
        self._producer = AIOKafkaProducer(
            **self._broker.options(),
            acks="all",
            enable_idempotence=True,
            linger_ms=self._linger_ms,
            compression_type="lz4",
            max_request_size=LARGEST_RECORD,
            request_timeout_ms=REQUEST_S * 1000,
        )
        await self._producer.start()

    async def stop(self) -> None:
        if self._producer is not None:
            await self._producer.stop()

    async def send(self, sending: Sequence[Sent]) -> None:
        """Until the broker has all of it. Raises KafkaError where it refuses one.

        States go last, when all else is there: a worker that finds a record in its states says nothing of it
        again, so what was to be said must have been said before. Said twice it has the same id.
        """
        await self._send([each for each in sending if each.topic != STATE])
        await self._send([each for each in sending if each.topic == STATE])

    async def _send(self, sending: Sequence[Sent]) -> None:
        topic = self._broker.topic
        answers = [
            await self._producer.send(
                topic(each.topic), each.value, each.key, each.partition, headers=each.headers
            )
            for each in sending
        ]
        if answers:
            await asyncio.gather(*answers)
