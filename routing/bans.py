"""Where on the streets a turn restriction stands: the arcs one comes along, and those it bars or demands.

A restriction names ways; a way may be several edges, may run on beyond the junction, or may not be driven at
all in the direction needed. What cannot be placed is left out and counted by its reason.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s, Int32s
from routing.restrictions import KINDS, Restriction, binds_anyone
from routing.road_map import Streets
from routing.turns import U_TURN_DEG, turn_deg

LONGEST_VIA = 40  # edges

Way = tuple[int, ...]  # arcs, one after another


class Ban(NamedTuple):
    """Who came along `along` (the from arc, then via arcs if any) may not go on to `onto`, or with `only` may
    go on nowhere else. `rule` is the index of the restriction."""

    rule: int
    along: Way
    onto: frozenset[int]
    only: bool


class Corners:
    """Who arrives and who leaves where, by node and by OSM way."""

    def __init__(
        self, streets: Streets, driven: NDArray[np.bool_], bearing: tuple[Float64s, Float64s]
    ) -> None:
        """`driven` : bool[street arcs], whether any profile drives an arc."""
        begin = np.column_stack((streets.tail, streets.head)).ravel()
        end = np.column_stack((streets.head, streets.tail)).ravel()
        self.begin, self.end, self._bearing = begin.tolist(), end.tolist(), bearing
        way = streets.way_osm[np.repeat(streets.edge_way, 2)]
        self.way: list[int] = way.tolist()
        self._driven = driven
        self.barrier = np.repeat(streets.edge_m == 0, 2)
        self.leaving: dict[int, list[int]] = defaultdict(list)
        self.of_way: dict[int, list[int]] = defaultdict(list)
        self.nodes_of: dict[int, list[int]] = defaultdict(list)
        for node, osm in enumerate(streets.node_osm.tolist()):
            self.nodes_of[osm].append(node)
        self._begin, self._end, self._way = begin, end, way

    def keep(self, ways: Iterable[int]) -> None:
        """Look only at these ways: a map has few restrictions and many streets."""
        wanted = self._driven & np.isin(self._way, list(set(ways)))
        for arc in np.flatnonzero(wanted).tolist():
            self.of_way[self.way[arc]].append(arc)
            self.leaving[self.begin[arc]].append(arc)

    def degrees(self, one: int, other: int) -> float:
        end, begin = self._bearing[1][one : one + 1], self._bearing[0][other : other + 1]
        return float(turn_deg(end, begin)[0])


def bans(
    streets: Streets,
    driven: NDArray[np.bool_],
    bearing: tuple[Float64s, Float64s],
    restrictions: list[Restriction],
    left_out: Counter[str],
) -> list[Ban]:
    """Place every restriction. `left_out` gains why others could not be."""
    corners = Corners(streets, driven, bearing)
    corners.keep(way for r in restrictions for way in (*r.from_ways, *r.via_ways, *r.to_ways))
    found: list[Ban] = []
    for rule, restriction in enumerate(restrictions):
        reason = _unfit(restriction)
        if reason is None:
            placed, reason = _place(corners, rule, restriction)
            found.extend(placed)
        if reason is not None:
            left_out[reason] += 1
    return found


def _unfit(restriction: Restriction) -> str | None:
    if restriction.kind not in KINDS:
        return "unknown_kind"
    if not binds_anyone(restriction):
        return "for_other_vehicles"
    if len(restriction.via_nodes) > 1 or (restriction.via_nodes and restriction.via_ways):
        return "several_via_nodes"
    return None


def _place(corners: Corners, rule: int, restriction: Restriction) -> tuple[list[Ban], str | None]:
    """The bans of one restriction, one for each pair of its from and to ways that meet; or why there is
    none."""
    found: list[Ban] = []
    reasons: list[str] = []
    for from_way, to_way in product(restriction.from_ways, restriction.to_ways):
        ways = _ways(corners, restriction, from_way, to_way)
        if not ways:
            reasons.append("members_do_not_meet")
        elif len(chosen := _as_named(corners, restriction, ways)) != 1 and from_way != to_way:
            reasons.append("ambiguous")
        elif any(corners.barrier[arc] for way in chosen for arc in way):
            reasons.append("beside_a_barrier")
        else:
            found.extend(Ban(rule, way[:-1], frozenset({way[-1]}), restriction.only) for way in chosen)
    return found, reasons[0] if reasons and not found else None


def _ways(corners: Corners, restriction: Restriction, from_way: int, to_way: int) -> list[Way]:
    """Every way of arcs that the restriction may mean: from arc, via arcs, to arc."""
    if restriction.via_ways:
        found = [
            way
            for order in {restriction.via_ways, restriction.via_ways[::-1]}
            for arc in corners.of_way[from_way]
            for way in _through(corners, (arc,), order, to_way)
        ]
        # the from way may touch the via way twice, the long way round is not meant
        shortest = min(map(len, found), default=0)
        return [way for way in found if len(way) == shortest]
    nodes = set(corners.nodes_of[restriction.via_nodes[0]])
    return [
        (arc, onto)
        for arc in corners.of_way[from_way]
        if corners.end[arc] in nodes
        for onto in corners.leaving[corners.end[arc]]
        if corners.way[onto] == to_way and (onto != arc ^ 1 or from_way == to_way)
    ]


def _through(corners: Corners, so_far: Way, via: tuple[int, ...], to_way: int) -> Iterator[Way]:
    """Go on along the first of the via ways, or on to the next, or at last to the to way; never back."""
    if len(so_far) > LONGEST_VIA:
        return
    via_begun = corners.way[so_far[-1]] in via and len(so_far) > 1
    for arc in corners.leaving[corners.end[so_far[-1]]]:
        if arc == so_far[-1] ^ 1 or arc in so_far:
            continue
        way = corners.way[arc]
        if via_begun and way == to_way and len(via) == 1:
            yield (*so_far, arc)
        elif via_begun and len(via) > 1 and way == via[1]:
            yield from _through(corners, (*so_far, arc), via[1:], to_way)
        elif way == via[0]:
            yield from _through(corners, (*so_far, arc), via, to_way)


def _as_named(corners: Corners, restriction: Restriction, ways: list[Way]) -> list[Way]:
    """Where a way runs on beyond the junction there are several turns: those that go as the kind says."""
    if len(ways) == 1:
        return ways
    kind = restriction.kind.removeprefix("no_").removeprefix("only_")
    if kind == "u_turn" and not restriction.via_ways:
        back = [way for way in ways if way[-1] == way[-2] ^ 1]
        if back:
            return back
    return [way for way in ways if _goes(corners.degrees(way[0], way[-1]), kind)]


def _goes(degrees: float, kind: str) -> bool:
    if kind == "left_turn":
        return -U_TURN_DEG < degrees < -20
    if kind == "right_turn":
        return 20 < degrees < U_TURN_DEG
    if kind == "straight_on":
        return abs(degrees) < 60
    return abs(degrees) >= 120 if kind == "u_turn" else True


def along_nodes(streets: Streets, found: list[Ban]) -> Int32s:
    """The nodes where a turn on the way of a ban is made."""
    arcs = np.array(sorted({arc for ban in found for arc in ban.along}), np.int32)
    ends: Int32s = np.where(arcs & 1, streets.tail[arcs >> 1], streets.head[arcs >> 1]).astype(np.int32)
    return ends
