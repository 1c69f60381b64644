"""What part of the world a picture shows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from api.pictures.sheet import Line
from routing.arrays import Float64s
from routing.geodesy import metres_per_degree

LEAST_M = 300.0
MARGIN = 0.08


@dataclass(frozen=True, slots=True)
class View:
    """A flat piece of the earth on a piece of the sheet: north is up, a metre is as long everywhere.

    left, top, width, height : pixels      lat, lon : of its middle
    metres : of the world in one pixel
    """

    left: float
    top: float
    width: float
    height: float
    lat: float
    lon: float
    metres: float

    def xy(self, lat: Float64s, lon: Float64s) -> tuple[Float64s, Float64s]:
        """Pixels of places."""
        up, right = metres_per_degree(np.array([self.lat]))
        x = self.left + self.width / 2 + (lon - self.lon) * right / self.metres
        y = self.top + self.height / 2 - (lat - self.lat) * up / self.metres
        return x, y

    def line(self, places: Sequence[tuple[float, float]]) -> Line:
        """Pixels of (lat, lon) places."""
        lat, lon = np.array(places, np.float64).reshape(-1, 2).T
        x, y = self.xy(lat, lon)
        return list(zip(x.tolist(), y.tolist(), strict=True))

    def bounds(self) -> tuple[float, float, float, float]:
        """South, west, north, east of what can be seen."""
        up, right = (float(scale[0]) for scale in metres_per_degree(np.array([self.lat])))
        high, wide = self.height / 2 * self.metres / up, self.width / 2 * self.metres / right
        return self.lat - high, self.lon - wide, self.lat + high, self.lon + wide


def view_of(
    places: Sequence[tuple[float, float]], left: float, top: float, width: float, height: float
) -> View:
    """The view that shows all of the (lat, lon) places, with some ground around them."""
    lat, lon = np.array(places, np.float64).reshape(-1, 2).T
    middle_lat, middle_lon = float(lat.min() + lat.max()) / 2, float(lon.min() + lon.max()) / 2
    up, right = (float(scale[0]) for scale in metres_per_degree(np.array([middle_lat])))
    high_m = max(float(lat.max() - lat.min()) * up, LEAST_M) * (1 + 2 * MARGIN)
    wide_m = max(float(lon.max() - lon.min()) * right, LEAST_M) * (1 + 2 * MARGIN)
    return View(left, top, width, height, middle_lat, middle_lon, max(high_m / height, wide_m / width))
