"""Write tiles in the Mapbox Vector Tile form (version 2.1), compressed, the same bytes each time."""

import gzip
from collections import defaultdict
from itertools import pairwise

import numpy as np
import shapely
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from numpy.typing import NDArray

from api.basemap.generalise import Geometries, Group
from api.basemap.mercator import EXTENT, step
from api.basemap.slicing import Tile

POINT, LINE, AREA = 1, 2, 3
MOVE_ONE, CLOSE = 9, 15


def encode(tile: Tile, groups: list[Group]) -> bytes:
    """One gzip-compressed tile; empty bytes where nothing is left once coordinates are whole numbers."""
    message = vector_tile_pb2.tile()
    by_layer: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_layer[group.layer].append(group)
    for name, members in by_layer.items():
        _add_layer(message, name, members, tile)
    if not message.layers:
        return b""
    return gzip.compress(message.SerializeToString(deterministic=True), mtime=0)


def _add_layer(message: vector_tile_pb2.tile, name: str, groups: list[Group], tile: Tile) -> None:
    keys: dict[str, int] = {}
    values: dict[str | int, int] = {}
    layer = None
    for group in groups:
        kind, commands = _commands(group.shapes, tile)
        if not commands:
            continue
        if layer is None:
            layer = message.layers.add(name=name, version=2, extent=EXTENT)
        feature = layer.features.add(type=kind)
        feature.geometry.extend(commands)
        for key, value in group.properties:
            feature.tags.append(keys.setdefault(key, len(keys)))
            feature.tags.append(values.setdefault(value, len(values)))
    if layer is not None:
        layer.keys.extend(keys)
        for value in values:
            if isinstance(value, str):
                layer.values.add(string_value=value)
            else:
                layer.values.add(int_value=value)


def _commands(shapes: Geometries, tile: Tile) -> tuple[int, list[int]]:
    """Geometry type and drawing commands of one feature. A clip may leave crumbs of a lesser dimension."""
    parts = shapely.get_parts(shapes)
    dimension = int(shapely.get_dimensions(parts).max(initial=0))
    parts = parts[shapely.get_dimensions(parts) == dimension]
    if dimension == 0:
        return POINT, _points(_steps(shapely.get_coordinates(parts), tile))
    if dimension == 1:
        coordinates, line = shapely.get_coordinates(parts, return_index=True)
        return LINE, _paths(_steps(coordinates, tile), line, closed=False)
    rings, owner = shapely.get_rings(shapely.orient_polygons(parts), return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    outer = np.diff(owner, prepend=-1) != 0
    return AREA, _paths(_steps(coordinates, tile), ring, closed=True, outer=outer)


def _steps(world: NDArray[np.float64], tile: Tile) -> NDArray[np.int64]:
    corner = np.array([tile.x, tile.y]) * EXTENT
    inside: NDArray[np.int64] = np.rint(world / step(tile.zoom) - corner).astype(np.int64)
    return inside


def _moves(at: NDArray[np.int64]) -> list[int]:
    """Steps from point to point, beginning at the corner, folded so that small means short: x, y, x, y ..."""
    moves = at.copy()
    moves[1:] -= at[:-1]
    folded: list[int] = ((moves << 1) ^ (moves >> 63)).ravel().tolist()
    return folded


def _points(at: NDArray[np.int64]) -> list[int]:
    return [len(at) << 3 | 1, *_moves(at)]


def _paths(
    at: NDArray[np.int64], path: NDArray[np.int64], closed: bool, outer: NDArray[np.bool_] | None = None
) -> list[int]:
    """Lines or rings as commands.

    at    : int64[points, 2] in tile units        path : int64[points], which path a point is on
    outer : bool[paths], for rings: whether the ring is the outside of a polygon
    """
    new = np.diff(path, prepend=-1) != 0
    moved = new | np.any(np.diff(at, axis=0, prepend=at[:1]) != 0, axis=1)
    at, path = at[moved], path[moved]
    cuts = np.flatnonzero(np.diff(path, prepend=-1, append=-1))
    kept: list[NDArray[np.int64]] = []
    sizes: list[int] = []
    outside_kept = True
    for first, last in pairwise(cuts.tolist()):
        points = at[first : last - 1] if closed else at[first:last]
        if outer is not None:
            if outer[path[first]]:
                outside_kept = _is_ring(points, turn=1)
            elif not outside_kept or not _is_ring(points, turn=-1):
                continue
            if not outside_kept:
                continue
        elif len(points) < 2:
            continue
        kept.append(points)
        sizes.append(len(points))
    if not kept:
        return []
    moves = _moves(np.concatenate(kept))
    commands: list[int] = []
    start = 0
    for size in sizes:
        commands += (MOVE_ONE, moves[start], moves[start + 1], (size - 1) << 3 | 2)
        commands += moves[start + 2 : start + 2 * size]
        if closed:
            commands.append(CLOSE)
        start += 2 * size
    return commands


def _is_ring(points: NDArray[np.int64], turn: int) -> bool:
    """Whether rounding left a ring with an area, still turning the way its role asks for."""
    if len(points) < 3:
        return False
    x, y = points[:, 0], points[:, 1]
    doubled_area = int(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
    return doubled_area * turn > 0
