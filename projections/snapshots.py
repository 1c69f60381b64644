"""Snapshots of views: how rows stood at a place in the log, so that the past is not folded from the start.

A snapshot holds every row that was in memory then, each view packed by itself: whoever asks for the fleet
need not unpack all timelines. What was at rest lies in the store of rows, which finds it as it was
(`projections.rest`). Whether a snapshot exists changes no answer, only how soon it comes: one of other code,
or torn, is passed over for the one before it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

import cramjam
import msgspec

from projections.memory import MemoryViews, views_named
from projections.rest import RowsAtRest
from projections.rows import FIRST, Row

MICROSECOND = timedelta(microseconds=1)
LEVEL = 3  # of zstd: a higher one saves a tenth of the bytes for three times the time


@dataclass(frozen=True, slots=True)
class Place:
    """Where a snapshot stands.

    seq      : the place in the log up to which was folded
    heard_us : the latest moment at which anything up to there was heard, in microseconds since the year 1
    size     : bytes of its body
    """

    seq: int
    heard_us: int
    size: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The rows of one moment, ready to be packed. Rows are never changed, so this stays what it was."""

    seq: int
    heard: datetime
    complete_since: int
    rows: Mapping[str, Sequence[Row]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Packed:
    """A snapshot as it is stored.

    fold   : of which log and by which code its rows are; no other reads it
    digest : SHA-256 over all the rest
    body   : {view: rows}, where rows are those of one view, [row] in MessagePack, compressed by zstd
    """

    seq: int
    heard_us: int
    complete_since: int
    fold: str
    digest: str
    body: bytes = field(repr=False)


class SnapshotStore(Protocol):
    """Keeps packed snapshots of one fold; whatever else lies there is not shown."""

    @property
    def fold(self) -> str: ...

    def put(self, packed: Packed) -> None:
        """Keep it, in the place of one at the same place in the log."""
        ...

    def places(self) -> list[Place]:
        """All there are, oldest first. Their bodies are not read."""
        ...

    def until(self, seq: int | None = None, heard_us: int | None = None) -> Iterator[Packed]:
        """Those at or before a place in the log and a moment, the newest first, each read when it is asked
        for."""
        ...

    def drop(self, seqs: Sequence[int]) -> None:
        """Forget these."""
        ...

    def drop_foreign(self) -> None:
        """Forget all of another fold."""
        ...


def standing(views: MemoryViews) -> Standing:
    """By the thread that folds, between two batches."""
    seq, rows = views.picture()
    return Standing(seq, views.heard, views.complete_since, rows)


def pack(taken: Standing, fold: str) -> Packed:
    body = msgspec.msgpack.encode({view: _together(rows) for view, rows in taken.rows.items()})
    heard_us = in_microseconds(taken.heard)
    digest = _digest(taken.seq, heard_us, taken.complete_since, fold, body)
    return Packed(taken.seq, heard_us, taken.complete_since, fold, digest, body)


def unpack(
    packed: Packed, fold: str, at_rest: RowsAtRest | None, names: Collection[str] = ()
) -> MemoryViews | None:
    """The views as they stood; None where the snapshot is another fold's, or not whole.

    names : of these views alone, of all where none is named
    """
    told = _digest(packed.seq, packed.heard_us, packed.complete_since, packed.fold, packed.body)
    if packed.fold != fold or packed.digest != told:
        return None
    bodies = msgspec.msgpack.decode(packed.body, type=dict[str, bytes])
    views = views_named(names)
    return MemoryViews(
        views,
        {view.name: {row["id"]: row for row in _apart(bodies[view.name])} for view in views},
        packed.seq,
        at_rest=at_rest,
        heard=FIRST + packed.heard_us * MICROSECOND,
        complete_since=packed.complete_since,
    )


def nearest(
    snapshots: SnapshotStore,
    at_rest: RowsAtRest | None,
    seq: int | None = None,
    heard: datetime | None = None,
    names: Collection[str] = (),
) -> MemoryViews | None:
    """The views of the newest whole snapshot at or before a place in the log, or a moment; None without.

    names : as `unpack` has it
    """
    heard_us = in_microseconds(heard) if heard is not None else None
    for packed in snapshots.until(seq, heard_us):
        views = unpack(packed, snapshots.fold, at_rest, names)
        if views is not None:
            return views
    return None


def in_microseconds(moment: datetime) -> int:
    """Since the year 1; whole numbers, so that no moment is rounded."""
    return (moment - FIRST) // MICROSECOND


def _together(rows: Sequence[Row]) -> bytes:
    # Row by row: one call for all would hold up every other thread until it is done.
    whole = msgspec.msgpack.encode([msgspec.Raw(msgspec.msgpack.encode(row)) for row in rows])
    return bytes(cramjam.zstd.compress(whole, LEVEL))


def _apart(body: bytes) -> Iterator[Row]:
    whole = bytes(cramjam.zstd.decompress(body))
    for raw in msgspec.msgpack.decode(whole, type=list[msgspec.Raw]):
        yield msgspec.msgpack.decode(raw)


def _digest(seq: int, heard_us: int, complete_since: int, fold: str, body: bytes) -> str:
    summed = sha256(f"{seq} {heard_us} {complete_since} {fold}\n".encode())
    summed.update(body)
    return summed.hexdigest()
