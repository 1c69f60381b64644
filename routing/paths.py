"""From a way through the graph to what a driver needs: a line on the map and the names of the streets."""

import numpy as np

from domain.values import Route, Step
from routing.engine import Path
from routing.road_map import RoadMap


def route_of(road_map: RoadMap, path: Path) -> Route:
    """The line as (lat, lon) pairs from kerb to kerb, and one step for each run of one street name."""
    geometry: list[tuple[float, float]] = []
    steps: list[Step] = []
    last = len(path.arcs) - 1
    streets = road_map.streets
    for i, arc in enumerate(path.arcs):
        edge, back = arc >> 1, arc & 1
        whole = float(streets.edge_m[edge])
        begin = path.begin_m if i == 0 else (whole if back else 0.0)
        end = path.end_m if i == last else (0.0 if back else whole)
        for point in _line(road_map, edge, begin, end):
            if not geometry or geometry[-1] != point:
                geometry.append(point)
        if whole > 0:
            name = road_map.names[int(streets.way_name[streets.edge_way[edge]])]
            _add(steps, name, abs(end - begin), path.arc_ms[i] / 1000)
    return Route(path.ms / 1000, path.mm / 1000, geometry, [step for step in steps if step.distance_m > 0])


def _add(steps: list[Step], name: str, metres: float, seconds: float) -> None:
    if steps and (steps[-1].name == name or steps[-1].distance_m == 0):
        previous = steps.pop()
        metres, seconds = metres + previous.distance_m, seconds + previous.duration_s
    steps.append(Step(name, metres, seconds))


def _line(road_map: RoadMap, edge: int, begin: float, end: float) -> list[tuple[float, float]]:
    """The shape of an edge from begin to end (metres from its tail), in driving order."""
    streets = road_map.streets
    points = slice(int(streets.shape_first[edge]), int(streets.shape_first[edge + 1]))
    metres, lat, lon = streets.shape_m[points], streets.shape_lat[points], streets.shape_lon[points]
    low, high = min(begin, end), max(begin, end)
    at = np.concatenate(([low], metres[(metres > low) & (metres < high)], [high]))
    line = [
        (float(y), float(x))
        for y, x in zip(np.interp(at, metres, lat), np.interp(at, metres, lon), strict=True)
    ]
    return line if begin <= end else line[::-1]
