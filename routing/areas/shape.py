"""From reached parts of streets to a shape on the map.

What counts as in reach is the ground within WALK_M of a reached street, unless a street that is *not* reached
is nearer: then it belongs to that one. On a grid of cells, with the distances d_in to the nearest reached
point of a street and d_out to the nearest that is not, the shape is where

    min(WALK_M - d_in, (d_out - d_in) / 2)  >=  0

so its border crosses a street where the time runs out and runs half-way between streets elsewhere. The
distances are exact Euclidean transforms (Felzenszwalb and Huttenlocher, 2012) of the rasterised streets, the
border is their zero contour by marching squares, thinned afterwards. A longer limit gives a wider shape.
"""

from itertools import pairwise
from typing import Any, Final

import numpy as np
import shapely
from contourpy import FillType, contour_generator
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from domain.areas import Polygon
from routing.areas.ground import WALK_M, points_along
from routing.areas.parts import Parts
from routing.arrays import Float64s
from routing.geodesy import metres_per_degree
from routing.road_map import RoadMap

MOST_CELLS: Final = 400_000
FINEST_M: Final = 15.0
SMALLEST_M2: Final = 3_000.0
SMALLEST_HOLE_M2: Final = 20_000.0
"""Within a block, somebody further from the street than that is still reached by the same crew."""


def outline(road_map: RoadMap, profile: int, parts: Parts, *, outward: bool = True) -> list[Polygon]:
    """The polygons around what is reached: each its outer ring and then its holes, (lat, lon) corners,
    the first corner repeated at the end. Outer rings run counterclockwise."""
    box = _box(road_map, parts)
    if box is None:
        return []
    south, west, north, east = box
    up, right = (float(scale[0]) for scale in metres_per_degree(np.array([(south + north) / 2])))
    height, width = (north - south) * up + 4 * WALK_M, (east - west) * right + 4 * WALK_M
    cell = max(FINEST_M, (height * width / MOST_CELLS) ** 0.5)
    lat, lon, inside = _samples(road_map, profile, parts, box, cell / 2, outward)
    if not inside.any():
        return []
    y, x = (lat - south) * up + 2 * WALK_M, (lon - west) * right + 2 * WALK_M
    rows, columns = int(height / cell) + 2, int(width / cell) + 2
    row, column = (y / cell).astype(np.int64), (x / cell).astype(np.int64)
    on_grid = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    d_in = _distance(row[on_grid & inside], column[on_grid & inside], rows, columns, cell)
    d_out = _distance(row[on_grid & ~inside], column[on_grid & ~inside], rows, columns, cell)
    field = np.minimum(WALK_M - d_in, (d_out - d_in) / 2)
    shapes = _contour(field, cell)
    return [
        [[(south + (py - 2 * WALK_M) / up, west + (px - 2 * WALK_M) / right) for px, py in ring.coords]
         for ring in (shape.exterior, *shape.interiors)]
        for shape in shapes
    ]  # fmt: skip


def _box(road_map: RoadMap, parts: Parts) -> tuple[float, float, float, float] | None:
    """South, west, north, east of every street of which a part is reached."""
    reached = (parts.low > 0) | (parts.high > 0)
    reached[parts.edge[parts.end_m > parts.begin_m]] = True
    point = road_map.indexes.segment[reached[road_map.indexes.segment_edge]]
    if not len(point):
        return None
    both = np.concatenate((point, point + 1))
    lat, lon = road_map.streets.shape_lat[both], road_map.streets.shape_lon[both]
    return float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max())


def _samples(
    road_map: RoadMap,
    profile: int,
    parts: Parts,
    box: tuple[float, float, float, float],
    step_m: float,
    outward: bool,
) -> tuple[Float64s, Float64s, NDArray[np.bool_]]:
    """Points on the streets in and around the box, and whether each is reached."""
    streets, indexes = road_map.streets, road_map.indexes
    south, west, north, east = box
    margin = 3 * WALK_M / 111_000
    mask = indexes.destination_mask if outward else indexes.origin_mask
    inside = (streets.shape_lat >= south - margin) & (streets.shape_lat <= north + margin)
    inside &= (streets.shape_lon >= west - 2 * margin) & (streets.shape_lon <= east + 2 * margin)
    near = np.zeros(streets.edges, bool)
    near[np.repeat(np.arange(streets.edges), np.diff(streets.shape_first))[inside]] = True
    lat, lon, edge, along = points_along(road_map, near & (mask >> profile & 1 > 0), step_m)
    whole = streets.edge_m[edge]
    reached = (along < parts.low[edge] * whole) | (along > whole - parts.high[edge] * whole)
    reached |= (parts.low[edge] >= 1) | (parts.high[edge] >= 1)
    for i in np.flatnonzero(np.isin(edge, parts.edge)):
        first, last = (
            np.searchsorted(parts.edge, edge[i], "left"),
            np.searchsorted(parts.edge, edge[i], "right"),
        )
        pieces = slice(first, last)
        reached[i] |= bool(((parts.begin_m[pieces] <= along[i]) & (along[i] <= parts.end_m[pieces])).any())
    return lat, lon, reached


def _distance(
    row: NDArray[np.int64], column: NDArray[np.int64], rows: int, columns: int, cell: float
) -> NDArray[np.float64]:
    """Metres from every cell to the nearest of those named; far where none is."""
    free = np.ones((rows, columns), bool)
    if not len(row):
        return np.full((rows, columns), 4 * WALK_M)
    free[row, column] = False
    metres: NDArray[np.float64] = distance_transform_edt(free) * cell
    return metres


def _contour(field: NDArray[np.float64], cell: float) -> list[shapely.Polygon]:
    """Where the field is not negative, in metres; crumbs left out, pinholes filled, corners thinned."""
    rows, columns = field.shape
    middle_x, middle_y = (np.arange(columns) + 0.5) * cell, (np.arange(rows) + 0.5) * cell
    lines = contour_generator(middle_x, middle_y, field, fill_type=FillType.OuterOffset)
    filled: Any = lines.filled(0.0, float(field.max()) + 1.0)  # what it is depends on the fill type
    rings, offsets = filled
    found: list[shapely.Polygon] = []
    for points, starts in zip(rings, offsets, strict=True):
        parts = [points[a:b] for a, b in pairwise(starts)]
        holes = [ring for ring in parts[1:] if shapely.Polygon(ring).area >= SMALLEST_HOLE_M2]
        whole = shapely.simplify(shapely.Polygon(parts[0], holes), cell / 3)
        for piece in shapely.get_parts(shapely.make_valid(whole)):
            if isinstance(piece, shapely.Polygon) and piece.area >= SMALLEST_M2:
                found.append(shapely.orient_polygons(piece))
    return found
