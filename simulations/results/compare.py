"""Rivals side by side: each figure with its interval, and what may be said about the differences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final

from simulations.results.figures import Values
from simulations.statistics.holm import holm
from simulations.statistics.intervals import Difference, Interval, difference, mean_of

COMPARED: Final = ("late", "late_P1", "mean_s", "p90_s", "lost_needing", "km")
SURELY: Final = 0.05


@dataclass(frozen=True, slots=True)
class Apart:
    """A rival less the first, on the same calls.

    p : as it counts beside all other comparisons of the table (Holm)
    """

    rival: str
    figure: str
    found: Difference
    p: float

    @property
    def sure(self) -> bool:
        """Else nobody may say that they differ."""
        return self.p < SURELY


def intervals(values: Mapping[str, Values]) -> dict[str, dict[str, Interval | None]]:
    """By rival and figure; None where there was nothing to count in any replication."""
    return {
        rival: {figure: _mean(some) for figure, some in figures.items()} for rival, figures in values.items()
    }


def compare(values: Mapping[str, Values], compared: Sequence[str] = COMPARED) -> list[Apart]:
    """Every rival with the first, in these figures. Nothing where there is one replication only: one day
    proves nothing."""
    (_, base), *others = values.items()
    found: list[tuple[str, str, Difference]] = []
    for rival, figures in others:
        for figure in compared:
            pairs = [
                (one, other)
                for one, other in zip(base[figure], figures[figure], strict=True)
                if not (isnan(one) or isnan(other))
            ]
            if len(pairs) > 1:
                apart = difference([one for one, _ in pairs], [other for _, other in pairs])
                found.append((rival, figure, apart))
    adjusted = holm([each.p for _, _, each in found])
    return [Apart(*each, p) for each, p in zip(found, adjusted, strict=True)]


def _mean(values: Sequence[float]) -> Interval | None:
    known = [value for value in values if not isnan(value)]
    return mean_of(known) if known else None
