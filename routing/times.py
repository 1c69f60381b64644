"""Exact road times: the port `TravelTimes` on a built map."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle, repeat
from typing import Final

import numpy as np

from domain.areas import Direction, Reached
from domain.ports import Traffic
from domain.values import Method, Position, Route, Travel
from routing.areas.areas import Areas
from routing.areas.cells import Cells
from routing.engine import Engine
from routing.hierarchy.engine import HierarchyEngine
from routing.kernels import UNREACHED
from routing.metric import FREE_FLOW_VERSION, Metric, metric
from routing.open_streets import OpenStreets
from routing.paths import DrivenLine, line_of, route_of
from routing.profiles import PROFILES, profile_index
from routing.remembered import Remembered
from routing.road_map import Int32s, Int64s, RoadMap
from routing.snapping import Places, covers

BY_ROAD: Final[Method] = "road"


class RoadTimes:
    """Times from kerb to kerb on one map. Nothing changes after construction: any thread may ask.

    `traffic="free_flow"` in `table` means an empty street and normal driving: a blue-light profile goes
    where blue light may, at the speed of its vehicle without. "live" is what `live` says, at blue-light
    speed for the profiles that have it; an empty street too where nothing else is handed in.
    """

    def __init__(
        self,
        road_map: RoadMap,
        engine: Engine | None = None,
        *,
        live: Mapping[str, Metric] | None = None,
        free_flow: Mapping[str, Metric] | None = None,
        traffic_version: str = FREE_FLOW_VERSION,
        areas: Areas | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        """`live`, `free_flow`: a metric for every profile; `traffic_version` says what `live` is made of.

        areas, remembered : of the same map and engine; handed on from one traffic to the next, since they
                            remember the ground, and the places that are asked about
        """
        self.road_map = road_map
        self.map_version = road_map.version
        self.traffic_version = traffic_version
        self._engine: Engine = engine or HierarchyEngine(road_map)
        self.areas = areas or Areas(road_map)
        self._live = dict(live or empty_streets(road_map))
        self._free_flow = dict(free_flow or empty_streets(road_map, blue_light=False))
        for weights in (*self._live.values(), *self._free_flow.values()):
            self._engine.prepare(weights)
        if remembered is None and isinstance(self._engine, HierarchyEngine):
            remembered = Remembered(road_map, self._engine)
        self.remembered = remembered
        self.streets = OpenStreets(road_map) if remembered is None else remembered.streets
        if remembered is not None:
            for weights in self._live.values():
                remembered.prepare(weights)

    def still(self) -> "RoadTimes":
        return self

    def covers(self, position: Position) -> bool:
        return covers(self.road_map, position)

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        weights = self._weights(profile)
        known = self.remembered and self.remembered.fan(weights, scene, origins, outward=False)
        if known:
            closed = known.closed_m.tolist(), repeat(known.here_closed_m)
            return _travels(known.ms, known.mm, *closed, repeat(known.here_gap_m))
        starts, end = self.streets.origins(weights, origins), self.streets.destinations(weights, [scene])
        return _travels(*self._engine.to_place(weights, starts, end), *_closed(starts, end), _gaps(end))

    def from_scene(
        self, scene: Position, destinations: Sequence[Position], profile: str
    ) -> list[Travel | None]:
        weights = self._weights(profile)
        known = self.remembered and self.remembered.fan(weights, scene, destinations, outward=True)
        if known:
            closed = repeat(known.here_closed_m), known.closed_m.tolist()
            return _travels(known.ms, known.mm, *closed, known.gap_m.tolist())
        start, ends = self.streets.origins(weights, [scene]), self.streets.destinations(weights, destinations)
        return _travels(*self._engine.from_place(weights, start, ends), *_closed(start, ends), _gaps(ends))

    def table(
        self,
        origins: Sequence[Position],
        destinations: Sequence[Position],
        profile: str,
        traffic: Traffic = "live",
    ) -> list[list[Travel | None]]:
        weights = self._weights(profile, traffic)
        starts, ends = (
            self.streets.origins(weights, origins),
            self.streets.destinations(weights, destinations),
        )
        ms, mm = self._engine.table(weights, starts, ends)
        gaps = _gaps(ends)
        return [_travels(ms[i], mm[i], *_closed(starts.only(i), ends), gaps) for i in range(len(starts))]

    def route(self, origin: Position, destination: Position, profile: str) -> Route | None:
        weights = self._weights(profile)
        start = self.streets.origins(weights, [origin])
        end = self.streets.destinations(weights, [destination])
        path = self._engine.path(weights, start, end)
        return None if path is None else route_of(self.road_map, path)

    def lines(
        self, origins: Sequence[Position], destinations: Sequence[Position], profile: str
    ) -> Iterator[list[DrivenLine | None]]:
        """Many to many, a row an origin: what `route` tells without the names of the streets and the turns,
        several times as fast."""
        weights = self._weights(profile)
        starts = self.streets.origins(weights, origins)
        ends = self.streets.destinations(weights, destinations)
        singly = [ends.only(j) for j in range(len(ends))]
        for i in range(len(starts)):
            start = starts.only(i)
            paths = (self._engine.path(weights, start, end) for end in singly)
            yield [None if path is None else line_of(self.road_map, path) for path in paths]

    def reach(
        self,
        places: Sequence[Position],
        limits_s: Sequence[float],
        profile: str,
        *,
        direction: Direction = "from",
        traffic: Traffic = "live",
        shapes: bool = False,
    ) -> Reached:
        weights, outward = self._weights(profile, traffic), direction == "from"
        put_on = self.streets.origins if outward else self.streets.destinations
        spots = put_on(weights, places)
        return self.areas.reached(self._engine, weights, spots, limits_s, outward=outward, shapes=shapes)

    @property
    def cells(self) -> Cells:
        """The map in cells of about equal demand, by the ways of a van on empty streets."""
        return self.areas.cells(self._engine, self._free_flow["van"])

    def between_cells(self, profile: str) -> Int32s:
        """Milliseconds from cell to cell, int32[cells, cells], UNREACHED where there is no way. A cell whose
        own street is closed is reached at the nearest one that is open."""
        weights, places = self._weights(profile), self.cells.positions()
        ms, _ = self._engine.table(
            weights, self.streets.origins(weights, places), self.streets.destinations(weights, places)
        )
        return ms

    def _weights(self, profile: str, traffic: Traffic = "live") -> Metric:
        return (self._free_flow if traffic == "free_flow" else self._live)[PROFILES[profile_index(profile)]]


def empty_streets(road_map: RoadMap, *, blue_light: bool = True) -> dict[str, Metric]:
    """The metric of every profile where nothing hinders."""
    return {profile: metric(road_map, profile, blue_light=blue_light) for profile in PROFILES}


def _travels(
    ms: Int32s,
    mm: Int64s,
    from_closed_m: Iterable[float],
    to_closed_m: Iterable[float],
    to_gap_m: Iterable[float],
) -> list[Travel | None]:
    seconds, metres = (ms / 1000).tolist(), (mm / 1000).tolist()
    ways: list[Travel | None] = list(
        map(Travel, seconds, metres, repeat(BY_ROAD), from_closed_m, to_closed_m, to_gap_m)
    )
    for i in np.flatnonzero(ms == UNREACHED).tolist():
        ways[i] = None
    return ways


def _gaps(ends: Places) -> Iterable[float]:
    """`Places.gap_m`; of a single place, as often as one likes."""
    gaps = ends.gap_m.tolist()
    return cycle(gaps) if len(ends) == 1 else gaps


def _closed(starts: Places, ends: Places) -> tuple[Iterable[float], Iterable[float]]:
    """`Places.closed_m` of either side; of a single place, as often as one likes."""
    begin, end = (repeat(0.0) if each.closed_m is None else each.closed_m.tolist() for each in (starts, ends))
    return cycle(begin) if len(starts) == 1 else begin, cycle(end) if len(ends) == 1 else end
