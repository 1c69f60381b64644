"""How well the least prepared cell is prepared without each unit, on arrays.

The rule is `dispatch/policies/preparedness_index.py`.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from domain.coverage import NO_WAY_S
from routing.arrays import Float64s, Int32s
from simulations.lean.columns import Fleet
from simulations.lean.count import NOWHERE, WHOLE, Count
from simulations.lean.plan import Cover, Figures

NO_WAY = float(NO_WAY_S)


@njit(cache=True)
def without_each(fleet: Fleet, cover: Cover, figures: Figures, count: Count) -> Float64s:
    """float64[units]; with all of them for one that is not counted.

    Of a cell only the nearest units matter, and one more, who takes the place of any that leaves.
    """
    units, cells = len(fleet.kind), len(cover.weight)
    ranks = len(figures.contribution)
    near_s = np.full((ranks + 1, cells), np.inf)
    near = np.full((ranks + 1, cells), NOWHERE, np.int32)
    for unit in range(units):
        if count.cell[unit] != NOWHERE:
            _stand_in_line(unit, cover.seconds[fleet.kind[unit], count.cell[unit]], near_s, near)
    whole = np.inf
    without = np.full(units, np.inf)
    for j in range(cells):
        if cover.weight[j] <= 0.0 or near_s[0, j] == np.inf:
            continue
        demand = cover.weight[j] / WHOLE
        whole = min(whole, _sum(near_s[:, j], ranks, figures) / demand)
        for rank in range(ranks):
            if near[rank, j] != NOWHERE:
                left = _sum(near_s[:, j], rank, figures) / demand
                without[near[rank, j]] = min(without[near[rank, j]], left)
    if whole == np.inf:
        return np.zeros(units)
    least: Float64s = np.minimum(without, whole)
    return least


@njit(cache=True)
def _stand_in_line(unit: int, seconds: NDArray[np.uint16], near_s: Float64s, near: Int32s) -> None:
    last = len(near) - 1
    for j in range(len(seconds)):
        there_s = float(seconds[j])
        if there_s == NO_WAY or there_s >= near_s[last, j]:
            continue
        rank = last
        while rank > 0 and there_s < near_s[rank - 1, j]:
            near_s[rank, j], near[rank, j] = near_s[rank - 1, j], near[rank - 1, j]
            rank -= 1
        near_s[rank, j], near[rank, j] = there_s, unit


@njit(cache=True)
def _sum(near_s: Float64s, leaves: int, figures: Figures) -> float:
    """Of the nearest, the one at the rank `leaves` left out; nobody is if that is the last."""
    total, place = 0.0, 0
    for rank in range(len(figures.contribution)):
        if rank == leaves:
            place += 1
        total += figures.contribution[rank] / max(near_s[place], figures.nearest_s)
        place += 1
    return total
