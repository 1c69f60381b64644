"""The streams on Faust: it brings the records and shares the partitions out; `holding.py` does the rest.

An agent gets whole fetches (`faust_bundles.py`). The table is there for its changelog, so that Faust gives
the partitions of all topics that belong together to one worker; the states themselves are on the shelves, for
a write into a table sends one record at once, and nobody waits for it. What Faust needs beside that stands in
`faust_cures.py`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from time import monotonic
from typing import Any

import faust
from aiokafka.errors import KafkaError
from faust.types import TP

from api.streams.aiokafka_host import BATCH, GROUP
from api.streams.broker_clock import BrokerClock, Clock, now
from api.streams.broker_settings import BrokerSettings
from api.streams.endings import ENDINGS, why_ended
from api.streams.faust_bundles import Bundle
from api.streams.faust_cures import Cures, SendErrors, coordinator, patch
from api.streams.holding import Batch, Holding, Pace
from api.streams.shelves import SOURCES, STATE, Heard
from api.streams.sinks import Sent
from api.streams.topics import LARGEST_RECORD
from api.streams.watchdog import CommitWatch, Place, Progress, Pulse, leave
from projections.streams.fold import Limits

log = logging.getLogger("vigil.streams")

RAW: dict[str, Any] = {"key_serializer": "raw", "value_serializer": "raw"}
BYTES: dict[str, Any] = {"key_type": bytes, "value_type": bytes}
ALL = Cures()
TABLE = STATE.removeprefix("stream-").removesuffix("-changelog")


class FaustWorker:
    """`app` is a Faust app that folds. One a process, one agent, one bundle after the other."""

    def __init__(
        self,
        broker: BrokerSettings,
        limits: Limits,
        pace: Pace,
        partitions: int,
        cures: Cures = ALL,
        name: str = "",
        clock: Clock = now,
    ) -> None:
        self._broker, self._pace, self._cures = broker, pace, cures
        self._holding = CuredHolding(broker, limits, pace, self._commit, cures)
        self._clock = BrokerClock(self._holding.outbox, clock)
        self.shelves = self._holding.shelves
        self.app = _app(broker, pace, partitions, name)
        self.table = self.app.Table(TABLE, **BYTES, partitions=partitions)
        self._join(partitions)

    def _join(self, partitions: int) -> None:
        """Tell the app what to do."""
        app = self.app
        patch(app, self._cures, self._broker)
        if self._cures.leave_on_error:
            app.sensors.add(SendErrors())
        heard = app.topic(
            *(self._broker.topic(source) for source in SOURCES),
            **BYTES,
            **RAW,
            partitions=partitions,
        )
        app.agent(heard, name="fold", concurrency=1)(self._fold)
        app.on_partitions_revoked.connect(self._on_revoked, weak=False)
        app.on_rebalance_complete.connect(self._on_assigned, weak=False)
        app.task(self._keep)
        app.task(self._watch)
        if self._pace.tick_s is not None:
            app.timer(self._pace.tick_s)(self._tick)

    async def _fold(self, stream: Any) -> None:
        async for event in stream.noack().events():
            bundle: Bundle = event.message
            batches = [Batch(place.topic, place.partition, some) for place, some in bundle.records.items()]
            await self._or_leave(self._holding.fold(batches, lambda bundle=bundle: self._is_ours(bundle)))  # type: ignore[misc]
            bundle.handled.set()

    async def _keep(self) -> None:
        """From when the app runs to its end."""
        try:
            await self._or_leave(self._holding.keep_on())
        finally:
            await self._holding.outbox.stop()

    async def _commit(self, places: Mapping[Place, int]) -> bool:
        consumer: Any = self.app.consumer
        return bool(await consumer.commit_kept({TP(*place): at for place, at in places.items()}))

    def _is_ours(self, bundle: Bundle) -> bool:
        return bool(bundle.generation_id == self.app.consumer_generation_id)

    # --- partitions come and go ---------------------------------------------------------------

    async def _on_revoked(self, *words: Any, **named: Any) -> None:
        await self._or_leave(self._holding.let_go())

    async def _on_assigned(self, *words: Any, **named: Any) -> None:
        told = self._broker.topic("told")
        partitions = {place.partition for place in self.app.consumer.assignment() if place.topic == told}
        await self._or_leave(self._begin(partitions))

    async def _begin(self, partitions: set[int]) -> None:
        await self._holding.outbox.start()
        self._holding.membership.listen(coordinator(self.app.consumer))
        await self._holding.take(partitions)

    # --- beside the work ----------------------------------------------------------------------

    async def _tick(self) -> None:
        """A timer of Faust may change no state: it sends word, and the agent hears it in its place."""
        await self._or_leave(self._clock.tick(self.shelves.partitions))

    async def _watch(self) -> None:
        watch, pulse = CommitWatch(self._pace.patience_s), Pulse(self._pace.patience_s)
        pulse.start()
        while not self.app.should_stop:
            await asyncio.sleep(self._pace.patience_s / 10)
            pulse.beat()
            place = watch.stalled(self.progress(), monotonic())
            if place and self._cures.watch_commits:
                leave(f"Commits of {place[0]}/{place[1]} stand still")
        pulse.stop()

    async def _or_leave(self, work: Awaitable[None]) -> None:
        """Faust would take what is raised in an agent for dealt with, and go on."""
        try:
            await work
        except ENDINGS as fault:
            leave(why_ended(self._broker, fault))
        except Exception as fault:
            log.exception("A fault of ours")
            leave(f"The streams could not go on: {fault!r}")

    def progress(self) -> dict[Place, Progress]:
        return self._holding.progress()


class CuredHolding(Holding):
    """With the cures that can be left out, to see what each is for."""

    def __init__(self, broker: BrokerSettings, limits: Limits, pace: Pace, commit: Any, cures: Cures) -> None:
        super().__init__(broker, limits, pace, commit)
        self._cures = cures

    def hear(self, record: Heard) -> list[Sent]:
        saying = super().hear(record)
        if not self._cures.dead_letters:
            return [each for each in saying if each.topic != "dead-letters"]
        return saying

    async def _send(self, sending: Awaitable[Any]) -> bool:
        try:
            return await super()._send(sending)
        except KafkaError:
            if self._cures.leave_on_error:
                raise
            return not self._cures.ack_when_kept


def _app(broker: BrokerSettings, pace: Pace, partitions: int, name: str) -> faust.App:
    return faust.App(
        id=broker.topic(GROUP),
        broker=[f"kafka://{address}" for address in broker.address.split(",")],
        store="memory://",
        processing_guarantee="at_least_once",
        topic_partitions=partitions,
        topic_allow_declare=False,
        topic_disable_leader=True,
        consumer_auto_offset_reset="earliest",
        consumer_group_instance_id=name or None,
        consumer_max_fetch_size=LARGEST_RECORD,
        broker_max_poll_records=BATCH,
        producer_linger=pace.linger_ms / 1000,
        producer_compression_type="lz4",
        producer_max_request_size=LARGEST_RECORD,
        producer_request_timeout=30.0,
        producer_acks=-1,
        broker_commit_interval=1.0,
        broker_session_timeout=pace.session_s,
        broker_heartbeat_interval=pace.session_s / 4,
        broker_rebalance_timeout=30.0,
        stream_wait_empty=False,
        table_standby_replicas=0,
        web_enabled=False,
        worker_redirect_stdouts=False,
        autodiscover=False,
        **_credentials(broker),
    )


def _credentials(broker: BrokerSettings) -> dict[str, Any]:
    options = broker.options()
    context = options.get("ssl_context")
    if broker.security.startswith("sasl"):
        mechanism = faust.types.auth.SASLMechanism(broker.mechanism)
        return {
            "broker_credentials": faust.SASLCredentials(
                username=broker.user, password=broker.password, mechanism=mechanism, ssl_context=context
            )
        }
    return {"broker_credentials": faust.SSLCredentials(context)} if context else {}
