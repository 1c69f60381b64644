"""Web Mercator in whole tile units.

World coordinates run from 0 to WORLD on both axes, x to the east and y to the *south*, so that one
unit is one step of a tile's own grid at the deepest zoom: about 0.6 m at the equator.
"""

import numpy as np
from numpy.typing import NDArray

EXTENT = 4096
MIN_ZOOM = 8
MAX_ZOOM = 14
WORLD = EXTENT << MAX_ZOOM
MAX_LATITUDE = 85.05

Floats = NDArray[np.float64]
Bounds = tuple[float, float, float, float]


def to_world(lon_lat: Floats) -> Floats:
    """Project float64[n, 2] of degrees (longitude, latitude) to world units."""
    lat = np.radians(np.clip(lon_lat[:, 1], -MAX_LATITUDE, MAX_LATITUDE))
    x = (lon_lat[:, 0] + 180.0) / 360.0
    y = (1.0 - np.arcsinh(np.tan(lat)) / np.pi) / 2.0
    return np.column_stack((x, y)) * WORLD


def world_bounds(bounds: Bounds) -> Bounds:
    """West, south, east, north in degrees -> least x, least y, greatest x, greatest y in world units."""
    west, south, east, north = bounds
    (x_0, y_0), (x_1, y_1) = to_world(np.array([[west, north], [east, south]]))
    return float(x_0), float(y_0), float(x_1), float(y_1)


def step(zoom: int) -> int:
    """World units in one step of a tile's grid at this zoom."""
    return 1 << (MAX_ZOOM - zoom)
