"""Any town, any closures: places lie on the nearest open street, as a slow look at every street says."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.values import Position
from routing.geodesy import metres_per_degree
from routing.kernels import CLOSED
from routing.metric import Metric, metric
from routing.open_streets import OpenStreets
from routing.profiles import PROFILES
from routing.road_map import RoadMap
from tests.drawn_by_chance import towns
from tests.road_questions import some_arcs, with_closures
from tests.towns import Town

SLOW = [HealthCheck.too_slow]


def nearest_m(road_map: RoadMap, place: Position, usable: list[bool]) -> tuple[float, set[int]]:
    """Metres to the nearest usable street, and the streets so near, by a look at every piece of each."""
    s = road_map.streets
    (north,), (east,) = metres_per_degree(np.array([place.lat]))
    gaps: dict[int, float] = {}
    for edge in range(s.edges):
        if not usable[edge] or s.edge_m[edge] == 0:
            continue
        for p in range(s.shape_first[edge], s.shape_first[edge + 1] - 1):
            a = np.array([(s.shape_lon[p] - place.lon) * east, (s.shape_lat[p] - place.lat) * north])
            b = np.array([(s.shape_lon[p + 1] - place.lon) * east, (s.shape_lat[p + 1] - place.lat) * north])
            along = b - a
            t = np.clip(-(a @ along) / (along @ along), 0, 1) if along @ along > 0 else 0.0
            gaps[edge] = min(gaps.get(edge, np.inf), float(np.hypot(*(a + t * along))))
    best = min(gaps.values(), default=np.inf)
    return best, {edge for edge, gap in gaps.items() if gap <= best + 1e-6}


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(drawn=towns(), profile=st.sampled_from(PROFILES), luck=st.integers(0, 2**32))
def test_places_are_put_on_the_nearest_street_that_is_open(drawn: Town, profile: str, luck: int) -> None:
    if not drawn.ways:
        return
    with TemporaryDirectory() as folder:
        road_map = drawn.road_map(Path(folder))
    generator = np.random.default_rng(luck)
    weights = metric(road_map, profile)
    arcs = some_arcs(road_map, 4, generator)
    now = with_closures(weights, np.concatenate((arcs, arcs[:3] ^ 1)).astype(np.int32))
    south, west, north, east = road_map.bounds
    places = [
        Position(float(generator.uniform(south, north)), float(generator.uniform(west, east)))
        for _ in range(8)
    ]
    streets, bit = OpenStreets(road_map), 1 << weights.profile
    for found, mask in (
        (streets.origins(now, places), road_map.indexes.origin_mask),
        (streets.destinations(now, places), road_map.indexes.destination_mask),
    ):
        usable = [bool(each & bit) for each in mask]
        still_open = [use and _open(now, edge) for edge, use in enumerate(usable)]
        for i, place in enumerate(places):
            gap, edges = nearest_m(road_map, place, still_open)
            if not edges or gap > 999:
                assert not edges or gap > 999.9 or found.edge[i] in edges
                continue
            assert found.edge[i] in edges
            np.testing.assert_allclose(found.gap_m[i], gap, atol=1e-3)
            own = nearest_m(road_map, place, usable)[1]
            closed_m = 0.0 if found.closed_m is None else found.closed_m[i]
            if all(not still_open[edge] for edge in own):
                np.testing.assert_allclose(closed_m, gap, atol=1e-3)
            elif all(still_open[edge] for edge in own):
                assert closed_m == 0


def _open(weights: Metric, edge: int) -> bool:
    return bool(weights.arc_ms[2 * edge] != CLOSED or weights.arc_ms[2 * edge + 1] != CLOSED)
