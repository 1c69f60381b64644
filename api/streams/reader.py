"""For whoever reads `vigil.events`: which events are news, which came before, and which are missing.

For programs of others, as docs/topics.md says, and for the tests that hold the relay to what is said there.
The folds of Vigil go by the versions in their own states.

A record may come again: after a rebalance, a replay, or for a reader that sees what was not committed. Each
aggregate's events have versions 1, 2, 3 ..., so a reader that remembers the last one of each knows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from api.streams.envelope import Envelope

Whose = tuple[str, str]
"""Centre and aggregate id: two centres may have a unit of the same callsign, and so of the same id."""


class Verdict(Enum):
    NEWS = "news"
    SEEN = "seen"
    AHEAD = "ahead"  # some before it are missing


class Place(NamedTuple):
    """The last event of one aggregate that was applied."""

    seq: int
    version: int


NOWHERE = Place(0, 0)


@dataclass(frozen=True, slots=True)
class Judged:
    """missing : the versions between the last one applied and this one; empty unless it is ahead."""

    verdict: Verdict
    missing: range = range(0)


class Reader:
    """Asked with `judge`, told with `applied`. It holds two numbers for each aggregate it read of."""

    def __init__(self, places: dict[Whose, Place] | None = None) -> None:
        self._places = dict(places or {})

    def judge(self, centre: str, aggregate: str, seq: int, version: int) -> Judged:
        """Changes nothing: what was judged news stays news until it is applied.

        Raises ValueError where the place in the log and the version disagree: that is no log of ours.
        """
        last = self._places.get((centre, aggregate), NOWHERE)
        if (seq > last.seq) != (version > last.version) or seq < 1 or version < 1:
            raise ValueError(
                f"{centre} {aggregate} has version {version} at {seq}, "
                f"after version {last.version} at {last.seq}"
            )
        if version <= last.version:
            return Judged(Verdict.SEEN)
        if version == last.version + 1:
            return Judged(Verdict.NEWS)
        return Judged(Verdict.AHEAD, range(last.version + 1, version))

    def judge_envelope(self, envelope: Envelope) -> Judged:
        return self.judge(envelope.centre, envelope.id, envelope.seq, envelope.version)

    def applied(self, centre: str, aggregate: str, seq: int, version: int) -> None:
        """Note an event as done; one that is older than what was noted changes nothing."""
        key = (centre, aggregate)
        if version > self._places.get(key, NOWHERE).version:
            self._places[key] = Place(seq, version)

    def places(self) -> Iterator[tuple[Whose, Place]]:
        """To be kept with what the events were applied to, in one transaction."""
        yield from self._places.items()

    def __len__(self) -> int:
        return len(self._places)
