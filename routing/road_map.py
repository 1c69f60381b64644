"""A city's streets as arrays: what is built once from a map file and then only read.

Words: a *node* is a junction, a dead end or a barrier; an *edge* is the street between two nodes, with its
shape; an *arc* is an edge driven one way: arc 2e drives edge e from tail to head, arc 2e+1 back. Every
profile shares these streets: what a profile cannot drive is closed by its weights (`routing.metric`).
Searches run on `routing.graph`, in which some junctions are split.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s as Float64s
from routing.arrays import Int32s as Int32s
from routing.arrays import Int64s as Int64s
from routing.arrays import Masks as Masks
from routing.graph import Graph
from routing.hierarchy.layout import Hierarchy
from routing.restrictions import Restriction


@dataclass(frozen=True, slots=True)
class Streets:
    """Topology and shape.

    node_lat, node_lon : float64[nodes] degrees           node_osm : int64[nodes]
    tail, head         : int32[edges]                     edge_way : int32[edges]
    edge_m             : float64[edges] metres; 0 for a barrier, which is an edge without length
    shape_first        : int32[edges+1]                   the points of edge e, its two nodes included
    shape_lat, shape_lon, shape_m : float64[points]       degrees, and metres since the tail of the edge
    way_osm            : int64[ways], 0 for a barrier     way_name : int32[ways], index into names
    way_kmh            : float32[ways, 2, 4]              free flow by direction and profile, 0 closed
    way_class          : uint8[ways]                      index into routing.speeds.CLASSES
    """

    node_lat: Float64s
    node_lon: Float64s
    node_osm: Int64s
    tail: Int32s
    head: Int32s
    edge_way: Int32s
    edge_m: Float64s
    shape_first: Int32s
    shape_lat: Float64s
    shape_lon: Float64s
    shape_m: Float64s
    way_osm: Int64s
    way_name: Int32s
    way_kmh: NDArray[np.float32]
    way_class: Masks

    @property
    def nodes(self) -> int:
        return len(self.node_lat)

    @property
    def edges(self) -> int:
        return len(self.tail)


@dataclass(frozen=True, slots=True)
class Indexes:
    """What searches and snapping need, worked out from the streets and the graph.

    out_first, in_first : int32[graph nodes+1]
    out_node, in_node, out_arc, in_arc : int32[graph arcs that have both ends]
    origin_mask, destination_mask : uint8[edges]  one bit a profile: a unit there can get to the town,
                                                  from the town it can get there (`routing.connectivity`)
    segment : int32[segments] index of its first point; segment_edge : int32[segments]
    frame : float64[4]; grid_shape : int64[2] rows and columns; cell_first, cell_segment : int32
    """

    out_first: Int32s
    out_node: Int32s
    out_arc: Int32s
    in_first: Int32s
    in_node: Int32s
    in_arc: Int32s
    origin_mask: Masks
    destination_mask: Masks
    segment: Int32s
    segment_edge: Int32s
    frame: Float64s
    grid_shape: Int64s
    cell_first: Int32s
    cell_segment: Int32s


@dataclass(frozen=True, slots=True)
class RoadMap:
    """A built map. `version` names it in every answer; `report` says what was read, dropped and why.

    bounds : south, west, north, east in degrees, around every street
    """

    version: str
    name: str
    bounds: tuple[float, float, float, float]
    streets: Streets
    graph: Graph
    indexes: Indexes
    hierarchy: Hierarchy
    names: list[str]
    restrictions: list[Restriction]
    report: dict[str, Any]
