"""The rules of the road: one-way streets, speed limits, lights and forbidden turns."""

from dataclasses import replace
from math import sqrt
from typing import NamedTuple

from numpy.random import Generator

from simulations.town.curves import Line
from simulations.town.frame import CENTRE
from simulations.town.network import edges_of
from simulations.town.roads import RANK, Road

_CENTRE_M = 1150.0
_SPEEDS_KMH = {"trunk": 60, "primary": 50, "secondary": 50, "tertiary": 40, "residential": 30}


class Ban(NamedTuple):
    """A turn from one road into another that a sign forbids (or alone allows)."""

    kind: str
    before: int
    via: int
    after: int


def pair_one_ways(roads: list[Road], places: Line, chance: Generator) -> int:
    """In the old centre, streets that run alike take turns in their direction; return how many."""
    _cut_tails(roads)
    rows: dict[bool, list[tuple[float, int]]] = {True: [], False: []}
    for index, road in enumerate(roads):
        if road.kind not in ("tertiary", "residential") or len(road.nodes) < 5 or road.closed or road.oneway:
            continue
        first, last = places[road.nodes[0]], places[road.nodes[-1]]
        middle = (first + last) / 2
        if (middle[0] - CENTRE[0]) ** 2 + (middle[1] - CENTRE[1]) ** 2 > _CENTRE_M**2:
            continue
        dx, dy = last - first
        lying = bool(dx * dx > dy * dy)
        rows[lying].append((float(middle[1] if lying else middle[0]), index))
    count = 0
    for lying, row in rows.items():
        for place, (_, index) in enumerate(sorted(row)):
            if chance.random() < 0.25:
                continue
            road = roads[index]
            axis = 0 if lying else 1
            forward = bool(places[road.nodes[-1]][axis] > places[road.nodes[0]][axis])
            if forward != (place % 2 == 0):
                road.nodes.reverse()
            road.oneway = True
            count += 1
    return count


def _cut_tails(roads: list[Road]) -> None:
    """Part each small street at its first and last crossing, so that its dead ends stay two-way."""
    visits: dict[int, int] = {}
    for road in roads:
        if road.for_vans:
            for node in set(road.nodes):
                visits[node] = visits.get(node, 0) + 1
    for road in list(roads):
        if road.kind not in ("tertiary", "residential") or road.closed:
            continue
        corners = [place for place, node in enumerate(road.nodes) if visits[node] > 1]
        if len(corners) < 2:
            continue
        nodes, first, last = road.nodes, corners[0], corners[-1]
        road.nodes = nodes[first : last + 1]
        for tail in (nodes[: first + 1], nodes[last:]):
            if len(tail) > 1:
                roads.append(replace(road, nodes=tail))


def speed_limit(road: Road, index: int) -> int | None:
    """Signed limit, km/h. Small streets mostly have no sign."""
    if road.kind not in _SPEEDS_KMH or (RANK[road.kind] >= 3 and index % 3):
        return None
    return _SPEEDS_KMH[road.kind] + (20 if road.ref else 0)


def lights(roads: list[Road]) -> set[int]:
    """Nodes with traffic lights: where two wide streets meet, or a wide one and a through street."""
    arms: dict[int, list[Road]] = {}
    for road in roads:
        if RANK[road.kind] <= RANK["tertiary"] and not road.keep:
            for node in set(road.nodes):
                arms.setdefault(node, []).append(road)
    return {
        node
        for node, meeting in arms.items()
        if len(meeting) > 1 and sorted(RANK[each.kind] for each in meeting)[1] <= RANK["tertiary"]
        and min(RANK[each.kind] for each in meeting) <= RANK["secondary"]
    }  # fmt: skip


def forbid_turns(roads: list[Road], places: Line, lit: set[int], chance: Generator) -> list[Ban]:
    """At some of the lights: no left turn, no U-turn, no right turn, or straight on only.

    A ban names its roads by their index in `roads`; each passes through the node `via`.
    """
    through: dict[int, list[int]] = {}
    for index, road in enumerate(roads):
        if RANK[road.kind] <= RANK["tertiary"] and not road.keep:
            for node in road.nodes[1:-1]:
                through.setdefault(node, []).append(index)
    bans = []
    for via in sorted(lit):
        meeting = through.get(via, [])
        if len(meeting) != 2 or meeting[0] == meeting[1]:
            continue  # only where two roads cross and both go on
        before, after = meeting if chance.random() < 0.5 else meeting[::-1]
        draw = float(chance.random())
        if draw < 0.30:
            bans.append(Ban("no_left_turn", before, via, after))
        elif draw < 0.38:
            bans.append(Ban("no_right_turn", before, via, after))
        elif draw < 0.50 and not roads[before].oneway:
            bans.append(Ban("no_u_turn", before, via, before))
        elif draw < 0.56 and not roads[before].oneway:
            bans.append(Ban("only_straight_on", before, via, before))
    return bans


def turn_side(places: Line, before: int, via: int, after: int) -> float:
    """Above zero if going before-via-after turns left, below if right."""
    ax, ay = places[via] - places[before]
    bx, by = places[after] - places[via]
    return float(ax * by - ay * bx)


def length_km(roads: list[Road], places: Line) -> float:
    total = 0.0
    for road in roads:
        for a, b in edges_of(road):
            gap = places[a] - places[b]
            total += sqrt(float(gap[0] * gap[0] + gap[1] * gap[1]))
    return total / 1000
