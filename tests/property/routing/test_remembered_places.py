"""Any town, any traffic, any order of questions: what is remembered is what would be worked out anew."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.values import OnStreet, Position
from routing.hierarchy.engine import HierarchyEngine
from routing.metric import Metric, metric
from routing.open_streets import OpenStreets
from routing.profiles import PROFILES
from routing.remembered import Remembered
from routing.road_map import RoadMap
from tests.drawn_by_chance import towns
from tests.road_questions import some_arcs, with_closures, with_slower_and_faster
from tests.towns import Town, town

SLOW = [HealthCheck.too_slow]
CAPACITY = 12  # so few that it has to begin anew now and then


def built(drawn: Town) -> RoadMap:
    with TemporaryDirectory() as folder:
        return drawn.road_map(Path(folder))


def spots(road_map: RoadMap, count: int, generator: np.random.Generator) -> list[Position]:
    """Places on and near the streets, some far from any, some twice."""
    south, west, north, east = road_map.bounds
    lat = generator.uniform(south - 0.001, north + 0.001, count)
    lon = generator.uniform(west - 0.001, east + 0.001, count)
    lat[generator.random(count) < 0.1] += 1.0
    found = [Position(*place) for place in zip(lat.tolist(), lon.tolist(), strict=True)]
    told = [
        OnStreet(place.lat, place.lon, road_map.version, edge, 3.0, direction, 1.0)
        for place in found[: count // 4]
        for edge, direction in ((0, 1), (road_map.streets.edges - 1, -1))
    ]
    return [*found, *told, found[0]]


class Plainly:
    """The answers of the engine, without anything remembered."""

    def __init__(self, road_map: RoadMap, engine: HierarchyEngine) -> None:
        self.road_map, self.engine = road_map, engine

    def fan(
        self, weights: Metric, here: Position, others: list[Position], outward: bool
    ) -> list[list[float]]:
        origins, ends = ([here], others) if outward else (others, [here])
        streets = OpenStreets(self.road_map)
        starts, stops = streets.origins(weights, origins), streets.destinations(weights, ends)
        ask = self.engine.from_place if outward else self.engine.to_place
        here_at, others_at = (starts, stops) if outward else (stops, starts)
        closed = [
            [0.0] * len(side) if side.closed_m is None else side.closed_m.tolist()
            for side in (here_at, others_at)
        ]
        gaps = [side.gap_m.tolist() for side in (here_at, others_at)]
        return [*(found.tolist() for found in ask(weights, starts, stops)), *closed, *gaps]


def remembered(kept: Remembered, weights: Metric, here: Position, others: list[Position], outward: bool):
    found = kept.fan(weights, here, others, outward=outward)
    assert found is not None
    ms, mm, here_closed_m, closed_m, here_gap_m, gap_m = found
    return [ms.tolist(), mm.tolist(), [here_closed_m], closed_m.tolist(), [here_gap_m], gap_m.tolist()]


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(drawn=towns(), profile=st.sampled_from(PROFILES), luck=st.integers(0, 2**32))
def test_what_is_remembered_is_what_the_engine_says_whatever_changes(
    drawn: Town, profile: str, luck: int
) -> None:
    if not drawn.ways:
        return
    road_map, generator = built(drawn), np.random.default_rng(luck)
    engine = HierarchyEngine(road_map)
    plain, kept = Plainly(road_map, engine), Remembered(road_map, engine, CAPACITY)
    places = spots(road_map, 20, generator)
    now = metric(road_map, profile)
    for turn in range(4):
        for _ in range(6):
            here = places[int(generator.integers(len(places)))]
            chosen = generator.integers(len(places), size=int(generator.integers(0, 9)))
            others, outward = [places[i] for i in chosen], bool(generator.integers(2))
            assert remembered(kept, now, here, others, outward) == plain.fan(now, here, others, outward)
        arcs = some_arcs(road_map, 3, generator)
        after = with_slower_and_faster(now, arcs, generator) if turn % 2 else with_closures(now, arcs)
        engine.follow(now, after, arcs)
        kept.prepare(after)
        now = after


def test_more_places_than_can_be_remembered_are_left_to_the_engine(tmp_path):
    drawn = town("a-b")
    built_map = drawn.road_map(tmp_path)
    kept = Remembered(built_map, HierarchyEngine(built_map), 2)
    assert kept.fan(metric(built_map, "van"), drawn.at("a"), [drawn.at("b")] * 3, outward=True) is None


def test_many_threads_are_told_the_same_while_traffic_changes(tmp_path):
    road_map = town("a-b-c\n|   |\nd-e-f").road_map(tmp_path)
    engine = HierarchyEngine(road_map)
    plain, kept = Plainly(road_map, engine), Remembered(road_map, engine, CAPACITY)
    generator = np.random.default_rng(7)
    places = spots(road_map, 20, generator)
    weights = [metric(road_map, "van")]
    for _ in range(3):
        weights.append(with_slower_and_faster(weights[0], some_arcs(road_map, 3, generator), generator))
    expected = {
        (w, i, outward): plain.fan(weights[w], places[i], places[i : i + 8], outward)
        for w in range(4) for i in range(12) for outward in (True, False)
    }  # fmt: skip
    wrong: list[object] = []

    def ask(luck: int) -> None:
        chance = np.random.default_rng(luck)
        for _ in range(150):
            w, i, outward = int(chance.integers(4)), int(chance.integers(12)), bool(chance.integers(2))
            if chance.random() < 0.1:
                kept.prepare(weights[w])
            if remembered(kept, weights[w], places[i], places[i : i + 8], outward) != expected[w, i, outward]:
                wrong.append((w, i, outward))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, range(8)))  # raises what a thread raised
    assert wrong == []
