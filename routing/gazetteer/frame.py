"""A flat frame in metres around a city, in which everything near is as far as it is on earth."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from domain.values import Position
from routing.geodesy import metres_per_degree

Float64s = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """Equirectangular around one place: exact at its latitude, within 1 % some hundred kilometres from it."""

    lat: float
    lon: float
    north: float
    east: float

    @staticmethod
    def around(lat: float, lon: float) -> "Frame":
        north, east = metres_per_degree(np.array([lat]))
        return Frame(lat, lon, float(north[0]), float(east[0]))

    def xy(self, lat: Any, lon: Any) -> Float64s:
        """float64[..., 2] metres to the east and to the north."""
        return np.stack(
            [(np.asarray(lon) - self.lon) * self.east, (np.asarray(lat) - self.lat) * self.north], axis=-1
        )

    def of(self, position: Position) -> Float64s:
        return self.xy(position.lat, position.lon)

    def position(self, spot: Float64s) -> Position:
        """To about a centimetre."""
        lat, lon = self.lat + float(spot[1]) / self.north, self.lon + float(spot[0]) / self.east
        return Position(round(lat, 7), round(lon, 7))
