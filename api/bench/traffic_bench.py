"""What a change of traffic costs on one map, ready to be timed: `rounds.figures("routing.", ...)`.

Each change is whole: from the words to road times of all profiles, in use under their new version.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import numpy as np

from api.bench.rounds import Turn
from domain.traffic import Closure, SpeedReport, Stretch, Traffic
from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.units import Units
from routing.live import LiveRoads
from routing.road_map import RoadMap
from routing.speeds import CLASSES
from routing.traffic.streets import edges_of
from routing.week import HOURS, WeekSpeeds

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SEED = 116
FLOOD_KM2, CORNERS = 30.0, 60
REPORTS = 500
PROFILE = "van"


def about_traffic(road_map: RoadMap, units: Units, times: int = 50) -> dict[str, Turn]:
    """units : what is labelled anew after a tick, on the same map; it is left under other weights"""
    engine = HierarchyEngine(road_map)
    roads, chance = LiveRoads(road_map, engine), np.random.default_rng(SEED)
    bridge, flood = _long_street(road_map), _district(road_map)
    return {
        "close_and_open_street": Turn(_closed_and_opened(roads, bridge), times),
        "close_and_open_district": Turn(_closed_and_opened(roads, flood), times),
        "flood_streets": Turn(lambda: edges_of(road_map, flood), times),
        f"reports_{REPORTS}": Turn(_fading(LiveRoads(road_map, engine), road_map, chance), times),
        f"tick_{len(units.times(0, 0.0).row)}": Turn(_tick(road_map, engine, units, chance), times),
    }


def _closed_and_opened(roads: LiveRoads, stretch: Stretch) -> Callable[[], object]:
    closures = (Closure(UUID(int=1), stretch, "bench"),)

    def change() -> None:
        roads.use(Traffic(roads.change + 1, closures), NOW)
        roads.use(Traffic(roads.change + 1), NOW)

    return change


def _fading(roads: LiveRoads, road_map: RoadMap, chance: np.random.Generator) -> Callable[[], object]:
    """Reports from all over the town that fade from minute to minute, and begin anew once they are old."""
    s = road_map.streets
    nodes = chance.integers(s.nodes, size=REPORTS).tolist()
    where = [Stretch("point", ((float(s.node_lat[node]), float(s.node_lon[node])),)) for node in nodes]
    reports = tuple(SpeedReport(each, float(chance.uniform(5, 40)), NOW) for each in where)
    roads.use(Traffic(1, reports=reports), NOW)
    minutes = count(1)
    return lambda: roads.refresh(NOW + timedelta(minutes=next(minutes) % 55))


def _tick(
    road_map: RoadMap, engine: HierarchyEngine, units: Units, chance: np.random.Generator
) -> Callable[[], object]:
    """The next hour of a week in which every street changes its speed, and all units labelled under it."""
    share = chance.uniform(0.5, 1.0, (HOURS, len(CLASSES))).astype(np.float32)
    roads = LiveRoads(road_map, engine, week=WeekSpeeds(share), now=NOW)
    hours = count(1)

    def tick() -> None:
        roads.refresh(NOW + timedelta(hours=next(hours)))
        units.relabel(engine.epoch_of(roads.metric(PROFILE)))

    return tick


def _long_street(road_map: RoadMap) -> Stretch:
    """A line over the street whose length between two crossings is that of a large bridge."""
    s = road_map.streets
    edge = int(np.argmin(np.abs(s.edge_m - 1_000)))
    points = range(s.shape_first[edge], s.shape_first[edge + 1])
    return Stretch("line", tuple((float(s.shape_lat[p]), float(s.shape_lon[p])) for p in points), 25.0)


def _district(road_map: RoadMap) -> Stretch:
    """A wavy ring of some 30 km² around the middle of all crossings."""
    lat, lon = np.median(road_map.streets.node_lat), np.median(road_map.streets.node_lon)
    angle = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    out = np.sqrt(FLOOD_KM2 / np.pi) / 111.2 * (1 + 0.2 * np.sin(7 * angle))
    north, east = lat + out * np.sin(angle), lon + out * np.cos(angle) / np.cos(np.radians(lat))
    return Stretch("area", tuple(zip(north.tolist(), east.tolist(), strict=True)))
