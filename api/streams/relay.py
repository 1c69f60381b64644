"""The log of a centre goes to Kafka: every event once, each thing's events in order, from wherever it stood.

A life of the relay: take the lock, fence the forerunner, read how far it came, follow the log. Any fault ends
the life, and after a pause another begins; what the broker holds says where.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple, NoReturn

import psycopg
from aiokafka.errors import KafkaError, ProducerFenced

from api.streams.admin import NoTopics
from api.streams.broker_settings import BrokerSettings
from api.streams.checkpoint import BadCheckpoint, Checkpoint, NotReadable
from api.streams.envelope import Outgoing, outgoing
from api.streams.outlet import TRANSACTION_S, Outlet, open_outlet
from api.streams.relay_figures import FOLLOWING, RelayFigures
from api.streams.relay_lock import RelayLock
from api.streams.relay_log import Log
from dispatch.faults import OperationalError as LogAway

log = logging.getLogger("vigil.relay")

BATCH = 500
POLL_S = 0.2
STANDBY_S = 2.0
BEAT_S = 5.0
"""Where nothing happens, the relay says so often that it has read the log to its end."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 10.0
SLOW_S = 3.0
"""A transaction that takes longer: the broker is said to be away."""
GIVE_UP_S = 60.0
"""A transaction that takes longer is abandoned, with its producer."""


USUAL = (KafkaError, TimeoutError, OSError, LogAway, NotReadable, NoTopics, psycopg.Error)
"""Faults of others, which pass. Any other is ours, and logged with its trace; but no fault is an end."""


class OtherRelay(RuntimeError):
    """Another relay sends for this centre; the sentence says what to do."""


class OtherLog(RuntimeError):
    """Kafka knows this centre by another log; the sentence says what to do."""


class Batch(NamedTuple):
    """Events in order, as records; `heard_at` is of the first. Empty at the end of the log.

    complete_to : all that stood in the log at this moment is in this batch or was in those before it
    """

    records: list[Outgoing]
    heard_at: datetime | None
    complete_to: datetime

    @property
    def last(self) -> int:
        return self.records[-1].seq


