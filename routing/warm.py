"""Compile every kernel ahead of the first call, by building and asking a town of two streets.

The compiled code is cached on disk (beside the sources, or in NUMBA_CACHE_DIR), so that only the first
run on a machine takes seconds. No kernel may meet a new type of array later: compiling in the middle
of an incident would cost seconds; a test watches over that.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from domain.traffic import Stretch
from domain.values import Position
from routing import map_file
from routing.compiled import forget_old_caches
from routing.dijkstra import DijkstraEngine
from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.units import Units
from routing.matching.follow import Follower
from routing.metric import metric
from routing.road_map import RoadMap
from routing.snapper import Snapper
from routing.snapping import snap_origins
from routing.times import RoadTimes
from routing.traffic.streets import edges_of

_TOWN = """<?xml version="1.0" encoding="utf-8"?>
<osm version="0.6">
 <node id="1" lat="10.001" lon="106.001"/>
 <node id="2" lat="10.002" lon="106.001"/>
 <node id="3" lat="10.002" lon="106.002"/>
 <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>
 <way id="2"><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way>
</osm>
"""


def warm_up() -> float:
    """Compile, or load from the cache, everything that answers questions. Returns the seconds it took."""
    begin = perf_counter()
    forget_old_caches()
    with TemporaryDirectory() as folder:
        source = Path(folder) / "town.osm"
        source.write_text(_TOWN, encoding="utf-8")
        road_map = map_file.load(map_file.build(source, Path(folder)))
        ask_everything(times := RoadTimes(road_map))
        ask_for_areas(times)
        ask_the_hierarchy(road_map)
        find_stretches(road_map)
    return perf_counter() - begin


def ask_the_hierarchy(road_map: RoadMap) -> None:
    """Put every question that only the hierarchy answers, and those of the independent check."""
    engine, weights = HierarchyEngine(road_map), metric(road_map, "van")
    place = snap_origins(road_map, [Position(10.001, 106.001)], weights.profile)
    snapper = Snapper(road_map, weights.profile)
    edge, along_m, _ = snapper(10.001, 106.001)
    follow = Follower(road_map, weights.profile)
    follow(10.001, 106.001, 90.0, 8.0, 5.0, follow(10.001, 106.001))
    engine.follow(weights, slower := metric(road_map, "van"), np.array([0], np.int32))
    for places in (place, snap_origins(road_map, [Position(10.001, 106.001)] * 2, weights.profile)):
        engine.from_place(weights, place, places)
        engine.to_place(weights, places, place)
    engine.to_every_node(weights, place)
    engine.to_every_arc(weights, place)
    engine.covered(weights, place, np.ones(road_map.streets.nodes), [480.0])
    units = Units(road_map, engine.epoch_of(weights), 2, snapper=snapper)
    units.move(0, edge, along_m)
    units.fix(1, 10.001, 106.001)
    units.nearest(edge, along_m, 1)
    units.times(edge, along_m)
    units.relabel(engine.epoch_of(slower))
    check = DijkstraEngine(road_map)
    check.from_place(weights, place, place)
    check.to_place(weights, place, place)


def find_stretches(road_map: RoadMap) -> None:
    """Look up a stretch of each kind, as closures do."""
    here, there = (10.001, 106.001), (10.002, 106.001)
    edges_of(road_map, Stretch("point", (here,)))
    edges_of(road_map, Stretch("line", (here, there)))
    edges_of(road_map, Stretch("area", (here, there, (10.002, 106.002))))


def ask_everything(times: RoadTimes) -> None:
    """Put every kind of question once, with one place and with several."""
    here, there = Position(10.001, 106.001), Position(10.002, 106.002)
    times.covers(here)
    for places in ([here], [here, there]):
        times.to_scene(places, there, "van")
        times.from_scene(there, places, "motorbike")
        times.table(places, [there], "van_normal", "free_flow")
    times.route(here, there, "van")
    times.route(here, here, "van")  # along one street


def ask_for_areas(times: RoadTimes) -> None:
    """Put every question about areas once."""
    here, there = Position(10.001, 106.001), Position(10.002, 106.002)
    times.reach([here, there], [60.0, 120.0], "van", shapes=True)
    times.reach([here], [60.0], "motorbike", direction="to", traffic="free_flow")
