"""The slow, obvious way to find a time: Dijkstra in plain Python over every single segment of the file.

It shares with the engine the reading of the file and the rules of `routing.access`, and nothing else: no
contraction, no barrier edges, no arrays by node, no whole milliseconds, no snapping.
"""

import heapq
from collections import defaultdict

import numpy as np
from pyproj import Geod

from routing.access import driving_kmh
from routing.measures import duration_s
from routing.practice import Practice
from routing.read_osm import RawStreets


class SlowTwin:
    """Seconds from node to node of the file (indices into RawStreets), one profile."""

    def __init__(self, raw: RawStreets, practice: Practice, profile: int) -> None:
        self.stops = {node for node, mask in enumerate(raw.node_stops.tolist()) if mask >> profile & 1}
        self.onward: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self.segments: list[tuple[int, int, int, float, float, float]] = []
        kmh = [driving_kmh(tags, practice)[:, profile].tolist() for tags in raw.tag_sets]
        refs = raw.refs.tolist()
        step_m = _steps(raw)
        for way, tags in enumerate(raw.way_tags.tolist()):
            forward, backward = kmh[tags]
            if ferry_s := duration_s(raw.tag_sets[tags].get("duration")):
                length = sum(step_m[raw.ref_first[way] : raw.ref_first[way + 1] - 1])
                forward, backward = (length / ferry_s * 3.6 if speed else 0 for speed in (forward, backward))
            for i in range(raw.ref_first[way], raw.ref_first[way + 1] - 1):
                a, b = refs[i], refs[i + 1]
                metres = step_m[i]
                ahead = metres * 3.6 / forward if forward else float("inf")
                back = metres * 3.6 / backward if backward else float("inf")
                self.segments.append((way, a, b, metres, ahead, back))
                if forward:
                    self.onward[a].append((b, ahead))
                if backward:
                    self.onward[b].append((a, back))

    def seconds_from(self, seeds: dict[int, float]) -> dict[int, float]:
        """The time to every node that can be reached. A barrier is reached, and not passed."""
        best: dict[int, float] = {}
        waiting = [(spent, node, True) for node, spent in seeds.items()]
        heapq.heapify(waiting)
        while waiting:
            spent, node, is_seed = heapq.heappop(waiting)
            if node in best:
                continue
            best[node] = spent
            if node in self.stops and not is_seed:
                continue
            for other, more in self.onward[node]:
                if other not in best:
                    heapq.heappush(waiting, (spent + more, other, False))
        return best

    def from_end(self, node: int, spent: float) -> dict[int, float]:
        """What can be reached from an end of the segment one starts on; a barrier there is not passed."""
        return {node: spent} if node in self.stops else self.seconds_from({node: spent})

    def arrive(
        self, start: tuple[int, float], end: tuple[int, float], reached: list[dict[int, float]]
    ) -> float | None:
        """Seconds from a place to another, each a segment and the share of it driven from its first node.

        reached : what `from_end` gave for the ends by which the start can be left
        """
        _, _, _, _, ahead, back = self.segments[start[0]]
        _, c, d, _, in_ahead, in_back = self.segments[end[0]]
        ways = [float("inf")]
        if start[0] == end[0]:
            step = end[1] - start[1]
            ways.append(step * ahead if step >= 0 else -step * back)
        for best in reached:
            ways.append(best.get(c, float("inf")) + end[1] * in_ahead)
            ways.append(best.get(d, float("inf")) + (1 - end[1]) * in_back)
        return None if min(ways) == float("inf") else min(ways)


def _steps(raw: RawStreets) -> list[float]:
    """Metres from each reference to the next one, on the ellipsoid."""
    lat, lon = raw.node_lat[raw.refs], raw.node_lon[raw.refs]
    metres = Geod(ellps="WGS84").inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2]
    return np.append(metres, 0.0).tolist()
