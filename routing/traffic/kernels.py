"""Which pieces of street lie at a point, along a line or within an area. Arrays in, arrays out.

A *segment* is a straight piece of a street, as the grid of `routing.index` keeps them. Points and lines are
measured in metres with the scale of their own place; areas need no metres. Each kernel has a slow twin in
tests/.
"""

import numpy as np

from routing.arrays import Float64s, Int32s, Masks
from routing.compiled import compiled

MOST_BANDS = 256  # into which a drawing is cut, so that a street looks at what is near it alone


@compiled
def in_box(
    box: Float64s,
    lat: Float64s,
    lon: Float64s,
    segment: Int32s,
    frame: Float64s,
    rows: int,
    columns: int,
    cell_first: Int32s,
    cell_segment: Int32s,
) -> Int32s:
    """The segments whose own boxes touch a box, each once: int32[found], indices into `segment`.

    box : float64[4] south, west, north, east in degrees; the rest as in `routing.grid_kernels`
    """
    bottom = max(int(np.floor((box[0] - frame[0]) / frame[2])), 0)
    left = max(int(np.floor((box[1] - frame[1]) / frame[3])), 0)
    top = min(int(np.floor((box[2] - frame[0]) / frame[2])), rows - 1)
    right = min(int(np.floor((box[3] - frame[1]) / frame[3])), columns - 1)
    most = 0
    for row in range(bottom, top + 1):
        for column in range(left, right + 1):
            most += cell_first[row * columns + column + 1] - cell_first[row * columns + column]
    found = np.empty(most, np.int32)
    count = 0
    for row in range(bottom, top + 1):
        for column in range(left, right + 1):
            cell = row * columns + column
            for k in range(cell_first[cell], cell_first[cell + 1]):
                p = segment[cell_segment[k]]
                south, west = min(lat[p], lat[p + 1]), min(lon[p], lon[p + 1])
                if south > box[2] or west > box[3]:
                    continue
                if max(lat[p], lat[p + 1]) < box[0] or max(lon[p], lon[p + 1]) < box[1]:
                    continue
                # a segment stands in several cells: it counts in the first of them within the box
                if max(int((south - frame[0]) / frame[2]), bottom) != row:
                    continue
                if max(int((west - frame[1]) / frame[3]), left) != column:
                    continue
                found[count] = cell_segment[k]
                count += 1
    return found[:count]


@compiled
def near_point(
    at_lat: float,
    at_lon: float,
    up: float,
    right: float,
    width_m: float,
    lat: Float64s,
    lon: Float64s,
    first: Int32s,
) -> Masks:
    """Whether each segment comes within width_m of a point: uint8[segments].

    up, right : metres in a degree to the north and to the east     first : int32[segments], first points
    """
    near = np.zeros(first.shape[0], np.uint8)
    for i in range(first.shape[0]):
        p = first[i]
        ax, ay = (lon[p] - at_lon) * right, (lat[p] - at_lat) * up
        dx, dy = (lon[p + 1] - lon[p]) * right, (lat[p + 1] - lat[p]) * up
        length = dx * dx + dy * dy
        t = 0.0
        if length > 0.0:
            t = min(1.0, max(0.0, -(ax * dx + ay * dy) / length))
        ex, ey = ax + t * dx, ay + t * dy
        near[i] = ex * ex + ey * ey <= width_m * width_m
    return near


@compiled
def pieces_of(
    up: float, right: float, piece_m: float, most: int, lat: Float64s, lon: Float64s, first: Int32s
) -> Int32s:
    """Into how many pieces of at most piece_m each segment is cut, but never into more than `most`: int32[
    segments], 0 where a segment has no length."""
    pieces = np.empty(first.shape[0], np.int32)
    for i in range(first.shape[0]):
        p = first[i]
        dx, dy = (lon[p + 1] - lon[p]) * right, (lat[p + 1] - lat[p]) * up
        pieces[i] = int(min(np.ceil(np.sqrt(dx * dx + dy * dy) / piece_m), most))
    return pieces


