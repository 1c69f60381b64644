"""Cut one zoom's drawing into tiles."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from api.basemap.generalise import Geometries, Group
from api.basemap.mercator import EXTENT, Bounds, step

BUFFER = 64  # tile units beyond the edge, so that wide lines do not end at the seam


class Tile(NamedTuple):
    zoom: int
    x: int
    y: int


def tiles(groups: list[Group], zoom: int, bounds: Bounds) -> Iterator[tuple[Tile, list[Group]]]:
    """Each tile that touches the bounds and shows something, its shapes clipped, in world units."""
    side = EXTENT * step(zoom)
    shapes = np.concatenate([group.shapes for group in groups]) if groups else np.empty(0, dtype=object)
    group_of = np.repeat(np.arange(len(groups)), [len(group.shapes) for group in groups])
    buffer = np.where(shapely.get_dimensions(shapes) == 0, 0, BUFFER * step(zoom))
    by_tile: dict[tuple[int, int], list[NDArray[np.intp]]] = defaultdict(list)
    for x, y, members in _touched(shapely.bounds(shapes), buffer, side, bounds):
        by_tile[x, y].append(members)
    for (x, y), lists in sorted(by_tile.items()):
        members = np.sort(np.concatenate(lists))
        clipped = _clipped(shapes[members], x * side, y * side, side, BUFFER * step(zoom))
        shown = ~shapely.is_empty(clipped)
        clipped, owners = clipped[shown], group_of[members[shown]]
        cuts = np.flatnonzero(np.diff(owners)) + 1
        inside = [
            Group(groups[numbers[0]].layer, groups[numbers[0]].properties, part)
            for numbers, part in zip(np.split(owners, cuts), np.split(clipped, cuts), strict=True)
            if len(numbers)
        ]
        if inside:
            yield Tile(zoom, x, y), inside


def _touched(
    boxes: NDArray[np.float64], buffer: NDArray[np.int64], side: int, bounds: Bounds
) -> Iterator[tuple[int, int, NDArray[np.intp]]]:
    """Pairs of a tile and the shapes whose boxes reach into it; a tile may come more than once."""
    least_x, least_y, most_x, most_y = (int(edge // side) for edge in bounds)
    low_x = np.maximum((boxes[:, 0] - buffer) // side, least_x).astype(np.int64)
    low_y = np.maximum((boxes[:, 1] - buffer) // side, least_y).astype(np.int64)
    high_x = np.minimum((boxes[:, 2] + buffer) // side, most_x).astype(np.int64)
    high_y = np.minimum((boxes[:, 3] + buffer) // side, most_y).astype(np.int64)
    columns, rows = high_x - low_x + 1, high_y - low_y + 1
    reach = np.where((columns > 0) & (rows > 0), columns * rows, 0)
    shape = np.repeat(np.arange(len(boxes)), reach)
    place = np.arange(len(shape)) - np.repeat(np.cumsum(reach) - reach, reach)
    x = low_x[shape] + place % columns[shape]
    y = low_y[shape] + place // columns[shape]
    order = np.lexsort((shape, y, x))
    x, y, shape = x[order], y[order], shape[order]
    cuts = np.flatnonzero((np.diff(x) != 0) | (np.diff(y) != 0)) + 1
    for part in np.split(np.arange(len(shape)), cuts):
        if len(part):
            yield int(x[part[0]]), int(y[part[0]]), shape[part]


def _clipped(shapes: Geometries, x: int, y: int, side: int, buffer: int) -> Geometries:
    """The shapes cut to the buffered tile; those that lie wholly inside are not touched."""
    box = (x - buffer, y - buffer, x + side + buffer, y + side + buffer)
    edges = shapely.bounds(shapes)
    crossing = np.any(edges[:, :2] < box[:2], axis=1) | np.any(edges[:, 2:] > box[2:], axis=1)
    cut = shapes.copy()
    if crossing.any():
        cut[crossing] = shapely.clip_by_rect(shapes[crossing], *box)
    return cut
