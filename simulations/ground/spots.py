"""Spots: points of the map that are numbered, so that a vehicle's whereabouts fit into an array."""

from math import cos, radians

import numpy as np

from domain.values import Position
from routing.arrays import Float64s

METRES_A_DEGREE = 111_195.0


class Spots:
    """Numbered as they come. Two points in one square of the grid are one spot, the one that came first;
    places, hospitals and bases have spots of their own, whatever stands beside them.

    grid_m : the side of a square
    """

    def __init__(self, grid_m: float, about: Position) -> None:
        self.positions: list[Position] = []
        self._north = grid_m / METRES_A_DEGREE
        self._east = self._north / cos(radians(about.lat))
        self._squares: dict[tuple[int, int], int] = {}

    def own(self, position: Position) -> int:
        """A new spot, exactly there."""
        self.positions.append(position)
        return len(self.positions) - 1

    def along(self, lat: Float64s, lon: Float64s) -> list[int]:
        """The spot of each of the points that a vehicle passes; while it stays in a square, the same one."""
        rows, columns = np.floor(lat / self._north), np.floor(lon / self._east)
        other = np.ones(len(lat), np.bool_)
        other[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
        first = np.flatnonzero(other)
        squares = zip(rows[first].astype(int).tolist(), columns[first].astype(int).tolist(), strict=True)
        found = map(self._in, squares, lat[first].tolist(), lon[first].tolist())
        counts = np.diff(np.append(first, len(lat)))
        again: list[int] = np.repeat(np.fromiter(found, np.int64, len(first)), counts).tolist()
        return again

    def _in(self, square: tuple[int, int], lat: float, lon: float) -> int:
        spot = self._squares.get(square)
        if spot is None:
            spot = self._squares[square] = self.own(Position(round(lat, 6), round(lon, 6)))
        return spot
