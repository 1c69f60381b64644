"""Who is there first, but the last of the good ones are kept back for those whose life is at stake.

For the priorities named, a unit stands behind all others if sending it would leave fewer units with advanced
life support than are kept, or less of the demand covered than is kept. It is never struck off: where all
others are away, it goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dispatch.policies.choice import Asked, Candidate, Coverage, Weighed
from dispatch.policies.cover_words import cover_of
from dispatch.policies.words import Words

KEPT_BACK: Final = "kept back"
"""How the reason begins that stands with a unit which is kept back."""


@dataclass(frozen=True, slots=True)
class ClosestKeptBack:
    """als        : so many free units with advanced life support stay for higher priorities
    cover      : so much of the demand stays covered for them, 0 to 1
    priorities : whose calls leave them alone
    """

    als: int = 2
    cover: float = 0.6
    priorities: tuple[str, ...] = ("P3", "P4")
    name: str = "closest_kept_back"

    def weigh(
        self, candidates: Sequence[Candidate], asked: Asked, coverage: Coverage | None
    ) -> Sequence[Weighed]:
        found = []
        for each in candidates:
            words, change = cover_of(each.callsign, coverage)
            held = self._held(each, asked, coverage)
            found.append(Weighed((float(bool(held)),), each.parts(), (*held, *words), change))
        return found

    def _held(self, candidate: Candidate, asked: Asked, coverage: Coverage | None) -> tuple[Words, ...]:
        """Why it is kept back; nothing if it is not."""
        if asked.priority not in self.priorities or coverage is None or candidate.free_in_s is not None:
            return ()
        if "ALS" in candidate.unit.capabilities and coverage.als_free <= self.als:
            return (
                {
                    "en": f"{KEPT_BACK}: only {coverage.als_free} ALS units are free",
                    "vi": f"để dành: chỉ còn {coverage.als_free} xe ALS rảnh",
                },
            )
        unit = coverage.units.get(candidate.callsign)
        if unit is not None and unit.after < self.cover and unit.after < coverage.before:
            return (
                {
                    "en": f"{KEPT_BACK}: without it less than {100 * self.cover:g} % is covered",
                    "vi": f"để dành: thiếu xe này độ phủ dưới {100 * self.cover:g} %",
                },
            )
        return ()
