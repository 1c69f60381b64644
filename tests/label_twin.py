"""The slow twin of a climb by gates: the climb that takes every step itself."""

import numpy as np

from routing.arrays import Costs
from routing.hierarchy.costs import SHIFT
from routing.hierarchy.epochs import Epoch
from routing.hierarchy.gates import Gates, climb_through
from routing.hierarchy.labels import climb_from
from routing.hierarchy.seeds import seeds
from routing.road_map import RoadMap
from tests.road_questions import places_anywhere


def assert_same_labels(
    road_map: RoadMap,
    epoch: Epoch,
    gates: Gates,
    weight: Costs,
    leaving: bool,
    generator: np.random.Generator,
    asked: int,
) -> None:
    """Climb both ways from places anywhere."""
    h, places = road_map.hierarchy, places_anywhere(road_map, asked, generator)
    shift = 0 if weight.dtype == np.int64 else SHIFT
    end_rank = h.leads_to if leaving else h.comes_from
    still, edge_m = np.zeros(asked, np.int64), road_map.streets.edge_m
    by_steps, by_gates = np.zeros(h.slots, weight.dtype), np.zeros(h.slots, weight.dtype)
    met = np.empty(h.slots, np.int32)
    for seed in seeds(places.edge, places.along_m, still, leaving, edge_m, epoch.cost, end_rank):
        climb_from(seed, h.climb, h.up_slot, weight, shift, by_steps)
        climb_through(seed, h.climb, h.up_head, h.up_slot, weight, *gates, shift, by_gates, met)
        first = h.climb[seed[0], 1] if seed[0] >= 0 else 0
        np.testing.assert_array_equal(by_gates[first:], by_steps[first:])
