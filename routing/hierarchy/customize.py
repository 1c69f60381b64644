"""Work out what every up-arc costs, from what every street costs.

From the lowest rank to the highest: an up-arc a-b costs the least of the streets it stands for and of the
ways a-v-b through lower ranks v, whose two up-arcs are known by then. Working on rank a, its up-arcs are
gathered in a row by slot, where all lower neighbours can improve them without looking anything up.
Each street matters only to its own rank and the ancestors, so separate subtrees can be worked on by
separate threads, and after a change of few streets only ranks whose inputs changed are worked on again:
never more than a full run.
"""

import numpy as np

from routing.arrays import Int32s, Int64s, Masks, Slots
from routing.compiled import compiled
from routing.hierarchy.costs import NEVER

U = np.uint64  # indices: numba adds no wrap-around checks for unsigned ones
ONE = np.uint64(1)


@compiled
def settle(
    rank: int,
    cost: Int64s,
    climb: Int32s,
    up_slot: Slots,
    down_first: Int32s,
    down: Int32s,
    part_first: Int32s,
    part: Int32s,
    up: Int64s,
    down_cost: Int64s,
    row_up: Int64s,
    row_down: Int64s,
) -> np.int64:
    """Work out the up-arcs of one rank, all lower ranks being done.

    cost          : int64[arcs]     what every arc of the map costs
    up, down_cost : int64[up_arcs]  what every up-arc costs, upwards and downwards; changed in place
    row_up, row_down : int64[slots] scratch
    The rest is as in `layout.Hierarchy`. Returns the last up-arc whose cost is another than before, or -1.
    """
    begin, end = U(climb[U(rank), 2]), U(climb[U(rank) + ONE, 2])
    for e in range(begin, end):
        least_up, least_down = np.int64(NEVER), np.int64(NEVER)
        k = e + e
        for i in range(U(part_first[k]), U(part_first[k + ONE])):
            least_up = min(least_up, cost[U(part[i])])
        for i in range(U(part_first[k + ONE]), U(part_first[k + ONE + ONE])):
            least_down = min(least_down, cost[U(part[i])])
        slot = U(up_slot[e])
        row_up[slot] = least_up
        row_down[slot] = least_down
    for i in range(U(down_first[U(rank)]), U(down_first[U(rank) + ONE])):
        below, last = U(down[i, U(0)]), U(down[i, ONE])
        to_rank, from_rank = up[below], down_cost[below]
        for f in range(below + ONE, last):
            slot = U(up_slot[f])
            row_up[slot] = min(row_up[slot], from_rank + up[f])
            row_down[slot] = min(row_down[slot], to_rank + down_cost[f])
    changed = np.int64(-1)
    for e in range(begin, end):
        slot = U(up_slot[e])
        if up[e] != row_up[slot] or down_cost[e] != row_down[slot]:
            up[e] = row_up[slot]
            down_cost[e] = row_down[slot]
            changed = np.int64(e)
    return changed


@compiled
def settle_spans(
    spans: Int32s,
    slots: int,
    cost: Int64s,
    climb: Int32s,
    up_slot: Slots,
    down_first: Int32s,
    down: Int32s,
    part_first: Int32s,
    part: Int32s,
    up: Int64s,
    down_cost: Int64s,
) -> None:
    """Work out ranks spans[i, 0] to spans[i, 1] - 1, span after span. The arguments are those of `settle`."""
    row_up, row_down = np.empty(slots, np.int64), np.empty(slots, np.int64)
    for i in range(spans.shape[0]):
        for rank in range(spans[i, 0], spans[i, 1]):
            settle(rank, cost, climb, up_slot, down_first, down, part_first, part, up, down_cost,
                   row_up, row_down)  # fmt: skip


@compiled
def settle_marked(
    marked: Masks,
    slots: int,
    cost: Int64s,
    climb: Int32s,
    up_head: Int32s,
    up_slot: Slots,
    down_first: Int32s,
    down: Int32s,
    part_first: Int32s,
    part: Int32s,
    up: Int64s,
    down_cost: Int64s,
) -> int:
    """Work out again the marked ranks and whatever follows from them; returns how many that were.

    marked : uint8[nodes]  ranks with an up-arc that holds a changed street; used up
    """
    row_up, row_down = np.empty(slots, np.int64), np.empty(slots, np.int64)
    done = 0
    for rank in range(marked.shape[0]):
        if marked[rank] == 0:
            continue
        marked[rank] = 0
        done += 1
        changed = settle(rank, cost, climb, up_slot, down_first, down, part_first, part, up, down_cost,
                         row_up, row_down)  # fmt: skip
        # a changed up-arc to b bears on those from b upwards, and on those to b from neighbours below b
        for e in range(climb[rank, 2], changed + 1):
            marked[up_head[e]] = 1
    return done
