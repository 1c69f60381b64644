"""Which junctions are split, and why: few, for each costs nodes in the graph."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Masks
from routing.road_map import Streets
from routing.speeds import CLASSES

# A junction where at least MAJOR_STREETS streets of these classes meet: turning there means crossing traffic.
MAJOR = ("trunk", "primary", "secondary")
MAJOR_STREETS = 3
SAME_JUNCTION_M = 40.0  # a signal so soon after another is the same junction: one waits once

Bools = NDArray[np.bool_]


def signals(streets: Streets, places: NDArray[np.complex128], facing: Masks) -> tuple[Bools, Masks]:
    """Where signals stand: bool[nodes], and uint8[street arcs], 1 where one stands along the arc.

    places : complex128[signals]  lat + i lon, for a shape keeps the places of its points, not their names
    facing : uint8[signals]       1 for those who drive its way forwards, 2 backwards, 3 everybody
    """
    order = np.argsort(places)
    places, facing = places[order], facing[order]
    at_node = _facing(streets.node_lat + 1j * streets.node_lon, places, facing) > 0
    inner = np.ones(len(streets.shape_lat), bool)
    inner[streets.shape_first[:-1]] = inner[streets.shape_first[1:] - 1] = False
    on_shape = _facing(streets.shape_lat + 1j * streets.shape_lon, places, facing) * inner
    edge = np.repeat(np.arange(streets.edges), np.diff(streets.shape_first))
    along = np.zeros((streets.edges, 2), np.uint8)
    for side in (0, 1):
        along[edge[(on_shape >> side & 1) > 0], side] = 1
    # a signal before the junction and one in it are one wait
    along[:, 0] &= ~at_node[streets.head]
    along[:, 1] &= ~at_node[streets.tail]
    return at_node, along.ravel()


def split_junctions(
    streets: Streets, at_signal: Bools, restricted: Bools, counted: Counter[str]
) -> tuple[Bools, Bools]:
    """Which nodes are split, and at which of them every turn has its cost, bool[nodes] each; at the others
    only a U-turn has.

    restricted : bool[nodes]  where a restriction begins, passes or ends; their neighbours are split
                 too, so that nobody drives round a restriction by turning on the spot for nothing
    """
    beside_barrier = np.zeros(streets.nodes, bool)
    barrier = streets.edge_m == 0
    beside_barrier[streets.tail[barrier]] = beside_barrier[streets.head[barrier]] = True
    neighbour = np.zeros(streets.nodes, bool)
    neighbour[streets.head[restricted[streets.tail]]] = True
    neighbour[streets.tail[restricted[streets.head]]] = True
    major = _major(streets)
    waits = (at_signal | major) & ~beside_barrier
    split = restricted | (neighbour & ~beside_barrier) | waits
    counted["restriction"] = int(restricted.sum())
    counted["beside_a_restriction"] = int((neighbour & ~restricted & ~beside_barrier).sum())
    counted["signal"] = int((at_signal & ~beside_barrier).sum())
    counted["large_streets"] = int((major & ~at_signal & ~beside_barrier).sum())
    return split, waits


def _major(streets: Streets) -> Bools:
    large = np.isin(streets.way_class[streets.edge_way], [CLASSES.index(street) for street in MAJOR])
    meet = np.bincount(streets.tail[large], minlength=streets.nodes)
    meet += np.bincount(streets.head[large], minlength=streets.nodes)
    found: Bools = meet >= MAJOR_STREETS
    return found


def _facing(where: NDArray[np.complex128], places: NDArray[np.complex128], facing: Masks) -> Masks:
    """What faces whom at each place, 0 where no signal stands."""
    if not len(places):
        return np.zeros(len(where), np.uint8)
    at = np.minimum(np.searchsorted(places, where), len(places) - 1)
    found: Masks = np.where(places[at] == where, facing[at], 0).astype(np.uint8)
    return found
