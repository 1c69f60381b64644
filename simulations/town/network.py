"""Prune the network to what hangs together: no stubs, no islands, no way in without a way out."""

from collections import deque
from math import sqrt

import numpy as np

from simulations.town.curves import Line
from simulations.town.frame import inside
from simulations.town.roads import RANK, Road

_STUB_M = {
    "trunk": 120.0,
    "primary": 120.0,
    "secondary": 260.0,
    "tertiary": 160.0,
    "residential": 34.0,
    "lane": 7.0,
    "alley": 7.0,
}

Edge = tuple[int, int]


def edges_of(road: Road) -> list[Edge]:
    return list(zip(road.nodes, road.nodes[1:], strict=False))


def trim(roads: list[Road], places: Line) -> None:
    """Cut what sticks out beyond the last crossing of each road, unless it leads off the sheet."""
    visits: dict[int, int] = {}
    for road in roads:
        for node in set(road.nodes):
            visits[node] = visits.get(node, 0) + 1
    for road in roads:
        if road.keep or road.closed:
            continue
        for _ in range(2):
            road.nodes.reverse()
            _trim_front(road, places, visits)


def _trim_front(road: Road, places: Line, visits: dict[int, int]) -> None:
    nodes = road.nodes
    if len(nodes) < 2 or not inside(float(places[nodes[0], 0]), float(places[nodes[0], 1]), 1.0):
        return
    walked = 0.0
    for place, node in enumerate(nodes):
        if place:
            gap = places[node] - places[nodes[place - 1]]
            walked += sqrt(float(gap[0] * gap[0] + gap[1] * gap[1]))
        if walked > _STUB_M[road.kind]:
            return
        if visits[node] > 1:
            road.nodes = nodes[place:]
            return
    road.nodes = []


def split_shared(roads: list[Road]) -> list[Road]:
    """Where two roads run over the same two nodes, only the wider keeps the piece."""
    taken: set[Edge] = set()
    result = []
    for road in sorted(roads, key=lambda each: RANK[each.kind]):
        kept: list[list[int]] = []
        for a, b in edges_of(road):
            edge = (min(a, b), max(a, b))
            if edge in taken:
                continue
            taken.add(edge)
            if kept and kept[-1][-1] == a:
                kept[-1].append(b)
            else:
                kept.append([a, b])
        result += _parts(road, kept)
    return result


def drop_islands(roads: list[Road], start: int) -> list[Road]:
    """Keep the streets a van can reach from node `start`, and the alleys one can walk to from them."""
    vans = reach([road for road in roads if road.for_vans], start)
    streets = [road for road in roads if road.for_vans and road.nodes and road.nodes[0] in vans]
    alleys = [road for road in roads if not road.for_vans]
    everyone = reach(streets + alleys, start)
    return streets + [road for road in alleys if road.nodes and road.nodes[0] in everyone]


def reach(roads: list[Road], start: int, against: bool = False, directed: bool = False) -> set[int]:
    """The nodes that can be reached from `start` (or from which it can be reached, `against`)."""
    onward: dict[int, list[int]] = {}
    for road in roads:
        for a, b in edges_of(road):
            if not (directed and road.oneway and against):
                onward.setdefault(a, []).append(b)
            if not (directed and road.oneway and not against):
                onward.setdefault(b, []).append(a)
    seen, waiting = {start}, deque([start])
    while waiting:
        for node in onward.get(waiting.popleft(), ()):
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return seen


def open_dead_ends(roads: list[Road], start: int) -> int:
    """Make two-way each one-way street that traps or shuts out somebody; return how many were changed."""
    changed = 0
    streets = [road for road in roads if road.for_vans]
    while True:
        both = reach(streets, start, directed=True) & reach(streets, start, against=True, directed=True)
        lost = [road for road in streets if road.oneway and not road.keep and not both.issuperset(road.nodes)]
        if not lost:
            return changed
        for road in lost[: max(1, len(lost) // 2)]:  # opening some may free the others
            road.oneway = False
            changed += 1


def redraw(roads: list[Road], places: Line) -> None:
    """Let each road's line follow its nodes again."""
    for road in roads:
        road.line = places[np.asarray(road.nodes, dtype=np.int64)]


def _parts(road: Road, chains: list[list[int]]) -> list[Road]:
    parts = []
    for nodes in chains:
        part = Road(road.kind, road.line, road.crosses, road.keep, road.closed and len(chains) == 1)
        part.name, part.ref, part.oneway = road.name, road.ref, road.oneway
        part.parent, part.number, part.nodes = road.parent, road.number, nodes
        parts.append(part)
    return parts
