"""From one place to another, and from one to several: exact costs by labels."""

import numpy as np

from routing.arrays import Int32s, Int64s, Slots
from routing.compiled import compiled
from routing.hierarchy.costs import NEVER
from routing.hierarchy.kin import joined_at, kin_of
from routing.hierarchy.labels import climb_from, common_slot, least_sum


@compiled
def between(
    one: Int64s,
    other: Int64s,
    slots: int,
    climb: Int32s,
    up_slot: Slots,
    one_weight: Int64s,
    other_weight: Int64s,
) -> np.int64:
    """The cost between two places, NEVER if there is no way. The arguments are those of `one_to_several`."""
    if one[0] < 0 or other[0] < 0:
        return np.int64(NEVER)
    first = common_slot(one[0], other[0], climb)
    if first >= slots:
        return np.int64(NEVER)
    mine, its = np.empty(slots, np.int64), np.empty(slots, np.int64)
    climb_from(one, climb, up_slot, one_weight, 0, mine)
    climb_from(other, climb, up_slot, other_weight, 0, its)
    return min(least_sum(mine, its, first), np.int64(NEVER))


@compiled
def one_to_several(
    one: Int64s,
    several: Int64s,
    slots: int,
    climb: Int32s,
    up_slot: Slots,
    one_weight: Int64s,
    several_weight: Int64s,
) -> Int64s:
    """The costs between one place and each of several, int64[places].

    one : int64[4]     several : int64[places, 4]
    *_weight : int64[up_arcs]  costs upwards on the side that is left, downwards on the side of arrival
    """
    costs = np.full(several.shape[0], NEVER, np.int64)
    if one[0] < 0:
        return costs
    mine, other = np.empty(slots, np.int64), np.empty(slots, np.int64)
    climb_from(one, climb, up_slot, one_weight, 0, mine)
    span, block, shift = kin_of(one[0], slots, climb)
    for i in range(several.shape[0]):
        if several[i, 0] < 0:
            continue
        first = joined_at(several[i, 0], span, block, shift)
        if first < slots:
            climb_from(several[i], climb, up_slot, several_weight, 0, other)
            costs[i] = min(least_sum(mine, other, first), np.int64(NEVER))
    return costs
