"""A bridge from an MQTT broker: phones with OwnTracks publish there, and what they say becomes pings.

It lives in a thread with an event loop of its own, so that a busy broker takes turns with dispatchers instead
of standing before them, and it reads no faster than `MOST_A_SECOND`: what is more waits at the broker. The
session at the broker is kept (QoS 1), so what is published while we are away comes when we are back.
"""

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random
from time import monotonic, sleep
from typing import Any

import aiomqtt

from api.alarms import Alarms, Words
from api.ingest.devices import Devices
from api.ingest.fix import BadFix
from api.ingest.mqtt_address import Broker
from api.ingest.owntracks import TOPICS, device_of, read_location
from domain.errors import BadPosition
from projections.positions import Ping

log = logging.getLogger("vigil.mqtt")

MOST_A_SECOND = 5_000
MOST_A_BATCH = 500
GATHER_S = 0.02
"""How long messages gather before they are judged together."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 15.0
HELD_S = 10.0
"""A connection that held so long was sound: after it the pauses begin from the shortest."""
KEEPALIVE_S = 20
PATIENCE_S = 10.0
CUT_OFF: Words = {
    "vi": "Mất kết nối tới máy chủ MQTT: vị trí của các xe báo qua đó không được cập nhật. Đang thử lại.",
    "en": "The MQTT broker cannot be reached: units that report through it stand still here. Trying again.",
}


class MqttBridge:
    """Connects, subscribes, reads, and begins again for as long as it is not stopped.

    take   : told of the pings of known devices, in batches; called in the bridge's thread
    refuse : told why, and how many messages, were not understood or came from nobody we know
    """

    def __init__(
        self,
        broker: Broker,
        devices: Devices,
        take: Callable[[Sequence[Ping]], None],
        refuse: Callable[[str, int], None],
        identifier: str,
        alarms: Alarms | None = None,
    ) -> None:
        """identifier : our name at the broker, the same at each start, or what waited for us is not ours"""
        self._broker, self._devices, self._take, self._refuse = broker, devices, take, refuse
        self._identifier, self._alarms = identifier, alarms
        self._gathered: list[Ping] = []
        self._refused: Counter[str] = Counter()
        self._stumbled_over: set[type[Exception]] = set()
        self._pace = Pace(MOST_A_SECOND)
        self._chance = Random()
        self._loop = asyncio.new_event_loop()
        self._work: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="mqtt", daemon=True)
        self.connected = False
        self.cut_since: float | None = None

    def start(self) -> None:
        self.cut_since = monotonic()
        self._thread.start()

    def stop(self) -> None:
        """Say goodbye to the broker and wait until the thread has ended."""
        self._loop.call_soon_threadsafe(lambda: self._work and self._work.cancel())
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def tend(self) -> None:
        """Let every screen know while the broker is away for longer than a moment."""
        cut_since = self.cut_since
        if self._alarms is None:
            return
        if cut_since is None:
            self._alarms.end("mqtt")
        elif monotonic() - cut_since >= PATIENCE_S:
            self._alarms.sound("mqtt", CUT_OFF, datetime.now(UTC))

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._work = self._loop.create_task(self._keep_connected())
        try:
            self._loop.run_until_complete(self._work)
        except asyncio.CancelledError:
            pass
        finally:
            self._loop.close()

    async def _keep_connected(self) -> None:
        pause_s = FIRST_PAUSE_S
        while True:
            began, reason = monotonic(), "it ended"
            try:
                await self._read_until_cut()
            except aiomqtt.MqttError as fault:
                reason = str(fault)
            except Exception:
                log.exception("The bridge to %s failed", self._broker)
                reason = "a fault of ours"
            if self.connected or self.cut_since is None:
                self.cut_since = monotonic()
            self.connected = False
            if monotonic() - began > HELD_S:
                pause_s = FIRST_PAUSE_S
            wait_s = self._chance.uniform(pause_s / 2, pause_s)
            log.warning("No connection to %s (%s); trying again in %.1f s", self._broker, reason, wait_s)
            await asyncio.sleep(wait_s)
            pause_s = min(LONGEST_PAUSE_S, 2 * pause_s)

    async def _read_until_cut(self) -> None:
        """Raises MqttError when the connection ends, or does not come about."""
        inbox = self._hear

        class Inbox(asyncio.Queue[aiomqtt.Message]):
            """Where the library puts what comes: it is read on the spot, and the queue stays empty."""

            def put_nowait(self, message: aiomqtt.Message) -> None:
                inbox(message)

        client = aiomqtt.Client(
            self._broker.host,
            self._broker.port,
            username=self._broker.username,
            password=self._broker.password,
            identifier=self._identifier,
            clean_session=False,
            keepalive=KEEPALIVE_S,
            timeout=10,
            tls_context=self._broker.context(),
            queue_type=Inbox,
        )
        async with client:
            granted = await client.subscribe(TOPICS, qos=1)
            if any(getattr(code, "is_failure", False) for code in granted):
                raise aiomqtt.MqttError(f"it does not let us read {TOPICS}")
            self.connected, self.cut_since = True, None
            log.info("Listening to %s on %s", TOPICS, self._broker)
            handing = asyncio.create_task(self._hand_over())
            try:
                async for _ in client.messages:  # none ever comes this way; it ends when the connection does
                    pass
            finally:
                handing.cancel()
                self._empty()

    def _hear(self, message: aiomqtt.Message) -> None:
        """One message. The broker is told that we have it when this returns.

        Were it to fail, the connection would be cut, and the broker would send the same message for ever.
        """
        try:
            self._read(message)
        except (BadFix, BadPosition) as fault:
            self._refused["not_understood"] += 1
            log.debug("A message on %s was not understood: %s", message.topic, fault)
        except Exception as fault:
            self._refused["not_understood"] += 1
            self._tell_once(fault, message)
        if len(self._gathered) >= MOST_A_BATCH:
            self._empty()
        self._pace.step()

    def _read(self, message: aiomqtt.Message) -> None:
        topic = device_of(message.topic.value)
        callsign = self._devices.of_topic(topic) if topic is not None else None
        if callsign is None:
            self._refused["unknown_device"] += 1
            return
        fix = read_location(_bytes(message.payload))
        if fix is not None:
            self._gathered.append(fix.of(callsign))

    def _tell_once(self, fault: Exception, message: aiomqtt.Message) -> None:
        """Each kind of fault of ours once, or a phone that repeats itself would fill the log."""
        if type(fault) not in self._stumbled_over:
            self._stumbled_over.add(type(fault))
            log.error("We stumbled over a message on %s; it was left out", message.topic, exc_info=fault)

    async def _hand_over(self) -> None:
        while True:
            await asyncio.sleep(GATHER_S)
            self._empty()

    def _empty(self) -> None:
        pings, self._gathered = self._gathered, []
        refused, self._refused = self._refused, Counter()
        try:
            for why, number in refused.items():
                self._refuse(why, number)
        except Exception:
            log.exception("What was refused could not be counted: %s", dict(refused))
        if pings:
            try:
                self._take(pings)
            except Exception:
                log.exception("%d pings could not be taken", len(pings))


class Pace:
    """Holds its thread back where it takes more than so many steps a second."""

    def __init__(
        self, most_a_s: float, clock: Callable[[], float] = monotonic, wait: Callable[[float], None] = sleep
    ) -> None:
        self._step_s, self._clock, self._wait = 1 / most_a_s, clock, wait
        self._ahead_until = 0.0

    def step(self) -> None:
        """Waits at most some hundredths of a second, and only when it is that far ahead of its pace."""
        now = self._clock()
        self._ahead_until = max(self._ahead_until, now) + self._step_s
        if self._ahead_until - now > 0.05:
            self._wait(self._ahead_until - now)


def _bytes(payload: Any) -> bytes:
    return payload if isinstance(payload, bytes) else b""
