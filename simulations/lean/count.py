"""How many units reach each cell, kept up as units come, go and drive: `dispatch/policies/coverage.py`."""

from typing import NamedTuple

import numpy as np
from numba import njit

from routing.arrays import Float64s, Int32s
from simulations.lean.columns import Bools, Fleet, Ground
from simulations.lean.plan import Cover
from simulations.lean.rounding import billionth, rounded
from simulations.lean.whereabouts import Whereabouts, spot_of

NOWHERE = -1
WHOLE = 1e9


class Count(NamedTuple):
    """cell : int32[units], where each is counted, NOWHERE for not at all
    within  : int32[cells], how many units reach it
    covered : float64[1], the demand that anybody reaches, in billionths: whole numbers, so always exact
    """

    cell: Int32s
    within: Int32s
    covered: Float64s


def nobody_counted(units: int, cells: int) -> Count:
    return Count(np.full(units, NOWHERE, np.int32), np.zeros(cells, np.int32), np.zeros(1))


@njit(cache=True)
def put(unit: int, kind: int, cell: int, cover: Cover, count: Count) -> None:
    """It is counted there from now on."""
    was = count.cell[unit]
    if was == cell:
        return
    count.cell[unit] = cell
    covered = count.covered[0]
    if was != NOWHERE:
        for at in range(cover.first[kind, was], cover.first[kind, was + 1]):
            j = cover.reached[at]
            count.within[j] -= 1
            if count.within[j] == 0:
                covered -= cover.weight[j]
    if cell != NOWHERE:
        for at in range(cover.first[kind, cell], cover.first[kind, cell + 1]):
            j = cover.reached[at]
            if count.within[j] == 0:
                covered += cover.weight[j]
            count.within[j] += 1
    count.covered[0] = covered


@njit(cache=True)
def settle(
    now_s: float,
    free: Bools,
    fleet: Fleet,
    ground: Ground,
    cover: Cover,
    where: Whereabouts,
    count: Count,
) -> None:
    """Everybody who is free is counted where it is now, nobody else anywhere."""
    for unit in range(len(free)):
        kind, cell = fleet.kind[unit], NOWHERE
        if free[unit] and cover.counts[kind]:
            cell = ground.cell[spot_of(unit, kind, now_s, where, ground)]
        put(unit, kind, cell, cover, count)


@njit(cache=True)
def covered_now(count: Count) -> float:
    """The share of the demand, told to a hundredth of a percent."""
    return rounded(count.covered[0] / WHOLE, 1e4)


@njit(cache=True)
def covered_without(unit: int, kind: int, cover: Cover, count: Count) -> float:
    alone, cell = 0.0, count.cell[unit]
    for at in range(cover.first[kind, cell], cover.first[kind, cell + 1]):
        j = cover.reached[at]
        if count.within[j] == 1:
            alone += cover.weight[j]
    return float(np.rint((count.covered[0] - alone) / WHOLE * 1e4) / 1e4)


@njit(cache=True)
def missed(unit: int, kind: int, cover: Cover, count: Count) -> float:
    """What it adds to the expected coverage, of which it is a part already."""
    added, cell = 0.0, count.cell[unit]
    if cell == NOWHERE:
        return 0.0
    for at in range(cover.first[kind, cell], cover.first[kind, cell + 1]):
        j = cover.reached[at]
        added += cover.spare[j] * cover.busy_power[count.within[j] - 1]
    return billionth(added / WHOLE)
