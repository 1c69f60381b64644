"""Who is there first: least sum of travel, turnout and penalties. What most services do, and what every other
policy is measured against."""

from collections.abc import Sequence

from dispatch.policies.choice import Asked, Candidate, Coverage, Weighed
from dispatch.policies.cover_words import cover_of


class Closest:
    name = "closest"

    def weigh(
        self, candidates: Sequence[Candidate], asked: Asked, coverage: Coverage | None
    ) -> Sequence[Weighed]:
        """Coverage is told, and changes nothing."""
        return [Weighed((), each.parts(), *cover_of(each.callsign, coverage)) for each in candidates]
