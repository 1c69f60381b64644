"""The slow, obvious way to mind turns: a search over arcs that remembers what it drove, in plain Python.

It takes from the map the streets, the time that each takes and which junctions have turns of their own
(`Graph` says no more to it); whether a turn is barred it reads from the restrictions as the file has them,
what it costs from the shape of the streets. No ports, no links, no copies.
"""

import heapq
from collections import defaultdict
from math import atan2, degrees

import numpy as np

from routing.geodesy import metres_per_degree
from routing.kernels import CLOSED, NOWHERE, UNREACHED
from routing.metric import Metric
from routing.restrictions import Restriction, binds, binds_anyone
from routing.road_map import RoadMap
from routing.snapping import Places
from routing.speeds import CLASSES
from routing.splits import MAJOR, MAJOR_STREETS, SAME_JUNCTION_M
from routing.turn_costs import turn_seconds

Cost = tuple[int, int]  # milliseconds, millimetres
State = tuple[int, tuple[int, ...]]  # the arc one has driven to its end, and those before it that may matter


class TurnTwin:
    """Times between places on a map, for one metric made by `metric(road_map, profile, ...)` or from it."""

    def __init__(
        self,
        road_map: RoadMap,
        metric: Metric,
        signals: set[int],
        *,
        blue_light: bool = True,
        exempt: bool = True,
        minute: int | None = None,
        left_hand: bool = False,
    ) -> None:
        """`signals` : OSM ids of the nodes with a signal."""
        s, graph = road_map.streets, road_map.graph
        self.streets, self.ms, self.left_hand = s, metric.arc_ms[: 2 * s.edges].tolist(), left_hand
        self.begin = np.column_stack((s.tail, s.head)).ravel().tolist()
        self.end = np.column_stack((s.head, s.tail)).ravel().tolist()
        self.way = np.repeat(s.way_osm[s.edge_way], 2).tolist()
        self.osm = s.node_osm.tolist()
        self.mm = np.repeat(np.rint(s.edge_m * 1000).astype(int), 2).tolist()
        self.driven = (s.way_kmh > 0).any(axis=2)[s.edge_way].ravel().tolist()
        self.leaving: dict[int, list[int]] = defaultdict(list)
        for arc, node in enumerate(self.begin):
            self.leaving[node].append(arc)
        self.split = set(graph.corner[graph.arc_from[graph.first_link :]].tolist())
        self.via_arcs = set(graph.copied.tolist())
        self.costs = turn_seconds(metric.profile, blue_light)
        self.rules = [
            r for r in road_map.restrictions
            if binds(r, metric.profile, blue_light=blue_light, exempt=exempt, minute=minute)
        ]  # fmt: skip
        self.over_ways = [r for r in road_map.restrictions if r.via_ways and binds_anyone(r)]
        self.by_target: dict[int, list[Restriction]] = defaultdict(list)
        self.only_from: dict[int, list[Restriction]] = defaultdict(list)
        self.remembered = {way for r in self.over_ways for way in (*r.from_ways, *r.via_ways)}
        for r in self.rules:
            for way in r.to_ways:
                self.by_target[way].append(r)
            for way in r.via_ways[-1:] + r.via_ways[:1] or r.from_ways:
                if r.kind.startswith("only"):
                    self.only_from[way].append(r)
        large = [CLASSES.index(street) for street in MAJOR]
        met, self.meets, barrier = defaultdict(int), defaultdict(int), set()
        for e in range(s.edges):
            for node in (int(s.tail[e]), int(s.head[e])):
                self.meets[node] += 1
                met[node] += int(s.way_class[s.edge_way[e]]) in large
                if s.edge_m[e] == 0:
                    barrier.add(node)
        self.signal = {n for n, osm in enumerate(self.osm) if osm in signals}
        self.waits = {n for n in self.split if n in self.signal or met[n] >= MAJOR_STREETS} - barrier

    def from_place(self, origin: Places, ends: Places) -> tuple[list[int], list[int]]:
        """Milliseconds and millimetres from one place to each of several."""
        entered = self._search(origin)
        found = [self._arrive(origin, ends.only(i), entered) for i in range(len(ends))]
        return [ms for ms, _ in found], [mm for _, mm in found]

    def _search(self, origin: Places) -> dict[int, Cost]:
        """What it costs to have turned into each arc; for an arc at a junction without turns, to be there."""
        entered: dict[int, Cost] = {}
        edge, along_m = int(origin.edge[0]), float(origin.along_m[0])
        if edge < 0:
            return entered
        waiting: list[tuple[Cost, State]] = []
        for arc in (2 * edge, 2 * edge + 1):
            spent = self._part(arc, along_m, leaving=True)
            if spent is not None and (self.driven[arc] or self.end[arc] not in self.split):
                on_corner = spent[1] == 0
                waiting.append(
                    ((spent[0] + (0 if on_corner else self._round(origin, arc)), spent[1]), (arc, ()))
                )
        heapq.heapify(waiting)
        done: set[State] = set()
        while waiting:
            (ms, mm), state = heapq.heappop(waiting)
            if state in done:
                continue
            done.add(state)
            arc, before = state
            for onto, more in self._turns(arc, before):
                cost = ms + more, mm
                if cost < entered.get(onto, (UNREACHED, 0)):
                    entered[onto] = cost
                if self.ms[onto] == CLOSED:
                    continue
                after = (onto, self._worth_remembering((*before, arc, onto))[:-1])
                if after not in done:
                    heapq.heappush(waiting, ((cost[0] + self.ms[onto], cost[1] + self.mm[onto]), after))
        return entered

    def _round(self, origin: Places, arc: int) -> int:
        """Milliseconds to turn round before one drives the arc, for who drives its street the other way."""
        against = {1: 1, -1: 0}.get(int(origin.directions()[0]))
        return round(1000 * self.costs.u_turn) if arc & 1 == against else 0

    def _turns(self, arc: int, before: tuple[int, ...]) -> list[tuple[int, int]]:
        """The arcs one may turn into, and what each turn costs in milliseconds."""
        node = self.end[arc]
        if node not in self.split:
            return [(onto, 0) for onto in self.leaving[node]]
        every = [onto for onto in self.leaving[node] if self.driven[onto]]
        lawful = [onto for onto in every if not self._barred((*before, arc), onto)]
        if not lawful and not self._on_via_way((*before, arc)):
            lawful = every  # who is in a street gets out of it
        return [(onto, max(1, self._turn_ms(arc, onto))) for onto in lawful]

    def _worth_remembering(self, path: tuple[int, ...]) -> tuple[int, ...]:
        """The longest end of the path that is the beginning of a restriction over ways, or its last arc."""
        for at in range(len(path) - 1):
            if self.way[path[at]] in self.remembered and self._on_via_way(path[at:]):
                return path[at:]
        return path[-1:]

    def _on_via_way(self, path: tuple[int, ...]) -> bool:
        """Whether one came to the end of the path along the beginning of a restriction over ways."""
        return any(
            self._came(path, (*r.from_ways, *via[: i + 1]))
            for r in self.over_ways
            for via in {r.via_ways, r.via_ways[::-1]}
            for i in range(len(via))
        )

    def _barred(self, path: tuple[int, ...], onto: int) -> bool:
        no = any(
            not r.kind.startswith("only") and self._matches(r, path, onto, r.to_ways)
            for r in self.by_target.get(self.way[onto], ())
        )
        if no:
            return True
        # restrictions that name the one way to go on, by the way one came: who is named by one of them may go
        named: dict[tuple[object, ...], list[bool]] = defaultdict(list)
        for r in self.only_from.get(self.way[path[-1]], ()):
            at = self.leaving[self.end[path[-1]]]
            placed = any(self.driven[other] and self._matches(r, path, other, r.to_ways) for other in at)
            if placed and self._matches(r, path, onto, None):
                came = r.from_ways, r.via_nodes, r.via_ways
                meant = self._matches(r, path, onto, r.to_ways)
                named[came].append(meant)
        return any(not any(group) for group in named.values())

    def _matches(self, r: Restriction, path: tuple[int, ...], onto: int, to: tuple[int, ...] | None) -> bool:
        """Whether driving `path` and then `onto` is what the restriction means; `to` None takes any turn."""
        if to is not None and self.way[onto] not in to:
            return False
        arc = path[-1]
        if not r.via_ways:
            if self.osm[self.end[arc]] not in r.via_nodes or self.way[arc] not in r.from_ways:
                return False
            return to is None or (onto == arc ^ 1) == (self.way[arc] in r.to_ways)
        if onto == arc ^ 1 and to is not None:
            return False
        return any(self._came(path, (*r.from_ways, *via)) for via in {r.via_ways, r.via_ways[::-1]})

    def _came(self, path: tuple[int, ...], ways: tuple[int, ...]) -> bool:
        """Whether the path ends with one arc or more of each way (one of the first), never turning back."""
        at = len(path) - 1
        for way in ways[:0:-1]:
            if at < 0 or self.way[path[at]] != way:
                return False
            while at >= 0 and self.way[path[at]] == way:
                at -= 1
                if at >= 0 and path[at] == path[at + 1] ^ 1:
                    return False
        return at >= 0 and self.way[path[at]] == ways[0]

    def _turn_ms(self, arc: int, onto: int) -> int:
        node = self.end[arc]
        ms = 0
        if onto == arc ^ 1:
            ms = round(1000 * self.costs.u_turn)
        elif node in self.waits and self.meets[node] > 2:
            turned = (self._bearing(onto, 0) - self._bearing(arc, 1) + 180) % 360 - 180
            if abs(turned) >= 165:
                ms = round(1000 * self.costs.u_turn)
            elif abs(turned) >= 40:
                near = (turned < 0) if self.left_hand else (turned > 0)
                ms = round(1000 * (self.costs.near_side if near else self.costs.across))
        if node in self.signal and node in self.waits:
            edge = arc >> 1
            soon = self.streets.edge_m[edge] < SAME_JUNCTION_M and self.begin[arc] in self.signal
            if not soon or self.begin[arc] == self.end[arc]:
                ms += round(1000 * self.costs.signal)
        return ms

    def _bearing(self, arc: int, at_end: int) -> float:
        s, edge = self.streets, arc >> 1
        points = [
            (float(s.shape_lat[p]), float(s.shape_lon[p]))
            for p in range(s.shape_first[edge], s.shape_first[edge + 1])
        ][:: -1 if arc & 1 else 1]
        places = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        (lat_1, lon_1), (lat_2, lon_2) = places[-2:] if at_end else places[:2]
        # by round figures of the earth a bend of 39.99 degrees would be a turn to one and none to the other
        north, east = (float(metres[0]) for metres in metres_per_degree(np.array([lat_1])))
        return degrees(atan2((lon_2 - lon_1) * east, (lat_2 - lat_1) * north))

    def _part(self, arc: int, along_m: float, *, leaving: bool) -> Cost | None:
        """What it costs from a place to the end of an arc of its street, or from the beginning to it."""
        whole = float(self.streets.edge_m[arc >> 1])
        done = min(1.0, max(0.0, along_m / whole)) if whole > 0 else 0.0
        share = done if leaving == bool(arc & 1) else 1 - done
        if share == 0:
            return 0, 0
        if self.ms[arc] == CLOSED:
            return None
        return int(np.rint(self.ms[arc] * share)), int(np.rint(share * whole * 1000))

    def _arrive(self, origin: Places, end: Places, entered: dict[int, Cost]) -> Cost:
        edge, along_m = int(end.edge[0]), float(end.along_m[0])
        best = UNREACHED, NOWHERE
        if edge < 0:
            return best
        for arc in (2 * edge, 2 * edge + 1):
            spent, there = self._part(arc, along_m, leaving=False), entered.get(arc)
            if spent is not None and there is not None:
                # where a via way begins, arriving is an arc of its own, of one millisecond
                best = min(best, (spent[0] + there[0] + (arc in self.via_arcs), spent[1] + there[1]))
        if edge == int(origin.edge[0]):
            ahead, whole = along_m - float(origin.along_m[0]), float(self.streets.edge_m[edge])
            for arc, fits in ((2 * edge, ahead >= 0), (2 * edge + 1, ahead <= 0)):
                if fits and self.ms[arc] != CLOSED:
                    ms = int(np.rint(self.ms[arc] * (abs(ahead) / whole))) + self._round(origin, arc)
                    best = min(best, (ms, int(np.rint(abs(ahead) * 1000))))
        return best
