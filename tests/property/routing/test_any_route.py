"""Any town, any way: the line of a route is that of a slow walk, point by point."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.engine import Path as Way
from routing.hierarchy.engine import HierarchyEngine
from routing.metric import metric
from routing.paths import route_of
from routing.road_map import RoadMap
from routing.turns import bearings, bearings_of
from tests.drawn_by_chance import towns
from tests.road_questions import places_anywhere
from tests.towns import Town


def slow_line(road_map: RoadMap, way: Way) -> list[tuple[float, float]]:
    """The line, one arc after the other, each cut where it is left."""
    streets, line = road_map.streets, []
    for i, arc in enumerate(way.arcs):
        edge, back = arc >> 1, arc & 1
        whole = float(streets.edge_m[edge])
        begin = way.begin_m if i == 0 else (whole if back else 0.0)
        end = way.end_m if i == len(way.arcs) - 1 else (0.0 if back else whole)
        points = slice(int(streets.shape_first[edge]), int(streets.shape_first[edge + 1]))
        metres = streets.shape_m[points]
        inside = [m for m in metres.tolist() if min(begin, end) < m < max(begin, end)]
        at = [min(begin, end), *inside, max(begin, end)]
        piece = [
            (
                float(np.interp(m, metres, streets.shape_lat[points])),
                float(np.interp(m, metres, streets.shape_lon[points])),
            )
            for m in at
        ]
        for point in piece if begin <= end else piece[::-1]:
            if not line or line[-1] != point:
                line.append(point)
    return line


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=towns(), luck=st.integers(0, 2**32))
def test_the_line_of_a_route_is_that_of_a_slow_walk(drawn: Town, luck: int) -> None:
    if not drawn.ways:
        return
    with TemporaryDirectory() as folder:
        road_map = drawn.road_map(Path(folder))
    generator, engine = np.random.default_rng(luck), HierarchyEngine(road_map)
    weights = metric(road_map, "van")
    starts, ends = places_anywhere(road_map, 12, generator), places_anywhere(road_map, 12, generator)
    for i in range(12):
        way = engine.path(weights, starts.only(i), ends.only(i))
        if way is None:
            continue
        route = route_of(road_map, way)
        assert route.geometry == slow_line(road_map, way)
        assert abs(sum(step.duration_s for step in route.steps) - route.duration_s) < 0.01 or not route.steps
    arcs = generator.integers(0, 2 * road_map.streets.edges, 9)
    for found, every in zip(bearings_of(road_map.streets, arcs), bearings(road_map.streets), strict=True):
        np.testing.assert_array_equal(found, every[arcs])
