"""Areas without roads: discs around the places, as wide as a time allows on a straight line. A guess."""

from collections.abc import Sequence

import numpy as np
import shapely

from domain.areas import Area, Polygon, Reached
from domain.values import Position
from routing.geodesy import metres_per_degree

QUARTER = 12  # straight pieces to a quarter of the circle


def discs(
    places: Sequence[Position], limits_s: Sequence[float], line_mps: float, *, shapes: bool = False
) -> Reached:
    """What lies within each limit at `line_mps` metres of straight line a second.

    Of streets and people nothing is known here. Drawn flat around the middle of the places: good to a
    percent over a city, and a guess anyhow.
    """
    if not places:
        return Reached([Area(limit, 0.0, None, None, [] if shapes else None) for limit in limits_s],
                       "unknown", method="straight_line")  # fmt: skip
    lat = np.array([place.lat for place in places])
    lon = np.array([place.lon for place in places])
    up, right = (float(scale[0]) for scale in metres_per_degree(np.array([lat.mean()])))
    spots = shapely.points((lon - lon[0]) * right, (lat - lat[0]) * up)
    areas = []
    for limit in limits_s:
        whole = shapely.union_all(shapely.buffer(spots, limit * line_mps, quad_segs=QUARTER))
        rings = _rings(whole, float(lat[0]), float(lon[0]), up, right) if shapes else None
        areas.append(Area(limit, float(whole.area) / 1e6, None, None, rings))
    return Reached(areas, "unknown", method="straight_line")


def _rings(whole: shapely.Geometry, lat: float, lon: float, up: float, right: float) -> list[Polygon]:
    pieces = shapely.get_parts(shapely.orient_polygons(whole))
    return [
        [
            [(lat + y / up, lon + x / right) for x, y in ring.coords]
            for ring in (piece.exterior, *piece.interiors)
        ]
        for piece in pieces
        if isinstance(piece, shapely.Polygon)
    ]