class Relay:
    """`run` until `stop`. One event loop; the log is read in threads."""

    def __init__(
        self, log: Log, broker: BrokerSettings, lock: RelayLock, figures: RelayFigures, batch: int = BATCH
    ) -> None:
        self._log, self._broker, self._lock, self._batch = log, broker, lock, batch
        self.figures = figures
        self._stopping = asyncio.Event()
        self._pause = FIRST_PAUSE_S

    def stop(self) -> None:
        """End after the transaction at hand."""
        self._stopping.set()

    async def run(self, once: bool = False) -> None:
        """once : end at the end of the log, too. Raises OtherRelay, OtherLog, BadCheckpoint."""
        try:
            while not self._stopping.is_set():
                try:
                    if await self._live(once):
                        return
                except (OtherRelay, OtherLog, BadCheckpoint):
                    raise
                except Exception as fault:
                    if not isinstance(fault, USUAL):
                        log.exception("The relay of %s begins anew", self.figures.centre)
                    await self._rest(fault)
        finally:
            self._lock.release()

    # --- a life -----------------------------------------------------------------------------

    async def _live(self, once: bool) -> bool:
        """Whether the end of the log was reached, and that was wanted."""
        if not await asyncio.to_thread(self._lock.take):
            self.figures.turn("standing by", "another relay of this centre runs; standing by")
            await self._sleep(STANDBY_S)
            return False
        outlet = await open_outlet(self._broker, self.figures.centre)
        try:
            self.figures.lives += 1
            await self._same_log(outlet.reached)
            self.figures.position = outlet.reached.seq
            return await self._follow(outlet, once)
        finally:
            await outlet.close()

    async def _follow(self, outlet: Outlet, once: bool) -> bool:
        figures = self.figures
        batch = await asyncio.to_thread(self._read, figures.position + 1)
        while not self._stopping.is_set():
            figures.turn(FOLLOWING)
            figures.oldest_waiting = batch.heard_at
            if not batch.records:
                self._pause = FIRST_PAUSE_S
                if once or outlet.silent_s >= BEAT_S:
                    await self._send(outlet.beat(batch.complete_to))
                    figures.beats += 1
                if once:
                    return True
                await asyncio.to_thread(self._wait_for_news)
                batch = await asyncio.to_thread(self._read, figures.position + 1)
                continue
            # The next batch is read and written out while the broker stores this one.
            ahead = asyncio.create_task(asyncio.to_thread(self._read, batch.last + 1))
            try:
                await self._send(outlet.send(batch.records, batch.complete_to))
            except BaseException:
                ahead.cancel()
                raise
            figures.position = batch.last
            figures.events_sent += len(batch.records)
            figures.left_out += sum(not each.whole for each in batch.records)
            figures.transactions += 1
            self._pause = FIRST_PAUSE_S
            batch = await ahead
        return False

    async def _send(self, transaction: Awaitable[None]) -> None:
        """Patient with a broker that is away: aiokafka tries again, and its idempotence doubles nothing."""
        began = time.monotonic()
        sending = asyncio.ensure_future(transaction)
        try:
            await asyncio.wait([sending], timeout=SLOW_S)
            if not sending.done():
                away = f"Kafka at {self._broker.address} does not answer"
                self.figures.turn("waiting for Kafka", f"{away}; waiting")
                while not sending.done() and not self._stopping.is_set():
                    if time.monotonic() - began > GIVE_UP_S:
                        raise TimeoutError(away)
                    await asyncio.wait([sending], timeout=POLL_S)
                if not sending.done():
                    raise TimeoutError(f"{away}, and this relay is to end")
            await sending
        except ProducerFenced:
            await self._fenced(time.monotonic() - began)
        finally:
            sending.cancel()

    async def _fenced(self, took_s: float) -> NoReturn:
        """By whom? By the broker, where our own transaction ran out of time; else another relay is there."""
        held = await asyncio.to_thread(self._lock.held)
        if held and took_s < TRANSACTION_S / 2:
            raise OtherRelay(
                f"Another relay sends for {self.figures.centre} to {self._broker.address} and has taken "
                "over; this one ends. A centre has one relay, and a centre's name one log."
            ) from None
        raise TimeoutError("the transaction ran out of time" if held else "the lock of this centre was lost")

    # --- the log ----------------------------------------------------------------------------

    def _read(self, start: int) -> Batch:
        """The next events. In a thread."""
        now = datetime.now(UTC)
        facts = self._log.select(start, self._batch)
        if not facts:
            return Batch([], None, now)
        self.figures.end = max(self.figures.end, facts[-1][0])
        centre, last = self.figures.centre, facts[-1][1].act.heard_at
        complete_to = now if len(facts) < self._batch else min(last, now)
        records = [outgoing(centre, seq, fact) for seq, fact in facts]
        return Batch(records, facts[0][1].act.heard_at, complete_to)

    def _wait_for_news(self) -> None:
        """Until something was saved, or the time of a poll is over. In a thread."""
        with self._log.saved:
            # Looked at under the lock, or a save between the look and the wait would be slept over.
            self.figures.end = self._log.position()
            if self.figures.end < self.figures.position:
                raise NotReadable("the log has become shorter")  # the next life finds out what it is
            if self.figures.lag == 0:
                self._log.saved.wait(POLL_S)

    async def _same_log(self, reached: Checkpoint) -> None:
        """See that what Kafka was told last stands in this log, too. Raises OtherLog."""
        self.figures.end = await asyncio.to_thread(self._log.position)
        if reached.seq == 0:
            return
        found = await asyncio.to_thread(self._log.select, reached.seq, 1, reached.seq)
        fact = found[0][1] if found else None
        if fact is None or (str(fact.originator_id), fact.originator_version) != (
            reached.id,
            reached.version,
        ):
            raise OtherLog(
                f"Kafka at {self._broker.address} has {self.figures.centre} up to event {reached.seq}, which "
                f"is not in this log (it ends at {self.figures.end}): this is another log. "
                "Name it with --centre, or give it topics of its own with --prefix."
            )

    # --- pauses -----------------------------------------------------------------------------

    async def _rest(self, fault: Exception) -> None:
        figures = self.figures
        figures.faults += 1
        said = str(fault).strip().splitlines()
        figures.turn(
            f"waiting: {type(fault).__name__}", f"{said[0] if said else type(fault).__name__}; waiting"
        )
        with suppress(Exception):  # the log itself may be what is away
            figures.end = max(figures.end, await asyncio.to_thread(self._log.position))
        await self._sleep(self._pause)
        self._pause = min(2 * self._pause, LONGEST_PAUSE_S)

    async def _sleep(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
