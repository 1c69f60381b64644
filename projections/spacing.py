"""When a snapshot is due, and which are kept: many of late, fewer of long ago, never too far apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Spacing:
    """In places of the log.

    every     : one is taken after so many
    far_apart : long ago, so many may lie between one and the next; more than twice `every`, since a snapshot
                is taken some places late, or none would ever be superfluous
    recent    : so far back from the newest all are kept
    """

    every: int = 1_800
    far_apart: int = 4_000
    recent: int = 64_000

    def due(self, position: int, last: int, end: int = 0) -> bool:
        """Whether one is due here.

        last : where the newest snapshot stands, 0 without any
        end  : so far the log is known to go. What lies long before it is taken farther apart at once, with
               room for a batch: the next would only be taken to be thinned out.
        """
        apart = max(self.every, self.far_apart * 3 // 4) if position < end - self.recent else self.every
        return position - last >= apart

    def superfluous(self, seqs: Sequence[int]) -> list[int]:
        """Those nobody misses, of all, in ascending order: what lies between two kept ones that are no
        farther apart than allowed, and is not recent. The first and the last stay."""
        if len(seqs) < 3:
            return []
        leaving, kept = [], seqs[0]
        recent = seqs[-1] - self.recent
        for this, following in pairwise(seqs[1:]):
            if this < recent and following - kept <= self.far_apart:
                leaving.append(this)
            else:
                kept = this
        return leaving
