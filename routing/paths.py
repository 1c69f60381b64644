"""From a way through the graph to what a driver needs: a line on the map, the names of the streets, the
turns."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.values import Route, Step
from routing.arrays import Float64s, Int64s
from routing.engine import Path
from routing.road_map import RoadMap, Streets
from routing.turns import bearings_of, turn_name


class DrivenLine(NamedTuple):
    """lat, lon : float64[points], from kerb to kerb, in driving order"""

    duration_s: float
    distance_m: float
    lat: Float64s
    lon: Float64s


def line_of(road_map: RoadMap, path: Path) -> DrivenLine:
    streets = road_map.streets
    arcs = np.array(path.arcs, np.int64)
    return DrivenLine(path.ms / 1000, path.mm / 1000, *_line(streets, arcs, *_stretches(streets, arcs, path)))


def route_of(road_map: RoadMap, path: Path) -> Route:
    """The line as (lat, lon) pairs from kerb to kerb, and one step for each run of one street name; turning
    back begins a step too."""
    streets, names = road_map.streets, road_map.names
    arcs = np.array(path.arcs, np.int64)
    edges = arcs >> 1
    whole = streets.edge_m[edges]
    begin, end = _stretches(streets, arcs, path)
    turns = _turns(streets, arcs, whole > 0, begin != end)
    steps: list[Step] = []
    each = zip(
        streets.way_name[streets.edge_way[edges]].tolist(), np.abs(end - begin).tolist(), path.arc_ms, turns,
        (whole > 0).tolist(), strict=True,
    )  # fmt: skip
    for name, metres, ms, turn, there in each:
        if there:
            _add(steps, Step(names[name], metres, ms / 1000, turn))
    lat, lon = _line(streets, arcs, begin, end)
    line = list(zip(lat.tolist(), lon.tolist(), strict=True))
    return Route(path.ms / 1000, path.mm / 1000, line, _with_way(steps))


def _stretches(streets: Streets, arcs: Int64s, path: Path) -> tuple[Float64s, Float64s]:
    """Where on each arc one begins and ends, float64[arcs] metres from its edge's tail."""
    back, whole = arcs & 1, streets.edge_m[arcs >> 1]
    begin, end = np.where(back, whole, 0.0), np.where(back, 0.0, whole)
    begin[0], end[-1] = path.begin_m, path.end_m
    return begin, end


def _turns(streets: Streets, arcs: Int64s, there: NDArray[np.bool_], moved: NDArray[np.bool_]) -> list[str]:
    """How one gets into each arc from the last on which one moved; "" where one has not moved yet.

    there : bool[arcs] whether it has a length     moved : whether one moves on it
    """
    begins, ends = bearings_of(streets, arcs)
    found = [""] * len(arcs)
    before = -1
    for i, (arc, long, goes) in enumerate(zip(arcs.tolist(), there.tolist(), moved.tolist(), strict=True)):
        if not long:
            continue
        if before >= 0:
            back = arc == int(arcs[before]) ^ 1
            found[i] = "uturn" if back else turn_name(ends[before], begins[i])
        before = i if goes else before
    return found


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


def _line(streets: Streets, arcs: Int64s, begin: Float64s, end: Float64s) -> tuple[Float64s, Float64s]:
    """The shapes of the arcs in a row, from begin to end (float64[arcs] metres from the tail of each), in
    driving order. Only the first and the last can be cut short."""
    lat, lon = [], []
    for i in sorted({0, len(arcs) - 1}):
        cut = _cut(streets, int(arcs[i]) >> 1, float(begin[i]), float(end[i]))
        lat.append(cut[0])
        lon.append(cut[1])
    inner = _points(streets, arcs[1:-1])
    lat.insert(1, streets.shape_lat[inner])
    lon.insert(1, streets.shape_lon[inner])
    y, x = np.concatenate(lat), np.concatenate(lon)
    new = np.ones(len(y), np.bool_)
    new[1:] = (y[1:] != y[:-1]) | (x[1:] != x[:-1])
    return y[new], x[new]


def _points(streets: Streets, arcs: Int64s) -> Int64s:
    """Every point of these arcs in driving order, int64[points]."""
    edges, back = arcs >> 1, arcs & 1
    first = streets.shape_first[edges].astype(np.int64)
    count = streets.shape_first[edges + 1] - first
    begin, step = np.where(back, first + count - 1, first), np.where(back, -1, 1)
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    found: Int64s = np.repeat(begin, count) + np.repeat(step, count) * within
    return found


def _cut(streets: Streets, edge: int, begin: float, end: float) -> tuple[Float64s, Float64s]:
    """The shape of an edge from begin to end, in driving order: latitudes and longitudes."""
    points = slice(int(streets.shape_first[edge]), int(streets.shape_first[edge + 1]))
    metres, lat, lon = streets.shape_m[points], streets.shape_lat[points], streets.shape_lon[points]
    low, high = min(begin, end), max(begin, end)
    at = np.concatenate(([low], metres[(metres > low) & (metres < high)], [high]))
    y, x = np.interp(at, metres, lat), np.interp(at, metres, lon)
    return (y, x) if begin <= end else (y[::-1], x[::-1])
