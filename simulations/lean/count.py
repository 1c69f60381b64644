"""How many units reach each cell, kept up as units come, go and drive: `dispatch/policies/coverage.py`."""

from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.compiled import compiled
from simulations.lean.columns import Bools, Fleet, Ground
from simulations.lean.plan import Cover
from simulations.lean.rounding import billionth, rounded
from simulations.lean.whereabouts import Whereabouts

NOWHERE = -1
WHOLE = 1e9


class Count(NamedTuple):
    """cell : int32[units], where each is counted, NOWHERE for not at all
    within  : int32[cells], how many units reach it
    whose   : int32[cells], the sum of their numbers: of a single one, its number
    covered : float64[1], the demand that anybody reaches, in billionths: whole numbers, so always exact
    alone   : float64[units], the demand that nobody else reaches, in billionths too
    """

    cell: Int32s
    within: Int32s
    whose: Int32s
    covered: Float64s
    alone: Float64s


def nobody_counted(units: int, cells: int) -> Count:
    none = np.zeros(cells, np.int32)
    return Count(np.full(units, NOWHERE, np.int32), none, none.copy(), np.zeros(1), np.zeros(units))


@compiled
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
            left, others = count.within[j] - 1, count.whose[j] - unit
            count.within[j], count.whose[j] = left, others
            if left == 0:
                covered -= cover.weight[j]
                count.alone[unit] -= cover.weight[j]
            elif left == 1:
                count.alone[others] += cover.weight[j]
    if cell != NOWHERE:
        for at in range(cover.first[kind, cell], cover.first[kind, cell + 1]):
            j = cover.reached[at]
            there, others = count.within[j], count.whose[j]
            if there == 0:
                covered += cover.weight[j]
                count.alone[unit] += cover.weight[j]
            elif there == 1:
                count.alone[others] -= cover.weight[j]
            count.within[j], count.whose[j] = there + 1, others + unit
    count.covered[0] = covered


@compiled
def settle(
    free: Bools,
    fleet: Fleet,
    ground: Ground,
    cover: Cover,
    where: Whereabouts,
    count: Count,
) -> None:
    """Everybody who is free is counted where it was seen just now, nobody else anywhere."""
    kinds, counts, cells, seen, counted = fleet.kind, cover.counts, ground.cell, where.seen, count.cell
    for unit in range(len(free)):
        cell = NOWHERE
        if free[unit] and counts[kinds[unit]]:
            cell = cells[seen[unit]]
        if counted[unit] != cell:
            put(unit, kinds[unit], cell, cover, count)


@compiled
def covered_now(count: Count) -> float:
    """The share of the demand, told to a hundredth of a percent."""
    return rounded(count.covered[0] / WHOLE, 1e4)


@compiled
def covered_without(covered: float, alone: float) -> float:
    """`covered` and `alone` as `Count` has them."""
    return float(np.rint((covered - alone) / WHOLE * 1e4) / 1e4)


@compiled
def missed(
    begin: int, end: int, most: float, reached: Int32s, spare: Float64s, busy_power: Float64s, within: Int32s
) -> float:
    """What a unit adds to the expected coverage, of which it is a part already; inf as soon as that is more
    than `most`, since no cell takes anything away again. begin, end : of the cells it reaches"""
    added = 0.0
    enough = most * WHOLE + 2.0  # two billionths more than can be rounded away
    for at in range(begin, end):
        j = reached[at]
        added += spare[j] * busy_power[within[j] - 1]
        if added > enough:
            return np.inf
    return billionth(added / WHOLE)
