"""Distances on the sphere that PostGIS means when it is told to spare the spheroid. Arrays in, arrays out."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, degrees, radians
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EARTH_M = 6_371_008.771415059
"""The mean radius of WGS84, (2 a + b) / 3."""


def to_point_m(places: Floats, lat: float, lon: float) -> Floats:
    """Metres from each place to one place.

    places : float64[n, 2], latitude and longitude in degrees
    """
    lats, lons = np.radians(places[:, 0]), np.radians(places[:, 1])
    chord = (
        np.sin((lats - radians(lat)) / 2) ** 2
        + np.cos(lats) * cos(radians(lat)) * np.sin((lons - radians(lon)) / 2) ** 2
    )
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))


def to_line_m(places: Floats, line: Floats) -> Floats:
    """Metres from each place to the nearest point of a line made of great circles.

    places : float64[n, 2]; line : float64[m, 2], m >= 2; latitude and longitude in degrees
    """
    best = np.full(len(places), np.inf)
    where = _on_sphere(places)
    for start, end in pairwise(line):
        best = np.minimum(best, _to_arc_m(places, where, start, end))
    return best


def boxes(line: Sequence[Sequence[float]], within_m: float) -> Iterator[tuple[float, float, float, float]]:
    """For each piece of a line a box, west, south, east, north in degrees, that holds all within so many
    metres of it."""
    for (lat, lon), (next_lat, next_lon) in pairwise(line):
        # A great circle bulges towards the pole, by less than this for pieces of any city.
        reach = degrees(within_m / EARTH_M) + abs(next_lon - lon) ** 2 / 400 + 1e-9
        south, north = min(lat, next_lat) - reach, max(lat, next_lat) + reach
        wide = reach / max(1e-6, cos(radians(min(89.9, max(abs(south), abs(north))))))
        yield min(lon, next_lon) - wide, south, max(lon, next_lon) + wide, north


def _to_arc_m(places: Floats, where: Floats, start: Floats, end: Floats) -> Floats:
    """Across the arc where the foot of the perpendicular lies on it, else to the nearer end."""
    ends = np.minimum(to_point_m(places, *start), to_point_m(places, *end))
    one, other = _on_sphere(np.array([start, end]))
    pole: Any = np.cross(one, other)
    length = float(np.linalg.norm(pole))
    if length < 1e-15:
        return ends  # a piece without length
    pole = pole / length
    beside = where @ pole
    # Before the end of the first and after the start of the last quarter turn: the foot is on the arc.
    onto = (where @ np.cross(pole, one) >= 0) & (where @ np.cross(pole, other) <= 0)
    across = EARTH_M * np.arcsin(np.minimum(1.0, np.abs(beside)))
    return np.where(onto & (where @ (one + other) > 0), across, ends)


def _on_sphere(places: Floats) -> Floats:
    """float64[n, 3]: the unit vectors of places."""
    lats, lons = np.radians(places[:, 0]), np.radians(places[:, 1])
    return np.stack([np.cos(lats) * np.cos(lons), np.cos(lats) * np.sin(lons), np.sin(lats)], axis=1)
