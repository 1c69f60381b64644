"""From ways to a graph: cut at junctions and barriers, keep the shape, forget nodes in between.

A way's nodes that no other way touches are shape, not junctions, so a street between two
junctions is one edge however winding. Edges never span two ways: one edge, one set of tags.
"""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from routing.access import driving_kmh, street_class
from routing.errors import MapError
from routing.geodesy import segment_metres
from routing.measures import duration_s
from routing.practice import Practice
from routing.profiles import PROFILES
from routing.read_osm import RawStreets
from routing.road_map import Streets
from routing.speeds import CLASSES

BARRIER_CLASS = 255


def assemble(raw: RawStreets, practice: Practice, counted: Counter[str]) -> Streets:
    """The graph of every street that at least one profile may drive.

    `counted` gains what was left out and why. Raises MapError where nothing is left.
    """
    kmh, street_classes = _rules(raw, practice)
    way_kmh = kmh[raw.way_tags]
    open_way: NDArray[np.bool_] = np.any(way_kmh > 0, axis=(1, 2))
    counted["way_closed_to_every_profile"] += int((~open_way).sum())
    if not open_way.any():
        raise MapError(
            "The map holds streets, but none that a van or a motorbike may drive.",
            "Bản đồ có đường, nhưng không đường nào mà xe cứu thương hoặc xe máy cấp cứu được chạy.",
        )
    position, ends = _edges(raw, open_way)
    way = _way_of_reference(raw)[position]
    shape_first, points = _shapes(position, ends)
    node = raw.refs[points]
    lat, lon = raw.node_lat[node], raw.node_lon[node]
    shape_m, edge_m = _along(lat, lon, shape_first)
    real = edge_m > 0
    counted["street_without_length"] += int((~real).sum())
    if not real.any():
        raise MapError(
            "The map holds streets, but all of them have no length.",
            "Bản đồ có đường, nhưng mọi đường đều không có chiều dài.",
        )
    way_kmh = _ferry_speeds(raw, way_kmh, way, edge_m)
    kept = np.repeat(real, np.diff(shape_first))
    streets = Streets(
        raw.node_lat, raw.node_lon, raw.node_id,
        raw.refs[position[real]].astype(np.int32), raw.refs[ends[real]].astype(np.int32),
        way[real].astype(np.int32), edge_m[real],
        np.concatenate(([0], np.cumsum(np.diff(shape_first)[real]))).astype(np.int32),
        lat[kept], lon[kept], shape_m[kept],
        raw.way_id, raw.way_name.astype(np.int32), way_kmh, street_classes[raw.way_tags],
    )  # fmt: skip
    return _only_used_nodes(_with_barriers(streets, raw.node_stops, counted))


def _rules(raw: RawStreets, practice: Practice) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Speeds float32[tag sets, 2, 4] and class uint8[tag sets]: the rules are asked once a set of tags."""
    kmh = np.zeros((len(raw.tag_sets), 2, len(PROFILES)), np.float32)
    classes = np.zeros(len(raw.tag_sets), np.uint8)
    for i, tags in enumerate(raw.tag_sets):
        kmh[i] = driving_kmh(tags, practice)
        classes[i] = CLASSES.index(street_class(tags) or "road")
    return kmh, classes


def _way_of_reference(raw: RawStreets) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(raw.way_id)), np.diff(raw.ref_first))


def _edges(raw: RawStreets, open_way: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each edge begins and ends, as positions in raw.refs; both are nodes of the graph."""
    way = _way_of_reference(raw)
    used = open_way[way]
    times_used = np.bincount(raw.refs[used], minlength=len(raw.node_id))
    junction = (times_used > 1) | (raw.node_stops > 0)
    junction[raw.refs[raw.ref_first[:-1]]] = True
    junction[raw.refs[raw.ref_first[1:] - 1]] = True
    last = np.zeros(len(raw.refs), bool)
    last[raw.ref_first[1:] - 1] = True
    stops = np.flatnonzero(used & junction[raw.refs])
    # two stops in a row on one way are the two ends of an edge
    together = ~last[stops[:-1]]
    return stops[:-1][together], stops[1:][together]


