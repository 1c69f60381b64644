"""Road times on a JEMSS network, for building the ground of its city.

A place is reached from the nearest node where one may leave the road, in a straight line at the off-road
speed of the way of driving, as JEMSS has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from domain.ports import Traffic
from domain.values import Position, Route, Travel
from routing.arrays import Float32s, Float64s, Int32s
from simulations.jemss.network import Network, Plane, to_node

FAR_M = 20_000.0
"""From the nearest node; what lies farther is off the map."""


@dataclass(slots=True, eq=False)
class NetworkRoads:
    """modes       : which way of driving each of our profiles is
    off_road_mps : of each way of driving, metres a second
    """

    network: Network
    plane: Plane
    modes: Mapping[str, int]
    off_road_mps: Sequence[float]
    map_version: str
    traffic_version: str = "free flow"
    _backwards: dict[int, csr_array] = field(default_factory=dict)
    _ways: dict[tuple[int, int], tuple[Float64s, Float32s, Int32s]] = field(default_factory=dict)
    _lengths: dict[tuple[int, int], float] = field(default_factory=dict)

    def still(self) -> "NetworkRoads":
        return self

    def covers(self, position: Position) -> bool:
        _, metres = self._nearest([position])
        return bool(metres[0] <= FAR_M)

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        return [row[0] for row in self.table(origins, [scene], profile)]

    def from_scene(
        self, scene: Position, destinations: Sequence[Position], profile: str
    ) -> list[Travel | None]:
        return self.table([scene], destinations, profile)[0]

    def table(
        self,
        origins: Sequence[Position],
        destinations: Sequence[Position],
        profile: str,
        traffic: Traffic = "live",
    ) -> list[list[Travel | None]]:
        """Each destination is searched from once, and its answers are kept."""
        mode = self.modes[profile]
        nodes, off_m = self._nearest(origins)
        ends, end_m = self._nearest(destinations)
        found: list[list[Travel | None]] = [[None] * len(destinations) for _ in origins]
        for column, (end, its_m) in enumerate(zip(ends.tolist(), end_m.tolist(), strict=True)):
            seconds, metres, _ = self._to(mode, end)
            walked_m = off_m + its_m
            all_s = (seconds[nodes] + walked_m / self.off_road_mps[mode]).tolist()
            all_m = (metres[nodes] + walked_m).tolist()
            for row, (its_s, its_way_m) in enumerate(zip(all_s, all_m, strict=True)):
                if its_s < np.inf:
                    found[row][column] = Travel(its_s, its_way_m)
        return found

    def route(self, origin: Position, destination: Position, profile: str) -> Route | None:
        """Node by node; its streets have no names."""
        (way,) = self.to_scene([origin], destination, profile)
        if way is None:
            return None
        nodes, _ = self._nearest([origin])
        ends, _ = self._nearest([destination])
        _, _, following = self._to(self.modes[profile], int(ends[0]))
        line, node = [(origin.lat, origin.lon)], int(nodes[0])
        while node >= 0:
            line.append((float(self.network.lat[node]), float(self.network.lon[node])))
            node = int(following[node])
        line.append((destination.lat, destination.lon))
        return Route(way.duration_s, way.distance_m, line, ())

    def _nearest(self, positions: Sequence[Position]) -> tuple[Int32s, Float64s]:
        lat, lon = (np.array([getattr(each, axis) for each in positions]) for axis in ("lat", "lon"))
        return self.plane.nearest(lat, lon)

    def _to(self, mode: int, node: int) -> tuple[Float64s, Float32s, Int32s]:
        """Seconds and metres from every node to this one, and the next on the way."""
        if (mode, node) not in self._ways:
            if mode not in self._backwards:
                self._backwards[mode] = self.network.backwards(mode)
            seconds, following = to_node(self._backwards[mode], node)
            self._ways[mode, node] = seconds, self._along(following), following
        return self._ways[mode, node]

    def _along(self, following: Int32s) -> Float32s:
        """Metres from every node along the next ones: each step adds twice as many as the one before."""
        if not self._lengths:
            self._lengths = self.network.lengths()
        nodes = np.arange(len(following))
        after = np.where(following >= 0, following, nodes)
        lengths = self._lengths
        metres = np.array(
            [lengths.get(pair, 0.0) for pair in zip(nodes.tolist(), after.tolist(), strict=True)]
        )
        while (after[after] != after).any():
            metres = metres + metres[after]
            after = after[after]
        return metres.astype(np.float32)
