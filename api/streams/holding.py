"""What a worker does with the partitions it holds, whichever host brings the records: fold, say, keep.

Records are folded at once, and what is to be said is said. The states that changed, and the places up to
which records made them, are kept every `keep_s`: a state that changed ten times since is written once. A
worker that dies in between is followed by one that folds some records again, which changes nothing; what it
says again has the same ids.

States are kept when everything that came of their records is with the broker, and places are committed when
the states are: a worker that finds a record in its states says nothing of it again. Where the broker refused
something of it, nothing is kept any more: who comes next folds those records again, and says it.

Claims keep old states from new ones, but what is said bears none: so nothing is said while the group may have
given the partitions to others (`membership.py`).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, NamedTuple

from aiokafka.errors import KafkaError

from api.streams.broker_settings import BrokerSettings
from api.streams.changelog import Changelog
from api.streams.membership import Membership
from api.streams.outbox import Outbox
from api.streams.shelves import Heard, Shelves
from api.streams.sinks import Sent
from api.streams.watchdog import Place, Progress
from projections.streams.fold import Limits

log = logging.getLogger("vigil.streams")

LAST_KEEP_S = 3.0
"""How long a worker that loses its partitions tries to keep what it has folded."""


@dataclass(frozen=True, slots=True)
class Pace:
    """tick_s : between two ticks, None for none (a test sends its own). patience_s : until it leaves.

    keep_s : how old a kept state may be; a worker that follows folds so much again
    """

    tick_s: float | None = 1.0
    session_s: float = 12.0
    patience_s: float = 30.0
    linger_ms: int = 5
    keep_s: float = 3.0


class Unsaid(KafkaError):  # type: ignore[misc]
    """The states know of records of which not all was said: they may not be kept."""


class Batch(NamedTuple):
    """Records of one partition in their order, as aiokafka has them. topic : with the prefix."""

    topic: str
    partition: int
    records: Sequence[Any]


Commit = Callable[[Mapping[Place, int]], Awaitable[bool]]


class Holding:
    """commit : tells Kafka the places; False where it did not take them."""

    def __init__(self, broker: BrokerSettings, limits: Limits, pace: Pace, commit: Commit) -> None:
        self.shelves = Shelves(limits)
        self.outbox = Outbox(broker, pace.linger_ms)
        self.membership = Membership(pace.session_s)
        self._changelog = Changelog(broker, self.outbox)
        self._prefix, self._keep_s, self._commit = broker.prefix, pace.keep_s, commit
        self._worked: dict[Place, int] = {}
        self._committed: dict[Place, int] = {}
        self._folding, self._keeping = asyncio.Lock(), asyncio.Lock()
        self._unsaid = False

    async def fold(self, batches: Iterable[Batch], still_ours: Callable[[], bool]) -> None:
        """Waits for the group where it has not answered for a session. Raises KafkaError; keep nothing then.

        still_ours : whether they were fetched since partitions changed hands last
        """
        await self.membership.sure(still_ours)  # not under the lock: partitions can be let go meanwhile
        async with self._folding:
            if not still_ours():
                return
            try:
                saying: list[Sent] = []
                for batch in batches:
                    if batch.partition in self.shelves.partitions:
                        saying += self._hear(batch)
                if saying:
                    await self._send(self.outbox.send(saying))
            except BaseException:
                self._unsaid = True
                raise

    def _hear(self, batch: Batch) -> list[Sent]:
        saying: list[Sent] = []
        topic, partition = batch.topic.removeprefix(self._prefix), batch.partition
        for record in batch.records:
            key, value, written_ms = record.key, record.value, record.timestamp
            saying += self.hear(Heard(topic, partition, record.offset, key, value, written_ms))
        self._worked[batch.topic, partition] = batch.records[-1].offset + 1
        return saying

    def hear(self, record: Heard) -> list[Sent]:
        return self.shelves.hear(record)

    # --- partitions come and go ---------------------------------------------------------------

    async def take(self, partitions: set[int]) -> None:
        """Begin with the states as they were kept. Raises KafkaError."""
        async with self._keeping, self._folding:
            began = monotonic()
            self.membership.joined()
            self._forget()
            kept = await self._changelog.take(partitions)
            for partition, found in kept.items():
                self.shelves.open(partition, found.states)
                self.shelves.shelf(partition).touch(found.stale)
            count = sum(len(found.states) for found in kept.values())
            log.info("Partitions %s, %d states in %.1f s", sorted(partitions), count, monotonic() - began)

    async def let_go(self) -> None:
        """Keep what can be kept quickly; the rest is folded again by whoever comes. Raises TakenOver."""
        try:
            async with asyncio.timeout(LAST_KEEP_S):
                await self.keep()
        except (KafkaError, TimeoutError) as fault:
            log.warning("The last seconds are folded again by others: %r", fault)
        finally:
            async with self._keeping, self._folding:
                self._forget()

    def _forget(self) -> None:
        self.shelves.close(self.shelves.partitions)
        self._changelog.let_go()
        self._worked.clear()
        self._committed.clear()

    # --- keeping ------------------------------------------------------------------------------

    async def keep_on(self) -> None:
        """For ever, every `keep_s`."""
        while True:
            await asyncio.sleep(self._keep_s)
            await self.keep()

    async def keep(self) -> None:
        """All that changed. Raises TakenOver where another worker has a partition by now, and KafkaError."""
        async with self._keeping:
            async with self._folding:  # what these states say has been said
                if self._unsaid:
                    raise Unsaid("not all was said that came of the last records")
                changed = {each: self.shelves.changed(each) for each in sorted(self.shelves.partitions)}
                places = self._places()
            kept = await asyncio.gather(
                *(
                    self._send(self._keep(partition, states))
                    for partition, states in changed.items()
                    if states
                )
            )
            if places and all(kept) and await self._commit(places):
                self._committed.update(places)

    async def _keep(self, partition: int, states: Sequence[Sent]) -> None:
        self.shelves.shelf(partition).touch(await self._changelog.keep(partition, states))

    async def _send(self, sending: Awaitable[Any]) -> bool:
        """Whether it may count as sent."""
        await sending
        return True

    def _places(self) -> dict[Place, int]:
        return {place: at for place, at in self._worked.items() if self._committed.get(place) != at}

    def progress(self) -> dict[Place, Progress]:
        return {place: Progress(at, self._committed.get(place)) for place, at in self._worked.items()}
