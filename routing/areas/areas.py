"""Areas in reach on one map: the pure work behind the port `Reach`."""

from collections.abc import Sequence
from threading import Lock

import numpy as np

from domain.areas import Area, Reached
from routing.areas.cells import Cells, draw_cells
from routing.areas.ground import DEMAND, GROUND, METRES, Ground, ground
from routing.areas.parts import Parts, end_parts, pieces_around, reached_share, weighed
from routing.areas.shape import outline
from routing.arrays import Int32s
from routing.engine import Engine
from routing.metric import Metric
from routing.profiles import BLUE_LIGHT
from routing.road_map import RoadMap
from routing.snapping import Places


class Areas:
    """Keeps the ground of each profile and the cells, for as long as the map lives: traffic does not change
    them.

    Any thread may ask.
    """

    def __init__(self, road_map: RoadMap) -> None:
        self._road_map = road_map
        self._grounds: dict[tuple[int, bool], Ground] = {}
        self._cells: Cells | None = None
        self._lock = Lock()
        self._drawing = Lock()

    def prepare(self) -> None:
        """Work out now what the first to ask for a coverage would wait for."""
        for profile in BLUE_LIGHT:
            self.ground(profile)

    def ground(self, profile: int, *, outward: bool = True) -> Ground:
        """What the profile could reach at best; worked out when first asked for."""
        known = self._grounds.get((profile, outward))
        if known is None:
            with self._lock:
                known = self._grounds.get((profile, outward))
                if known is None:
                    known = self._grounds[profile, outward] = ground(self._road_map, profile, outward=outward)
        return known

    def cells(self, engine: Engine, metric: Metric) -> Cells:
        """The map in cells, drawn for this metric by the first who asks: some seconds for a city."""
        if self._cells is None:
            with self._drawing:
                if self._cells is None:
                    self._cells = draw_cells(self._road_map, engine, metric, self.ground(metric.profile))
        return self._cells

    def reached(
        self,
        engine: Engine,
        metric: Metric,
        places: Places,
        limits_s: Sequence[float],
        *,
        outward: bool = True,
        shapes: bool = False,
    ) -> Reached:
        """What the places reach within each limit, the nearest of them counting; with outward=False, from
        where they are reached."""
        under = self.ground(metric.profile, outward=outward)
        arc_at = self.arc_times(engine, metric, places, outward=outward)
        areas = []
        for limit_s in limits_s:
            parts = self.parts(arc_at, metric, places, limit_s, outward=outward)
            share = reached_share(
                parts.low, parts.high, parts.edge, parts.begin_m, parts.end_m, self._road_map.streets.edge_m
            )
            sums = weighed(share, under.weights).tolist()
            polygons = outline(self._road_map, metric.profile, parts, outward=outward) if shapes else None
            in_reach = min(1.0, sums[DEMAND] / under.demand) if under.demand > 0 else 0.0
            areas.append(Area(limit_s, sums[GROUND] / 1e6, sums[METRES] / 1e3, in_reach, polygons))
        return Reached(areas, "streets", tuple(np.flatnonzero(places.edge < 0).tolist()))

    def parts(
        self, arc_at: Int32s, metric: Metric, places: Places, limit_s: float, *, outward: bool = True
    ) -> Parts:
        """Which part of every street is reached within the limit."""
        limit_ms, edge_m = round(1000 * limit_s), self._road_map.streets.edge_m
        low, high = end_parts(arc_at, metric.arc_ms, limit_ms, outward)
        edge, begin_m, end_m = pieces_around(
            places.edge, places.along_m, edge_m, metric.arc_ms, limit_ms, outward
        )
        return Parts(low, high, edge, begin_m, end_m)

    def arc_times(self, engine: Engine, metric: Metric, places: Places, *, outward: bool = True) -> Int32s:
        """When the nearest of the places can begin each arc, int32[2 * edges] milliseconds; or, with
        outward=False, what remains of the way to the nearest from the arc's end. UNREACHED where there is
        no way."""
        return engine.to_every_arc(metric, places, outward=outward)
