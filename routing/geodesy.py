"""Metres on the WGS84 ellipsoid, good to a few parts in a million over the length of a street."""

import numpy as np
from numpy.typing import NDArray

Degrees = NDArray[np.float64]


def metres_per_degree(lat: Degrees) -> tuple[Degrees, Degrees]:
    """Metres to the north and to the east in one degree, at each latitude (the usual series)."""
    phi = np.radians(lat)
    north = 111132.954 - 559.822 * np.cos(2 * phi) + 1.175 * np.cos(4 * phi)
    east = 111412.84 * np.cos(phi) - 93.5 * np.cos(3 * phi) + 0.118 * np.cos(5 * phi)
    return north, east


def segment_metres(lat_1: Degrees, lon_1: Degrees, lat_2: Degrees, lon_2: Degrees) -> Degrees:
    """Length of short straight segments in metres, float64[segments]."""
    north, east = metres_per_degree((lat_1 + lat_2) / 2)
    lengths: Degrees = np.hypot((lat_2 - lat_1) * north, (lon_2 - lon_1) * east)
    return lengths
