"""The port `TravelTimes` under live traffic: one whole `RoadTimes` at a time, swapped when traffic changes.

Who asks is answered from the times that stood when the question came; the next ones are made beside them, in
the thread of whoever brings the news, and put in their place by a single reference. So an answer belongs to
one version, whole, and no question ever waits for traffic. To put several questions to the same version,
take `still()` and ask that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from threading import Lock
from typing import Final

import numpy as np

from domain.areas import Direction, Reached
from domain.ports import Traffic as Which
from domain.traffic import Stretch, Traffic
from domain.values import Position, Route, Travel
from routing.arrays import Int32s
from routing.hierarchy.engine import HierarchyEngine
from routing.metric import Metric
from routing.profiles import BLUE_LIGHT, PROFILES
from routing.road_map import RoadMap
from routing.times import RoadTimes, empty_streets
from routing.traffic.reading import Reading
from routing.traffic.streets import Touched, touched
from routing.traffic.weights import Weights
from routing.week import WeekSpeeds, neutral_week

MANY: Final = 0.25  # of all arcs: with more of them changed, everything is worked out from nothing


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What is answered from: a reading of the traffic, and what was made of it.

    said  : all that was said, what has ended included
    times : the milliseconds of every street by profile, from which `roads` were made
    """

    said: Traffic
    reading: Reading
    times: dict[str, Int32s]
    metrics: dict[str, Metric]
    roads: RoadTimes


class LiveRoads:
    """Road times of one map under the traffic last brought. Any thread may ask, and bring news."""

    def __init__(
        self,
        road_map: RoadMap,
        engine: HierarchyEngine | None = None,
        *,
        week: WeekSpeeds | None = None,
        zone: tzinfo = UTC,
        now: datetime | None = None,
    ) -> None:
        """zone: of the city, by whose clocks the hours of the week run. `now` is needed with a `week`.

        Raises MapError where the week's table is of another map.
        """
        self.road_map, self._engine = road_map, engine or HierarchyEngine(road_map)
        self._weights = Weights(road_map, week or neutral_week(), zone)
        self._free_flow = _free_flow(road_map, self._weights.empty(None))
        self._turn = Lock()
        reading = self._weights.read(Traffic(), now)
        self._now = self._stand(Traffic(), reading, None)

    # --- news ---------------------------------------------------------------------------------

    def use(self, traffic: Traffic, now: datetime) -> str:
        """Answer under this traffic from now on; returns the version that is in use then.

        Whoever comes with an older change than is in use has been overtaken: nothing happens.
        """
        with self._turn:
            if traffic.version >= self._now.said.version:
                self._renew(traffic, now)
            return self._now.reading.version

    def refresh(self, now: datetime) -> bool:
        """Let end what has ended, and fade what fades; returns whether that changed the version."""
        with self._turn:
            reading = self._now.reading
            if (reading.at is None or reading.at <= now) and (
                reading.next_at is None or now < reading.next_at
            ):
                return False
            return self._renew(self._now.said, now)

    @property
    def changes_at(self) -> datetime | None:
        """When `refresh` will have something to do if nobody brings news; None if never."""
        return self._now.reading.next_at

    @property
    def change(self) -> int:
        """The number of the change that is in use."""
        return self._now.said.version

    # --- whole answers ------------------------------------------------------------------------

    def still(self) -> RoadTimes:
        """The roads as they are now; they stay so however traffic changes."""
        return self._now.roads

    def roads_under(self, traffic: Traffic, at: datetime | None) -> RoadTimes:
        """The roads under any traffic at any instant: an old version again, or a question of "what if".

        For an old version take the traffic after its change, and its instant (`reading.read_version`); None
        where it names none. Raises ValueError if this traffic needs an instant.
        """
        return self._stand(traffic, self._weights.read(traffic, at), self._now).roads

    def metric(self, profile: str) -> Metric:
        """The live weights of a profile, for whoever keeps labels of his own."""
        return self._now.metrics[profile]

    def touched(self, stretch: Stretch) -> Touched:
        """Which streets a stretch means."""
        return touched(self.road_map, stretch)

    # --- the port -----------------------------------------------------------------------------

    @property
    def map_version(self) -> str:
        return self.road_map.version

    @property
    def traffic_version(self) -> str:
        return self._now.reading.version

    def covers(self, position: Position) -> bool:
        return self._now.roads.covers(position)

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        return self._now.roads.to_scene(origins, scene, profile)

    def from_scene(
        self, scene: Position, destinations: Sequence[Position], profile: str
    ) -> list[Travel | None]:
        return self._now.roads.from_scene(scene, destinations, profile)

    def table(
        self,
        origins: Sequence[Position],
        destinations: Sequence[Position],
        profile: str,
        traffic: Which = "live",
    ) -> list[list[Travel | None]]:
        return self._now.roads.table(origins, destinations, profile, traffic)

    def route(self, origin: Position, destination: Position, profile: str) -> Route | None:
        return self._now.roads.route(origin, destination, profile)

    def reach(
        self,
        places: Sequence[Position],
        limits_s: Sequence[float],
        profile: str,
        *,
        direction: Direction = "from",
        traffic: Which = "live",
        shapes: bool = False,
    ) -> Reached:
        return self._now.roads.reach(
            places, limits_s, profile, direction=direction, traffic=traffic, shapes=shapes
        )

    # --- how ----------------------------------------------------------------------------------

    def _renew(self, traffic: Traffic, now: datetime) -> bool:
        reading, before = self._weights.read(traffic, now), self._now
        if reading.version == before.reading.version:
            self._now = Standing(traffic, reading, before.times, before.metrics, before.roads)
            return False
        self._now = self._stand(traffic, reading, before)
        return True

    def _stand(self, traffic: Traffic, reading: Reading, before: Standing | None) -> Standing:
        """Make what the reading says, from what stood before as far as it is the same."""
        times = self._weights.times(reading)
        metrics = {
            profile: self._metric(profile, times[profile], reading.turns, before) for profile in PROFILES
        }
        roads = RoadTimes(
            self.road_map,
            self._engine,
            live=metrics,
            free_flow=self._free_flow,
            traffic_version=reading.version,
            areas=before.roads.areas if before else None,
            remembered=before.roads.remembered if before else None,
        )
        return Standing(traffic, reading, times, metrics, roads)

    def _metric(self, profile: str, ms: Int32s, turns: int | None, before: Standing | None) -> Metric:
        if before is None or turns != before.reading.turns:
            return self._weights.metric_of(profile, ms, turns)
        arcs = np.flatnonzero(ms != before.times[profile]).astype(np.int32)
        if not len(arcs):
            return before.metrics[profile]
        metric = self._weights.metric_of(profile, ms, turns)
        if len(arcs) < MANY * len(ms) and metric is not self._weights.empty(turns)[profile]:
            old, first = before.metrics[profile], self.road_map.graph.first_link
            links = first + np.flatnonzero(metric.arc_ms[first:] != old.arc_ms[first:])
            self._engine.follow(old, metric, np.concatenate((arcs, links)).astype(np.int32))
        return metric


def _free_flow(road_map: RoadMap, empty: Mapping[str, Metric]) -> dict[str, Metric]:
    """Normal driving on empty streets; who drives without blue light does so anyway."""
    calm = empty_streets(road_map, blue_light=False)
    return {
        profile: calm[profile] if index in BLUE_LIGHT else empty[profile]
        for index, profile in enumerate(PROFILES)
    }
