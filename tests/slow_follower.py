"""The slow, obvious way to put a fix on its street: look at every segment, and at every way there."""

import heapq
from math import cos, hypot, inf, isnan, radians, sin

import numpy as np

from routing.geodesy import metres_per_degree
from routing.matching.follow import NEAR_M
from routing.matching.model import DETOUR_M, HEADING, LOST, MOST_NOISE_M, NOISE_M, U_TURN_M, WALKING_MPS
from routing.snapping import LIMIT_M


def costs(road_map, profile, lat, lon, heading=None, speed=None, accuracy=None, last=None):
    """The cost in square metres of every edge and direction a fix may lie on: {(edge, direction): cost}."""
    streets, indexes = road_map.streets, road_map.indexes
    north, east = (float(scale[0]) for scale in metres_per_degree(np.array([lat])))
    noise = min(max(accuracy or 0, NOISE_M), MOST_NOISE_M)
    pointing = heading if heading is not None and (speed or 0) >= WALKING_MPS else float("nan")
    moved = inf if last is None else hypot((lon - last.lon) * east, (lat - last.lat) * north)
    ways = None if moved > NEAR_M or last.edge < 0 else _ways(streets, profile, last)
    best = {}
    for point, edge in zip(indexes.segment.tolist(), indexes.segment_edge.tolist(), strict=True):
        if not indexes.origin_mask[edge] >> profile & 1:
            continue
        ax, ay = (streets.shape_lon[point] - lon) * east, (streets.shape_lat[point] - lat) * north
        bx, by = (streets.shape_lon[point + 1] - lon) * east, (streets.shape_lat[point + 1] - lat) * north
        dx, dy = bx - ax, by - ay
        t = min(1, max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
        gap = hypot(ax + t * dx, ay + t * dy)
        if gap > LIMIT_M:
            continue
        along = streets.shape_m[point] + t * (streets.shape_m[point + 1] - streets.shape_m[point])
        for side, direction in ((0, 1), (1, -1)):
            if not streets.way_kmh[streets.edge_way[edge], side, profile] > 0:
                continue
            cost = 0.0
            if not isnan(pointing):
                cosine = (dx * sin(radians(pointing)) + dy * cos(radians(pointing))) / hypot(dx, dy)
                cost += HEADING * (1 - direction * cosine)
            if ways is not None:
                driven = _driven(streets, ways, last, edge, side, along)
                cost += min(LOST, abs(driven - moved) / DETOUR_M)
            total = gap * gap + 2 * noise * noise * cost
            best[edge, direction] = min(best.get((edge, direction), inf), total)
    return best


def _driven(streets, ways, last, edge, side, along):
    begin = (streets.tail, streets.head)[side][edge]
    into = along if side == 0 else streets.edge_m[edge] - along
    driven = ways.get(int(begin), inf) + into
    if edge == last.edge:
        driven = min(driven, abs(along - last.along_m) + _turned(last, side))
    return driven


def _turned(last, side):
    return U_TURN_M if last.direction == (-1, 1)[side] else 0


def _ways(streets, profile, last):
    """Metres from the last place to every node."""
    best, waiting = {}, []
    for side in (0, 1):
        if streets.way_kmh[streets.edge_way[last.edge], side, profile] > 0:
            rest = streets.edge_m[last.edge] - last.along_m if side == 0 else last.along_m
            end = int((streets.head, streets.tail)[side][last.edge])
            waiting.append((float(rest + _turned(last, side)), end))
    heapq.heapify(waiting)
    while waiting:
        spent, node = heapq.heappop(waiting)
        if node in best:
            continue
        best[node] = spent
        for side, begins, ends in ((0, streets.tail, streets.head), (1, streets.head, streets.tail)):
            for edge in np.flatnonzero(begins == node).tolist():
                if streets.way_kmh[streets.edge_way[edge], side, profile] > 0:
                    heapq.heappush(waiting, (spent + float(streets.edge_m[edge]), int(ends[edge])))
    return best
