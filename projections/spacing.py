"""When a snapshot is due, and which are kept: many of late, fewer of long ago, never too far apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Spacing:
    """In places of the log.

    every     : one is taken after so many
    far_apart : long ago, so many may lie between one and the next
    recent    : so far back from the newest all are kept
    """

    every: int = 4_000
    far_apart: int = 8_000
    recent: int = 64_000

    def due(self, position: int, last: int) -> bool:
        """last : where the newest snapshot stands, 0 without any"""
        return position - last >= self.every

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
