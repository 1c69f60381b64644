"""The most urgent get whoever is there first; for others the city stays as well prepared as it can.

Andersson and Värbrand 2007 (`dispatch.policies.preparedness_index`): for calls of the highest priority the
ambulance with the shortest travel time; for others, of those that come in an acceptable time, the one that
leaves the least prepared zone best prepared. Of several that leave it alike, the soonest; and the soonest
where nobody comes in time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dispatch.policies.choice import Asked, Candidate, Coverage, Weighed
from dispatch.policies.cover_words import cover_of

IN_TIME, LATE = 0.0, 1.0


@dataclass(frozen=True, slots=True)
class Preparedness:
    """soonest_for : the priorities that get whoever is there first"""

    soonest_for: tuple[str, ...] = ("P1",)
    name: str = "preparedness"

    def weigh(
        self, candidates: Sequence[Candidate], asked: Asked, coverage: Coverage | None
    ) -> Sequence[Weighed]:
        """Without coverage or target the soonest goes."""
        found = []
        for each in candidates:
            words, change = cover_of(each.callsign, coverage)
            order = self._order(each, asked, coverage)
            found.append(Weighed(order, each.parts(), words, change))
        return found

    def _order(self, candidate: Candidate, asked: Asked, coverage: Coverage | None) -> tuple[float, float]:
        whole = None if coverage is None else coverage.preparedness
        if whole is None or asked.target_s is None or asked.priority in self.soonest_for:
            return IN_TIME, 0.0
        assert coverage is not None
        if candidate.arrival_s > asked.target_s:
            return LATE, 0.0
        unit = coverage.units.get(candidate.callsign)
        left = whole if unit is None or unit.preparedness is None else unit.preparedness
        return IN_TIME, -left
