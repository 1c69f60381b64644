"""Searches on a graph held as arrays. Arrays in, arrays out; each kernel has a slow twin in tests/.

Times are whole milliseconds (int32) and ways whole millimetres (int64), so that sums are exact: the
same from either end and on every machine. An arc with CLOSED cannot be driven; a node that was not
reached has UNREACHED. The caller owns and has checked every array; nothing is shared between calls,
so any number of threads may search at once.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.compiled import compiled

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

CLOSED: Final = 2**31 - 1
UNREACHED: Final = 2**31 - 1
NOWHERE: Final = 2**62
FAR: Final = 2**29  # no way may take this long: six days


@compiled
def grow(
    first: Int32s,
    neighbour: Int32s,
    arc: Int32s,
    arc_ms: Int32s,
    arc_mm: Int64s,
    seed_node: Int32s,
    seed_ms: Int32s,
    seed_mm: Int64s,
    wanted: Int32s,
) -> tuple[Int32s, Int64s, Int32s]:
    """Dijkstra from the seeds until every wanted node is settled; the fastest way, then the shortest.

    That second rule needs every arc to take a millisecond or more.

    first     : int32[nodes+1]  the arcs at node v are first[v] : first[v + 1]
    neighbour : int32[arcs]     the node at the other end
    arc       : int32[arcs]     arc id
    arc_ms    : int32[arcs]     time to drive each arc, by its id, or CLOSED
    arc_mm    : int64[arcs]     length in millimetres, by arc id
    seed_*    : [seeds]         where the search begins, with what is spent already; CLOSED seeds are skipped
    wanted    : int32[wanted]   nodes, repeats allowed
    Returns ms int32[nodes], mm int64[nodes], and via int32[nodes]: the arc that led there, or -1.
    """
    nodes = first.shape[0] - 1
    ms = np.full(nodes, UNREACHED, np.int32)
    mm = np.full(nodes, NOWHERE, np.int64)
    via = np.full(nodes, -1, np.int32)
    state = np.zeros(nodes, np.uint8)  # 1 wanted, 2 settled
    waiting = 0
    for i in range(wanted.shape[0]):
        if state[wanted[i]] == 0:
            state[wanted[i]] = 1
            waiting += 1
    heap = np.empty(neighbour.shape[0] + seed_node.shape[0] + 1, np.int64)
    size = 0
    for i in range(seed_node.shape[0]):
        v = seed_node[i]
        if seed_ms[i] == CLOSED:
            continue
        if seed_ms[i] < ms[v] or (seed_ms[i] == ms[v] and seed_mm[i] < mm[v]):
            ms[v] = seed_ms[i]
            mm[v] = seed_mm[i]
            begin = np.int64(seed_ms[i])
            size = push(heap, size, (begin << 32) | np.int64(v))
    while size > 0 and waiting > 0:
        top = heap[0]
        size = pop(heap, size)
        v = np.int32(top & 0xFFFFFFFF)
        now = np.int64(top >> 32)
        if now > ms[v] or state[v] & 2:
            continue
        waiting -= state[v] & 1
        state[v] |= 2
        for i in range(first[v], first[v + 1]):
            if arc_ms[arc[i]] == CLOSED:
                continue
            u = neighbour[i]
            then = now + arc_ms[arc[i]]
            if then >= FAR or state[u] & 2:
                continue
            far = mm[v] + arc_mm[arc[i]]
            if then < ms[u]:
                size = push(heap, size, (then << 32) | np.int64(u))
            elif then > ms[u] or far >= mm[u]:
                continue
            ms[u] = np.int32(then)
            mm[u] = far
            via[u] = arc[i]
    return ms, mm, via


@compiled
def push(heap: NDArray[np.int64], size: int, key: np.int64) -> int:
    """Add `key` to a binary heap of `size` keys; returns the new size."""
    i = size
    while i > 0:
        parent = (i - 1) >> 1
        if heap[parent] <= key:
            break
        heap[i] = heap[parent]
        i = parent
    heap[i] = key
    return size + 1


@compiled
def pop(heap: NDArray[np.int64], size: int) -> int:
    """Take the smallest key, which the caller has read at heap[0]; returns the new size."""
    size -= 1
    last = heap[size]
    i = 0
    while True:
        child = 2 * i + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= last:
            break
        heap[i] = heap[child]
        i = child
    heap[i] = last
    return size


@compiled
def meet(
    ms: Int32s, mm: Int64s, end_node: Int32s, end_ms: Int32s, end_mm: Int64s
) -> tuple[Int32s, Int64s, Int32s]:
    """Close the gap between a finished search and places that lie along edges.

    end_node, end_ms, end_mm : [places, 2]  the two ends of each place's edge and what it costs from there;
                                           CLOSED where that end does not lead to the place
    Returns ms int32[places] (UNREACHED where there is no way), mm int64[places], and which end.
    """
    places = end_node.shape[0]
    best_ms = np.full(places, UNREACHED, np.int32)
    best_mm = np.full(places, NOWHERE, np.int64)
    side = np.full(places, -1, np.int32)
    for i in range(places):
        for k in range(2):
            v = end_node[i, k]
            if v < 0 or end_ms[i, k] == CLOSED or ms[v] == UNREACHED:
                continue
            total = np.int64(ms[v]) + np.int64(end_ms[i, k])
            far = mm[v] + end_mm[i, k]
            if total >= FAR:
                continue
            if total < best_ms[i] or (total == best_ms[i] and far < best_mm[i]):
                best_ms[i] = np.int32(total)
                best_mm[i] = far
                side[i] = k
    return best_ms, best_mm, side
