"""The streams on Faust: an agent that collects, a table that keeps the states.

Records are folded some dozens at a time: the agent only puts them aside, and every few milliseconds they are
folded in one go, each changed state going once to the changelog. A record is acknowledged when the broker has
all that came of it, and never when the partition has changed hands since. What Faust needs beside that stands
in `faust_cures.py`.
"""

import asyncio
import logging
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import faust
from aiokafka.errors import KafkaError
from faust.types import EventT

from api.streams.aiokafka_host import GROUP, Pace
from api.streams.broker_settings import BrokerSettings
from api.streams.faust_cures import Cures, SendErrors, patch
from api.streams.outbox import Outbox
from api.streams.shelves import SOURCES, STATE, Heard, Shelves, name_of, tick_record
from api.streams.sinks import Sent
from api.streams.topics import LARGEST_RECORD
from api.streams.watchdog import CommitWatch, Place, Progress, Pulse, leave
from projections.streams.fold import Limits
from projections.streams.messages import Tick

log = logging.getLogger("vigil.streams")

COLLECT_S = 0.005
"""How long records are put aside. It is the price in delay of fewer records in the changelog."""
RAW: dict[str, Any] = {"key_serializer": "raw", "value_serializer": "raw"}
BYTES: dict[str, Any] = {"key_type": bytes, "value_type": bytes}
ALL = Cures()
TABLE = STATE.removeprefix("stream-").removesuffix("-changelog")


class FaustWorker:
    """`app` is a Faust app that folds. One a process, one agent, one record after the other."""

    def __init__(
        self,
        broker: BrokerSettings,
        limits: Limits,
        pace: Pace,
        partitions: int,
        cures: Cures = ALL,
        name: str = "",
    ) -> None:
        self._broker, self._pace, self._cures = broker, pace, cures
        self.shelves = Shelves(limits)
        self._aside: list[EventT] = []
        self._worked: dict[Place, int] = {}
        self._outbox = Outbox(broker, pace.linger_ms)
        self._working = asyncio.Lock()
        self._folding = False
        self.app = _app(broker, pace, partitions, name)
        self.table = self.app.Table(
            TABLE,
            **BYTES,
            partitions=partitions,
        )
        self._join(partitions)

    def _join(self, partitions: int) -> None:
        """Tell the app what to do."""
        app = self.app
        patch(app, self._cures)
        if self._cures.leave_on_error:
            app.sensors.add(SendErrors())
        heard = app.topic(
            *(self._broker.topic(source) for source in SOURCES),
            **BYTES,
            **RAW,
            partitions=partitions,
        )
        app.agent(heard, name="fold", concurrency=1)(self._put_aside)
        app.on_partitions_revoked.connect(self._on_revoked, weak=False)
        app.on_rebalance_complete.connect(self._on_recovered, weak=False)
        app.task(self._collect)
        app.task(self._watch)
        if self._pace.tick_s is not None:
            app.timer(self._pace.tick_s)(self._tick)

    async def _put_aside(self, stream: Any) -> None:
        async for event in stream.noack().events():
            self._aside.append(event)

    async def _collect(self) -> None:
        await self._outbox.start()
        while not self.app.should_stop:
            await asyncio.sleep(COLLECT_S)
            if not self._aside:
                continue
            try:
                async with self._working:
                    if self._folding:
                        await self._fold_aside()
            except Exception as fault:
                log.exception("A fault of ours")
                leave(f"The streams could not go on: {fault!r}")
        await self._outbox.stop()

    async def _fold_aside(self) -> None:
        """Fold what was put aside, send what came of it, and acknowledge it in its order."""
        events, self._aside = self._aside, []
        taken: list[EventT] = []
        sending: list[Sent] = []
        prefix = len(self._broker.prefix)
        for event in events:
            message = event.message
            if message.partition not in self.shelves.partitions or not self._is_ours(message):
                continue  # never acknowledged: whoever has it now reads it again
            topic = message.topic[prefix:]
            heard = Heard(topic, message.partition, message.offset, message.key, message.value)
            sending += self._hear(heard)
            taken.append(event)
        for partition in sorted({event.message.partition for event in taken}):
            sending += self._changed(partition)
        if await self._kept(sending):
            for event in taken:
                event.ack()
                self._worked[event.message.topic, event.message.partition] = event.message.offset + 1

    async def _kept(self, sending: list[Sent]) -> bool:
        """Whether what came of the records may count as kept."""
        try:
            await self._outbox.send(sending)
        except KafkaError as fault:
            if self._cures.leave_on_error:
                leave(f"Kafka refused a record: {fault!r}")
            return not self._cures.ack_when_kept
        return True

    def _changed(self, partition: int) -> list[Sent]:
        """Changed states go into the table and into its changelog.

        Not by the table's own way: Faust sends them one by one, and forgets to wait for them.
        """
        changed = self.shelves.changed(partition)
        for each in changed:
            if each.value is None:
                self.table.data.pop(each.key, None)
            else:
                self.table.data[each.key] = each.value
        return changed

    def _hear(self, heard: Heard) -> list[Sent]:
        sending = self.shelves.hear(heard)
        if not self._cures.dead_letters:
            return [each for each in sending if each.topic != "dead-letters"]
        return sending

    def _is_ours(self, message: Any) -> bool:
        return bool(message.generation_id == self.app.consumer_generation_id)

    # --- partitions come and go ---------------------------------------------------------------

    async def _on_revoked(self, *words: Any, **named: Any) -> None:
        """What we sent must be there before somebody else reads the states back."""
        self._folding = False
        async with self._working:
            self._aside.clear()
        self._worked.clear()
        self.shelves.close(self.shelves.partitions)

    async def _on_recovered(self, *words: Any, **named: Any) -> None:
        """The table is read back: begin with its states. Those of partitions we once had lie there too."""
        began = monotonic()
        told = self._broker.topic("told")
        kept: dict[int, dict[str, bytes]] = {
            place.partition: {} for place in self.app.consumer.assignment() if place.topic == told
        }
        count = 0
        for key, state in list(self.table.data.items()):
            partition, name = name_of(key)
            if partition in kept:
                kept[partition][name] = state
                count += 1
        for partition, states in kept.items():
            self.shelves.open(partition, states)
        self._folding = True
        log.info("Partitions %s, %d states in %.1f s", sorted(kept), count, monotonic() - began)

    # --- beside the work ----------------------------------------------------------------------

    async def _tick(self) -> None:
        """A timer of Faust may change no state: it sends word, and the agent hears it in its place."""
        tick = Tick(datetime.now(UTC))
        await self._outbox.send(
            [tick_record(partition, tick) for partition in sorted(self.shelves.partitions)]
        )

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

    def progress(self) -> dict[Place, Progress]:
        consumer: Any = self.app.consumer
        committed = {(tp.topic, tp.partition): at for tp, at in consumer._committed_offset.items()}
        return {place: Progress(at, committed.get(place)) for place, at in self._worked.items()}


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
