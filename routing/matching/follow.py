"""One fix onto its street, with the heading and the last fix: the right carriageway, not the nearest.

On parallel streets, dual carriageways and bridges over roads the nearest street is often the wrong one. The
costs are those of `routing.matching.model`; the search for the way from the last fix is a small one, over the
streets close by, because fixes are seconds apart.
"""

from typing import Final, NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from routing.compiled import compiled
from routing.kernels import pop, push
from routing.matching.local import local_roads
from routing.matching.model import DETOUR_M, HEADING, LOST, MOST_NOISE_M, NOISE_M, U_TURN_M, WALKING_MPS
from routing.road_map import RoadMap
from routing.snapper import cell_rows, gap_squared, least_border, metres_along, scale_at
from routing.snapping import LIMIT_M

NEAR_M: Final = 400.0  # a fix further from the last than this says nothing about the way between
MOST_NODES: Final = 96
SLOTS: Final = 256  # of the hash table, a power of two, over twice MOST_NODES
MULTIPLIER: Final = 2654435761  # Knuth's, spreads neighbouring numbers


class Followed(NamedTuple):
    """Where a unit is, as far as its fixes tell.

    edge      : -1 where no usable street is near       along_m : metres from the tail of the edge
    gap_m     : metres between the fix and the street   direction : 1 forwards, -1 back, 0 not known
    lat, lon  : the fix itself
    """

    edge: int
    along_m: float
    gap_m: float
    direction: int
    lat: float
    lon: float


class Follower:
    """Follows units along the streets that one profile can use. Holds nothing between calls."""

    def __init__(self, road_map: RoadMap, profile: int) -> None:
        self.roads = local_roads(road_map.streets, profile)
        self._arrays = (*cell_rows(road_map, profile), *self.roads)

    def __call__(
        self,
        lat: float,
        lon: float,
        heading_deg: float | None = None,
        speed_mps: float | None = None,
        accuracy_m: float | None = None,
        last: Followed | None = None,
    ) -> Followed:
        """The likeliest street for a fix.

        heading_deg : clockwise from north; it counts above walking pace     accuracy_m : of the receiver
        last        : what the fix before this one gave
        """
        lat, lon = float(lat), float(lon)  # a whole number would be compiled for anew
        known = heading_deg is not None and speed_mps is not None and speed_mps >= WALKING_MPS
        noise_m = min(max(float(accuracy_m or 0.0), NOISE_M), MOST_NOISE_M)
        before = last or NOTHING
        edge, along_m, gap_m, direction = likeliest(
            lat, lon, float(heading_deg or 0.0) if known else np.nan, noise_m,
            before.edge, before.along_m, before.direction, before.lat, before.lon, *self._arrays,
        )  # fmt: skip
        return Followed(edge, along_m, gap_m, direction, lat, lon)


NOTHING: Final = Followed(-1, 0.0, np.inf, 0, 0.0, 0.0)


