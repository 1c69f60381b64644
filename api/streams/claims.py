"""Whose states count, where a worker that was thought dead goes on writing.

A worker that takes a partition first writes a claim into its part of the changelog; the place of that record
is the number under which it keeps its states. Places only grow, and all read them in the same order, so
everybody agrees who was last. What an earlier worker writes behind a later claim counts for nothing.

Kafka's compaction does not know that, and would let such a record be the last of its key. So whoever holds
the partition writes the state of that key again: at once where it takes the partition, and when it finds that
the places of its own records do not follow each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from api.streams.shelves import name_of, state_key
from api.streams.sinks import STATE, Headers, Sent

HEADER = "claim"
NOBODY = -1
"""The claim of states that were kept before there were any."""
NONSENSE = -2
"""A claim nobody made. It is before all others: what was kept under it does not count, and is kept again."""


class TakenOver(RuntimeError):
    """Another worker has claimed a partition of ours: we were away for too long."""


def claim_of(headers: Iterable[tuple[str, bytes | None]]) -> int:
    for name, value in headers:
        if name == HEADER:
            try:
                return int(value or b"")
            except ValueError:
                return NONSENSE
    return NOBODY


def marked(state: Sent, claim: int) -> Sent:
    """The state as the holder of that claim keeps it."""
    return state._replace(headers=mark(claim))


def mark(claim: int) -> Headers:
    return [(HEADER, str(claim).encode())]


def claim_record(partition: int) -> Sent:
    """It has the key of a state without a name."""
    return Sent(STATE, state_key(partition, ""), b"claim", partition)


@dataclass(slots=True)
class Kept:
    """One partition of the changelog, heard record by record in its order.

    states : the last that counts, by name; stale : names whose last record does not count
    unread : places of records whose key or claim is none, which are passed over
    """

    states: dict[str, bytes] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)
    unread: list[int] = field(default_factory=list)
    claim: int = NOBODY

    def hear(self, offset: int, key: bytes | None, state: bytes | None, headers: Headers) -> None:
        if key is None:
            return
        whose = name_of(key)
        if whose is None:
            self.unread.append(offset)
            return
        _, name = whose
        if not name:
            self.claim = offset
            return
        by = claim_of(headers)
        if by >= offset:  # a claim that is still to come would leave nobody else a word
            by = NONSENSE
        if by == NONSENSE:
            self.unread.append(offset)
        if by < self.claim:
            self.stale.add(name)
            return
        self.claim = by  # where compaction took the claim itself away
        self.stale.discard(name)
        if state is None:
            self.states.pop(name, None)
        else:
            self.states[name] = state


@dataclass(slots=True)
class Held:
    """Our claim on a partition, and the place behind the last record of it that we know."""

    claim: int
    end: int

    def follows(self, offsets: Sequence[int]) -> bool:
        """Whether our newest records stand directly behind what we knew: then nobody else wrote."""
        return sorted(offsets) == list(range(self.end, self.end + len(offsets)))
