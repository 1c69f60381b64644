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
    """A rival less another, on the same calls.

    p     : as it counts beside all other comparisons of the table (Holm)
    first : what it is compared with
    """

    rival: str
    figure: str
    found: Difference
    p: float
    first: str = ""

    @property
    def sure(self) -> bool:
        """Else nobody may say that they differ."""
        return self.p < SURELY


@dataclass(frozen=True, slots=True)
class Pair:
    """first  : what the rival is compared with
    figures : those that are compared
    unlike  : those that are told of other patients under each of the two, so that nothing is said of them
    """

    first: str
    rival: str
    figures: tuple[str, ...] = COMPARED
    unlike: tuple[str, ...] = ()


def intervals(values: Mapping[str, Values]) -> dict[str, dict[str, Interval | None]]:
    """By rival and figure; None where there was nothing to count in any replication."""
    return {
        rival: {figure: _mean(some) for figure, some in figures.items()} for rival, figures in values.items()
    }


def compare(values: Mapping[str, Values], pairs: Sequence[Pair] | None = None) -> list[Apart]:
    """Each pair in its figures; every rival with the first where nobody names them. Nothing where there is
    one replication only: one day proves nothing."""
    first, *others = values
    asked = [Pair(first, rival) for rival in others] if pairs is None else pairs
    found: list[tuple[str, str, Difference]] = []
    firsts: list[str] = []
    for pair in asked:
        for figure in pair.figures:
            both = zip(values[pair.first][figure], values[pair.rival][figure], strict=True)
            known = [(one, other) for one, other in both if not (isnan(one) or isnan(other))]
            if len(known) > 1:
                apart = difference([one for one, _ in known], [other for _, other in known])
                found.append((pair.rival, figure, apart))
                firsts.append(pair.first)
    adjusted = holm([each.p for _, _, each in found])
    return [Apart(*each, p, first) for each, p, first in zip(found, adjusted, firsts, strict=True)]


def _mean(values: Sequence[float]) -> Interval | None:
    known = [value for value in values if not isnan(value)]
    return mean_of(known) if known else None
