"""Labels: what it costs to get from a place to each of its ancestors, or back from them.

Any fastest way between two places climbs from both ends to a common ancestor. So the cost from one place to
another is the least sum of two labels over the slots they share: no queue, nothing to reset.
"""

import numpy as np

from routing.arrays import Costs, Int32s, Int64s, Slots
from routing.compiled import compiled
from routing.hierarchy.costs import NEVER

U = np.uint64
ONE = np.uint64(1)


@compiled
def climb_from(seed: Int64s, climb: Int32s, up_slot: Slots, weight: Costs, shift: int, label: Costs) -> None:
    """Fill the label of one place.

    seed   : int64[4]         as `routing.hierarchy.seeds` gives it
    weight : [up_arcs]        upwards for a place one leaves, downwards for one to arrive at
    label  : [slots]          written from the slot of the lower end on; what is before it means nothing
    Costs are int64, and `shift` is 0; or times alone, milliseconds in int32, and `shift` is costs.SHIFT.
    """
    never = label.dtype.type(NEVER >> shift)
    rank = seed[0]
    if rank < 0:
        label[:] = never
        return
    label[climb[rank, 1] :] = never
    label[U(climb[U(rank), U(1)])] = seed[1] >> shift
    if seed[2] >= 0:
        label[U(climb[U(seed[2]), U(1)])] = seed[3] >> shift
    while rank >= 0:
        at = U(rank)
        spent = label[U(climb[at, U(1)])]
        if spent < never:
            for e in range(U(climb[at, U(2)]), U(climb[at + ONE, U(2)])):
                slot = U(up_slot[e])
                label[slot] = min(label[slot], label.dtype.type(spent + weight[e]))
        rank = np.int64(climb[at, U(0)])


@compiled
def least_sum(one: Int64s, other: Int64s, first: np.int64) -> np.int64:
    """The least one[slot] + other[slot] from slot `first` on; NEVER or more where there is no way."""
    a, b = one[first:], other[first:]
    best = np.int64(2 * NEVER)
    for i in range(b.shape[0]):
        best = min(best, a[i] + b[i])
    return best


@compiled
def common_slot(one: np.int64, other: np.int64, climb: Int32s) -> np.int64:
    """The slot of the lowest common ancestor of two ranks (or of one of them); past every slot if none."""
    while True:
        if one < other:
            if one >= climb[other, 3]:
                return np.int64(climb[other, 1])
            one = np.int64(climb[one, 0])
        else:
            if other >= climb[one, 3]:
                return np.int64(climb[one, 1])
            other = np.int64(climb[other, 0])
        if one < 0 or other < 0:
            return np.int64(1 << 30)
