"""Which part of every street is reached in time. Arrays in, arrays out.

The frontier lies on the street, not at the junction: a street is reached from its tail as far as the time
that is left allows, and from its head likewise; a place on it reaches what lies around it. So a street is
reached in up to two end pieces and, where places stand on it, some pieces in its middle.
"""

from dataclasses import dataclass

import numpy as np

from routing.arrays import Float64s, Int32s
from routing.compiled import compiled
from routing.kernels import CLOSED


@dataclass(frozen=True, slots=True)
class Parts:
    """What is reached of every edge.

    low, high : float64[edges]  the share of it that is reached from its tail, and from its head
    edge, begin_m, end_m : [pieces] int32, float64, float64  pieces around the places themselves, in metres
                           from the tail; sorted by edge, then by where they begin
    """

    low: Float64s
    high: Float64s
    edge: Int32s
    begin_m: Float64s
    end_m: Float64s


@compiled
def end_parts(arc_at: Int32s, arc_ms: Int32s, limit_ms: int, outward: bool) -> tuple[Float64s, Float64s]:
    """`Parts.low` and `Parts.high`.

    arc_at  : int32[2 * edges]  when each arc can be begun; with outward=False, what remains from its end
    arc_ms  : int32[2 * edges or more]  time to drive each arc, CLOSED where it is shut
    """
    edges = arc_at.shape[0] // 2
    low, high = np.zeros(edges, np.float64), np.zeros(edges, np.float64)
    for edge in range(edges):
        for back in range(2):
            arc = 2 * edge + back
            if arc_at[arc] > limit_ms or arc_ms[arc] == CLOSED:
                continue
            left = np.float64(limit_ms) - np.float64(arc_at[arc])
            share = 1.0 if left >= arc_ms[arc] else left / arc_ms[arc]
            if outward == (back == 0):
                low[edge] = share
            else:
                high[edge] = share
    return low, high


def pieces_around(
    edge: Int32s, along_m: Float64s, edge_m: Float64s, arc_ms: Int32s, limit_ms: int, outward: bool
) -> tuple[Int32s, Float64s, Float64s]:
    """`Parts.edge`, `begin_m` and `end_m`: what places reach on their own street without leaving it.

    edge, along_m : [places], edge -1 where a place has no street
    """
    there = edge >= 0
    edge, along_m = edge[there], along_m[there]
    whole_m = edge_m[edge]
    reach = []
    for back in (0, 1):
        spent = arc_ms[2 * edge + back].astype(np.float64)
        reach.append(np.where(spent == CLOSED, 0.0, limit_ms / np.maximum(spent, 1.0) * whole_m))
    ahead, behind = reach if outward else reach[::-1]
    begin, end = np.maximum(along_m - behind, 0.0), np.minimum(along_m + ahead, whole_m)
    order = np.lexsort((begin, edge))
    return edge[order], begin[order], end[order]


@compiled
def reached_share(
    low: Float64s, high: Float64s, edge: Int32s, begin_m: Float64s, end_m: Float64s, edge_m: Float64s
) -> Float64s:
    """How much of every edge is reached, float64[edges] from 0 to 1, no metre counted twice."""
    share = np.empty(low.shape[0], np.float64)
    for e in range(low.shape[0]):
        share[e] = min(1.0, low[e] + high[e])
    i = 0
    while i < edge.shape[0]:
        e = edge[i]
        whole = edge_m[e]
        done = low[e] * whole  # everything before this is counted
        total = done
        while i < edge.shape[0] and edge[i] == e:
            total += max(0.0, end_m[i] - max(begin_m[i], done))
            done = max(done, end_m[i])
            i += 1
        total += max(0.0, whole - max(whole - high[e] * whole, done))
        if whole > 0:
            share[e] = min(1.0, total / whole)
    return share


@compiled
def weighed(share: Float64s, weights: Float64s) -> Float64s:
    """The sum of each column of weights, float64[edges, columns], over what is reached."""
    sums = np.zeros(weights.shape[1], np.float64)
    for e in range(share.shape[0]):
        if share[e] > 0:
            for k in range(weights.shape[1]):
                sums[k] += share[e] * weights[e, k]
    return sums
