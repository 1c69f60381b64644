"""Which streets are closed or slow when: such states are few, and each needs its road times once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_URL, uuid5

import numpy as np

from domain.ports import Roads as RoadEngine
from domain.traffic import Closure, Slowing, Stretch, Traffic
from routing.arrays import Float64s, Int32s, Int64s
from routing.live import LiveRoads
from routing.road_map import RoadMap
from routing.traffic.streets import edges_of
from simulations.lean.plan import ROADS_KNOWN, RoadTurns
from simulations.scenario.moments import holds
from simulations.scenario.scenario import Change, Paper, Ring, Roads

AS_ALWAYS: Final = 0


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """from_s : float64[stretches], from when on each state holds, the first from -inf; state: int64"""

    from_s: Float64s
    state: Int64s

    def at(self, at_s: Float64s) -> Int64s:
        return self.state[np.searchsorted(self.from_s, at_s, "right") - 1]

    def ends(self, at_s: float) -> float:
        """When the state of that moment is over; inf for never."""
        after = int(np.searchsorted(self.from_s, at_s, "right"))
        return float(self.from_s[after]) if after < len(self.from_s) else np.inf


def road_turns(roads: Timeline, places: int, warm_up_s: float) -> RoadTurns:
    """As the lean path has them. places : in one state"""
    first = (roads.state[1:] * places).astype(np.int32)
    return RoadTurns(roads.from_s[1:] + warm_up_s, first, places)


def timeline(changes: Sequence[Change], states: list[tuple[Change, ...]]) -> Timeline:
    """The state of each stretch of time, by its number among `states`, to which new ones are added.

    changes : those that make states
    """
    turns = sorted(
        {moment for each in changes for spell in each.spells for moment in spell if moment < np.inf}
    )
    numbers = []
    for moment in [-np.inf, *turns]:
        force = tuple(each for each in changes if holds(moment, each.spells))
        if force not in states:
            states.append(force)
        numbers.append(states.index(force))
    return Timeline(np.array([-np.inf, *turns]), np.array(numbers, np.int64))


def taken_for(states: Sequence[tuple[Change, ...]], places: int) -> Int32s:
    """By the times to which place a unit is chosen: on paper by those of the crow, which come behind all
    states. Empty where nobody works on paper."""
    if not any(isinstance(each, Paper) for force in states for each in force):
        return ROADS_KNOWN
    numbers = np.arange((len(states) + 1) * places, dtype=np.int32)
    for state, force in enumerate(states):
        if any(isinstance(each, Paper) for each in force):
            numbers[state * places : (state + 1) * places] = len(states) * places + np.arange(places)
    return numbers


def touches(road_map: RoadMap, inside: Ring) -> bool:
    """Whether any street lies in an area."""
    return len(edges_of(road_map, Stretch("area", inside))) > 0


def roads_in(
    road_map: RoadMap, states: Sequence[tuple[Change, ...]], ordinary: RoadEngine
) -> list[RoadEngine]:
    """The road engine in each of the states; the first, in which nothing holds, is the ordinary one."""
    found: list[RoadEngine] = [ordinary]
    if len(states) == 1:
        return found
    live = LiveRoads(road_map)
    for force in states[1:]:
        closures, slowings = [], []
        roads = [each for each in force if isinstance(each, Roads)]
        if not roads:
            found.append(ordinary)
            continue
        for each in roads:
            stretch = Stretch("area", each.inside)
            name = uuid5(NAMESPACE_URL, repr((each.inside, each.share)))
            if each.share == 0:
                closures.append(Closure(name, stretch, "scenario"))
            else:
                slowings.append(Slowing(name, stretch, each.share, "scenario"))
        found.append(live.roads_under(Traffic(1, tuple(closures), tuple(slowings), ()), None))
    return found
