"""A metric: what every arc costs one profile, in milliseconds. Topology stays, metrics change."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Int64s
from routing.kernels import CLOSED
from routing.practice import GENERAL, PRACTICES
from routing.profiles import BLUE_LIGHT, VANS, normal_driving, profile_index
from routing.restrictions import binds
from routing.road_map import Int32s, RoadMap
from routing.speeds import BLUE_LIGHT_FACTOR
from routing.turn_costs import KINDS, turn_seconds

FREE_FLOW_VERSION: Final = "free_flow"


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Metric:
    """Weights of one profile. Two metrics are the same if they are one object; none ever changes.

    profile : index into routing.profiles.PROFILES, for who may go where
    arc_ms  : int32[arcs] by arc id of `routing.graph`, the arcs of the streets first (edge e is 2e and, back,
              2e + 1); CLOSED where the profile cannot drive or turn
    copied  : int32[copies]  what each copy stands for, `Graph.copied`; copy i is arc street_arcs + i
    street_arcs : how many arcs the streets have
    u_turn_ms : for turning round on a street, for who is known to drive it the other way
    """

    profile: int
    arc_ms: Int32s
    copied: Int32s
    street_arcs: int
    u_turn_ms: int

    def with_times(self, arcs: Int32s, ms: Int32s) -> "Metric":
        """The same with other times for some arcs of the streets, and for the copies of these."""
        arc_ms = self.arc_ms.copy()
        arc_ms[arcs] = ms
        arc_ms[self.street_arcs : self.street_arcs + len(self.copied)] = arc_ms[self.copied]
        return replace(self, arc_ms=arc_ms)


def metric(road_map: RoadMap, profile: str, *, blue_light: bool = True, minute: int | None = None) -> Metric:
    """Free-flow weights. With blue_light=False a blue-light profile drives and turns as in normal driving.

    minute : of the week, for turns that are barred at some hours; without one they never are
    """
    index = profile_index(profile)
    kmh = road_map.streets.way_kmh[:, :, index]
    if not blue_light and index in BLUE_LIGHT:
        normal = road_map.streets.way_kmh[:, :, normal_driving(index)]
        slowed = kmh / np.float32(BLUE_LIGHT_FACTOR[0 if index in VANS else 1])
        kmh = np.where((normal > 0) & (kmh > 0), normal, slowed)
    speeds = kmh[road_map.streets.edge_way]
    return from_speeds(road_map, index, speeds, blue_light=blue_light, minute=minute)


def from_speeds(
    road_map: RoadMap,
    profile: int,
    kmh: NDArray[np.float32],
    *,
    blue_light: bool = True,
    minute: int | None = None,
) -> Metric:
    """Weights from a speed for each edge and direction, float[edges, 2] in km/h; 0 closes it. Turns cost what
    they cost the profile; a signal along a street is reckoned in."""
    speed, graph = kmh.astype(np.float64), road_map.graph
    costs = turn_seconds(profile, blue_light)
    with np.errstate(divide="ignore", invalid="ignore"):
        ms = (road_map.streets.edge_m[:, None] * 3600.0 / speed).ravel()
        ms = np.rint(ms + graph.arc_signal * (1000.0 * costs.signal))
    # every arc takes a millisecond or more, a barrier that lets one pass too: `grow` settles ties by it
    ms = np.where(speed.ravel() > 0, np.clip(ms, 1, CLOSED - 1), CLOSED)
    arc_ms = np.concatenate((ms, ms[graph.copied], turn_ms(road_map, profile, blue_light, minute)))
    u_turn_ms = round(1000 * costs.u_turn)
    return Metric(profile, arc_ms.astype(np.int32), graph.copied, graph.street_arcs, u_turn_ms)


def lawless_turn_ms(road_map: RoadMap, profile: int, blue_light: bool) -> Int64s:
    """What every link costs where no restriction binds, int64[links] in milliseconds."""
    graph, costs = road_map.graph, turn_seconds(profile, blue_light)
    of_kind = np.array([round(1000 * costs.of(kind)) for kind in range(len(KINDS))], np.int64)
    waits = graph.link_signal.astype(np.int64) * round(1000 * costs.signal)
    ms: Int64s = np.maximum(of_kind[graph.link_kind] + waits, 1)
    return ms


def turn_ms(road_map: RoadMap, profile: int, blue_light: bool, minute: int | None) -> Int64s:
    """What every link costs, int64[links] in milliseconds; CLOSED where a restriction binds."""
    ms = lawless_turn_ms(road_map, profile, blue_light)
    exempt = PRACTICES.get(road_map.report["practice"], GENERAL).blue_light_turns_against_signs
    active = np.array(
        [
            binds(r, profile, blue_light=blue_light, exempt=exempt, minute=minute)
            for r in road_map.restrictions
        ],
        np.uint8,
    )
    ms[road_map.graph.barred(active)] = CLOSED
    return ms


def at_minute(
    road_map: RoadMap, weights: Metric, minute: int | None, *, blue_light: bool = True
) -> tuple[Metric, Int32s]:
    """The same streets with the turns of another minute of the week, and the arcs (links) that differ: what
    `HierarchyEngine.follow` needs to go on from hour to hour. The very same metric where none differs."""
    ms, first = turn_ms(road_map, weights.profile, blue_light, minute), road_map.graph.first_link
    changed = first + np.flatnonzero(ms != weights.arc_ms[first:])
    if not len(changed):
        return weights, changed.astype(np.int32)
    arc_ms = weights.arc_ms.copy()
    arc_ms[first:] = ms
    return replace(weights, arc_ms=arc_ms), changed.astype(np.int32)
