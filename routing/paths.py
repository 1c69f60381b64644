"""From a way through the graph to what a driver needs: a line on the map, the names of the streets, the
turns."""

import numpy as np

from domain.values import Route, Step
from routing.engine import Path
from routing.road_map import RoadMap
from routing.turns import arc_bearings, turn_name


def route_of(road_map: RoadMap, path: Path) -> Route:
    """The line as (lat, lon) pairs from kerb to kerb, and one step for each run of one street name; turning
    back begins a step too."""
    geometry: list[tuple[float, float]] = []
    steps: list[Step] = []
    last = len(path.arcs) - 1
    streets = road_map.streets
    before: int | None = None  # the last arc on which one moved
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
            turn = "" if before is None else _turn(road_map, before, arc)
            _add(steps, Step(name, abs(end - begin), path.arc_ms[i] / 1000, turn))
            before = arc if begin != end else before
    return Route(path.ms / 1000, path.mm / 1000, geometry, _with_way(steps))


def _turn(road_map: RoadMap, before: int, arc: int) -> str:
    if arc == before ^ 1:
        return "uturn"
    end, begin = arc_bearings(road_map.streets, before)[1], arc_bearings(road_map.streets, arc)[0]
    return turn_name(end, begin)


def _add(steps: list[Step], step: Step) -> None:
    if steps and steps[-1].distance_m == 0:
        held = steps.pop()
        step = Step(step.name, step.distance_m, step.duration_s + held.duration_s, held.turn or step.turn)
    elif steps and steps[-1].name == step.name and step.turn != "uturn":
        held = steps.pop()
        metres, seconds = held.distance_m + step.distance_m, held.duration_s + step.duration_s
        step = Step(held.name, metres, seconds, held.turn)
    if steps and steps[-1].name == step.name and step.turn != "uturn":
        _add(steps, step)
    else:
        steps.append(step)


def _with_way(steps: list[Step]) -> list[Step]:
    """The steps on which one moves; the time of a turn at the very end belongs to the last of them."""
    if len(steps) > 1 and steps[-1].distance_m == 0:
        waited, held = steps[-1], steps[-2]
        seconds = held.duration_s + waited.duration_s
        steps = [*steps[:-2], Step(held.name, held.distance_m, seconds, held.turn)]
    return [step for step in steps if step.distance_m > 0]


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
