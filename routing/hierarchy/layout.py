"""The hierarchy of one map as arrays: built once with the map, stored in its file, then only read."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Int32s, Slots
from routing.compiled import compiled
from routing.hierarchy.contraction import depths, neighbours, shortcuts, slope
from routing.hierarchy.order import nested_dissection, triangles

PARENT: Final = 0  # columns of Hierarchy.climb
SLOT: Final = 1
FIRST: Final = 2
LOWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Topology only; what a kernel needs together lies together.

    rank       : int32[nodes]           the rank of each node of the map
    climb      : int32[nodes+1, 4]      by rank: its parent (-1 for a root), its slot, the first of its
                                        up-arcs, its lowest descendant; the extra row closes the up-arcs
    up_head, up_tail : int32[up_arcs]   higher rank (ascending for each tail), lower rank
    up_slot    : uint16[up_arcs]        the slot of the higher; a root has the last slot
    down_first : int32[nodes+1]         the up-arcs that lead to each rank, by tail:
    down       : int32[up_arcs, 2]      up-arc, end of its tail's up-arcs
    leads_to, comes_from : int32[arcs]  rank at the end and at the beginning of every arc of the map
    part_first : int32[2*up_arcs+1]     part : int32: the arcs of the map that are part of an up-arc, driven
                                        upwards (2 * up-arc) and downwards (2 * up-arc + 1)
    carrier    : int32[arcs]            the opposite of part, -1 for an arc that ends where it begins
    """

    rank: Int32s
    climb: Int32s
    up_head: Int32s
    up_tail: Int32s
    up_slot: Slots
    down_first: Int32s
    down: Int32s
    leads_to: Int32s
    comes_from: Int32s
    part_first: Int32s
    part: Int32s
    carrier: Int32s

    @property
    def nodes(self) -> int:
        return len(self.rank)

    @property
    def up_arcs(self) -> int:
        return len(self.up_head)

    @property
    def slots(self) -> int:
        """The length of a label: one more than the depth of the tree."""
        return int(self.climb[self.nodes - 1, SLOT]) + 1  # the last rank is a root

    @property
    def triangles(self) -> int:
        return triangles(self.climb[:, FIRST])


def hierarchy(nodes: int, tail: Int32s, head: Int32s) -> Hierarchy:
    """Order the nodes and lay out the shortcuts.

    tail, head : int32[arcs]  the nodes that every arc joins. The two ends of a street must be joined by one
                              of them even if nobody can drive it: a place there needs both on one climb.
    """
    first, neighbour = neighbours(nodes, tail, head)
    order, _ = nested_dissection(first, neighbour)
    up_first, up_head, parent = shortcuts(first, neighbour, order)
    rank = np.empty(nodes, np.int32)
    rank[order] = np.arange(nodes, dtype=np.int32)
    depth, lowest = depths(parent)
    if depth.max() > np.iinfo(np.uint16).max:
        raise ValueError("the streets hang together too closely: some label would be longer than 65,535")
    slot = (depth.max() - depth).astype(np.int32)
    climb = np.zeros((nodes + 1, 4), np.int32)
    climb[:-1] = np.column_stack((parent, slot, up_first[:-1], lowest))
    climb[-1, FIRST] = up_first[-1]
    up_tail = np.repeat(np.arange(nodes, dtype=np.int32), np.diff(up_first))
    down_first, down_tail, down_arc = slope(up_first, up_head)
    down = np.ascontiguousarray(np.column_stack((down_arc, up_first[down_tail + 1])), np.int32)
    carrier = carriers(rank[tail], rank[head], up_first, up_head)
    part_first, part = _parts(carrier, len(up_head))
    return Hierarchy(
        rank, climb, up_head, up_tail, slot[up_head].astype(np.uint16), down_first, down,
        rank[head], rank[tail], part_first, part, carrier,
    )  # fmt: skip


@compiled
def carriers(comes_from: Int32s, leads_to: Int32s, up_first: Int32s, up_head: Int32s) -> Int32s:
    """Which up-arc each arc is part of, doubled, + 1 if it drives downwards; -1 where it leads nowhere."""
    found = np.full(comes_from.shape[0], -1, np.int32)
    for arc in range(comes_from.shape[0]):
        low, high = min(comes_from[arc], leads_to[arc]), max(comes_from[arc], leads_to[arc])
        if low == high:
            continue
        begin, end = up_first[low], up_first[low + 1]
        while begin < end:
            middle = (begin + end) >> 1
            if up_head[middle] < high:
                begin = middle + 1
            else:
                end = middle
        found[arc] = 2 * begin + (1 if comes_from[arc] == high else 0)
    return found


def _parts(carrier: Int32s, up_arcs: int) -> tuple[Int32s, Int32s]:
    """The arcs of the map by carrier: `Hierarchy.part_first` and `Hierarchy.part`."""
    order = np.argsort(carrier, kind="stable")[np.count_nonzero(carrier < 0) :]
    counts: NDArray[np.int64] = np.bincount(carrier[order], minlength=2 * up_arcs)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32), order.astype(np.int32)
