"""From traffic, a table of the week and an instant to the weights of every profile. Nothing else enters.

What was worked out before is remembered, which makes it faster and never different.
"""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import lru_cache, partial
from typing import Final

import numpy as np

from domain.traffic import Traffic
from routing.arrays import Float64s, Int32s
from routing.errors import MapError
from routing.metric import Metric, metric
from routing.profiles import PROFILES
from routing.road_map import RoadMap
from routing.traffic.hindered import Hindered, hindered, paced
from routing.traffic.kept_arcs import KeptArcs
from routing.traffic.reading import Calendar, Reading, read
from routing.traffic.streets import arcs_of
from routing.traffic.turn_hours import TurnHours
from routing.traffic.ways_out import WaysOut
from routing.week import WeekSpeeds

SLOTS_KEPT: Final = 2


class Weights:
    """The weights of one map under any traffic. Any thread may ask."""

    def __init__(self, road_map: RoadMap, week: WeekSpeeds, zone: tzinfo) -> None:
        """Raises MapError where the table knows the arcs of another map."""
        if len(week.arc) and week.map_version != road_map.version:
            raise MapError(f"The speeds of the week are of map {week.map_version}, not {road_map.version}.")
        self.road_map = road_map
        self._calendar = Calendar(week, TurnHours(road_map.restrictions), zone)
        self.empty = lru_cache(SLOTS_KEPT)(self._empty)
        self._arcs = 2 * road_map.streets.edges
        self._find = KeptArcs(partial(arcs_of, road_map), self._arcs)
        self._ways_out = lru_cache(SLOTS_KEPT * len(PROFILES))(self._ways_out_of)
        self._usual = lru_cache(SLOTS_KEPT)(self._usual_pace)

    def read(self, traffic: Traffic, at: datetime | None) -> Reading:
        """What counts at an instant, and its version."""
        return read(traffic, at, self._calendar)

    def times(self, reading: Reading) -> dict[str, Int32s]:
        """The milliseconds of every street for every profile: int32[2 * edges] each."""
        pace = None if reading.slot is None else self._usual(reading.slot)
        found = hindered(self.road_map.streets, reading, pace, self._find)
        empty = self.empty(reading.turns)
        return {profile: self._of_profile(empty[profile], found, pace) for profile in PROFILES}

    def metric_of(self, profile: str, ms: Int32s, turns: int | None) -> Metric:
        """The metric of a profile with these times, and the turns that are open then; that of empty streets
        itself where they are the same."""
        empty = self.empty(turns)[profile]
        arcs = np.flatnonzero(ms != empty.arc_ms[: self._arcs]).astype(np.int32)
        if not len(arcs):
            return empty
        return self._ways_out(profile, turns).under(empty.with_times(arcs, ms[arcs]))

    def _of_profile(self, empty: Metric, found: Hindered, pace: Float64s | None) -> Int32s:
        free_ms = empty.arc_ms[: self._arcs]
        usual_ms = free_ms if pace is None else paced(free_ms, pace)
        return found.times(free_ms, usual_ms, empty.profile)

    def _empty(self, turns: int | None) -> Mapping[str, Metric]:
        """Every profile where nothing hinders, with the turns barred that are in that minute of the week."""
        return {profile: metric(self.road_map, profile, minute=turns) for profile in PROFILES}

    def _ways_out_of(self, profile: str, turns: int | None) -> WaysOut:
        return WaysOut(self.road_map, self.empty(turns)[profile])

    def _usual_pace(self, slot: int) -> Float64s:
        return 1 / self._calendar.week.of_arcs(self.road_map.streets, slot)
