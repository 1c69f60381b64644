"""Who is led into a closed street alone must get out: where traffic closes every way on that the signs leave
from a street, the signs there bind nobody until one of them opens again.

This is the mercy of `Graph.barred`, for what traffic closes. A function of the weights without traffic and of
what is closed now: when the street opens, the very same weights stand again.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from routing.kernels import CLOSED
from routing.metric import Metric, lawless_turn_ms
from routing.road_map import RoadMap


class WaysOut:
    """The turns of one profile, at one hour, at the ends of streets where some turn is barred."""

    def __init__(self, road_map: RoadMap, empty: Metric) -> None:
        """empty : the weights without traffic, under blue light where the profile has one"""
        graph, first = road_map.graph, road_map.graph.first_link
        barred = np.flatnonzero(empty.arc_ms[first:] == CLOSED)
        ends = np.unique(graph.arc_from[first + barred]).astype(np.int64)
        turns = graph.ways_out_of(ends)
        self._turn, self._ends = first + turns, len(ends)
        self._end = np.searchsorted(ends, graph.arc_from[self._turn])
        self._onto = graph.link_out[turns]
        self._lawful = empty.arc_ms[self._turn] != CLOSED
        self._ms = lawless_turn_ms(road_map, empty.profile, blue_light=True)[turns]
        self._led_on = self._leads_on(empty)

    def under(self, metric: Metric) -> Metric:
        """The same weights with the turns opened that are needed to get out; itself where none is."""
        caught = self._led_on & ~self._leads_on(metric)
        opened = caught[self._end] & ~self._lawful
        if not opened.any():
            return metric
        arc_ms = metric.arc_ms.copy()
        arc_ms[self._turn[opened]] = self._ms[opened]
        return replace(metric, arc_ms=arc_ms)

    def _leads_on(self, metric: Metric) -> NDArray[np.bool_]:
        """Whether some lawful turn leads from each end into a street that is open."""
        ways = self._lawful & (metric.arc_ms[self._onto] != CLOSED)
        return np.bincount(self._end[ways], minlength=self._ends) > 0
