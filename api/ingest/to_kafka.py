"""Believed pings on their way to the region: the topic `vigil.pings`, keyed by centre and callsign.

A broker that is slow or away costs nothing here: pings wait in a bounded room in memory, the oldest leave it
first, and a thread of its own does the waiting. What is sent again after a cut may arrive twice; whoever
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
from projections.positions import Ping

log = logging.getLogger("vigil.kafka")

LINGER_S = 0.05
"""Pings of so long a time travel together."""
MOST_WAITING = 100_000
MOST_AT_ONCE = 2_000
REQUEST_MS = 10_000
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 15.0
GOODBYE_S = 2.0


class PingPublisher:
    """Follows the telemetry: `telemetry.follow(publisher.offer)`, and `telemetry.attach(publisher)`."""

    def __init__(self, settings: BrokerSettings, centre: str) -> None:
        self._settings, self._centre, self._topic = settings, centre, settings.topic("pings")
        self._waiting: deque[Ping] = deque(maxlen=MOST_WAITING)
        self._counting = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="to-kafka", daemon=True)
        self.counts: Counter[str] = Counter()
        self.connected = False

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
        pause_s = FIRST_PAUSE_S
        while not self._stopping.is_set():
            producer = self._producer()
            try:
                await producer.start()
                self.connected, pause_s = True, FIRST_PAUSE_S
                await self._send_until_stopped(producer)
            except (KafkaError, OSError, TimeoutError) as fault:
                log.warning(
                    "Pings cannot be sent to %s (%r); trying again in %.1f s",
                    self._settings.address,
                    fault,
                    pause_s,
                )
            except Exception:
                log.exception("Pings could not be sent; trying again in %.1f s", pause_s)
            finally:
                self.connected = False
                await _end(producer)
            until = monotonic() + pause_s
            while monotonic() < until and not self._stopping.is_set():
                await asyncio.sleep(0.1)
            pause_s = min(LONGEST_PAUSE_S, 2 * pause_s)

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
            if not last:
                await asyncio.sleep(LINGER_S)

    async def _send_some(self, producer: AIOKafkaProducer) -> None:
        """Raises what the broker or the way to it said; what was not acknowledged waits again then."""
        with self._counting:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]
        sent: list[Any] = []
        try:
            for ping in batch:
                key = f"{self._centre}/{ping.callsign}".encode()
                sent.append(await producer.send(self._topic, self._envelope(ping), key))
            await asyncio.gather(*sent)
        except BaseException:
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


async def _end(producer: AIOKafkaProducer) -> None:
    """Let the producer go; it may wait for a broker that does not answer."""
    try:
        await asyncio.wait_for(producer.stop(), GOODBYE_S)
    except Exception:
        log.debug("A producer did not end in order", exc_info=True)


def _look_at(sent: "asyncio.Future[Any]") -> None:
    """A fault that nobody looks at is printed by asyncio."""
    if not sent.cancelled():
        sent.exception()
