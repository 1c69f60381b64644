"""Many points in some hundreds of parts of about equal weight, as the live desk draws its cells.

Points are halved along the longer side of their box, so that both halves weigh the same, until there are
enough parts: many small ones where people live close together, few wide ones in the fields.
"""

from heapq import heappop, heappush

import numpy as np

from routing.arrays import Float64s, Int32s

METRES_A_DEGREE = 111_195.0


def halve(lat: Float64s, lon: Float64s, weight: Float64s, most: int) -> Int32s:
    """int32[points], the part each is in, from 0. Points at one place stay together: there may be fewer."""
    north = lat * METRES_A_DEGREE
    east = lon * METRES_A_DEGREE * np.cos(np.radians(lat.mean())) if len(lat) else lon
    parts: list[np.ndarray] = []
    heap = [(-float(weight.sum()), 0, np.arange(len(lat)))] if len(lat) else []
    made = 1
    while heap and len(heap) + len(parts) < most:
        _, _, points = heappop(heap)
        halves = _halves(north[points], east[points], weight[points])
        if halves is None:
            parts.append(points)
            continue
        for half in halves:
            heappush(heap, (-float(weight[points[half]].sum()), made, points[half]))
            made += 1
    found = np.zeros(len(lat), np.int32)
    # Numbered as they lie on the map, so that a part's number does not tell how it was found.
    whole = sorted([*parts, *(points for _, _, points in heap)], key=lambda points: int(points.min()))
    for number, points in enumerate(whole):
        found[points] = number
    return found


def _halves(north: Float64s, east: Float64s, weight: Float64s) -> tuple[np.ndarray, np.ndarray] | None:
    """Which points are in either half, None where all are at one place."""
    sides = sorted((north, east), key=lambda side: -float(np.ptp(side)))
    for side in sides:
        if np.ptp(side) == 0:
            continue
        order = np.argsort(side, kind="stable")
        so_far = np.cumsum(weight[order])
        # Between two points that do not lie at one coordinate.
        turns = np.flatnonzero(np.diff(side[order])) + 1
        cut = int(turns[np.argmin(np.abs(so_far[turns - 1] - so_far[-1] / 2))])
        return order[:cut], order[cut:]
    return None
