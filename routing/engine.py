"""What a search engine answers: `routing.hierarchy.engine` fast, `routing.dijkstra` plainly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from routing.graph import Graph
from routing.metric import Metric
from routing.road_map import Int32s, Int64s
from routing.snapping import Places


@dataclass(frozen=True, slots=True)
class Path:
    """A way through the graph.

    arcs    : every arc of the streets in order; the first begins at begin_m, the last ends at end_m (metres
              from the tail of its edge), which may be one and the same arc
    arc_ms  : what was spent on each, and on the turn that leads into it
    """

    ms: int
    mm: int
    arcs: list[int]
    arc_ms: list[int]
    begin_m: float
    end_m: float


def on_streets(graph: Graph, arcs: Sequence[int], ms: Sequence[int]) -> tuple[list[int], list[int]]:
    """From arcs of the graph, the last of them no link, to those of the streets; a link's time is added to
    the arc after it."""
    found: list[int] = []
    spent: list[int] = []
    turning = 0
    for arc, time in zip(arcs, ms, strict=True):
        if arc >= graph.first_link:
            turning += time
            continue
        found.append(arc if arc < graph.street_arcs else int(graph.copied[arc - graph.street_arcs]))
        spent.append(time + turning)
        turning = 0
    return found, spent


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

    def to_every_arc(self, metric: Metric, places: Places, *, outward: bool = True) -> Int32s:
        """When every arc of the streets can be begun from the nearest of the places, int32[2 * edges]; or,
        with outward=False, what remains from its end. Who is at a junction may not turn into every street."""
        ...
