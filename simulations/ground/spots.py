"""Spots: points of the map that are numbered, so that a vehicle's whereabouts fit into an array."""

from math import cos, floor, radians

from domain.values import Position

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

    def passing(self, lat: float, lon: float) -> int:
        """The spot of a point that vehicles pass."""
        square = floor(lat / self._north), floor(lon / self._east)
        spot = self._squares.get(square)
        if spot is None:
            spot = self._squares[square] = self.own(Position(round(lat, 6), round(lon, 6)))
        return spot
