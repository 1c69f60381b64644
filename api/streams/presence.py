"""A centre says that it is there, every few seconds, in the topic `vigil.centres`.

Its relay is another process, and says the same of itself with its checkpoints: so a quiet night looks
different from a centre that is gone, or whose relay is. Nobody folds this.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

import msgspec
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from api.streams.admin import NoTopics, need_topics
from api.streams.broker_settings import BrokerSettings
from api.streams.leaving import leave_producer
from projections.streams.messages import Moment

log = logging.getLogger("vigil.kafka")

TOPIC = "centres"
BEAT_S = 5.0
ANSWER_S = 10.0
PAUSE_S = 10.0
STEP_S = 0.1


class Presence(msgspec.Struct, frozen=True):
    """The centre answered its desks at this moment, by its own clock."""

    centre: str
    at: Moment


class LoopPulse:
    """Whether an event loop has done what it was told lately: one that hangs serves nobody."""

    def __init__(self, loop: Callable[[], asyncio.AbstractEventLoop | None]) -> None:
        """loop : which one it is by now, None while there is none"""
        self._loop, self._asked, self._answered = loop, False, False

    def __call__(self) -> bool:
        """Since it was asked last; and ask again. Any thread."""
        beats, loop = self._answered, self._loop()
        if loop is None or loop.is_closed():
            return False
        if beats or not self._asked:
            self._asked, self._answered = True, False
            loop.call_soon_threadsafe(self._answer)
        return beats

    def _answer(self) -> None:
        self._answered = True


class PresenceTeller:
    """`await run()` until the event is set."""

    def __init__(
        self, broker: BrokerSettings, centre: str, alive: Callable[[], bool], stopping: threading.Event
    ) -> None:
        """alive : whether the centre serves its desks; while not, nothing is said"""
        self._broker, self._centre, self._alive, self._stopping = broker, centre, alive, stopping
        self._said = ""

    async def run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._tell()
            except (KafkaError, OSError, TimeoutError, NoTopics) as fault:
                self._complain(fault)
            except Exception:
                log.exception("The region is not told that this centre is there; trying again")
            await self._rest(PAUSE_S)

    async def _tell(self) -> None:
        await need_topics(self._broker, (TOPIC,))  # to send to one that is missing might have it made
        producer = AIOKafkaProducer(
            **self._broker.options(), acks="all", request_timeout_ms=round(ANSWER_S * 1000)
        )
        try:
            async with asyncio.timeout(ANSWER_S):
                await producer.start()
            while not self._stopping.is_set():
                if self._alive():
                    said = msgspec.json.encode(Presence(self._centre, datetime.now(UTC)))
                    key, topic = self._centre.encode(), self._broker.topic(TOPIC)
                    async with asyncio.timeout(ANSWER_S):
                        await producer.send_and_wait(topic, said, key, 0)
                    self._said = ""
                await self._rest(BEAT_S)
        finally:
            await leave_producer(producer)

    def _complain(self, fault: Exception) -> None:
        """Once for as long as it stays the same."""
        said = str(fault) or type(fault).__name__
        if said != self._said:
            log.warning("The region is not told that this centre is there: %s", said)
        self._said = said

    async def _rest(self, seconds: float) -> None:
        until = monotonic() + seconds
        while monotonic() < until and not self._stopping.is_set():
            await asyncio.sleep(STEP_S)
