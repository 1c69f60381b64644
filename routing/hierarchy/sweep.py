"""From one place, or from the nearest of many, to every node of the graph in one pass over the arrays.

After the climb has fixed the ancestors of the start, ranks are visited from the highest down. The
ancestors of the one visited are all in a row as long as a label, so each up-arc is read once, in order,
and nothing is searched.
"""

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s, Slots
from routing.compiled import compiled
from routing.graph import Graph
from routing.hierarchy.costs import SHIFT
from routing.kernels import FAR, UNREACHED

U = np.uint64
ONE = np.uint64(1)


@compiled
def to_every_rank(
    seeds: Int64s, slots: int, climb: Int32s, up_head: Int32s, up_slot: Slots, up: Int32s, down: Int32s
) -> Int32s:
    """The least time from any of the seeds to every rank, int32[nodes] in milliseconds, FAR if there is none.

    seeds    : int64[places, 4]
    up, down : int32[up_arcs]  times upwards and downwards; exchanged, for ways that lead to the places
    """
    nodes = climb.shape[0] - 1
    ms = np.full(nodes, FAR, np.int32)
    lowest = nodes
    for i in range(seeds.shape[0]):
        for end in (0, 2):
            rank = seeds[i, end]
            if rank >= 0:
                ms[rank] = min(ms[rank], np.int32(seeds[i, end + 1] >> SHIFT))
                lowest = min(lowest, rank)
    for rank in range(U(lowest), U(nodes)):
        spent = ms[rank]
        if spent < FAR:
            for e in range(U(climb[rank, U(2)]), U(climb[rank + ONE, U(2)])):
                head = U(up_head[e])
                ms[head] = min(ms[head], np.int32(spent + up[e]))
    row = np.full(slots, FAR, np.int32)
    for i in range(U(nodes)):
        rank = U(nodes) - ONE - i
        best = ms[rank]
        for e in range(U(climb[rank, U(2)]), U(climb[rank + ONE, U(2)])):
            best = min(best, np.int32(row[U(up_slot[e])] + down[e]))
        ms[rank] = best
        row[U(climb[rank, ONE])] = best
    return ms


def corners(graph: Graph, rank: Int32s) -> tuple[Int32s, Int32s, Int32s]:
    """Which ranks stand at each node of the streets: the rank of the node itself, and for the others of split
    junctions the rank and the node they stand at. int32[street nodes], int32[others] twice."""
    nodes = int(graph.corner.max()) + 1
    others = nodes + np.flatnonzero(graph.corner[nodes:] >= 0)
    return rank[:nodes].copy(), rank[others], graph.corner[others]


@compiled
def by_node(ms: Int32s, rank: Int32s, other_rank: Int32s, other_node: Int32s) -> Int32s:
    """The same in the order of the nodes of the streets, UNREACHED where there is no way: a split junction is
    reached when the first of its nodes is. The others are those of `corners`."""
    found = np.empty(rank.shape[0], np.int32)
    for node in range(rank.shape[0]):
        found[node] = ms[rank[node]] if ms[rank[node]] < FAR else UNREACHED
    for i in range(other_rank.shape[0]):
        found[other_node[i]] = min(
            found[other_node[i]], ms[other_rank[i]] if ms[other_rank[i]] < FAR else UNREACHED
        )
    return found


@compiled
def by_arc(ms: Int32s, end_rank: Int32s) -> Int32s:
    """The same for arcs of the streets, by the ranks `Hierarchy.comes_from` or `leads_to`."""
    found = np.empty(end_rank.shape[0], np.int32)
    for arc in range(end_rank.shape[0]):
        there = end_rank[arc] >= 0 and ms[end_rank[arc]] < FAR
        found[arc] = ms[end_rank[arc]] if there else UNREACHED
    return found


@compiled
def covered(ms: Int32s, population: Float64s, limits_ms: Int64s) -> Float64s:
    """How much of the population lies within each limit, float64[limits].

    ms : int32[nodes of the streets]     population : [the same]
    """
    sums = np.zeros(limits_ms.shape[0], np.float64)
    for node in range(ms.shape[0]):
        for i in range(limits_ms.shape[0]):
            if ms[node] <= limits_ms[i]:
                sums[i] += population[node]
    return sums
