"""How well each part of a city is prepared for its next call.

Andersson and Värbrand, "Decision support tools for ambulance dispatch and relocation", Journal of the
Operational Research Society 58 (2007) 195-201. The preparedness of zone j is

    p_j = (1 / c_j) * sum_{l=1..L} gamma^l / t_j^l

with c_j the demand of the zone, t_j^l the travel time of the l-th nearest free ambulance and gamma^l how much
that one contributes, gamma^1 > gamma^2 > ... > gamma^L. (The superscripts count, they are no powers.) A city
is as well prepared as its least prepared zone.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

Float64s = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PreparednessRules:
    """contribution : gamma, of the nearest unit, the second nearest ...; each less than the one before
    nearest_s    : a unit that is nearer than this counts as so far away: at the very door it would count
                   without end
    """

    contribution: tuple[Annotated[float, Meta(gt=0)], ...] = (1.0, 0.5, 0.25)
    nearest_s: Annotated[float, Meta(gt=0)] = 30.0

    def __post_init__(self) -> None:
        if not self.contribution or any(one <= two for one, two in pairwise(self.contribution)):
            raise ValueError("contribution: each figure must be less than the one before")


def least(seconds: Float64s, demand: Float64s, rules: PreparednessRules) -> float:
    """The preparedness of the least prepared zone, for whole seconds[units, zones], inf where no way is.

    Zones without demand, and zones that none of the units has a way to, do not count.
    """
    times, _ = _nearest(seconds, len(rules.contribution), rules)
    zones = _counted(times, demand)
    if not zones.any():
        return 0.0
    return float((_sums(times, rules.contribution) / np.where(zones, demand, 1.0))[zones].min())


def after_each(seconds: Float64s, demand: Float64s, rules: PreparednessRules) -> Float64s:
    """`least` without each of the units: float64[units]. The same zones count.

    A zone changes only for the units that are among its nearest: their places are taken by the next. All that
    is needed of a zone are its L + 1 nearest.
    """
    units, ranks = len(seconds), len(rules.contribution)
    times, who = _nearest(seconds, ranks + 1, rules)
    zones = _counted(times, demand)
    if not zones.any():
        return np.zeros(units)
    held = np.where(zones, demand, 1.0)
    whole = (_sums(times[:ranks], rules.contribution) / held)[zones].min()
    after = np.full(units, whole)
    for rank in range(min(ranks, len(times))):
        others = np.delete(times, rank, axis=0)[:ranks]
        without = _sums(others, rules.contribution) / held
        np.minimum.at(after, who[rank][zones], without[zones])
    return after


def _nearest(seconds: Float64s, most: int, rules: PreparednessRules) -> tuple[Float64s, NDArray[np.intp]]:
    """The times of the nearest units of each zone in ascending order, and which units they are:
    [min(most, units), zones]."""
    most = min(most, len(seconds))
    by_zone = np.ascontiguousarray(seconds.T, np.float32)  # seconds are small whole numbers
    if 0 < most < len(seconds):
        who = np.argpartition(by_zone, most - 1, axis=1)[:, :most]
    else:
        who = np.argsort(by_zone, axis=1, kind="stable")[:, :most]
    times = np.take_along_axis(by_zone, who, axis=1)
    order = np.argsort(times, axis=1, kind="stable")
    nearest = np.maximum(np.take_along_axis(times, order, axis=1).astype(np.float64), rules.nearest_s)
    return nearest.T, np.take_along_axis(who, order, axis=1).T


def _counted(times: Float64s, demand: Float64s) -> NDArray[np.bool_]:
    if not len(times):
        return np.zeros(len(demand), bool)
    counted: NDArray[np.bool_] = (demand > 0) & np.isfinite(times[0])
    return counted


def _sums(times: Float64s, contribution: tuple[float, ...]) -> Float64s:
    """sum_l gamma^l / t^l of each zone; a way that does not exist contributes nothing."""
    total = np.zeros(times.shape[1])
    for gamma, row in zip(contribution, times, strict=False):
        total += gamma / row
    return total
