"""Gates: nodes high in the hierarchy whose labels are worked out beforehand, for all climbs that pass them.

A climb begins among small streets and soon reaches nodes that many others reach too. What it costs from such
a node to each of its ancestors is the same for everybody, so it is kept: a row a gate. A label is then a few
steps to the first gates, and one minimum over each of their rows.

Rows are those of hub labelling (Abraham, Delling, Goldberg, Werneck: A hub-based labeling algorithm, 2011),
for the upper part of the tree alone: the lower nine tenths of the nodes would fill most of the memory
and save the fewest steps.
"""

from typing import Final, NamedTuple

import numpy as np

from routing.arrays import Costs, Int32s, Int64s, Slots
from routing.compiled import compiled
from routing.hierarchy.costs import NEVER
from routing.hierarchy.layout import Hierarchy

LEAST: Final = 32
"""A node with as many below it is a gate."""
U = np.uint64
ONE = np.uint64(1)


class Gates(NamedTuple):
    """Where climbs of one metric and direction meet their gates.

    at    : int32[nodes]  by rank: where the row of a gate begins; of others, -1 minus the slot of the lowest
                          gate above, or minus that after the last where there is none
    label : int64[...] costs, or int32[...] milliseconds: of each gate, what it costs to get from it to itself
            and to each of its ancestors (or back), by slot
    """

    at: Int32s
    label: Costs


def gates_of(hierarchy: Hierarchy, weight: Costs, least: int = LEAST) -> Gates:
    """The gates of one metric and direction; some milliseconds for a city.

    weight : [up_arcs] as `labels.climb_from` takes it, of int64 costs or int32 milliseconds
    """
    h = hierarchy
    at, entries = gate_rows(h.climb, h.slots, least)
    label = np.empty(entries, weight.dtype)
    fill_rows(at, h.slots, h.climb, h.up_head, h.up_slot, weight, label)
    return Gates(at, label)


@compiled
def gate_rows(climb: Int32s, slots: int, least: int) -> tuple[Int32s, int]:
    """`Gates.at`, and how many entries all rows have."""
    nodes = climb.shape[0] - 1
    at = np.empty(nodes, np.int32)
    entries = 0
    for rank in range(nodes - 1, -1, -1):
        parent = climb[rank, 0]
        if rank - climb[rank, 3] >= least:
            at[rank] = entries
            entries += slots - climb[rank, 1]
        elif parent < 0:
            at[rank] = -1 - slots
        else:
            at[rank] = -1 - climb[parent, 1] if at[parent] >= 0 else at[parent]
    return at, entries


@compiled
def fill_rows(
    at: Int32s, slots: int, climb: Int32s, up_head: Int32s, up_slot: Slots, weight: Costs, label: Costs
) -> None:
    """Write `Gates.label`: from the roots down, each row from those of its neighbours above."""
    never = label.dtype.type(NEVER if label.itemsize == 8 else NEVER >> 32)
    for rank in range(at.shape[0] - 1, -1, -1):
        if at[rank] < 0:
            continue
        base = climb[rank, 1]
        mine = label[at[rank] : at[rank] + slots - base]
        mine[:] = never
        mine[0] = 0
        for e in range(climb[rank, 2], climb[rank + 1, 2]):
            through(weight[e], at[up_head[e]], label, mine[up_slot[e] - base :])


@compiled
def climb_through(
    seed: Int64s,
    climb: Int32s,
    up_head: Int32s,
    up_slot: Slots,
    weight: Costs,
    at: Int32s,
    gate_label: Costs,
    shift: int,
    label: Costs,
    met: Int32s,
) -> None:
    """As `labels.climb_from`, by the gates of the same weights.

    met : int32[slots], room to note the gates in
    """
    never = label.dtype.type(NEVER >> shift)
    rank = seed[0]
    if rank < 0:
        label[:] = never
        return
    label[climb[rank, 1] :] = never
    label[U(climb[U(rank), U(1)])] = seed[1] >> shift
    gates = 0
    if seed[2] >= 0:
        label[U(climb[U(seed[2]), U(1)])] = seed[3] >> shift
        if at[seed[2]] >= 0:
            met[gates] = seed[2]
            gates += 1
    if at[rank] >= 0:
        met[gates] = rank
        gates += 1
    else:
        first = -1 - at[rank]
        while rank >= 0 and at[rank] < 0:
            here = U(rank)
            spent = label[U(climb[here, U(1)])]
            if spent < never:
                for e in range(U(climb[here, U(2)]), U(climb[here + ONE, U(2)])):
                    slot = U(up_slot[e])
                    then = label.dtype.type(spent + weight[e])
                    if then < label[slot]:
                        if slot >= first and label[slot] == never:
                            met[gates] = up_head[e]
                            gates += 1
                        label[slot] = then
            rank = np.int64(climb[here, U(0)])
    for i in range(gates):
        slot = U(climb[met[i], U(1)])
        through(label[slot], at[met[i]], gate_label, label[slot:])


@compiled
def through(spent: Costs, begin: int, gate_label: Costs, label: Costs) -> None:
    """Lower `label` to what it costs through a gate that is reached at `spent`; its row begins at `begin`."""
    row = gate_label[begin : begin + label.shape[0]]
    for i in range(label.shape[0]):
        label[i] = min(label[i], label.dtype.type(spent + row[i]))
