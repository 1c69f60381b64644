"""Work out from the streets what searches need: arcs by node, the snapping grid, where places may lie."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.connectivity import place_masks
from routing.geodesy import metres_per_degree
from routing.graph import Graph
from routing.grid_kernels import fill_grid
from routing.road_map import Indexes, Int32s, Streets

CELL_M = 100.0
CELLS_PER_SEGMENT = 4  # a map with few streets in much space gets larger cells


def index(streets: Streets, graph: Graph) -> tuple[Indexes, dict[str, Any]]:
    """The indexes, and figures on connectedness for the report."""
    arc = np.flatnonzero((graph.arc_from >= 0) & (graph.arc_to >= 0))
    begin, end = graph.arc_from[arc], graph.arc_to[arc]
    origin, destination, figures = place_masks(streets)
    segment, segment_edge = _segments(streets)
    frame, shape = _frame(streets, len(segment))
    cell_first, cell_segment = fill_grid(
        streets.shape_lat, streets.shape_lon, segment, frame, int(shape[0]), int(shape[1])
    )
    indexes = Indexes(
        *_by_node(graph.nodes, begin, end, arc), *_by_node(graph.nodes, end, begin, arc),
        origin, destination, segment, segment_edge, frame, shape, cell_first, cell_segment,
    )  # fmt: skip
    return indexes, figures


def _by_node(nodes: int, at: Int32s, other: Int32s, arc: NDArray[np.int64]) -> tuple[Int32s, Int32s, Int32s]:
    """Group arcs by the node they stand at: first int32[nodes+1], other node and arc id int32[arcs]."""
    order = np.argsort(at, kind="stable")
    first = np.concatenate(([0], np.cumsum(np.bincount(at, minlength=nodes))))
    return first.astype(np.int32), other[order].astype(np.int32), arc[order].astype(np.int32)


def _segments(streets: Streets) -> tuple[Int32s, Int32s]:
    """The straight pieces of every edge that has a length; barriers have none and cannot be snapped to."""
    edge = np.repeat(np.arange(streets.edges), np.diff(streets.shape_first))
    inner = np.ones(len(edge), bool)
    inner[streets.shape_first[1:] - 1] = False
    inner &= streets.edge_m[edge] > 0
    return np.flatnonzero(inner).astype(np.int32), edge[inner].astype(np.int32)


def _frame(streets: Streets, segments: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """South, west, cell height and width in degrees; rows and columns."""
    south, north = float(streets.shape_lat.min()), float(streets.shape_lat.max())
    west, east = float(streets.shape_lon.min()), float(streets.shape_lon.max())
    up, right = metres_per_degree(np.array([(south + north) / 2]))
    area = (north - south) * float(up[0]) * (east - west) * float(right[0])
    cell = max(CELL_M, (area / (CELLS_PER_SEGMENT * segments + 1000)) ** 0.5)
    frame = np.array([south, west, cell / float(up[0]), cell / float(right[0])])
    rows, columns = int((north - south) / frame[2]) + 1, int((east - west) / frame[3]) + 1
    return frame, np.array([rows, columns], np.int64)
