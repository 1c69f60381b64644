"""Tell sea from land: OpenStreetMap draws only the line between them, with land on its left."""

import numpy as np
import shapely
from numpy.typing import NDArray

from api.basemap.mercator import Bounds

CLEAR_MAJORITY = 0.8
EDGE_REACH = 0.05  # share of the frame's longer side within which a coast that stops was cut off
LOOK_ASIDE = 0.5  # world units: how far beside the coast a face is asked for


def sea(coastlines: list[shapely.LineString], bounds: Bounds) -> tuple[list[shapely.Polygon], int]:
    """Sea inside the bounds, and how many faces could not be told.

    coastlines : lines in world units (y to the south), land on the left as one walks
    bounds     : least x, least y, greatest x, greatest y in world units

    The coast and the frame cut the map into faces. Each stretch of coast votes that the face on its
    right is sea and the one on its left land. A coast with a gap leaves one face with votes for both:
    that one stays undrawn, for water over a street is worse than no water.
    """
    if not coastlines:
        return [], 0
    frame = shapely.box(*bounds)
    joined = shapely.line_merge(shapely.multilinestrings(coastlines), directed=True)
    lines = [_drawn_to_edge(line, frame) for line in shapely.get_parts(joined)]
    cut = shapely.unary_union([*shapely.intersection(np.array(lines), frame), frame.exterior])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(cut)))
    sea_votes, land_votes = _votes(lines, faces)
    total = sea_votes + land_votes
    is_sea = (total > 0) & (sea_votes >= CLEAR_MAJORITY * total)
    is_land = (total > 0) & (land_votes >= CLEAR_MAJORITY * total)
    unclear = int(np.count_nonzero(~is_sea & ~is_land))
    return list(faces[is_sea]), unclear


def _drawn_to_edge(line: shapely.LineString, frame: shapely.Polygon) -> shapely.LineString:
    """An extract keeps a coast's nodes inside its frame only: carry loose ends near the edge on to it."""
    if line.is_closed:
        return line
    least_x, least_y, most_x, most_y = frame.bounds
    reach = EDGE_REACH * max(most_x - least_x, most_y - least_y)
    points = list(line.coords)
    for end, at in ((shapely.Point(points[0]), 0), (shapely.Point(points[-1]), len(points) + 1)):
        if frame.contains(end) and end.distance(frame.exterior) < reach:
            edge = frame.exterior.interpolate(frame.exterior.project(end))
            points.insert(at, (edge.x, edge.y))
    return shapely.LineString(points)


def _votes(
    coastlines: list[shapely.LineString], faces: NDArray[np.object_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Length of coast that calls each face sea, and land: two float64[faces], in world units."""
    points, line = shapely.get_coordinates(np.array(coastlines), return_index=True)
    along = np.diff(points, axis=0)
    length = np.hypot(along[:, 0], along[:, 1])
    real = (np.diff(line) == 0) & (length > 0)
    along, length, middle = along[real], length[real], (points[:-1] + points[1:])[real] / 2
    # With y to the south, turning (x, y) into (-y, x) looks to the right.
    right = np.column_stack((-along[:, 1], along[:, 0])) / length[:, None] * LOOK_ASIDE
    tree = shapely.STRtree(faces)
    votes: list[NDArray[np.float64]] = []
    for beside in (middle + right, middle - right):
        asked, face = tree.query(shapely.points(beside), predicate="within")
        votes.append(np.bincount(face, length[asked], len(faces)).astype(np.float64))
    return votes[0], votes[1]
