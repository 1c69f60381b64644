"""A place along an edge, seen from the edge's two ends: what it costs to leave it and to get to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.graph import Graph
from routing.kernels import CLOSED, NOWHERE, UNREACHED
from routing.metric import Metric
from routing.road_map import Float64s, Int32s, Int64s, Streets
from routing.snapping import Places


@dataclass(frozen=True, slots=True)
class Ends:
    """All [places, 2]: node int32 of the graph (-1 where there is none), ms int32 (CLOSED if shut), mm int64
    millimetres."""

    node: Int32s
    ms: Int32s
    mm: Int64s


def exits(streets: Streets, graph: Graph, metric: Metric, places: Places) -> Ends:
    """Column 0 drives on to the head of the edge, column 1 back to its tail; who has to turn round for that
    pays the U-turn."""
    done = _share(streets, places)
    direction = places.directions()
    turning = metric.u_turn_ms * np.column_stack((direction < 0, direction > 0))
    return _ends(streets, metric, places, graph.left_at, np.column_stack((1 - done, done)), turning)


def entries(streets: Streets, graph: Graph, metric: Metric, places: Places) -> Ends:
    """Column 0 comes in from the tail of the edge, column 1 from its head."""
    done = _share(streets, places)
    share = np.column_stack((done, 1 - done))
    return _ends(streets, metric, places, graph.reached_at, share, np.zeros(share.shape, np.int64))


def along_one_edge(streets: Streets, metric: Metric, start: Places, end: Places) -> tuple[Int32s, Int64s]:
    """Time and millimetres from start to end where both lie on one edge, driving straight on, after turning
    round if the end lies behind; else UNREACHED.

    start and end have the same length, or one of them has length one.
    """
    same = (start.edge == end.edge) & (start.edge >= 0)
    edge = np.where(same, start.edge, 0)
    ahead = end.along_m - start.along_m
    share = np.abs(ahead) / streets.edge_m[edge]
    best = np.full(len(share), UNREACHED, np.int64)
    direction = start.directions()
    for back, right_way in ((0, ahead >= 0), (1, ahead <= 0)):
        whole = metric.arc_ms[2 * edge + back]
        fits = same & right_way & (whole != CLOSED)
        turning = metric.u_turn_ms * (direction == (1 if back else -1))
        best[fits] = np.minimum(best, np.rint(whole * share).astype(np.int64) + turning)[fits]
    mm = np.rint(np.abs(ahead) * 1000).astype(np.int64)
    return best.astype(np.int32), np.where(best < UNREACHED, mm, NOWHERE)


def drives_back(metric: Metric, edge: int, begin: float, end: float) -> int:
    """Which arc of its edge a short way drives: forwards if it can, unless the end lies behind the start."""
    if end != begin:
        return int(end < begin)
    return int(metric.arc_ms[2 * edge] == CLOSED)


def _share(streets: Streets, places: Places) -> Float64s:
    whole = streets.edge_m[np.maximum(places.edge, 0)]
    share: Float64s = np.clip(places.along_m / np.where(whole > 0, whole, 1.0), 0.0, 1.0)
    return share


def _ends(
    streets: Streets,
    metric: Metric,
    places: Places,
    node_of_arc: Int32s,
    share: NDArray[np.float64],
    turning: Int64s,
) -> Ends:
    edge = np.maximum(places.edge, 0)
    arcs = np.column_stack((2 * edge, 2 * edge + 1))
    node = np.where((places.edge >= 0)[:, None], node_of_arc[arcs], -1).astype(np.int32)
    whole = metric.arc_ms[arcs]
    ms = np.where(whole != CLOSED, np.minimum(np.rint(whole * share) + turning, CLOSED), CLOSED)
    ms = np.where(share == 0, 0, ms)  # on the corner itself no arc need be driven, open or not
    ms = np.where(node >= 0, ms, CLOSED).astype(np.int32)
    return Ends(node, ms, np.rint(share * streets.edge_m[edge][:, None] * 1000).astype(np.int64))
