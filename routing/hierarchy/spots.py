"""Where a place lies in space, for a bound that no way beats: nobody is faster than the fastest street.

Coordinates are metres in space from the middle of the map, so that the straight line between two spots,
through the ground if need be, is never longer than a way along the surface, however large the map.
"""

import numpy as np

from routing.arrays import Float32s, Float64s, Int32s
from routing.compiled import compiled

RADIUS_M = 6_378_137.0  # WGS84
FLATTENING = 1 / 298.257223563
# what float32, whole milliseconds at either end, the length of a street and the rounding to a corner
# (`snapping.CORNER_M`) may be wrong by, amply
SLACK_M = 1.5
SLACK_MS = 4
SLACK = 1.0001


@compiled
def in_space(lat: float, lon: float) -> tuple[float, float, float]:
    """Metres from the middle of the earth."""
    squash = FLATTENING * (2 - FLATTENING)
    sine, cosine = np.sin(np.radians(lat)), np.cos(np.radians(lat))
    across = RADIUS_M / np.sqrt(1 - squash * sine * sine)
    east = np.radians(lon)
    return across * cosine * np.cos(east), across * cosine * np.sin(east), across * (1 - squash) * sine


@compiled
def write_spot(
    edge: int,
    along_m: float,
    shape_first: Int32s,
    shape_m: Float64s,
    shape_lat: Float64s,
    shape_lon: Float64s,
    middle: Float64s,
    spot: Float32s,
) -> None:
    """Write the spot of a place, float32[3]; nowhere (nan) without a street.

    middle : float64[3], the middle of the map in space; the shapes are those of `road_map.Streets`
    """
    if edge < 0:
        spot[:] = np.nan
        return
    low, high = shape_first[edge], shape_first[edge + 1] - 1  # the points around the place
    while high - low > 1:
        point = (low + high) >> 1
        if shape_m[point] <= along_m:
            low = point
        else:
            high = point
    step = shape_m[high] - shape_m[low]
    share = min(1.0, max(0.0, (along_m - shape_m[low]) / step)) if step > 0 else 0.0
    lat = shape_lat[low] + share * (shape_lat[high] - shape_lat[low])
    lon = shape_lon[low] + share * (shape_lon[high] - shape_lon[low])
    write_spot_at(lat, lon, middle, spot)


@compiled
def write_spot_at(lat: float, lon: float, middle: Float64s, spot: Float32s) -> None:
    """Write the spot of a point on a street, float32[3]."""
    x, y, z = in_space(lat, lon)
    spot[0], spot[1], spot[2] = x - middle[0], y - middle[1], z - middle[2]


@compiled
def reach_squared(ms: int, ms_per_m: float) -> float:
    """The square of the distance in metres beyond which nothing is within `ms`."""
    reach = (ms + SLACK_MS) / ms_per_m * SLACK + SLACK_M
    return reach * reach
