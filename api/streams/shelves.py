"""The states of all partitions a worker holds, and what becomes of a record: what both Kafka hosts share.

Nothing here waits or sends. A record that no fold can take becomes a dead letter, and never an exception: a
worker that dies of it would die of it again for ever. So it is with one of which something too large for
Kafka comes; a state that has grown too large is said, and not kept until it is smaller.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from api.streams.record_sizes import is_too_large, size
from api.streams.sinks import STATE as STATE
from api.streams.sinks import Sent, sent
from projections.streams.clocks import LATEST
from projections.streams.fold import Limits
from projections.streams.messages import Tick
from projections.streams.plan import Poison, Source, folds, tick_letter
from projections.streams.shelf import Shelf

log = logging.getLogger("vigil.streams")

LARGEST_LETTER = 512 * 1024
"""Bytes of a record that go with its dead letter: their topic takes no record as large as an event may be."""
LARGEST_KEY = 1_000

SOURCES: tuple[Source, ...] = ("events", "pings", "told")


class Heard(NamedTuple):
    """A record of Kafka, without Kafka. topic : without the prefix; written_ms : since 1970, or nothing."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    written_ms: int | None = None

    @property
    def written_at(self) -> datetime | None:
        """None where the record does not say, or says nonsense."""
        written_ms = self.written_ms
        if written_ms is None or not 0 < written_ms < LATEST.timestamp() * 1000:
            return None
        return datetime.fromtimestamp(written_ms / 1000, UTC)


class Shelves:
    """One shelf a partition. Co-partitioned: the same number of each topic meets in the same states."""

    def __init__(self, limits: Limits) -> None:
        self._folds = folds(limits)
        self._shelves: dict[int, Shelf] = {}
        self._oversized: set[tuple[int, str]] = set()
        self.heard = self.dead = 0

    @property
    def partitions(self) -> set[int]:
        return set(self._shelves)

    @property
    def too_large(self) -> int:
        """States that are larger than Kafka takes, and therefore only here."""
        return len(self._oversized)

    def open(self, partition: int, kept: Mapping[str, bytes]) -> None:
        """Begin with states as they were kept, by name."""
        self._shelves[partition] = Shelf(self._folds, kept)

    def close(self, partitions: Iterable[int]) -> None:
        for partition in partitions:
            self._shelves.pop(partition, None)
            self._oversized = {each for each in self._oversized if each[0] != partition}

    def shelf(self, partition: int) -> Shelf:
        return self._shelves[partition]

    def hear(self, record: Heard) -> list[Sent]:
        """What is to be sent for it."""
        self.heard += 1
        try:
            shelf = self._shelves[record.partition]
            effects = shelf.hear(_source(record.topic), record.value, record.written_at)
        except Poison as poison:
            self.dead += 1
            log.warning("%s/%d at %d: %s", record.topic, record.partition, record.offset, poison)
            return [dead_letter(record, str(poison))]
        return [self._fitting(record, sent(effect)) for effect in effects]

    def changed(self, partition: int) -> list[Sent]:
        """The states of a partition that must be kept, as records of the changelog."""
        kept = self._shelves[partition].changed()
        states = (
            (name, Sent(STATE, state_key(partition, name), state, partition)) for name, state in kept.items()
        )
        return [state for name, state in states if self._fits(partition, name, state)]

    def _fitting(self, record: Heard, said: Sent) -> Sent:
        if not is_too_large(said):
            return said
        self.dead += 1
        key = (said.key or b"")[:100].decode(errors="replace")
        why = f"What came of it for {said.topic} under {key} has {size(said)} bytes, more than Kafka takes."
        log.warning("%s/%d at %d: %s", record.topic, record.partition, record.offset, why)
        return dead_letter(record, why)

    def _fits(self, partition: int, name: str, state: Sent) -> bool:
        """Said once for as long as it is so: it changes every second."""
        known = (partition, name) in self._oversized
        if not is_too_large(state):
            self._oversized.discard((partition, name))
            return True
        if not known:
            self._oversized.add((partition, name))
            words = (
                "The state %s of partition %d has %d bytes, more than Kafka takes: it is folded on, but a "
            )
            words += "worker that follows begins with the last one that was kept (%d such states)"
            log.error(words, name[:100], partition, size(state), self.too_large)
        return False


def state_key(partition: int, name: str) -> bytes:
    """The partition is part of the key: so a worker knows its states from those it once had."""
    return f"{partition}|{name}".encode()


def name_of(key: bytes) -> tuple[int, str] | None:
    """Partition and name of a state; None where the key is not one of ours."""
    try:
        partition, ours, name = key.decode().partition("|")
        return (int(partition), name) if ours else None
    except ValueError:
        return None


def dead_letter(record: Heard, why: str) -> Sent:
    """The record as it came, or its beginning; in its headers where it stood and what is wrong with it."""
    headers = [
        ("topic", record.topic.encode()),
        ("partition", str(record.partition).encode()),
        ("offset", str(record.offset).encode()),
        ("why", why[:1000].encode(errors="replace")),
    ]
    value, key = record.value, record.key
    if value is not None and len(value) > LARGEST_LETTER:
        headers.append(("bytes_left_out", str(len(value) - LARGEST_LETTER).encode()))
        value = value[:LARGEST_LETTER]
    return Sent("dead-letters", key[:LARGEST_KEY] if key else key, value, None, headers)


def tick_record(partition: int, tick: Tick) -> Sent:
    return Sent("told", b"tick", tick_letter(tick), partition)


def _source(topic: str) -> Source:
    for source in SOURCES:
        if source == topic:
            return source
    raise Poison(f"The streams do not read {topic}.")
