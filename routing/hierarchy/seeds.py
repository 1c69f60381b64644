"""A place along an edge as the hierarchy sees it: the two ends of its edge, and what each costs.

The nodes by which it is left are joined, if only for this, and those by which it is reached
(`routing.graph.ends_together`), so the higher is an ancestor of the lower: one climb serves the place. A
*seed* is int64[4]: rank and cost of the lower end, rank and cost of the higher; a first rank of -1 says
that there is no way. What it costs is what `routing.ends` says.

*Turning* is what it costs to turn round, for who is known to drive the street one way: above zero for one who
drives it forwards, below for one who drives it back, 0 where that is not known.
"""

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s, Int32s, Int64s
from routing.compiled import compiled
from routing.hierarchy.costs import NEVER, SHIFT

LEAVING = True
ARRIVING = False


def turnings(direction: NDArray[np.int8], u_turn: int) -> Int64s:
    """The turning of places that lie in these directions, int64[places]."""
    return direction.astype(np.int64) * u_turn


@compiled
def end_cost(
    edge: int, side: int, along_m: float, turning: int, leaving: bool, edge_m: Float64s, cost: Int64s
) -> np.int64:
    """What it costs from a place to the end of arc 2 * edge + side, or from its beginning to the place."""
    whole_m = edge_m[edge]
    done = min(1.0, max(0.0, along_m / (whole_m if whole_m > 0 else 1.0)))
    share = done if leaving == (side == 1) else 1 - done
    whole = cost[2 * edge + side]
    if share == 0:  # on the corner itself no arc need be driven, open or not
        return np.int64(0)
    if whole >= NEVER:
        return np.int64(NEVER)
    ms = np.int64(np.rint((whole >> SHIFT) * share))
    round_about = np.int64(max(0, turning if side == 1 else -turning)) if leaving else np.int64(0)
    return (ms << SHIFT) + np.int64(np.rint(share * whole_m * 1000)) + round_about


@compiled
def seed(
    edge: int,
    along_m: float,
    turning: int,
    leaving: bool,
    edge_m: Float64s,
    cost: Int64s,
    end_rank: Int32s,
    out: Int64s,
) -> None:
    """Write the seed of one place into `out`.

    edge     : -1 where the place has no street     along_m : metres from the tail of the edge
    edge_m   : float64[edges]      cost : int64[arcs]
    end_rank : int32[street arcs]  Hierarchy.leads_to if `leaving`, else Hierarchy.comes_from
    """
    out[0] = out[2] = -1
    out[1] = out[3] = NEVER
    if edge < 0:
        return
    for side in range(2):
        rank = np.int64(end_rank[2 * edge + side])
        if rank < 0:
            continue
        spent = end_cost(edge, side, along_m, turning, leaving, edge_m, cost)
        if spent >= NEVER:
            continue
        if out[0] < 0 or rank == out[0]:
            out[0] = rank
            out[1] = min(out[1], spent)
        elif rank > out[0]:
            out[2] = rank
            out[3] = spent
        else:
            out[2], out[3] = out[0], out[1]
            out[0], out[1] = rank, spent


@compiled
def seeds(
    edge: Int32s,
    along_m: Float64s,
    turning: Int64s,
    leaving: bool,
    edge_m: Float64s,
    cost: Int64s,
    end_rank: Int32s,
) -> Int64s:
    """The seeds of several places, int64[places, 4]."""
    found = np.empty((edge.shape[0], 4), np.int64)
    for i in range(edge.shape[0]):
        seed(edge[i], along_m[i], turning[i], leaving, edge_m, cost, end_rank, found[i])
    return found


@compiled
def side_at(
    rank: np.int64,
    edge: int,
    along_m: float,
    turning: int,
    leaving: bool,
    edge_m: Float64s,
    cost: Int64s,
    end_rank: Int32s,
) -> tuple[np.int64, np.int64]:
    """By which arc of its edge (0 forward, 1 back) a way that begins or ends at `rank` leaves a place or
    arrives at it, the cheaper where both fit; and what that costs."""
    best, best_side = np.int64(NEVER), np.int64(-1)
    for side in range(2):
        spent = end_cost(edge, side, along_m, turning, leaving, edge_m, cost)
        if end_rank[2 * edge + side] == rank and spent < best:
            best, best_side = spent, np.int64(side)
    return best_side, best


@compiled
def along_one_edge(
    edge: int, begin_m: float, end_m: float, turning: int, edge_m: Float64s, cost: Int64s
) -> np.int64:
    """What it costs to drive straight on from one place to another on the same edge, turning round first if
    need be, or NEVER."""
    ahead = end_m - begin_m
    share = abs(ahead) / edge_m[edge]
    best = np.int64(NEVER)
    for back in range(2):
        whole = cost[2 * edge + back]
        if whole < NEVER and (ahead >= 0 if back == 0 else ahead <= 0):
            ms = np.int64(np.rint((whole >> SHIFT) * share))
            round_about = np.int64(max(0, turning if back == 1 else -turning))
            best = min(best, (ms << SHIFT) + np.int64(np.rint(abs(ahead) * 1000)) + round_about)
    return best


@compiled
def or_straight_on(
    one_edge: int,
    one_m: float,
    one_turning: int,
    edge: Int32s,
    along_m: Float64s,
    turning: Int64s,
    outward: bool,
    edge_m: Float64s,
    cost: Int64s,
    costs: Int64s,
) -> None:
    """Lower `costs` (int64[places]) where a place shares the edge of the one, and straight on is quicker.

    outward : whether the ways lead from the one to the places, or back
    """
    for i in range(edge.shape[0]):
        if edge[i] == one_edge and one_edge >= 0:
            begin, end = (one_m, along_m[i]) if outward else (along_m[i], one_m)
            round_about = one_turning if outward else turning[i]
            costs[i] = min(costs[i], along_one_edge(one_edge, begin, end, round_about, edge_m, cost))
