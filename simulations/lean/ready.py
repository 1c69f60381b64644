"""How well the least prepared cell is prepared without each unit, on arrays, kept up as units come and go.

The rule is `dispatch/policies/preparedness_index.py`. Of a cell only the nearest units matter, and one more,
who takes the place of any that leaves. So every cell has its line of the nearest, some more than matter: a
unit that moves is looked for in the lines it can be in, and only a line that has become too short is formed
anew, from all units.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.coverage import NO_WAY_S
from routing.arrays import Float64s, Int32s, Int64s
from simulations.compiled import compiled
from simulations.lean.columns import Bools, Fleet
from simulations.lean.count import NOWHERE, WHOLE, Count
from simulations.lean.plan import PREPAREDNESS, Cover, Figures, Plan

NO_WAY = int(NO_WAY_S)
SPARE = 8
"""So many more than those that contribute stand in a line: one is needed, the others come and go."""
NUMBER = 20
"""Bits of a unit's number. A place in line is the seconds, then the number: no two are equal."""
NOBODY_BEYOND = 2**62
EVERYBODY = -1


class Ready(NamedTuple):
    """No cells where nobody goes by preparedness.

    cell   : int32[units], from which cell each stands in the lines, NOWHERE for in none
    line   : int64[cells, contributing + SPARE], the places, in order; length: int32[cells]
    beyond : int64[cells], whoever has a lower place is in the line
    far    : uint16[cells], its seconds, NO_WAY left out: whoever is farther is in no line
    old    : bool[cells], whether the next two have to be reckoned anew
    whole  : float64[cells], how well prepared it is; inf where it does not count
    left   : float64[cells], the same without its nearest
    """

    cell: Int32s
    line: Int64s
    length: Int32s
    beyond: Int64s
    far: NDArray[np.uint16]
    old: Bools
    whole: Float64s
    left: Float64s


def nobody_ready(units: int, plan: Plan) -> Ready:
    asked = bool((plan.policy == PREPAREDNESS).any())
    cells, ranks = len(plan.cover.weight) if asked else 0, len(plan.figures.contribution)
    return Ready(
        cell=np.full(units, NOWHERE, np.int32),
        line=np.empty((cells, ranks + SPARE), np.int64),
        length=np.zeros(cells, np.int32),
        beyond=np.full(cells, NOBODY_BEYOND, np.int64),
        far=np.full(cells, NO_WAY - 1, np.uint16),
        old=np.ones(cells, np.bool_),
        whole=np.full(cells, np.inf),
        left=np.full(cells, np.inf),
    )


