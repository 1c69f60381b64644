"""Two engines' times for the same pairs: do they send the same unit, and how far apart are they?

Times are float64[stations, calls] in seconds, nan where an engine finds no way.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from routing.arrays import Float64s

BANDS_M = (0.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0, 64_000.0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One engine's choice of station, judged by another's times.

    same     : share of calls where the chosen station is also the judge's nearest
    regret_s : by how much the chosen station is later than the nearest, in the judge's times, on average
    rank     : mean rank correlation (Spearman) of all stations for a call
    calls    : how many calls both could judge
    """

    same: float
    regret_s: float
    rank: float
    calls: int


def agreement(times: Float64s, judged_by: Float64s) -> Agreement:
    """How good the choices of `times` are in the eyes of `judged_by`."""
    known = np.isfinite(times) & np.isfinite(judged_by)
    usable = known.sum(axis=0) >= 2
    mine = np.where(known, times, np.inf)[:, usable]
    its = np.where(known, judged_by, np.inf)[:, usable]
    calls = np.arange(mine.shape[1])
    chosen, nearest = mine.argmin(axis=0), its.argmin(axis=0)
    late = its[chosen, calls] - its[nearest, calls]
    ranks = [
        float(spearmanr(mine[both, call], its[both, call]).statistic)
        for call in calls
        if (both := np.isfinite(mine[:, call])).sum() > 2
    ]
    return Agreement(float((chosen == nearest).mean()), float(late.mean()), float(np.mean(ranks)), len(calls))


def mean_of(one: Agreement, other: Agreement) -> Agreement:
    """Of both directions: each engine's choice in the eyes of the other."""
    return Agreement(
        (one.same + other.same) / 2,
        (one.regret_s + other.regret_s) / 2,
        (one.rank + other.rank) / 2,
        one.calls,
    )


@dataclass(frozen=True, slots=True)
class Band:
    """Quotients of two engines' times for the pairs so far apart in a straight line."""

    from_m: float
    to_m: float
    quotient: Float64s


def quotients(times: Float64s, judged_by: Float64s, straight_m: Float64s) -> list[Band]:
    """Ours over theirs by straight distance; pairs of less than 10 s are left out."""
    usable: NDArray[np.bool_] = np.isfinite(times) & np.isfinite(judged_by) & (judged_by >= 10.0)
    quotient = times[usable] / judged_by[usable]
    away = straight_m[usable]
    bands = []
    for from_m, to_m in pairwise(BANDS_M):
        inside = quotient[(away >= from_m) & (away < to_m)]
        if len(inside):
            bands.append(Band(from_m, to_m, inside))
    return bands
