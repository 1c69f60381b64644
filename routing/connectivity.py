"""Which streets hang together, so that nobody is placed on a street that leads nowhere.

Maps hold crumbs: a yard drawn without its gate, a one-way stub cut by the edge of the extract. A unit or a
hospital placed on one would seem unreachable. So a place is put on the nearest street *of the town*.
But a real island must stay an island: streets that are cut off count as crumbs only while they are
short (`crumb_m`: at most 2 km, and at most 1 % of the largest connected part).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from routing.profiles import PROFILES
from routing.road_map import Streets

CRUMB_M = 2_000.0
CRUMB_SHARE = 0.01

Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]


def place_masks(streets: Streets) -> tuple[NDArray[np.uint8], NDArray[np.uint8], dict[str, dict[str, Any]]]:
    """On which edges a place may be put, as the start and as the end of a way, one bit a profile.

    Returns origin uint8[edges], destination uint8[edges], and figures for the report.
    """
    origin = np.zeros(streets.edges, np.uint8)
    destination = np.zeros(streets.edges, np.uint8)
    figures: dict[str, dict[str, Any]] = {}
    for profile, name in enumerate(PROFILES):
        start, end, figures[name] = _masks_of_profile(streets, profile)
        origin |= start.astype(np.uint8) << profile
        destination |= end.astype(np.uint8) << profile
    return origin, destination, figures


def _masks_of_profile(streets: Streets, profile: int) -> tuple[Bools, Bools, dict[str, Any]]:
    open_ways = streets.way_kmh[:, :, profile] > 0
    forward, backward = open_ways[streets.edge_way, 0], open_ways[streets.edge_way, 1]
    usable = forward | backward
    if not usable.any():
        return usable, usable, {"street_km": 0.0, "parts": 0, "crumbs": 0, "crumb_km": 0.0}
    part_of = _parts(streets, usable)
    edge_part = part_of[streets.tail[usable]]
    length = np.bincount(edge_part, streets.edge_m[usable], minlength=part_of.max() + 1).astype(np.float64)
    crumb_m = min(CRUMB_M, CRUMB_SHARE * float(length.max()))
    whole = usable & (length[part_of[streets.tail]] >= crumb_m)
    arcs = (
        np.concatenate((streets.tail[forward], streets.head[backward])),
        np.concatenate((streets.head[forward], streets.tail[backward])),
    )
    heart = _hearts(streets.nodes, arcs, part_of)
    leads_home = _reached(streets.nodes, (arcs[1], arcs[0]), heart)
    is_reached = _reached(streets.nodes, arcs, heart)
    starts = (forward & leads_home[streets.head]) | (backward & leads_home[streets.tail])
    ends = (forward & is_reached[streets.tail]) | (backward & is_reached[streets.head])
    origin = whole & (starts | ~_crumbs(streets, whole & ~starts, crumb_m))
    destination = whole & (ends | ~_crumbs(streets, whole & ~ends, crumb_m))
    parts = np.unique(part_of[streets.tail[usable]])
    small = parts[length[parts] < crumb_m]
    figures: dict[str, Any] = {
        "street_km": round(float(streets.edge_m[usable].sum()) / 1000, 1),
        "parts": len(parts), "crumbs": len(small), "crumb_km": round(float(length[small].sum()) / 1000, 1),
        "one_way_traps_km": round(float(streets.edge_m[whole & ~(origin & destination)].sum()) / 1000, 1),
    }  # fmt: skip
    figures["islands"] = _islands(streets, part_of, length, crumb_m)
    return origin, destination, figures


def _islands(
    streets: Streets, part_of: Ints, length: NDArray[np.float64], crumb_m: float
) -> list[dict[str, float]]:
    """The parts cut off from the largest that are too long for crumbs, the longest first: worth a look, since
    a missing gate makes an island of an airport."""
    found = [int(part) for part in np.argsort(-length)[1:21] if length[part] >= max(crumb_m, 1.0)]
    middle = [
        (streets.node_lat[part_of == part].mean(), streets.node_lon[part_of == part].mean()) for part in found
    ]
    return [
        {
            "street_km": round(float(length[part]) / 1000, 1),
            "lat": round(float(lat), 5),
            "lon": round(float(lon), 5),
        }
        for part, (lat, lon) in zip(found, middle, strict=True)
    ]


def _parts(streets: Streets, among: Bools) -> Ints:
    """The connected part of each node, one-way signs ignored, int32[nodes]."""
    graph = _graph(streets.nodes, streets.tail[among], streets.head[among])
    parts: Ints = connected_components(graph, directed=False)[1]
    return parts


def _hearts(nodes: int, arcs: tuple[Ints, Ints], part_of: Ints) -> Bools:
    """In each part, the largest set of nodes that can all reach one another."""
    _, knot = connected_components(_graph(nodes, *arcs), directed=True, connection="strong")
    size = np.bincount(knot)
    # the last write wins, so let the largest knot of each part write last, the lowest number on a tie
    order = np.lexsort((-np.arange(nodes), size[knot]))
    largest = np.zeros(part_of.max() + 1, np.int64)
    largest[part_of[order]] = knot[order]
    in_heart: Bools = largest[part_of] == knot
    return in_heart


def _reached(nodes: int, arcs: tuple[Ints, Ints], heart: Bools) -> Bools:
    """The nodes that can be reached from a heart along the arcs."""
    begin = np.flatnonzero(heart).astype(np.int32)
    tail = np.concatenate((arcs[0], np.full(len(begin), nodes, np.int32)))
    head = np.concatenate((arcs[1], begin))
    order = breadth_first_order(_graph(nodes + 1, tail, head), nodes, return_predecessors=False)
    reached = np.zeros(nodes + 1, bool)
    reached[order] = True
    return reached[:nodes]


def _crumbs(streets: Streets, among: Bools, crumb_m: float) -> Bools:
    """Those of the edges `among` that hang together for less than crumb_m."""
    if not among.any():
        return among
    piece_of = _parts(streets, among)
    length = np.bincount(piece_of[streets.tail[among]], streets.edge_m[among], minlength=piece_of.max() + 1)
    short: Bools = among & (length[piece_of[streets.tail]] < crumb_m)
    return short


def _graph(nodes: int, tail: Ints, head: Ints) -> csr_array:
    return csr_array((np.ones(len(tail), np.int32), (tail, head)), shape=(nodes, nodes))
