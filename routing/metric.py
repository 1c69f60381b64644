"""A metric: what every arc costs one profile, in milliseconds. Topology stays, metrics change."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.kernels import CLOSED
from routing.profiles import BLUE_LIGHT, VANS, normal_driving, profile_index
from routing.road_map import Int32s, RoadMap
from routing.speeds import BLUE_LIGHT_FACTOR

FREE_FLOW_VERSION: Final = "free_flow"


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Metric:
    """Weights of one profile. Two metrics are the same if they are one object; none ever changes.

    profile : index into routing.profiles.PROFILES, for who may go where
    arc_ms  : int32[2 * edges] by arc id, CLOSED where the profile cannot drive
    """

    profile: int
    arc_ms: Int32s

    def with_times(self, arcs: Int32s, ms: Int32s) -> "Metric":
        """The same with other times for some arcs."""
        arc_ms = self.arc_ms.copy()
        arc_ms[arcs] = ms
        return Metric(self.profile, arc_ms)


def metric(road_map: RoadMap, profile: str, *, blue_light: bool = True) -> Metric:
    """Free-flow weights. With blue_light=False a blue-light profile drives at normal speed."""
    index = profile_index(profile)
    kmh = road_map.streets.way_kmh[:, :, index]
    if not blue_light and index in BLUE_LIGHT:
        normal = road_map.streets.way_kmh[:, :, normal_driving(index)]
        slowed = kmh / np.float32(BLUE_LIGHT_FACTOR[0 if index in VANS else 1])
        kmh = np.where((normal > 0) & (kmh > 0), normal, slowed)
    return from_speeds(road_map, index, kmh[road_map.streets.edge_way])


def from_speeds(road_map: RoadMap, profile: int, kmh: NDArray[np.float32]) -> Metric:
    """Weights from a speed for each edge and direction, float[edges, 2] in km/h; 0 closes it."""
    speed = kmh.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        ms = np.rint(road_map.streets.edge_m[:, None] * 3600.0 / speed)
    # every arc takes a millisecond or more, a barrier that lets one pass too: `grow` settles ties by it
    ms = np.where(speed > 0, np.clip(ms, 1, CLOSED - 1), CLOSED)
    return Metric(profile, ms.astype(np.int32).ravel())
