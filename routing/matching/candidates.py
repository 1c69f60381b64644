"""The arcs on which a fix may lie: the nearest point of each street close by, either way it may be driven."""

from typing import Final

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from routing.compiled import compiled
from routing.snapper import gap_squared, scale_at

STREETS: Final = 8  # no more streets than this for one fix, the nearest
MOST: Final = 2 * STREETS
HOPELESS: Final = 20.0  # what is less likely than the best by this (in logarithms) never wins


@compiled
def candidates(
    at_lat: float,
    at_lon: float,
    heading_deg: float,
    noise_m: float,
    heading_cost: float,
    frame: Float64s,
    cell_first: Int32s,
    row: Float64s,
    key: Int32s,
    edge_mm: Int64s,
    arc: Int32s,
    into_mm: Int64s,
    cost: Float64s,
) -> int:
    """Write what may be; returns how many.

    heading_deg : nan where it does not count     heading_cost : `model.HEADING`
    frame, cell_first, row, key : `snapper.CellRows`
    arc     : int32[MOST]    into_mm : int64[MOST] millimetres from where the arc begins
    cost    : float64[MOST]  of the gap and the heading
    """
    north, east = scale_at(at_lat)
    limit = HOPELESS * 2 * noise_m * noise_m
    radius = np.sqrt(limit)
    rows, columns = int(frame[4]), int(frame[5])
    low_row = max(int(np.floor(((at_lat - frame[0]) - radius / north) / frame[2])), 0)
    high_row = min(int(np.floor(((at_lat - frame[0]) + radius / north) / frame[2])), rows - 1)
    low_column = max(int(np.floor(((at_lon - frame[1]) - radius / east) / frame[3])), 0)
    high_column = min(int(np.floor(((at_lon - frame[1]) + radius / east) / frame[3])), columns - 1)
    near = np.empty(STREETS, np.float64)
    share = np.empty(STREETS, np.float64)
    where = np.empty(STREETS, np.int64)
    count = 0
    for r in range(low_row, high_row + 1):
        for c in range(low_column, high_column + 1):
            for k in range(cell_first[r * columns + c], cell_first[r * columns + c + 1]):
                d, t, _, _ = gap_squared(k, at_lat, at_lon, north, east, row)
                if d > limit:
                    continue
                slot = count
                for i in range(count):
                    if key[where[i], 0] == key[k, 0]:
                        slot = i
                if slot < count:
                    if d >= near[slot]:
                        continue
                elif count < STREETS:
                    count += 1
                else:
                    slot = int(np.argmax(near))
                    if d >= near[slot]:
                        continue
                near[slot], share[slot], where[slot] = d, t, k
    ahead_x, ahead_y = np.sin(np.radians(heading_deg)), np.cos(np.radians(heading_deg))
    found = 0
    for i in range(count):
        k = where[i]
        edge = key[k, 0]
        _, _, dx, dy = gap_squared(k, at_lat, at_lon, north, east, row)
        along = min(np.int64(1000 * (row[k, 4] + share[i] * (row[k, 5] - row[k, 4]))), edge_mm[edge])
        cosine = (dx * ahead_x + dy * ahead_y) / max(np.hypot(dx, dy), 1e-9)
        for side in range(2):
            if not key[k, 2] >> side & 1:
                continue
            total = near[i] / (2 * noise_m * noise_m)
            if not np.isnan(heading_deg):
                total += heading_cost * (1 - cosine if side == 0 else 1 + cosine)
            arc[found] = 2 * edge + side
            into_mm[found] = along if side == 0 else edge_mm[edge] - along
            cost[found] = total
            found += 1
    return found
