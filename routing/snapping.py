"""Put places on streets: the nearest point of the nearest street that the profile can use.

The way from the place to the street is neither timed nor measured: a time is a time to the kerb. What
comes after it, on foot, is the crew's milestone "patient contact". A place more than LIMIT_M from any
usable street has no street, and so no time. Under traffic a place is put on the nearest street that is open
(`routing.open_streets`). A place within CORNER_M of a corner stands on the corner: it may
leave by any street that meets there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.values import OnStreet, Position
from routing.geodesy import metres_per_degree
from routing.grid_kernels import nearest
from routing.profiles import EVERY_PROFILE
from routing.road_map import Float64s, Int32s, Masks, RoadMap

LIMIT_M: Final = 1_000.0
CORNER_M: Final = 0.5


@dataclass(frozen=True, slots=True)
class Places:
    """Places on streets.

    edge    : int32[places], -1 where no usable street is near
    along_m : float64[places] metres from the edge's tail
    gap_m   : float64[places] metres between the place and the street
    direction : int8[places] which way a vehicle there is driving: 1 forwards, -1 back, 0 not known; or None,
                where nothing is known of any. Who leaves the other way pays a U-turn; 0 may go either way.
    closed_m  : float64[places] where the place's own street is closed, metres from there to the open one
                it is put on; 0 elsewhere. Or None, where nothing is closed.
    """

    edge: Int32s
    along_m: Float64s
    gap_m: Float64s
    direction: NDArray[np.int8] | None = None
    closed_m: Float64s | None = None

    def __len__(self) -> int:
        return len(self.edge)

    def directions(self) -> NDArray[np.int8]:
        """`direction`, 0 where nothing is known."""
        return np.zeros(len(self), np.int8) if self.direction is None else self.direction

    def only(self, i: int) -> "Places":
        """The i-th place alone."""
        direction = None if self.direction is None else self.direction[i : i + 1]
        closed_m = None if self.closed_m is None else self.closed_m[i : i + 1]
        each = self.edge[i : i + 1], self.along_m[i : i + 1], self.gap_m[i : i + 1]
        return Places(*each, direction, closed_m)


def snap_origins(
    road_map: RoadMap, positions: Sequence[Position], profile: int, mask: Masks | None = None
) -> Places:
    """Where units stand: on streets from which the profile gets away. Who says `OnStreet` is believed, where
    the profile may be on that street.

    mask : instead of that of the map, where fewer streets will do
    """
    mask, bit = road_map.indexes.origin_mask if mask is None else mask, 1 << profile
    told = [
        (i, p) for i, p in enumerate(positions) if isinstance(p, OnStreet) and _usable(road_map, p, mask, bit)
    ]
    if not told:
        return _snap(road_map, positions, mask, bit)
    known = {i for i, _ in told}
    others = [i for i in range(len(positions)) if i not in known]
    count = len(positions)
    places = Places(np.empty(count, np.int32), np.empty(count), np.empty(count), np.zeros(count, np.int8))
    if others:
        snapped = _snap(road_map, [positions[i] for i in others], mask, bit)
        places.edge[others], places.along_m[others] = snapped.edge, snapped.along_m
        places.gap_m[others] = snapped.gap_m
    return _as_told(road_map, places, told)


def snap_destinations(
    road_map: RoadMap, positions: Sequence[Position], profile: int, mask: Masks | None = None
) -> Places:
    """Where units go: on streets which the profile can reach, or those of another mask."""
    return _snap(
        road_map, positions, road_map.indexes.destination_mask if mask is None else mask, 1 << profile
    )


def covers(road_map: RoadMap, position: Position) -> bool:
    """Whether the place lies within the map's bounds and within LIMIT_M of a street of any profile."""
    south, west, north, east = road_map.bounds
    if not (south <= position.lat <= north and west <= position.lon <= east):
        return False
    return bool(_snap(road_map, [position], road_map.indexes.destination_mask, EVERY_PROFILE).edge[0] >= 0)


def _usable(road_map: RoadMap, place: OnStreet, mask: Masks, bit: int) -> bool:
    here = place.map_version == road_map.version and 0 <= place.edge < len(mask)
    return here and bool(mask[place.edge] & bit)


def _as_told(road_map: RoadMap, places: Places, told: Sequence[tuple[int, OnStreet]]) -> Places:
    assert places.direction is not None
    for i, place in told:
        places.edge[i], places.gap_m[i] = place.edge, place.gap_m
        places.along_m[i] = min(max(place.along_m, 0.0), road_map.streets.edge_m[place.edge])
        places.direction[i] = place.direction
    return places


def _snap(road_map: RoadMap, positions: Sequence[Position], mask: Masks, bit: int) -> Places:
    streets, indexes = road_map.streets, road_map.indexes
    lat = np.array([position.lat for position in positions], np.float64)
    lon = np.array([position.lon for position in positions], np.float64)
    scale = np.ascontiguousarray(np.column_stack(metres_per_degree(lat)))
    rows, columns = (int(size) for size in indexes.grid_shape)
    found, share, gap = nearest(
        lat, lon, scale, LIMIT_M, streets.shape_lat, streets.shape_lon, indexes.segment, indexes.segment_edge,
        mask, bit, indexes.frame, rows, columns, indexes.cell_first, indexes.cell_segment,
    )  # fmt: skip
    there = found >= 0
    segment = found[there]
    point = indexes.segment[segment]
    edge = np.full(len(lat), -1, np.int32)
    along = np.zeros(len(lat), np.float64)
    edge[there] = indexes.segment_edge[segment]
    begin, end = streets.shape_m[point], streets.shape_m[point + 1]
    on_edge, whole = begin + share[there] * (end - begin), streets.edge_m[edge[there]]
    on_edge[on_edge < np.minimum(CORNER_M, whole / 2)] = 0.0
    along[there] = np.where(whole - on_edge < np.minimum(CORNER_M, whole / 2), whole, on_edge)
    return Places(edge, along, gap)
