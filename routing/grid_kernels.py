"""Find the nearest street with a uniform grid over the segments. Arrays in, arrays out.

Coordinates are degrees; the search measures in metres with the scale of the place asked about, so a
map may be as tall as it likes.
"""

import numpy as np
from numpy.typing import NDArray

from routing.compiled import compiled

Int32s = NDArray[np.int32]
Float64s = NDArray[np.float64]


@compiled
def fill_grid(
    lat: Float64s, lon: Float64s, segment: Int32s, frame: Float64s, rows: int, columns: int
) -> tuple[Int32s, Int32s]:
    """Note each segment in every cell that its bounding box touches.

    lat, lon : float64[points]    street shapes, one after another
    segment  : int32[segments]    a segment runs from point segment[i] to the next
    frame    : float64[4]         south, west, and the height and width of a cell, in degrees
    Returns cell_first int32[cells+1] and cell_segment: the segments (indices into `segment`) cell by cell.
    """
    cell_first = np.zeros(rows * columns + 1, np.int32)
    for sweep in range(2):
        if sweep == 1:
            for cell in range(rows * columns):
                cell_first[cell + 1] += cell_first[cell]
            free = cell_first.copy()
            cell_segment = np.empty(cell_first[rows * columns], np.int32)
        for i in range(segment.shape[0]):
            p = segment[i]
            south, north = min(lat[p], lat[p + 1]), max(lat[p], lat[p + 1])
            west, east = min(lon[p], lon[p + 1]), max(lon[p], lon[p + 1])
            for row in range(int((south - frame[0]) / frame[2]), int((north - frame[0]) / frame[2]) + 1):
                for column in range(int((west - frame[1]) / frame[3]), int((east - frame[1]) / frame[3]) + 1):
                    cell = row * columns + column
                    if sweep == 0:
                        cell_first[cell + 1] += 1
                    else:
                        cell_segment[free[cell]] = i
                        free[cell] += 1
    return cell_first, cell_segment


@compiled
def nearest(
    at_lat: Float64s,
    at_lon: Float64s,
    scale: Float64s,
    limit_m: float,
    lat: Float64s,
    lon: Float64s,
    segment: Int32s,
    segment_edge: Int32s,
    edge_mask: NDArray[np.uint8],
    bit: int,
    frame: Float64s,
    rows: int,
    columns: int,
    cell_first: Int32s,
    cell_segment: Int32s,
) -> tuple[Int32s, Float64s, Float64s]:
    """The nearest segment within limit_m whose edge carries `bit`, for each place.

    at_lat, at_lon : float64[places]      scale : float64[places, 2], metres per degree north and east
    Ties go to the segment that comes first. Returns segment int32[places] (an index into `segment`, -1 where
    none is near), the share of it float64[places] in 0..1, and the gap in metres float64[places].
    """
    places = at_lat.shape[0]
    found = np.full(places, -1, np.int32)
    share = np.zeros(places, np.float64)
    gap = np.full(places, np.inf, np.float64)
    for i in range(places):
        north, east = scale[i, 0], scale[i, 1]
        height, width = frame[2] * north, frame[3] * east
        up, right = (at_lat[i] - frame[0]) * north, (at_lon[i] - frame[1]) * east
        row, column = int(np.floor(up / height)), int(np.floor(right / width))
        best = limit_m * limit_m
        ring = 0
        while True:
            for r in range(max(row - ring, 0), min(row + ring, rows - 1) + 1):
                step = 1 if r == row - ring or r == row + ring else max(1, 2 * ring)
                for c in range(column - ring, column + ring + 1, step):
                    if c < 0 or c >= columns:
                        continue
                    for k in range(cell_first[r * columns + c], cell_first[r * columns + c + 1]):
                        s = cell_segment[k]
                        if not edge_mask[segment_edge[s]] & bit:
                            continue
                        p = segment[s]
                        ax, ay = (lon[p] - at_lon[i]) * east, (lat[p] - at_lat[i]) * north
                        dx, dy = (lon[p + 1] - lon[p]) * east, (lat[p + 1] - lat[p]) * north
                        length = dx * dx + dy * dy
                        t = 0.0
                        if length > 0.0:
                            t = min(1.0, max(0.0, -(ax * dx + ay * dy) / length))
                        ex, ey = ax + t * dx, ay + t * dy
                        d = ex * ex + ey * ey
                        if d < best or (d == best and (found[i] < 0 or s < found[i])):
                            best, found[i], share[i] = d, s, t
            # nothing nearer can lie outside the square searched so far
            border = min(
                min(right - (column - ring) * width, (column + ring + 1) * width - right),
                min(up - (row - ring) * height, (row + ring + 1) * height - up),
            )
            if best <= border * border:
                break
            ring += 1
        if found[i] >= 0:
            gap[i] = np.sqrt(best)
    return found, share, gap
