"""Where a vehicle is while it drives, and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

from domain.values import Position

METRES_A_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class Drive:
    """From began_s on, at an even pace along a line; a drive of no length stands at its one place.

    line : (lat, lon); distance_m as the roads have it
    """

    line: Sequence[tuple[float, float]]
    began_s: float
    duration_s: float
    distance_m: float

    def share(self, now_s: float) -> float:
        """How much of it is done, 0 to 1."""
        if self.duration_s <= 0:
            return 1.0
        return min(1.0, max(0.0, (now_s - self.began_s) / self.duration_s))

    def driven_m(self, now_s: float) -> float:
        return self.distance_m * self.share(now_s)

    def place(self, now_s: float) -> Position:
        lengths = [_metres(*one, *other) for one, other in pairwise(self.line)]
        left = self.share(now_s) * sum(lengths)
        for (one, other), length in zip(pairwise(self.line), lengths, strict=True):
            if left <= length and length > 0:
                share = left / length
                return Position(one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1]))
            left -= length
        return Position(*self.line[-1])


def standing(place: Position, now_s: float) -> Drive:
    return Drive([(place.lat, place.lon)], now_s, 0.0, 0.0)


def _metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    return METRES_A_DEGREE * hypot(other_lat - lat, (other_lon - lon) * cos(radians(lat)))