@compiled
def without_each(fleet: Fleet, cover: Cover, figures: Figures, count: Count, ready: Ready) -> Float64s:
    """float64[units]; with all of them for one that is not counted."""
    kinds, counted, stands, seconds = fleet.kind, count.cell, ready.cell, cover.seconds
    line, length, beyond, far, old = ready.line, ready.length, ready.beyond, ready.far, ready.old
    ranks, near = len(figures.contribution), np.empty(len(far), np.int32)
    marks, nowhere = np.zeros((len(far) + 7) // 8 * 8, np.uint8), np.full(len(far), NO_WAY, np.uint16)
    for unit in range(len(kinds)):
        was, now = stands[unit], counted[unit]
        if was == now:
            continue
        stands[unit] = now
        before = seconds[kinds[unit], was] if was != NOWHERE else nowhere
        after = seconds[kinds[unit], now] if now != NOWHERE else nowhere
        some = near[: _in_sight(before, after, far, marks, near)]
        _move_on(unit, before, after, some, ranks, line, length, beyond, far, old, stands, kinds, seconds)
    _reckon(cover.weight, figures.contribution, figures.nearest_s, line, length, old, ready.whole, ready.left)
    return _least(len(kinds), cover, figures, ready)


@compiled
def _in_sight(
    before: NDArray[np.uint16],
    after: NDArray[np.uint16],
    far: NDArray[np.uint16],
    marks: NDArray[np.uint8],
    near: Int32s,
) -> int:
    """In how many lines a unit that moves stood or will stand, at another place; their cells are the first of
    `near`. Many are compared at a time, and eight marks looked through: most of a city is too far away."""
    for j in range(len(far)):
        marks[j] = ((before[j] <= far[j]) | (after[j] <= far[j])) & (before[j] != after[j])
    found, eights = 0, marks.view(np.uint64)
    for eight in range(len(eights)):
        if eights[eight] != 0:
            for j in range(8 * eight, 8 * eight + 8):
                if marks[j]:
                    near[found] = j
                    found += 1
    return found


@compiled
def _stand(
    place: np.int64, j: int, line: Int64s, length: Int32s, beyond: Int64s, far: NDArray[np.uint16]
) -> int:
    """In the line of this cell, if it is not too far back; where."""
    last = length[j]
    if last == line.shape[1]:
        last -= 1
        beyond[j] = max(place, line[j, last])
        far[j] = beyond[j] >> NUMBER
        if place == beyond[j]:
            return int(line.shape[1])
    length[j] = last + 1
    while last > 0 and place < line[j, last - 1]:
        line[j, last] = line[j, last - 1]
        last -= 1
    line[j, last] = place
    return int(last)


@compiled
def _move_on(
    unit: int,
    before: NDArray[np.uint16],
    after: NDArray[np.uint16],
    near: Int32s,
    ranks: int,
    line: Int64s,
    length: Int32s,
    beyond: Int64s,
    far: NDArray[np.uint16],
    old: Bools,
    stands: Int32s,
    kinds: Int32s,
    seconds: NDArray[np.uint16],
) -> None:
    for j in near:
        was = (np.int64(before[j]) << NUMBER) + unit
        now = (np.int64(after[j]) << NUMBER) + unit
        comes = after[j] <= far[j] and now < beyond[j]
        if before[j] > far[j] or was >= beyond[j]:
            if comes and _stand(now, j, line, length, beyond, far) <= ranks:
                old[j] = True
            continue
        at = 0
        while line[j, at] != was:
            at += 1
        first = at
        if not comes:
            length[j] -= 1
            for behind in range(at, length[j]):
                line[j, behind] = line[j, behind + 1]
            if length[j] <= ranks and beyond[j] != NOBODY_BEYOND:
                _form(j, line, length, beyond, far, stands, kinds, seconds)
        elif now < was:
            while at > 0 and now < line[j, at - 1]:
                line[j, at] = line[j, at - 1]
                at -= 1
            line[j, at], first = now, at
        else:
            while at + 1 < length[j] and line[j, at + 1] < now:
                line[j, at] = line[j, at + 1]
                at += 1
            line[j, at] = now
        if first <= ranks:
            old[j] = True


@compiled
def _form(
    j: int,
    line: Int64s,
    length: Int32s,
    beyond: Int64s,
    far: NDArray[np.uint16],
    stands: Int32s,
    kinds: Int32s,
    seconds: NDArray[np.uint16],
) -> None:
    """The line of one cell anew, from all units."""
    length[j], beyond[j], far[j] = 0, NOBODY_BEYOND, NO_WAY - 1
    for unit in range(len(stands)):
        if stands[unit] != NOWHERE:
            away = seconds[kinds[unit], stands[unit], j]
            place = (np.int64(away) << NUMBER) + unit
            if away <= far[j] and place < beyond[j]:
                _stand(place, j, line, length, beyond, far)


@compiled
def _reckon(
    weight: Float64s,
    contribution: Float64s,
    nearest_s: float,
    line: Int64s,
    length: Int32s,
    old: Bools,
    whole: Float64s,
    left: Float64s,
) -> None:
    """The cells whose nearest have changed."""
    for j in range(len(old)):
        if old[j]:
            old[j] = False
            whole[j], left[j] = np.inf, np.inf
            if weight[j] > 0.0 and length[j] > 0:
                whole[j] = _sum(line[j, : length[j]], EVERYBODY, contribution, nearest_s) / (
                    weight[j] / WHOLE
                )
                left[j] = _sum(line[j, : length[j]], 0, contribution, nearest_s) / (weight[j] / WHOLE)


@compiled
def _sum(line: Int64s, leaves: int, contribution: Float64s, nearest_s: float) -> float:
    """Of the nearest, the one at the place `leaves` left out."""
    total, at = 0.0, 0
    for rank in range(len(contribution)):
        if rank == leaves:
            at += 1
        away_s = float(line[at] >> NUMBER) if at < len(line) else np.inf
        total += contribution[rank] / max(away_s, nearest_s)
        at += 1
    return total


@compiled
def _least(units: int, cover: Cover, figures: Figures, ready: Ready) -> Float64s:
    """Of a cell whose nearest may leave and it still is not the least prepared, anybody may."""
    line, length, whole, left, weight = ready.line, ready.length, ready.whole, ready.left, cover.weight
    contribution, nearest_s = figures.contribution, figures.nearest_s
    with_all = np.inf
    for j in range(len(whole)):
        with_all = min(with_all, whole[j])
    if with_all == np.inf:
        return np.zeros(units)
    least = np.full(units, with_all)
    for j in range(len(whole)):
        if left[j] < with_all:
            for leaves in range(min(len(contribution), length[j])):
                unit = line[j, leaves] & ((1 << NUMBER) - 1)
                rest = _sum(line[j, : length[j]], leaves, contribution, nearest_s) / (weight[j] / WHOLE)
                least[unit] = min(least[unit], rest)
    return least
