"""Split the junctions: ports, links, and the copies of via ways. Made once a map.

A *state* is the arc one is on, and what of the way behind may still matter: the longest end of it that
begins a restriction. Most states are single arcs; those of two arcs and more are the copies. Going on from
a state by an arc, each restriction whose way ends just there bars the link, and the longest end of the way
that begins some restriction is the state after it. So overlapping restrictions need no rule of their own.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s, Int32s, Masks
from routing.bans import Ban, Way
from routing.graph import Graph
from routing.road_map import Streets
from routing.splits import SAME_JUNCTION_M
from routing.turn_costs import ACROSS, ARRIVAL, NEAR_SIDE, STRAIGHT, U_TURN
from routing.turns import STRAIGHT_DEG, U_TURN_DEG, turn_deg

Bools = NDArray[np.bool_]


class _Nodes:
    """Gives out nodes: a split junction's own to the first of its ports, then new ones."""

    def __init__(self, streets: Streets) -> None:
        self.corner = list(range(streets.nodes))
        self._taken: set[int] = set()

    def port(self, junction: int) -> int:
        if junction not in self._taken:
            self._taken.add(junction)
            return junction
        self.corner.append(junction)
        return len(self.corner) - 1

    def end(self) -> int:
        """A node where ways only end."""
        self.corner.append(-1)
        return len(self.corner) - 1


class _Splitter:
    def __init__(self, streets: Streets, driven: Bools, split: Bools, bans: list[Ban]) -> None:
        self.begin = np.column_stack((streets.tail, streets.head)).ravel().astype(np.int32)
        self.end = np.column_stack((streets.head, streets.tail)).ravel().astype(np.int32)
        self.bans: dict[Way, list[Ban]] = defaultdict(list)
        for ban in bans:
            self.bans[ban.along].append(ban)
        self.states = sorted({ban.along[: i + 1] for ban in bans for i in range(1, len(ban.along))})
        self.nodes = _Nodes(streets)
        self.arc_from, self.arc_to = self.begin.copy(), self.end.copy()
        self.leaving: dict[int, list[int]] = defaultdict(list)
        self.arriving: dict[int, list[Way]] = defaultdict(list)
        for arc in np.flatnonzero(split[self.begin] | split[self.end]).tolist():
            begin, end = int(self.begin[arc]), int(self.end[arc])
            if split[begin]:
                self.arc_from[arc] = self.nodes.port(begin) if driven[arc] else -1
                if driven[arc]:
                    self.leaving[begin].append(arc)
            if split[end]:
                self.arc_to[arc] = self.nodes.port(end) if driven[arc] else -1
                if driven[arc]:
                    self.arriving[end].append((arc,))
        self.reached_at = self.arc_from.copy()
        self.copy_ends: dict[Way, tuple[int, int]] = {}
        for state in self.states:
            begin, end = int(self.begin[state[-1]]), int(self.end[state[-1]])
            self.copy_ends[state] = self.nodes.port(begin), self.nodes.port(end)
            self.arriving[end].append(state)
            if self.reached_at[state[-1]] == self.arc_from[state[-1]]:
                self.reached_at[state[-1]] = self.nodes.end()

    def links(self) -> Iterator[tuple[int, int, int, int]]:
        """From node, to node, arriving arc, leaving arc of every turn, with its clauses gathered
        meanwhile."""
        self.clause_link: list[int] = []
        self.entries: list[tuple[int, int, int]] = []  # clause, rule, permits
        count = 0
        for junction in sorted(self.leaving):
            for state in self.arriving[junction]:
                for arc in self.leaving[junction]:
                    self._clauses(count, state, arc)
                    after = self._after((*state, arc))
                    to = int(self.arc_from[arc]) if after is None else self.copy_ends[after][0]
                    yield self._end_of(state), to, state[-1], arc
                    count += 1

    def arrivals(self) -> Iterator[tuple[int, int, int, int]]:
        """Links from the arcs that have copies, and from the copies, to where places on them are reached."""
        for arc in sorted({state[-1] for state in self.states}):
            yield int(self.arc_from[arc]), int(self.reached_at[arc]), arc, arc
        for state in self.states:
            yield self.copy_ends[state][0], int(self.reached_at[state[-1]]), state[-1], state[-1]

    def _end_of(self, state: Way) -> int:
        return int(self.arc_to[state[0]]) if len(state) == 1 else self.copy_ends[state][1]

    def _after(self, way: Way) -> Way | None:
        """The copy that is driven after such a way, the longest that fits; None for the street itself."""
        return next((way[i:] for i in range(len(way) - 1) if way[i:] in self.copy_ends), None)

    def _clauses(self, link: int, state: Way, arc: int) -> None:
        for i in range(len(state)):
            here = self.bans.get(state[i:], ())
            for ban in here:
                if not ban.only and arc in ban.onto:
                    self.entries.append((self._clause(link), ban.rule, 0))
            if any(ban.only for ban in here):
                clause = self._clause(link)
                self.entries += [(clause, ban.rule, int(arc in ban.onto)) for ban in here if ban.only]

    def _clause(self, link: int) -> int:
        self.clause_link.append(link)
        return len(self.clause_link) - 1


