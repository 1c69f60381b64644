"""Seconds for coverage: a unit costs so many seconds for each hundredth of the demand that is covered no
more.

The plainest way to weigh those who ring now against those who will ring, and the only one whose price a
service can name: "we let a patient wait ten seconds longer rather than leave one percent of the city bare".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dispatch.policies.choice import Asked, Candidate, Coverage, CoverageChange, Weighed
from dispatch.policies.cover_words import cover_of
from dispatch.policies.tenths import tenths


@dataclass(frozen=True, slots=True)
class CoverageCost:
    """seconds_a_percent : what a hundredth of the expected demand is worth"""

    seconds_a_percent: float = 10.0
    name: str = "coverage_cost"

    def weigh(
        self, candidates: Sequence[Candidate], asked: Asked, coverage: Coverage | None
    ) -> Sequence[Weighed]:
        covers = [cover_of(each.callsign, coverage) for each in candidates]
        seconds = tenths([self._seconds(change) for _, change in covers])
        found = []
        for each, (words, change), cost_s in zip(candidates, covers, seconds, strict=True):
            parts = each.parts()
            if change is not None:
                parts["coverage"] = cost_s
            found.append(Weighed((), parts, words, change))
        return found

    def _seconds(self, change: CoverageChange | None) -> float:
        return 0.0 if change is None else self.seconds_a_percent * (100 * (change.before - change.after))
