"""Places and shapes as PostGIS writes them itself: hexadecimal EWKB, WGS84, x is the longitude.

One shape is always one text, so rows read from the database and rows in memory compare as they are.
"""

from collections.abc import Mapping, Sequence
from struct import pack
from typing import Any

import shapely

from domain.areas import Polygon

SRID = 4326
POINT = "0101000020E6100000"
"""Little endian, a point with an SRID, 4326."""


def point(place: Mapping[str, Any] | None) -> str | None:
    """Of `{"lat", "lon"}` in degrees."""
    if place is None:
        return None
    return POINT + pack("<dd", place["lon"], place["lat"]).hex().upper()


def line(points: Sequence[Sequence[float]]) -> str | None:
    """Of (lat, lon) pairs; None where there are fewer than two."""
    if len(points) < 2:
        return None
    return written(shapely.LineString([(lon, lat) for lat, lon in points]))


def stretch(told: Mapping[str, Any]) -> str:
    """A point, a line or an area, as `domain.traffic.Stretch` has it. Its width is no part of the shape."""
    points: Sequence[Sequence[float]] = told["points"]
    if told["kind"] == "line":
        return str(line(points))
    if told["kind"] == "area":
        return written(shapely.Polygon([(lon, lat) for lat, lon in points]))
    (lat, lon) = points[0]
    return str(point({"lat": lat, "lon": lon}))


def multipolygon(polygons: Sequence[Polygon]) -> str:
    """Of polygons with their holes, (lat, lon) corners; empty where there are none."""
    parts = [[[(lon, lat) for lat, lon in ring] for ring in polygon] for polygon in polygons]
    return written(shapely.MultiPolygon([(rings[0], rings[1:]) for rings in parts]))


def written(shape: Any) -> str:
    """Any shape of shapely's."""
    text: str = shapely.to_wkb(shapely.set_srid(shape, SRID), hex=True, include_srid=True, byte_order=1)
    return text