def build_graph(
    streets: Streets,
    split: Bools,
    waits: Bools,
    at_signal: Bools,
    along_signal: Masks,
    bans: list[Ban],
    bearing: tuple[Float64s, Float64s],
    *,
    drives_left: bool,
) -> Graph:
    """Split the junctions `split`; at those of `waits` every turn has its cost, at others only a U-turn."""
    driven = driven_by_someone(streets)
    split = split & _passable(streets, driven)
    splitter = _Splitter(streets, driven, split, bans)
    turns = np.array(list(splitter.links()), np.int32).reshape(-1, 4)
    arrivals = np.array(list(splitter.arrivals()), np.int32).reshape(-1, 4)
    links = np.concatenate((turns, arrivals))
    copied = np.array([state[-1] for state in splitter.states], np.int32)
    copies = np.array([splitter.copy_ends[state] for state in splitter.states], np.int32).reshape(-1, 2)
    waits_at_end = (at_signal & waits)[splitter.end] & ~_soon_after(streets, at_signal)
    kind = _kinds(streets, waits[splitter.end[turns[:, 2]]], turns[:, 2], turns[:, 3], bearing, drives_left)
    signal = waits_at_end[turns[:, 2]].astype(np.uint8)
    arc_mm = np.repeat(np.rint(streets.edge_m * 1000).astype(np.int64), 2)
    entries = np.array(splitter.entries, np.int32).reshape(-1, 3)
    return Graph(
        np.array(splitter.nodes.corner, np.int32),
        np.concatenate((splitter.arc_from, copies[:, 0], links[:, 0])).astype(np.int32),
        np.concatenate((splitter.arc_to, copies[:, 1], links[:, 1])).astype(np.int32),
        np.concatenate((arc_mm, arc_mm[copied], np.zeros(len(links), np.int64))),
        copied, splitter.reached_at.astype(np.int32),
        links[:, 2].copy(), links[:, 3].copy(),
        np.concatenate((kind, np.full(len(arrivals), ARRIVAL, np.uint8))),
        np.concatenate((signal, np.zeros(len(arrivals), np.uint8))),
        along_signal,
        np.array(splitter.clause_link, np.int32),
        entries[:, 0].copy(), entries[:, 1].copy(), entries[:, 2].astype(np.uint8),
    )  # fmt: skip


def driven_by_someone(streets: Streets) -> Bools:
    """Which arcs any profile drives, bool[street arcs]."""
    open_ways: Bools = np.any(streets.way_kmh > 0, axis=2)[streets.edge_way].ravel()
    return open_ways


def _passable(streets: Streets, driven: Bools) -> Bools:
    """Nodes where someone arrives and someone leaves: elsewhere there is no turn to tell apart."""
    arrives, leaves = np.zeros(streets.nodes, bool), np.zeros(streets.nodes, bool)
    begin = np.column_stack((streets.tail, streets.head)).ravel()
    end = np.column_stack((streets.head, streets.tail)).ravel()
    arrives[end[driven]] = leaves[begin[driven]] = True
    return arrives & leaves


def _soon_after(streets: Streets, at_signal: Bools) -> Bools:
    """Arcs so short that the signals at both ends are one junction's: who waited at the first goes on."""
    short = np.repeat((streets.edge_m < SAME_JUNCTION_M) & (streets.tail != streets.head), 2)
    begin = np.column_stack((streets.tail, streets.head)).ravel()
    found: Bools = short & at_signal[begin]
    return found


def _kinds(
    streets: Streets, costs: Bools, arriving: Int32s, leaving: Int32s, bearing: tuple[Float64s, Float64s],
    drives_left: bool,
) -> Masks:  # fmt: skip
    """The kind of every turn; `costs` says where any but a U-turn is told apart from going straight on."""
    degrees = turn_deg(bearing[1][arriving], bearing[0][leaving])
    to_near_side = degrees if not drives_left else -degrees
    met = np.bincount(streets.tail, minlength=streets.nodes) + np.bincount(
        streets.head, minlength=streets.nodes
    )
    node = np.where(arriving & 1, streets.tail[arriving >> 1], streets.head[arriving >> 1])
    told_apart = costs & (met[node] > 2)  # where two streets meet there is only a bend
    kind = np.full(len(arriving), STRAIGHT, np.uint8)
    kind[told_apart & (to_near_side >= STRAIGHT_DEG)] = NEAR_SIDE
    kind[told_apart & (to_near_side <= -STRAIGHT_DEG)] = ACROSS
    kind[(leaving == arriving ^ 1) | (told_apart & (np.abs(degrees) >= U_TURN_DEG))] = U_TURN
    return kind