@compiled
def metres_along(
    line_lat: Float64s,
    line_lon: Float64s,
    up: float,
    right: float,
    width_m: float,
    cosine: float,
    pieces: Int32s,
    lat: Float64s,
    lon: Float64s,
    first: Int32s,
) -> Float64s:
    """How many metres of each segment run along a line: float64[segments].

    A segment is cut into so many `pieces` of one length. A piece runs along the line if its middle lies
    beside some piece of the line, within width_m and not beyond its ends, and both point the same way or
    against each other, up to an angle of the given cosine.

    A segment looks only at the pieces of the line near it, and at each of its own pieces only where geometry
    says it may lie beside that one: work grows with the pieces that are found, not with pieces times line.
    """
    low, high = _reach(line_lat, up, width_m)
    west, east = _reach(line_lon, right, width_m)
    bottom = low.min()
    tall = high.max() - bottom
    bands = max(1, min(low.shape[0], MOST_BANDS, int(tall / (2.0 * width_m + 1.0))))
    height = max(tall / bands, 1e-9)
    band_first, in_band = _by_band(low, high, bottom, height, bands)
    along = np.zeros(first.shape[0], np.float64)
    marked = np.zeros(pieces.max() if pieces.shape[0] else 0, np.uint8)
    for i in range(first.shape[0]):
        p, count = first[i], pieces[i]
        if count == 0:
            continue
        dx, dy = (lon[p + 1] - lon[p]) * right, (lat[p + 1] - lat[p]) * up
        length = np.sqrt(dx * dx + dy * dy)
        y, x = (lat[p] - line_lat[0]) * up, (lon[p] - line_lon[0]) * right
        top, foot, left, far = max(y, y + dy), min(y, y + dy), min(x, x + dx), max(x, x + dx)
        marked[:count] = 0
        open_pieces = count
        lowest = min(max(int(np.floor((foot - bottom) / height)), 0), bands - 1)
        highest = min(max(int(np.floor((top - bottom) / height)), 0), bands - 1)
        for j in range(band_first[lowest], band_first[highest + 1]):
            k = in_band[j]
            if low[k] > top or high[k] < foot or west[k] > far or east[k] < left:
                continue
            vx, vy = (line_lon[k + 1] - line_lon[k]) * right, (line_lat[k + 1] - line_lat[k]) * up
            square = vx * vx + vy * vy
            onward = dx * vx + dy * vy
            if square == 0.0 or abs(onward) < cosine * length * np.sqrt(square):
                continue
            ax, ay = (lon[p] - line_lon[k]) * right, (lat[p] - line_lat[k]) * up
            begin, end = _shares_beside(
                ax * vx + ay * vy, onward, ax * vy - ay * vx, dx * vy - dy * vx, square, width_m
            )
            # two pieces more at each end: what rounding may move is judged one by one below
            last = min(int(np.ceil(end * count)) + 2, count - 1)
            for piece in range(max(int(np.floor(begin * count)) - 2, 0), last + 1):
                if marked[piece]:
                    continue
                share = (piece + 0.5) / count
                at_lat = lat[p] + share * (lat[p + 1] - lat[p])
                at_lon = lon[p] + share * (lon[p + 1] - lon[p])
                ax, ay = (at_lon - line_lon[k]) * right, (at_lat - line_lat[k]) * up
                beside = ax * vx + ay * vy
                aside = ax * vy - ay * vx
                if beside < 0.0 or beside > square or aside * aside > width_m * width_m * square:
                    continue
                marked[piece] = 1
                open_pieces -= 1
            if open_pieces == 0:
                break
        for _ in range(count - open_pieces):
            along[i] += length / count
    return along


@compiled
def _reach(line: Float64s, scale: float, width_m: float) -> tuple[Float64s, Float64s]:
    """From where to where each piece of a line reaches along one axis, in metres from its first point. A
    centimetre more, for rounding."""
    metres = (line - line[0]) * scale
    low = np.minimum(metres[:-1], metres[1:]) - (width_m + 0.01)
    high = np.maximum(metres[:-1], metres[1:]) + (width_m + 0.01)
    return low, high


