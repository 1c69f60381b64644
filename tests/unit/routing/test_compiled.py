"""Compiling takes seconds; it must happen at set-up and never in the middle of an incident."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from domain.traffic import Stretch
from routing import grid_kernels, kernels, snapper
from routing.dijkstra import DijkstraEngine
from routing.hierarchy import (
    contraction,
    costs,
    customize,
    gates,
    kept,
    layout,
    nearest,
    query,
    rows,
    seeds,
    sweep,
    tables,
    unpack,
)
from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.units import Units
from routing.matching import follow
from routing.metric import metric
from routing.snapping import snap_origins
from routing.traffic import kernels as stretches
from routing.traffic.streets import edges_of
from routing.warm import ask_everything, warm_up
from tests.towns import town

# those that Python calls; what they call in turn is compiled with them
KERNELS = [
    kernels.grow, kernels.meet, grid_kernels.fill_grid, grid_kernels.nearest, snapper.snap_one,
    contraction.neighbours, contraction.elimination_tree, contraction.postorder, contraction.shortcuts,
    contraction.depths, contraction.slope, layout.carriers, costs.pack, costs.unpacked, costs.times_of,
    customize.settle_spans, customize.settle_marked, seeds.seeds, seeds.along_one_edge,
    seeds.or_straight_on, query.between, query.one_to_several, tables.many_to_many, unpack.way,
    gates.gate_rows, kept.climb_each, kept.fan_of_labels, rows.label_rows, rows.move_row, rows.fix_row,
    nearest.every_row, nearest.nearest_rows,
    sweep.to_every_rank, sweep.by_node, sweep.by_arc, sweep.covered, unpack.on_streets, follow.likeliest,
    stretches.in_box, stretches.near_point, stretches.pieces_of, stretches.metres_along,
    stretches.within_ring,
]  # fmt: skip
OF_TIMES_AND_OF_COSTS = [gates.fill_rows]


def test_no_kernel_is_compiled_for_a_second_kind_of_array(tmp_path):
    warm_up()
    every = KERNELS + OF_TIMES_AND_OF_COSTS
    before = [len(kernel.signatures) for kernel in every]
    drawn = town("a-b>c\n|   |\nd...e", signs={"b": {"barrier": "bollard"}})
    drawn.restrictions = [("de", "ad", "ab", {"restriction": "no_right_turn"})]
    times = drawn.times(tmp_path)
    assert len(times.road_map.graph.copied)
    places = [drawn.at(corner) for corner in "acde"]
    for profile in ("van", "motorbike", "van_normal", "motorbike_normal"):
        for count in (0, 1, 4):
            times.to_scene(places[:count], places[0], profile)
            times.from_scene(places[0], places[:count], profile)
            times.table(places[:count], places, profile, "free_flow")
            times.table(places, places[:count], profile)
        times.route(places[0], places[3], profile)
        times.covers(places[0])
        _ask_the_rest(times.road_map, profile, places)
    assert [len(kernel.signatures) for kernel in every] == before
    assert before == [1] * len(KERNELS) + [2] * len(OF_TIMES_AND_OF_COSTS)


def _ask_the_rest(road_map, profile, places):
    """What no port asks yet, in every variety."""
    weights, also = metric(road_map, profile), metric(road_map, profile, blue_light=False)
    engine, plain = HierarchyEngine(road_map, threads=2), DijkstraEngine(road_map)
    stand = snap_origins(road_map, places, weights.profile)
    unit = follow.Follower(road_map, weights.profile)
    for told in (
        (),
        (90.0, 8.0),
        (None, None, 5.0),
        (90, 8, 5, unit(10, 106)),
        (90.0, 8.0, 5.0, unit(51, 0)),
    ):
        unit(places[0].lat, places[0].lon, *told)
    engine.follow(weights, also, np.arange(2, dtype=np.int32))
    engine.follow(also, weights, np.zeros(0, np.int32))
    for outward in (True, False):
        engine.to_every_node(weights, stand, outward=outward)
        engine.to_every_arc(weights, stand, outward=outward)
        streets = snapper.Snapper(road_map, weights.profile)
        units = Units(road_map, engine.epoch_of(weights), 4, leaving=outward, snapper=streets)
        units.place(range(4), stand)
        units.move(0, -1, 0)
        units.fix(1, places[1].lat, places[1].lon)
        units.nearest(int(stand.edge[1]), 0, 2, np.ones(4, np.uint8))
        units.times(int(stand.edge[1]), stand.along_m[1])
        units.relabel(engine.epoch_of(also))
    engine.covered(weights, stand, np.ones(road_map.streets.nodes), [8, 12.5])
    corners = tuple((place.lat, place.lon) for place in places)
    for kind, count, width_m in (("point", 1, 15), ("line", 2, 20.5), ("area", 3, 0), ("area", 4, 15.0)):
        edges_of(road_map, Stretch(kind, corners[:count], width_m))
    edges_of(road_map, Stretch("point", ((50, 8),), 15))
    for ask in (engine, plain):
        ask.table(weights, stand, stand)
        ask.path(weights, stand.only(0), stand.only(2))
        ask.path(weights, stand.only(0), stand.only(0))


def test_many_threads_get_the_answers_of_one(tmp_path):
    drawn = town("a-b>c-g\n|   | |\nd...e-f")
    times = drawn.times(tmp_path)
    places = [drawn.at(corner) for corner in "abcdefg"]
    alone = [times.to_scene(places, place, "motorbike") for place in places]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda i: times.to_scene(places, places[i % 7], "motorbike"), range(280)))
    assert together == alone * 40


def test_the_warm_up_asks_every_question():
    asked = []

    class Witness:
        def __getattr__(self, question):
            return lambda *_: asked.append(question)

    ask_everything(Witness())
    assert set(asked) == {"covers", "to_scene", "from_scene", "table", "route"}
