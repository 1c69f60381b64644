"""Believed pings on their way to the region: the topic `vigil.pings`, keyed by centre and callsign.

A broker that is slow or away costs nothing here: pings wait in a bounded room in memory, the oldest leave it
first, and a thread of its own does the waiting. aiokafka itself would try for ever and say nothing, so a
broker that takes nothing for a while is called away. What is sent again after a cut may arrive twice; whoever
reads takes a ping only where it is newer than the one it has.
"""

import asyncio
import logging
import threading
from collections import Counter, deque
from collections.abc import Sequence
from time import monotonic
from typing import Any

import msgspec
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from api.streams.broker_settings import BrokerSettings
from api.streams.leaving import leave_producer
from projections.positions import Ping

log = logging.getLogger("vigil.kafka")

LINGER_S = 0.05
"""Pings of so long a time travel together."""
MOST_WAITING = 100_000
MOST_AT_ONCE = 2_000
REQUEST_MS = 10_000
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 15.0
LOOK_S = 0.2
SLOW_S = 5.0
"""A broker that has not taken what was sent for so long is away."""
GIVE_UP_S = 60.0
"""After so long the producer is let go, and another one looks for the broker."""
GOODBYE_S = 2.0


class PingPublisher:
    """Follows the telemetry: `telemetry.follow(publisher.offer)`, and `telemetry.attach(publisher)`.

    connected : the broker takes what is sent, as far as is known; it is asked only where there is something
    """

    def __init__(self, settings: BrokerSettings, centre: str) -> None:
        self._settings, self._centre, self._topic = settings, centre, settings.topic("pings")
        self._waiting: deque[Ping] = deque(maxlen=MOST_WAITING)
        self._counting = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="to-kafka", daemon=True)
        self.counts: Counter[str] = Counter()
        self.connected = False
        self._complained = False
        self._pause_s = FIRST_PAUSE_S

    def start(self) -> None:
        self._thread.start()

    def tend(self) -> None:
        """It looks after itself."""

    def stop(self) -> None:
        """Send what waits, where that takes no longer than a moment."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=2 * GOODBYE_S)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def offer(self, pings: Sequence[Ping]) -> None:
        """Note them for sending; never waits. Any thread may call."""
        with self._counting:
            self.counts["dropped"] += max(0, len(self._waiting) + len(pings) - MOST_WAITING)
            self._waiting.extend(pings)

    async def _run(self) -> None:
        while not self._stopping.is_set():
            producer = self._producer()
            try:
                await producer.start()
                await self._send_until_stopped(producer)
            except (KafkaError, OSError, TimeoutError) as fault:
                self._say_away(repr(fault))
            except Exception:
                log.exception("Pings could not be sent; trying again in %.1f s", self._pause_s)
            finally:
                self.connected = False
                await leave_producer(producer, GOODBYE_S / 2)
            until = monotonic() + self._pause_s
            while monotonic() < until and not self._stopping.is_set():
                await asyncio.sleep(0.1)
            self._pause_s = min(LONGEST_PAUSE_S, 2 * self._pause_s)

    def _say_away(self, why: str) -> None:
        """Into the log once, until it is back."""
        self.connected = False
        if not self._complained:
            log.warning("Pings cannot be sent to %s (%s); trying again", self._settings.address, why)
        self._complained = True

    def _say_there(self) -> None:
        self.connected, self._pause_s = True, FIRST_PAUSE_S
        if self._complained:
            log.info("Pings are sent to %s again; %d wait", self._settings.address, self.waiting)
        self._complained = False

    def _producer(self) -> AIOKafkaProducer:
        return AIOKafkaProducer(
            client_id=f"vigil-pings-{self._centre}",
            acks="all",
            enable_idempotence=True,  # a retry of the library's own is not written twice
            max_batch_size=256 * 1024,
            request_timeout_ms=REQUEST_MS,
            **self._settings.options(),
        )

    async def _send_until_stopped(self, producer: AIOKafkaProducer) -> None:
        """Once more after the order to stop, for what came last."""
        last = False
        while not last:
            last = self._stopping.is_set()
            while self._waiting:
                await self._send_some(producer)
            self._say_there()
            if not last:
                await asyncio.sleep(LINGER_S)

    async def _send_some(self, producer: AIOKafkaProducer) -> None:
        """Raises what the broker or the way to it said; what was not acknowledged waits again then."""
        with self._counting:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]
        sent: list[Any] = []
        sending = asyncio.ensure_future(self._hand_over(producer, batch, sent))
        try:
            await self._patiently(sending)
        except BaseException:
            sending.cancel()
            await asyncio.wait([sending])
            for each in sent:
                each.add_done_callback(_look_at)
            unsure = [
                ping
                for place, ping in enumerate(batch)
                if place >= len(sent)
                or not sent[place].done()
                or sent[place].cancelled()
                or sent[place].exception()
            ]
            self._put_back(unsure)
            self._count("sent", len(batch) - len(unsure))
            raise
        self._count("sent", len(batch))
        self._say_there()

    async def _hand_over(self, producer: AIOKafkaProducer, batch: Sequence[Ping], sent: list[Any]) -> None:
        """Until the broker has all of it. sent : grows by what it will have answered to each ping"""
        for ping in batch:
            key = f"{self._centre}/{ping.callsign}".encode()
            sent.append(await producer.send(self._topic, self._envelope(ping), key))
        await asyncio.gather(*sent)

    async def _patiently(self, sending: "asyncio.Future[None]") -> None:
        """Raises what it raises, and TimeoutError when it has taken too long."""
        began = monotonic()
        while not sending.done():
            await asyncio.wait([sending], timeout=LOOK_S)
            waited_s = monotonic() - began
            if sending.done():
                break
            if waited_s > SLOW_S:
                self._say_away(f"no answer for {waited_s:.0f} s")
            if waited_s > (GOODBYE_S if self._stopping.is_set() else GIVE_UP_S):
                raise TimeoutError(f"no answer for {waited_s:.0f} s")
        await sending

    def _put_back(self, pings: Sequence[Ping]) -> None:
        with self._counting:
            lost = max(0, len(self._waiting) + len(pings) - MOST_WAITING)
            self.counts["dropped"] += lost
            self._waiting.extendleft(reversed(pings[lost:]))

    def _count(self, what: str, number: int) -> None:
        with self._counting:
            self.counts[what] += number

    def _envelope(self, ping: Ping) -> bytes:
        return msgspec.json.encode(
            {
                "centre": self._centre,
                "callsign": ping.callsign,
                "at": ping.at.isoformat(),
                "lat": ping.lat,
                "lon": ping.lon,
                "speed_mps": ping.speed_mps,
                "heading_deg": ping.heading_deg,
                "accuracy_m": ping.accuracy_m,
            }
        )


def _look_at(sent: "asyncio.Future[Any]") -> None:
    """A fault that nobody looks at is printed by asyncio."""
    if not sent.cancelled():
        sent.exception()
