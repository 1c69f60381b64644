"""From each of many places to each of many: every place climbs once."""

import numpy as np

from routing.arrays import Int32s, Int64s, Slots
from routing.compiled import compiled
from routing.hierarchy.costs import NEVER
from routing.hierarchy.kin import joined_at, kin_of
from routing.hierarchy.labels import climb_from, least_sum


@compiled
def many_to_many(
    leave: Int64s, arrive: Int64s, slots: int, climb: Int32s, up_slot: Slots, up: Int64s, down_cost: Int64s
) -> Int64s:
    """Costs int64[places left, places of arrival].

    leave : int64[places, 4]     arrive : int64[places, 4], seeds as in `seeds`
    """
    costs = np.full((leave.shape[0], arrive.shape[0]), NEVER, np.int64)
    ahead = np.empty((leave.shape[0], slots), np.int64)
    for i in range(leave.shape[0]):
        climb_from(leave[i], climb, up_slot, up, 0, ahead[i])
    back = np.empty(slots, np.int64)
    for j in range(arrive.shape[0]):
        if arrive[j, 0] < 0:
            continue
        climb_from(arrive[j], climb, up_slot, down_cost, 0, back)
        span, block, shift = kin_of(arrive[j, 0], slots, climb)
        for i in range(leave.shape[0]):
            if leave[i, 0] < 0:
                continue
            first = joined_at(leave[i, 0], span, block, shift)
            if first < slots:
                costs[i, j] = min(least_sum(ahead[i], back, first), np.int64(NEVER))
    return costs
