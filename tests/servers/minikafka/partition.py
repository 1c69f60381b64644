"""One partition: batches in order, who waits for more, and which transactions are open in it."""

import asyncio
from bisect import bisect_right
from collections import deque
from typing import NamedTuple

from tests.servers.minikafka.batches import Batch
from tests.servers.minikafka.codes import Error

REMEMBERED = 5  # batches of a producer that are known again, as in Kafka


class Aborted(NamedTuple):
    producer: int
    first: int
    last: int


class Partition:
    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.start, self.end = 0, 0
        self.aborted: list[Aborted] = []
        self._bases: list[int] = []
        self._open: dict[int, int] = {}  # producer -> where its open transaction begins
        self._recent: dict[int, deque[Batch]] = {}
        self._waiting: set[asyncio.Event] = set()

    @property
    def stable_end(self) -> int:
        """How far `read_committed` may read: up to the first open transaction."""
        return min(self._open.values(), default=self.end)

    def accept(self, batch: Batch) -> tuple[Error, int]:
        """Append what a producer sent; where it lies. A batch sent twice is taken once."""
        if batch.producer >= 0:
            error, known = self._check(batch)
            if error or known is not None:
                return error, -1 if known is None else known.base
        if batch.transactional:
            self._open.setdefault(batch.producer, self.end)
        placed = self._append(batch)
        if batch.producer >= 0:
            self._recent.setdefault(batch.producer, deque(maxlen=REMEMBERED)).append(placed)
        return Error.NONE, placed.base

    def end_transaction(self, mark: Batch, commit: bool) -> None:
        first = self._open.pop(mark.producer, None)
        if first is not None and not commit:
            self.aborted.append(Aborted(mark.producer, first, self.end))
        self._append(mark)

    def read(self, offset: int, most_bytes: int, until: int) -> bytes:
        """Whole batches from the one that holds `offset`; the first even if it is too large."""
        at, size = max(0, bisect_right(self._bases, offset) - 1), 0
        found: list[bytes] = []
        for batch in self.batches[at:]:
            if batch.base >= until or (found and size + len(batch.raw) > most_bytes):
                break
            if batch.last >= offset:
                found.append(batch.raw)
                size += len(batch.raw)
        return b"".join(found)

    def first_since(self, when_ms: int) -> tuple[int, int] | None:
        """Offset and time of the first record not older than that."""
        for batch in self.batches:
            if batch.newest_ms >= when_ms and not batch.control and (found := batch.first_since(when_ms)):
                return found
        return None

    def delete_before(self, offset: int) -> None:
        """What retention does: readers that stand earlier are out of range afterwards."""
        kept = [batch for batch in self.batches if batch.last >= offset]
        self.batches, self._bases = kept, [batch.base for batch in kept]
        self.start = max(self.start, min(offset, self.end))

    def wake_with(self, event: asyncio.Event) -> None:
        self._waiting.add(event)

    def forget(self, event: asyncio.Event) -> None:
        self._waiting.discard(event)

    def _append(self, batch: Batch) -> Batch:
        placed = batch.at(self.end)
        self.batches.append(placed)
        self._bases.append(placed.base)
        self.end = placed.last + 1
        for event in self._waiting:
            event.set()
        self._waiting.clear()
        return placed

    def _check(self, batch: Batch) -> tuple[Error, Batch | None]:
        recent = self._recent.get(batch.producer)
        if not recent:
            return Error.NONE, None
        newest = recent[-1]
        if batch.epoch < newest.epoch:
            return Error.INVALID_PRODUCER_EPOCH, None
        if batch.epoch > newest.epoch:
            recent.clear()
            return (Error.OUT_OF_ORDER_SEQUENCE_NUMBER if batch.sequence else Error.NONE), None
        for known in recent:
            if (known.sequence, known.records) == (batch.sequence, batch.records):
                return Error.NONE, known
        expected = (newest.sequence + newest.records) % 2**31
        return (Error.NONE if batch.sequence == expected else Error.OUT_OF_ORDER_SEQUENCE_NUMBER), None