def _shapes(begin: NDArray[np.int64], end: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each edge's points start, int64[edges+1], and every point as a position in raw.refs."""
    count = end - begin + 1
    first = np.concatenate(([0], np.cumsum(count)))
    points = np.arange(first[-1]) + np.repeat(begin - first[:-1], count)
    return first, points


def _along(
    lat: NDArray[np.float64], lon: NDArray[np.float64], first: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres since the edge's tail at every point, and each edge's length. Summed edge by edge, so that
    equal streets get equal lengths wherever they stand in the file."""
    step = np.zeros(len(lat))
    step[1:] = segment_metres(lat[:-1], lon[:-1], lat[1:], lon[1:])
    step[first[:-1]] = 0.0
    edge_m = np.add.reduceat(step, first[:-1])
    total = np.cumsum(step)
    along = total - np.repeat(total[first[:-1]], np.diff(first))
    along[first[1:] - 1] = edge_m
    return along, edge_m


def _ferry_speeds(
    raw: RawStreets, way_kmh: NDArray[np.float32], way: NDArray[np.int64], edge_m: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Where a ferry says how long it takes, that is its speed. Waiting is not counted."""
    length = np.bincount(way, edge_m, minlength=len(raw.way_id))
    for i, tags in enumerate(raw.tag_sets):
        if street_class(tags) != "ferry" or (seconds := duration_s(tags.get("duration"))) is None:
            continue
        for w in np.flatnonzero(raw.way_tags == i):
            speed = min(max(float(length[w]) / seconds * 3.6, 0.5), 80.0)
            way_kmh[w] = np.where(way_kmh[w] > 0, np.float32(speed), np.float32(0))
    return way_kmh


def _with_barriers(streets: Streets, node_stops: NDArray[np.uint8], counted: Counter[str]) -> Streets:
    """Cut every edge off at a barrier, and link it again, at no cost, for the profiles that pass.

    Each edge end at the barrier gets a node of its own; an edge without length joins it to the barrier.
    """
    tail, head = streets.tail.copy(), streets.head.copy()
    at_tail, at_head = np.flatnonzero(node_stops[tail]), np.flatnonzero(node_stops[head])
    origin = np.concatenate((tail[at_tail], head[at_head]))
    if not len(origin):
        return streets
    counted["street_end_at_a_barrier"] += len(origin)
    copies = np.arange(streets.nodes, streets.nodes + len(origin), dtype=np.int32)
    tail[at_tail] = copies[: len(at_tail)]
    head[at_head] = copies[len(at_tail) :]
    masks = np.unique(node_stops[origin])
    passes = 1 - (masks[:, None] >> np.arange(len(PROFILES)) & 1)
    kmh = np.repeat(passes[:, None, :], 2, axis=1).astype(np.float32)
    link_way = len(streets.way_osm) + np.searchsorted(masks, node_stops[origin])
    lat, lon = streets.node_lat[origin], streets.node_lon[origin]
    points = streets.shape_first[-1] + 2 * np.arange(1, len(origin) + 1)
    return Streets(
        np.concatenate((streets.node_lat, lat)), np.concatenate((streets.node_lon, lon)),
        np.concatenate((streets.node_osm, streets.node_osm[origin])),
        np.concatenate((tail, copies)), np.concatenate((head, origin)),
        np.concatenate((streets.edge_way, link_way)).astype(np.int32),
        np.concatenate((streets.edge_m, np.zeros(len(origin)))),
        np.concatenate((streets.shape_first, points)).astype(np.int32),
        np.concatenate((streets.shape_lat, np.repeat(lat, 2))),
        np.concatenate((streets.shape_lon, np.repeat(lon, 2))),
        np.concatenate((streets.shape_m, np.zeros(2 * len(origin)))),
        np.concatenate((streets.way_osm, np.zeros(len(masks), np.int64))),
        np.concatenate((streets.way_name, np.zeros(len(masks), np.int32))),
        np.concatenate((streets.way_kmh, kmh)),
        np.concatenate((streets.way_class, np.full(len(masks), BARRIER_CLASS, np.uint8))),
    )  # fmt: skip


def _only_used_nodes(streets: Streets) -> Streets:
    """Number the nodes anew, without those that were only shape."""
    used = np.zeros(streets.nodes, bool)
    used[streets.tail] = used[streets.head] = True
    number = (np.cumsum(used) - 1).astype(np.int32)
    return Streets(
        streets.node_lat[used], streets.node_lon[used], streets.node_osm[used],
        number[streets.tail], number[streets.head], streets.edge_way, streets.edge_m,
        streets.shape_first, streets.shape_lat, streets.shape_lon, streets.shape_m,
        streets.way_osm, streets.way_name, streets.way_kmh, streets.way_class,
    )  # fmt: skip