@compiled
def _shares_beside(
    beside: float, onward: float, aside: float, askew: float, square: float, width_m: float
) -> tuple[float, float]:
    """From which share of a segment to which it lies beside a piece of the line: about, as rounding has it.

    beside, aside : of its beginning        onward, askew : what they gain to its end
    """
    one, other = -beside / onward, (square - beside) / onward
    begin, end = min(one, other), max(one, other)
    if abs(askew) > 1e-6 * abs(onward):
        border = width_m * np.sqrt(square)
        one, other = (-border - aside) / askew, (border - aside) / askew
        begin, end = max(begin, min(one, other)), min(end, max(one, other))
    return min(max(begin, -1.0), 2.0), min(max(end, -1.0), 2.0)


@compiled
def within_ring(ring_lat: Float64s, ring_lon: Float64s, lat: Float64s, lon: Float64s, first: Int32s) -> Masks:
    """Whether each segment has a part within a ring, or on it: uint8[segments].

    ring_lat, ring_lon : float64[corners + 1], the last as the first. What is inside is told by odd crossings,
    so that any ring has an answer.
    """
    bands = max(1, min((ring_lat.shape[0] - 1) // 2, MOST_BANDS))
    bottom = ring_lat.min()
    height = max((ring_lat.max() - bottom) / bands, 1e-12)
    low, high = np.minimum(ring_lat[:-1], ring_lat[1:]), np.maximum(ring_lat[:-1], ring_lat[1:])
    side_first, side = _by_band(low, high, bottom, height, bands)
    touches = np.zeros(first.shape[0], np.uint8)
    for i in range(first.shape[0]):
        p = first[i]
        ay, ax, by, bx = lat[p], lon[p], lat[p + 1], lon[p + 1]
        south, north, west, east = min(ay, by), max(ay, by), min(ax, bx), max(ax, bx)
        inside, crosses = False, False
        home = min(int(np.floor((ay - bottom) / height)), bands - 1)
        lowest = min(max(int(np.floor((south - bottom) / height)), 0), bands - 1)
        highest = min(max(int(np.floor((north - bottom) / height)), 0), bands - 1)
        for band in range(lowest, highest + 1):
            for j in range(side_first[band], side_first[band + 1]):
                k = side[j]
                cy, cx, dy, dx = ring_lat[k], ring_lon[k], ring_lat[k + 1], ring_lon[k + 1]
                above = band == home and (cy > ay) != (dy > ay)
                if above and ax < (dx - cx) * (ay - cy) / (dy - cy) + cx:
                    inside = not inside
                if max(cy, dy) < south or min(cy, dy) > north or max(cx, dx) < west or min(cx, dx) > east:
                    continue
                # each one's ends lie on both sides of the other, or on it
                one = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
                two = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
                three = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
                four = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
                if one * two <= 0.0 and three * four <= 0.0:
                    crosses = True
                    break
            if crosses:
                break
        touches[i] = inside or crosses
    return touches


@compiled
def _by_band(
    low: Float64s, high: Float64s, bottom: float, height: float, bands: int
) -> tuple[Int32s, Int32s]:
    """Sides by the bands they pass through from low to high: first int32[bands + 1], sides."""
    first = np.zeros(bands + 1, np.int32)
    for sweep in range(2):
        if sweep == 1:
            for band in range(bands):
                first[band + 1] += first[band]
            free = first.copy()
            side = np.empty(first[bands], np.int32)
        for k in range(low.shape[0]):
            for band in range(
                min(int((low[k] - bottom) / height), bands - 1),
                min(int((high[k] - bottom) / height), bands - 1) + 1,
            ):
                if sweep == 0:
                    first[band + 1] += 1
                else:
                    side[free[band]] = k
                    free[band] += 1
    return first, side
