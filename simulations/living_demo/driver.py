"""A drive along a line of the map: where a vehicle is after so many seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians
from typing import Any

import numpy as np

M_PER_DEGREE = 111_195.0  # of latitude, on the mean sphere
STRAIGHT_MPS = 7.0
"""Pace over ground where no road leads: a walk with the vehicle through fields and yards."""
SHORTEST_STEP_S = 0.01
"""Shorter steps say nothing of a pace."""


@dataclass(frozen=True, slots=True)
class Place:
    lat: float
    lon: float

    def as_json(self) -> dict[str, float]:
        return {"lat": round(self.lat, 6), "lon": round(self.lon, 6)}


@dataclass(frozen=True, slots=True)
class Fix:
    """What a receiver would show: place, heading in degrees from north, speed in m/s of city time."""

    place: Place
    heading_deg: float | None = None
    speed_mps: float = 0.0


def metres(a: Place, b: Place) -> float:
    """Flat-earth metres, exact enough within a city."""
    return hypot(a.lat - b.lat, (a.lon - b.lon) * cos(radians((a.lat + b.lat) / 2))) * M_PER_DEGREE


def moved(place: Place, north_m: float, east_m: float) -> Place:
    east_degrees = east_m / (M_PER_DEGREE * cos(radians(place.lat)))
    return Place(place.lat + north_m / M_PER_DEGREE, place.lon + east_degrees)


class Drive:
    """geometry : (lat, lon) pairs, at least two
    steps    : (metres, seconds) of each street in order; none means one even pace
    """

    def __init__(
        self,
        geometry: Sequence[tuple[float, float]],
        duration_s: float,
        steps: Sequence[tuple[float, float]] = (),
    ) -> None:
        line = np.asarray(geometry, dtype=np.float64).reshape(-1, 2)
        if len(line) < 2:
            line = np.vstack([line, line])
        self._lat, self._lon = line[:, 0], line[:, 1]
        north = np.diff(self._lat) * M_PER_DEGREE
        east = np.diff(self._lon) * M_PER_DEGREE * cos(radians(float(self._lat.mean())))
        self._along = np.concatenate([[0.0], np.cumsum(np.hypot(north, east))])
        self.length_m = float(self._along[-1])
        self.duration_s = max(1.0, duration_s)
        self._times, self._reached = self._pace(steps)

    def _pace(self, steps: Sequence[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
        """Knots of seconds and of metres driven, both stretched to the whole drive."""
        sound = [(m, s) for m, s in steps if m >= 0 and s >= SHORTEST_STEP_S]
        driven = np.cumsum([0.0, *(m for m, _ in sound)])
        spent = np.cumsum([0.0, *(s for _, s in sound)])
        if len(sound) == 0 or driven[-1] < 1.0:
            return np.array([0.0, self.duration_s]), np.array([0.0, self.length_m])
        return spent * (self.duration_s / spent[-1]), driven * (self.length_m / driven[-1])

    def _metres_at(self, seconds: float) -> float:
        return float(np.interp(seconds, self._times, self._reached))

    def at(self, seconds: float) -> Fix:
        """The fix after so many city seconds; before the start and after the end it stands."""
        reached = self._metres_at(seconds)
        place = Place(
            float(np.interp(reached, self._along, self._lat)),
            float(np.interp(reached, self._along, self._lon)),
        )
        if not 0 <= seconds < self.duration_s:
            return Fix(place, None, 0.0)
        speed = self._metres_at(seconds + 1.0) - reached
        return Fix(place, self._heading(reached), max(0.0, speed))

    def _heading(self, reached: float) -> float | None:
        if self.length_m <= 0:
            return None
        k = int(np.searchsorted(self._along, reached, side="right")) - 1
        k = min(max(k, 0), len(self._along) - 2)
        while k < len(self._along) - 2 and self._along[k + 1] <= self._along[k]:
            k += 1  # two points on one spot point nowhere
        north = float(self._lat[k + 1] - self._lat[k])
        east = float(self._lon[k + 1] - self._lon[k]) * cos(radians(float(self._lat[k])))
        return None if north == 0 and east == 0 else degrees(atan2(east, north)) % 360


def drive_along(route: dict[str, Any], start: Place, yard: Place | None = None) -> Drive:
    """The drive an answer of `GET /route` describes, from where the vehicle stands.

    yard : where it stops beside the street, None for the street itself
    """
    line = [(start.lat, start.lon), *((float(lat), float(lon)) for lat, lon in route["geometry"])]
    if yard is not None:
        line.append((yard.lat, yard.lon))
    steps = [(float(step["distance_m"]), float(step["duration_s"])) for step in route.get("steps", [])]
    return Drive(line, float(route["duration_s"]), steps)


def straight_drive(start: Place, goal: Place) -> Drive:
    line = [(start.lat, start.lon), (goal.lat, goal.lon)]
    return Drive(line, metres(start, goal) / STRAIGHT_MPS)
