"""What a search engine answers: `routing.hierarchy.engine` fast, `routing.dijkstra` plainly."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from routing.metric import Metric
from routing.road_map import Int32s, Int64s
from routing.snapping import Places


@dataclass(frozen=True, slots=True)
class Path:
    """A way through the graph.

    arcs    : every arc in order; the first begins at begin_m, the last ends at end_m (metres from the tail
              of its edge), which may be one and the same arc
    arc_ms  : what was spent on each
    """

    ms: int
    mm: int
    arcs: list[int]
    arc_ms: list[int]
    begin_m: float
    end_m: float


class Engine(Protocol):
    """Exact times in milliseconds (kernels.UNREACHED where there is no way) and millimetres of way."""

    def prepare(self, metric: Metric) -> None:
        """Do ahead whatever the first question with this metric would have to wait for."""
        ...

    def from_place(self, metric: Metric, origin: Places, destinations: Places) -> tuple[Int32s, Int64s]:
        """One to many; `origin` holds one place."""
        ...

    def to_place(self, metric: Metric, origins: Places, destination: Places) -> tuple[Int32s, Int64s]:
        """Many to one; `destination` holds one place."""
        ...

    def table(
        self, metric: Metric, origins: Places, destinations: Places
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Many to many, [origins, destinations]."""
        ...

    def path(self, metric: Metric, origin: Places, destination: Places) -> Path | None:
        """The fastest way from one place to another, or None."""
        ...

    def to_every_node(self, metric: Metric, places: Places, *, outward: bool = True) -> Int32s:
        """Milliseconds from the nearest of the places to every node of the map, or back; UNREACHED where
        there is no way."""
        ...
