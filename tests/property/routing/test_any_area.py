"""Any town, any place: what lies within reach is what Dijkstra reaches in time, point by point."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.areas.areas import Areas
from routing.areas.parts import reached_share
from routing.dijkstra import DijkstraEngine
from routing.hierarchy.engine import HierarchyEngine
from routing.metric import metric
from routing.profiles import PROFILES
from routing.snapping import Places, snap_destinations, snap_origins
from tests.drawn_by_chance import towns
from tests.towns import Town

STEPS = 8
ROUNDED_MS = 2  # the time along a part of an edge is rounded to a whole millisecond


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    drawn=towns(),
    profile=st.sampled_from(PROFILES),
    outward=st.booleans(),
    limit_s=st.floats(0.5, 60),
    data=st.data(),
)
def test_every_point_is_in_reach_if_and_only_if_it_is_reached_in_time(
    drawn: Town, profile: str, outward: bool, limit_s: float, data: st.DataObject
) -> None:
    streets = [way.corners for way in drawn.ways if len(way.corners) == 2]
    if not streets:
        return
    with TemporaryDirectory() as folder:
        road_map = drawn.road_map(Path(folder))
    chosen = data.draw(st.lists(st.tuples(st.sampled_from(streets), st.floats(0, 1)), min_size=1, max_size=4))
    positions = [drawn.between(*corners, share) for corners, share in chosen]
    weights = metric(road_map, profile)
    places = (snap_origins if outward else snap_destinations)(road_map, positions, weights.profile)
    areas, slow = Areas(road_map), DijkstraEngine(road_map)
    arc_at = areas.arc_times(HierarchyEngine(road_map), weights, places, outward=outward)
    assert np.array_equal(arc_at, areas.arc_times(slow, weights, places, outward=outward))
    parts = areas.parts(arc_at, weights, places, limit_s, outward=outward)
    share = reached_share(
        parts.low, parts.high, parts.edge, parts.begin_m, parts.end_m, road_map.streets.edge_m
    )
    for edge in np.flatnonzero(road_map.streets.edge_m > 0):
        whole = road_map.streets.edge_m[edge]
        along = np.linspace(0, whole, STEPS + 1)[:-1] + whole / STEPS / 2
        points = Places(np.full(STEPS, edge, np.int32), along, np.zeros(STEPS))
        ms, _ = slow.table(weights, places, points) if outward else slow.table(weights, points, places)
        best = ms.min(axis=0 if outward else 1)
        said = within(parts, edge, along, whole)
        clear = np.abs(best.astype(np.int64) - round(1000 * limit_s)) > ROUNDED_MS
        assert np.array_equal(said[clear], best[clear] <= 1000 * limit_s)
        assert abs(share[edge] - said.mean()) <= 0.5 * (2 + 2 * len(positions)) / STEPS + 1e-9


def within(parts, edge, along, whole):
    said = (along <= parts.low[edge] * whole) | (along >= whole - parts.high[edge] * whole)
    for i in np.flatnonzero(parts.edge == edge):
        said |= (parts.begin_m[i] <= along) & (along <= parts.end_m[i])
    return said
