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
    leads_to, comes_from : int32[street arcs]  the rank that a place gets to which is left along an arc of the
                                        streets, and that from which it is reached; -1 where nobody drives
    part_first : int32[2*up_arcs+1]     part : int32: the arcs of the map that are part of an up-arc, driven
                                        upwards (2 * up-arc) and downwards (2 * up-arc + 1)
    carrier    : int32[arcs]            the opposite of part, -1 for an arc that ends where it begins, or
                                        has no ends
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


NO_PAIRS: Final = (np.zeros(0, np.int32), np.zeros(0, np.int32))


def hierarchy(
    nodes: int,
    tail: Int32s,
    head: Int32s,
    together: tuple[Int32s, Int32s] = NO_PAIRS,
    left_at: Int32s | None = None,
    reached_at: Int32s | None = None,
) -> Hierarchy:
    """Order the nodes and lay out the shortcuts.

    tail, head : int32[arcs]  the nodes that every arc joins, -1 where it has none
    together   : pairs of nodes that must lie on one climb although no arc may join them: a place on a street
                 needs both nodes that it is left by there, and both by which it is reached
    left_at, reached_at : int32[street arcs]  these nodes for every arc of the streets, `Graph.left_at` and
                                              `Graph.reached_at`; by default its head and its tail
    """
    left_at = head if left_at is None else left_at
    reached_at = tail if reached_at is None else reached_at
    real = (tail >= 0) & (head >= 0)
    first, neighbour = neighbours(
        nodes,
        np.concatenate((tail[real], together[0])).astype(np.int32),
        np.concatenate((head[real], together[1])).astype(np.int32),
    )
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
    carrier = carriers(_ranks(rank, tail), _ranks(rank, head), up_first, up_head)
    part_first, part = _parts(carrier, len(up_head))
    return Hierarchy(
        rank, climb, up_head, up_tail, slot[up_head].astype(np.uint16), down_first, down,
        _ranks(rank, left_at), _ranks(rank, reached_at), part_first, part, carrier,
    )  # fmt: skip


def _ranks(rank: Int32s, nodes: Int32s) -> Int32s:
    found: Int32s = np.where(nodes >= 0, rank[nodes], -1).astype(np.int32)
    return found


@compiled
def carriers(comes_from: Int32s, leads_to: Int32s, up_first: Int32s, up_head: Int32s) -> Int32s:
    """Which up-arc each arc is part of, doubled, + 1 if it drives downwards; -1 where it leads nowhere.

    comes_from, leads_to : int32[arcs]  ranks, -1 where there is none
    """
    found = np.full(comes_from.shape[0], -1, np.int32)
    for arc in range(comes_from.shape[0]):
        low, high = min(comes_from[arc], leads_to[arc]), max(comes_from[arc], leads_to[arc])
        if low == high or low < 0:
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
