"""From one place, or from the nearest of many, to every node of the map in one pass over the arrays.

After the climb has fixed the ancestors of the start, ranks are visited from the highest down. The
ancestors of the one visited are all in a row as long as a label, so each up-arc is read once, in order,
and nothing is searched.
"""

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from routing.compiled import compiled
from routing.hierarchy.costs import NEVER, SHIFT

U = np.uint64
ONE = np.uint64(1)


@compiled
def to_every_rank(
    seeds: Int64s, slots: int, climb: Int32s, up_head: Int32s, up_slot: Int32s, up: Int64s, down: Int64s
) -> Int64s:
    """The least cost from any of the seeds to every rank, int64[nodes].

    seeds    : int64[places, 4]
    up, down : int64[up_arcs]  the costs upwards and downwards; exchanged, for ways that lead to the places
    """
    nodes = climb.shape[0] - 1
    costs = np.full(nodes, NEVER, np.int64)
    lowest = nodes
    for i in range(seeds.shape[0]):
        for end in (0, 2):
            rank = seeds[i, end]
            if rank >= 0:
                costs[rank] = min(costs[rank], seeds[i, end + 1])
                lowest = min(lowest, rank)
    for rank in range(U(lowest), U(nodes)):
        spent = costs[rank]
        if spent < NEVER:
            for e in range(U(climb[rank, U(2)]), U(climb[rank + ONE, U(2)])):
                head = U(up_head[e])
                costs[head] = min(costs[head], spent + up[e])
    row = np.full(slots, NEVER, np.int64)
    for i in range(U(nodes)):
        rank = U(nodes) - ONE - i
        best = costs[rank]
        for e in range(U(climb[rank, U(2)]), U(climb[rank + ONE, U(2)])):
            best = min(best, row[U(up_slot[e])] + down[e])
        costs[rank] = best
        row[U(climb[rank, ONE])] = best
    return costs


@compiled
def covered(costs: Int64s, population: Float64s, limits_ms: Int64s) -> Float64s:
    """How much of the population lies within each limit, float64[limits].

    costs : int64[nodes]     population : float64[nodes], in the same order
    """
    sums = np.zeros(limits_ms.shape[0], np.float64)
    for i in range(limits_ms.shape[0]):
        limit = ((limits_ms[i] + 1) << SHIFT) - 1
        total = 0.0
        for v in range(costs.shape[0]):
            total += population[v] if costs[v] <= limit else 0.0
        sums[i] = total
    return sums
