"""The shortest ways from one node to a few others close by, in millimetres."""

from typing import Final, NamedTuple

import numpy as np

from routing.arrays import Int32s, Int64s
from routing.compiled import compiled
from routing.kernels import pop, push

NO_WAY: Final = 2**62


class Scratch(NamedTuple):
    """What a search writes on; valid where `seen` holds the number of the latest search.

    mm, seen, wanted, via : [nodes] way so far, by which search, wanted by which, arc that led there
    turn : int64[1] the number of the latest search     heap : int64[...]
    """

    mm: Int64s
    seen: Int32s
    wanted: Int32s
    via: Int32s
    turn: Int32s
    heap: Int64s


def scratch(nodes: int, arcs: int) -> Scratch:
    """Room for searches, one at a time."""
    return Scratch(
        np.empty(nodes, np.int64), np.zeros(nodes, np.int32), np.zeros(nodes, np.int32),
        np.empty(nodes, np.int32), np.zeros(1, np.int32), np.empty(arcs + 2, np.int64),
    )  # fmt: skip


@compiled
def search(
    source: int,
    targets: Int32s,
    limit_mm: int,
    first: Int32s,
    onward: Int32s,
    ends: Int32s,
    edge_mm: Int64s,
    mm: Int64s,
    seen: Int32s,
    wanted: Int32s,
    via: Int32s,
    turn: Int32s,
    heap: Int64s,
) -> None:
    """Grow from `source` until every target (nodes, repeats allowed) is settled or limit_mm is passed."""
    if turn[0] >= 2**31 - 2:
        seen[:] = 0
        wanted[:] = 0
        turn[0] = 0
    turn[0] += 1
    now = turn[0]
    waiting = 0
    for i in range(targets.shape[0]):
        if wanted[targets[i]] != now:
            wanted[targets[i]] = now
            waiting += 1
    mm[source], seen[source], via[source] = 0, now, -1
    heap[0] = np.int64(source)
    size = 1
    while size > 0:
        top = heap[0]
        size = pop(heap, size)
        node, spent = top & 0xFFFFFFFF, top >> 32
        if spent > mm[node]:
            continue
        if wanted[node] == now:
            wanted[node] = 0
            waiting -= 1
            if waiting == 0:
                return
        for i in range(first[node], first[node + 1]):
            arc = onward[i]
            other = ends[arc >> 1, 1 - (arc & 1)]
            then = spent + edge_mm[arc >> 1]
            if then <= limit_mm and (seen[other] != now or then < mm[other]):
                seen[other], mm[other], via[other] = now, then, arc
                size = push(heap, size, (then << 32) | np.int64(other))


@compiled
def way_to(node: int, seen: Int32s, mm: Int64s, turn: Int32s) -> int:
    """Millimetres to a node in the latest search, or NO_WAY."""
    return int(mm[node]) if seen[node] == turn[0] else NO_WAY