@compiled
def likeliest(
    at_lat: float,
    at_lon: float,
    heading_deg: float,
    noise_m: float,
    last_edge: int,
    last_along_m: float,
    last_direction: int,
    last_lat: float,
    last_lon: float,
    frame: Float64s,
    cell_first: Int32s,
    row: Float64s,
    key: Int32s,
    first: Int32s,
    onward: Int32s,
    ends: Int32s,
    edge_mm: Int64s,
) -> tuple[int, float, float, int]:
    """Edge, metres along it, gap in metres and direction of the likeliest street.

    heading_deg : nan where it does not count     last_... : as in `Followed`, edge -1 where there is none
    frame, cell_first, row, key : `snapper.CellRows`     first, onward, ends, edge_mm : `local.LocalRoads`
    """
    north, east = scale_at(at_lat)
    nat = 2 * noise_m * noise_m  # square metres that cost as much as one unit of likelihood
    heading_known = not np.isnan(heading_deg)
    ahead_x, ahead_y = np.sin(np.radians(heading_deg)), np.cos(np.radians(heading_deg))
    moved_m = np.hypot((at_lon - last_lon) * east, (at_lat - last_lat) * north)
    followed = last_edge >= 0 and moved_m <= NEAR_M
    last = last_edge, last_along_m, last_direction
    table = np.empty((SLOTS if followed else 0, 2), np.int64)
    if followed:
        reach(last, moved_m + DETOUR_M * LOST, first, onward, ends, edge_mm, table)

    height, width = frame[2] * north, frame[3] * east
    up, right = (at_lat - frame[0]) * north, (at_lon - frame[1]) * east
    cell_row, cell_column = int(np.floor(up / height)), int(np.floor(right / width))
    rows, columns = int(frame[4]), int(frame[5])
    best, found, share, way = np.inf, -1, 0.0, 0
    ring = 0
    while True:
        for r in range(max(cell_row - ring, 0), min(cell_row + ring, rows - 1) + 1):
            step = 1 if r == cell_row - ring or r == cell_row + ring else max(1, 2 * ring)
            for c in range(cell_column - ring, cell_column + ring + 1, step):
                if c < 0 or c >= columns:
                    continue
                for k in range(cell_first[r * columns + c], cell_first[r * columns + c + 1]):
                    d, t, dx, dy = gap_squared(k, at_lat, at_lon, north, east, row)
                    if d > best or d > LIMIT_M * LIMIT_M:
                        continue
                    open_ways = key[k, 2]
                    cosine = 0.0
                    if heading_known:
                        cosine = (dx * ahead_x + dy * ahead_y) / max(np.hypot(dx, dy), 1e-9)
                    for side in range(2):
                        if not open_ways >> side & 1:
                            continue
                        cost = 0.0
                        if heading_known:
                            cost += HEADING * (1 - cosine if side == 0 else 1 + cosine)
                        if followed and d + nat * cost <= best:
                            along_m = row[k, 4] + t * (row[k, 5] - row[k, 4])
                            driven_m = driven(last, key[k, 0], side, along_m, ends, edge_mm, table)
                            cost += min(LOST, abs(driven_m - moved_m) / DETOUR_M)
                        total = d + nat * cost
                        if total < best:
                            best, found, share, way = total, k, t, (1 if side == 0 else -1)
                        elif total == best and found >= 0:
                            if key[k, 1] < key[found, 1]:
                                found, share, way = k, t, (1 if side == 0 else -1)
                            elif k == found:  # both ways are as likely
                                way = 0
        border = least_border(up, right, height, width, cell_row, cell_column, ring)
        # nothing that is likelier can lie outside the square searched so far
        if min(best, LIMIT_M * LIMIT_M) <= border * border:
            break
        ring += 1
    if found < 0:
        return -1, 0.0, np.inf, 0
    gap, _, _, _ = gap_squared(found, at_lat, at_lon, north, east, row)
    return key[found, 0], metres_along(found, share, row), np.sqrt(gap), way


@compiled
def reach(
    last: tuple[int, float, int],
    limit_m: float,
    first: Int32s,
    onward: Int32s,
    ends: Int32s,
    edge_mm: Int64s,
    table: Int64s,
) -> None:
    """Millimetres from the last place to the nodes around it, into a hash table of nodes (-1 free)."""
    table[:, 0] = -1
    heap = np.empty(8 * MOST_NODES, np.int64)
    size, settled = 0, 0
    edge, limit = last[0], np.int64(limit_m * 1000)
    whole, done = edge_mm[edge], min(np.int64(last[1] * 1000), edge_mm[edge])
    for side in range(2):
        turned = np.int64(U_TURN_M * 1000) if last[2] == (-1 if side == 0 else 1) else np.int64(0)
        if ends[edge, 2] >> side & 1:
            spent = (whole - done if side == 0 else done) + turned
            size = push(heap, size, (spent << 32) | np.int64(ends[edge, 1 - side]))
    while size > 0 and settled < MOST_NODES:
        top = heap[0]
        size = pop(heap, size)
        node, spent = top & 0xFFFFFFFF, top >> 32
        slot = slot_of(node, table)
        if table[slot, 0] == node or spent > limit:
            continue
        table[slot, 0], table[slot, 1] = node, spent
        settled += 1
        for i in range(first[node], first[node + 1]):
            arc = onward[i]
            then = spent + edge_mm[arc >> 1]
            if then <= limit and size < heap.shape[0] - 1:
                size = push(heap, size, (then << 32) | np.int64(ends[arc >> 1, 1 - (arc & 1)]))


@compiled
def slot_of(node: int, table: Int64s) -> int:
    """Where a node stands in the hash table, or where it would."""
    slot = (node * MULTIPLIER >> 7) & (SLOTS - 1)
    while table[slot, 0] != -1 and table[slot, 0] != node:
        slot = (slot + 1) & (SLOTS - 1)
    return slot


@compiled
def driven(
    last: tuple[int, float, int],
    edge: int,
    side: int,
    along_m: float,
    ends: Int32s,
    edge_mm: Int64s,
    table: Int64s,
) -> float:
    """Metres from the last place to one on an edge driven forwards (0) or back (1); inf beyond the search."""
    begin = ends[edge, side]
    into_m = along_m if side == 0 else edge_mm[edge] / 1000 - along_m
    slot = slot_of(begin, table)
    metres = np.inf
    if table[slot, 0] == begin:
        metres = table[slot, 1] / 1000 + into_m
    if edge == last[0]:  # on the same street; somewhat behind is what a receiver at rest does
        turned = U_TURN_M if last[2] == (-1 if side == 0 else 1) else 0.0
        metres = min(metres, abs(along_m - last[1]) + turned)
    return metres
