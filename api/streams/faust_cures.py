"""What faust-streaming 0.15.3 gets wrong, and what we do about it; each can be left out, to see.

The patches name parts of that one version and look whether they are there: another version refuses to start
rather than run without them.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import faust
from faust.sensors import Sensor
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer
from mode import Service

from api.streams.broker_settings import BrokerSettings
from api.streams.endings import why_ended
from api.streams.faust_bundles import Bundling, BundlingThread
from api.streams.watchdog import leave

VERSION = "0.15.3"
FETCH_S = 0.5
HAND_S = 5.0
REFUSAL_S = 1.0


class UnknownFaust(RuntimeError):
    """The patches were made for another version; the sentence names both."""


@dataclass(frozen=True, slots=True)
class Cures:
    """All on, but in the tests that show what each is for.

    rewind          : after a rebalance go back to the beginning where nothing was committed yet; without it
                      what was fetched meanwhile is lost
    steady_seek     : go back only when no record is on its way; without it the place of records that come
                      later than others may be committed before those were worked on
    read_committed  : pass over what a relay sent and then took back
    dead_letters    : put what cannot be read aside; without it Faust acknowledges and forgets it
    ack_when_kept   : acknowledge a record only when the broker has all that came of it
    leave_on_error  : end when the broker refuses a record; without it Faust warns and commits
    leave_unjoined  : end when the group does not take us; without it Faust waits for ever
    watch_commits   : end when commits stand still behind the work
    stop_in_time    : end soon after SIGTERM though the broker is gone
    """

    rewind: bool = True
    steady_seek: bool = True
    read_committed: bool = True
    dead_letters: bool = True
    ack_when_kept: bool = True
    leave_on_error: bool = True
    leave_unjoined: bool = True
    watch_commits: bool = True
    stop_in_time: bool = True


def patched_thread(cures: Cures) -> type[BundlingThread]:
    """The driver's consumer with the cures that need its inside."""
    if faust.__version__ != VERSION:
        raise UnknownFaust(f"The patches are for faust-streaming {VERSION}, not {faust.__version__}.")

    class Thread(BundlingThread):
        async def seek_to_committed(self) -> Any:
            if not cures.rewind:
                return await super().seek_to_committed()
            return await self.call_thread(self._seek_to_committed)

        async def _seek_to_committed(self) -> Any:
            """aiokafka goes back only to places above 0; the others stay where they were read to."""
            consumer = self._ensure_consumer()
            offsets = await consumer.seek_to_committed()
            never = [
                place
                for place, offset in offsets.items()
                if not offset and not self.consumer._is_changelog_tp(place)
            ]
            if never:
                await consumer.seek_to_beginning(*never)
            return offsets

        def _create_worker_consumer(self, transport: Any) -> Any:
            consumer = super()._create_worker_consumer(transport)
            if cures.read_committed:
                if not hasattr(consumer, "_isolation_level"):
                    raise UnknownFaust("This aiokafka keeps its isolation level elsewhere.")
                consumer._isolation_level = "read_committed"
            return consumer

    return Thread


def coordinator(consumer: Any) -> Any:
    """What keeps us in the group, in the driver's thread. After the app has joined."""
    return consumer._thread._ensure_consumer()._coordinator


def refusal(thread: AIOKafkaConsumerThread) -> Exception | None:
    """What the group answered to our joining, while nobody has asked the driver for it."""
    coordinator = getattr(thread._consumer, "_coordinator", None)
    return getattr(coordinator, "_pending_exception", None)


def patched_consumer(cures: Cures, broker: BrokerSettings) -> type[Consumer]:
    """The driver on this side of the thread."""
    thread = patched_thread(cures)

    class Patched(Bundling):
        """Never goes back while records are in its hands.

        Faust goes back to the committed places while its fetcher runs: what was fetched before would be
        handed on after that, and its place committed, though what lies between was not worked on.
        """

        def __init__(self, *words: Any, **named: Any) -> None:
            super().__init__(*words, **named)
            self._fetching = asyncio.Lock()
            self._hand_empty = asyncio.Event()
            self._hand_empty.set()
            self._hander: asyncio.Task[Any] | None = None
            self._went_back = self._fetched_in = 0

        @Service.task
        async def _watch_joining(self) -> None:
            """A driver tells it with the next records, for which Faust asks only when it has joined."""
            before: Exception | None = None
            while cures.leave_unjoined and not self.should_stop:
                await self.sleep(REFUSAL_S)
                refused = refusal(self._thread)
                if refused is not None and refused is before:
                    leave(why_ended(broker, refused))
                before = refused

        def _new_consumer_thread(self) -> AIOKafkaConsumerThread:
            return thread(self, loop=self.loop, beacon=self.beacon)

        async def _getmany(self, active_partitions: Any, timeout: float) -> Any:
            if not cures.steady_seek:
                return await super()._getmany(active_partitions, timeout)
            self._hander = asyncio.current_task()
            async with self._fetching:
                records = await super()._getmany(active_partitions, min(timeout, FETCH_S))
                self._fetched_in = self._went_back
                if records:
                    self._hand_empty.clear()
                return records

        async def hand_on(self, records: Any, active: Any) -> None:
            try:
                if not cures.steady_seek or self._fetched_in == self._went_back:
                    await super().hand_on(records, active)
            finally:
                self._hand_empty.set()

        async def perform_seek(self) -> None:
            if not cures.steady_seek:
                return await super().perform_seek()
            async with self._fetching:
                self._went_back += 1
                if asyncio.current_task() is not self._hander:
                    with suppress(asyncio.TimeoutError):  # a fetcher that was cancelled hands nothing on
                        async with asyncio.timeout(HAND_S):
                            await self._hand_empty.wait()
                await super().perform_seek()

    return Patched


def patch(app: faust.App, cures: Cures, broker: BrokerSettings) -> None:
    """Give the app the patched consumer. Before it starts."""
    app.transport.Consumer = patched_consumer(cures, broker)  # type: ignore[misc]


class SendErrors(Sensor):
    """A record the broker refused is a state or an effect that is lost: better to end and begin again."""

    def on_send_error(self, producer: Any, exc: BaseException, state: Any) -> None:
        leave(f"Kafka refused a record: {exc!r}")
