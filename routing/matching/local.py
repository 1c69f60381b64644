"""The streets as a search over metres wants them: what one profile may drive, node by node."""

from typing import NamedTuple

import numpy as np

from routing.arrays import Int32s, Int64s
from routing.road_map import Streets


class LocalRoads(NamedTuple):
    """What one profile may drive.

    first   : int32[nodes+1]   onward : int32[arcs] the open arcs that leave each node
    ends    : int32[edges, 3]  tail, head, and the open directions: 1 forwards, 2 back
    edge_mm : int64[edges]     millimetres
    """

    first: Int32s
    onward: Int32s
    ends: Int32s
    edge_mm: Int64s


def local_roads(streets: Streets, profile: int) -> LocalRoads:
    """Turn restrictions are left out: what a crew did may not be what it was allowed to do."""
    open_ways = streets.way_kmh[:, :, profile][streets.edge_way] > 0
    begin = np.column_stack((streets.tail, streets.head))[open_ways]
    arcs = np.arange(2 * streets.edges, dtype=np.int32).reshape(-1, 2)[open_ways]
    order = np.argsort(begin, kind="stable")
    first = np.concatenate(([0], np.cumsum(np.bincount(begin, minlength=streets.nodes))))
    ends = np.column_stack((streets.tail, streets.head, open_ways[:, 0] + 2 * open_ways[:, 1]))
    edge_mm = np.rint(streets.edge_m * 1000).astype(np.int64)
    return LocalRoads(first.astype(np.int32), arcs[order], np.ascontiguousarray(ends, np.int32), edge_mm)
