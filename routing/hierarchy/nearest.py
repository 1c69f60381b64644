"""Which of many places is the nearest to one, when their labels are at hand.

A thousand units keep a label each. A call climbs once; a unit's time is then one minimum over the slots it
shares with the call. Units so far that even the fastest street would not do are not looked at.
"""

import numpy as np

from routing.arrays import Float32s, Float64s, Int32s, Int64s, Masks, Slots
from routing.compiled import compiled
from routing.hierarchy.costs import SHIFT
from routing.hierarchy.gates import climb_through
from routing.hierarchy.kin import kin_of
from routing.hierarchy.seeds import along_one_edge, seed
from routing.hierarchy.spots import reach_squared, write_spot
from routing.kernels import FAR, UNREACHED

RING_BITS = 21  # of the 31 of a positive float32, those that do not tell the ring
LAST_RING = 0x7F800000 >> RING_BITS  # infinity
SAMPLE = 256
U = np.uint64


@compiled
def times_of_rows(
    rows: Int32s,
    here_edge: int,
    here_m: float,
    leaving: bool,
    edge_m: Float64s,
    cost: Int64s,
    here: Int32s,
    span: Int32s,
    block: Int32s,
    shift: int,
    edge: Int32s,
    along_m: Float64s,
    turning: Int64s,
    rank: Int32s,
    label: Int32s,
    ms: Int32s,
) -> None:
    """Write ms[row] for `rows`: from each to the place asked about, or back; FAR or more if there is no way.

    here : int64[slots] the label of the place asked about     span, block, shift : its `kin.kin_of`
    """
    # one loop without calls: passing so many arrays to a function would cost more than the work
    for i in range(U(rows.shape[0])):
        row = U(rows[i])
        best = np.int32(FAR)
        if rank[row] >= 0:
            at = U(block[U(rank[row] >> shift)])
            while rank[row] < span[at, U(0)] or rank[row] > span[at, U(1)]:
                at += U(1)
            for slot in range(U(span[at, U(2)]), U(here.shape[0])):
                best = min(best, np.int32(label[row, slot] + here[slot]))
        if edge[row] == here_edge:
            begin, end = (along_m[row], here_m) if leaving else (here_m, along_m[row])
            straight = along_one_edge(here_edge, begin, end, turning[row], edge_m, cost)
            best = min(best, np.int32(straight >> SHIFT))
        ms[row] = best


@compiled
def every_row(
    here_edge: int,
    here_m: float,
    wanted: Masks,
    leaving: bool,
    edge_m: Float64s,
    cost: Int64s,
    end_rank: Int32s,
    climb: Int32s,
    up_head: Int32s,
    up_slot: Slots,
    weight: Int32s,
    gate_at: Int32s,
    gate_label: Int32s,
    edge: Int32s,
    along_m: Float64s,
    turning: Int64s,
    rank: Int32s,
    label: Int32s,
) -> Int32s:
    """The time between each wanted row and one place, int32[places] in milliseconds; UNREACHED where none is
    wanted or there is no way.

    leaving  : whether ways lead from the rows to the place, or back
    end_rank, weight : of the other side, where the one place is
    """
    ms = np.full(edge.shape[0], UNREACHED, np.int32)
    start, here = np.empty(4, np.int64), np.empty(label.shape[1], np.int32)
    met = np.empty(label.shape[1], np.int32)
    seed(here_edge, here_m, 0, not leaving, edge_m, cost, end_rank, start)
    if start[0] >= 0:
        climb_through(start, climb, up_head, up_slot, weight, gate_at, gate_label, SHIFT, here, met)
        span, block, shift = kin_of(start[0], label.shape[1], climb)
        rows = np.flatnonzero(wanted).astype(np.int32)
        times_of_rows(rows, here_edge, here_m, leaving, edge_m, cost, here, span, block, shift,
                      edge, along_m, turning, rank, label, ms)  # fmt: skip
        for row in rows:
            ms[row] = ms[row] if ms[row] < FAR else UNREACHED
    return ms


@compiled
def nearest_rows(
    here_edge: int,
    here_m: float,
    count: int,
    wanted: Masks,
    ms_per_m: float,
    leaving: bool,
    edge_m: Float64s,
    cost: Int64s,
    end_rank: Int32s,
    climb: Int32s,
    up_head: Int32s,
    up_slot: Slots,
    weight: Int32s,
    gate_at: Int32s,
    gate_label: Int32s,
    edge: Int32s,
    along_m: Float64s,
    turning: Int64s,
    rank: Int32s,
    label: Int32s,
    spot: Float32s,
    shape_first: Int32s,
    shape_m: Float64s,
    shape_lat: Float64s,
    shape_lon: Float64s,
    middle: Float64s,
) -> tuple[Int32s, Int32s]:
    """The `count` wanted rows with the least time, or fewer if fewer have a way: rows and milliseconds.

    Ascending; equal times by row. The arguments are those of `every_row`, and for the bound ms_per_m
    (`Epoch`), spot float32[3, places] and what `spots.write_spot` needs.
    """
    best_row, best = np.empty(count, np.int32), np.empty(count, np.int32)
    start, here = np.empty(4, np.int64), np.empty(label.shape[1], np.int32)
    met = np.empty(label.shape[1], np.int32)
    seed(here_edge, here_m, 0, not leaving, edge_m, cost, end_rank, start)
    if start[0] < 0 or count == 0:
        return best_row[:0], best[:0]
    climb_through(start, climb, up_head, up_slot, weight, gate_at, gate_label, SHIFT, here, met)
    span, block, shift = kin_of(start[0], label.shape[1], climb)
    at = np.empty(3, np.float32)
    write_spot(here_edge, here_m, shape_first, shape_m, shape_lat, shape_lon, middle, at)
    away, reach = distances(wanted, spot, at, count)
    ms = np.empty(edge.shape[0], np.int32)
    rows = np.empty(edge.shape[0], np.int32)
    beyond, found = np.float32(-1), 0
    for _ in range(2):  # first those near by, to have a bound; then whoever is within the bound
        chosen = U(0)
        for row in range(U(away.shape[0])):
            rows[chosen] = row
            chosen += U((away[row] > beyond) & (away[row] <= reach))
        times_of_rows(rows[:chosen], here_edge, here_m, leaving, edge_m, cost, here, span, block, shift,
                      edge, along_m, turning, rank, label, ms)  # fmt: skip
        for i in range(chosen):
            found = insert(rows[i], ms[rows[i]], best_row, best, found)
        beyond = reach
        reach = np.float32(np.inf)
        if found == count:
            reach = np.float32(reach_squared(best[count - 1], ms_per_m))
    return best_row[:found], best[:found]


@compiled
def insert(row: np.int32, ms: np.int32, best_row: Int32s, best: Int32s, found: int) -> int:
    """Put a row in its place among the best `found`, if it belongs there; returns how many there are then."""
    count = best.shape[0]
    if ms >= FAR:
        return found
    i = found if found < count else count
    while i > 0 and (best[i - 1] > ms or (best[i - 1] == ms and best_row[i - 1] > row)):
        if i < count:
            best[i], best_row[i] = best[i - 1], best_row[i - 1]
        i -= 1
    if i < count:
        best[i], best_row[i] = ms, row
    return found + 1 if found < count else found


@compiled
def distances(wanted: Masks, spot: Float32s, at: Float32s, count: int) -> tuple[Float32s, np.float32]:
    """The square of each row's distance, float32[places], nan if not wanted; and one within which about
    three times `count` lie, judged by some hundreds of them."""
    places = wanted.shape[0]
    away = np.empty(places, np.float32)
    for row in range(U(places)):
        dx, dy, dz = spot[U(0), row] - at[0], spot[U(1), row] - at[1], spot[U(2), row] - at[2]
        away[row] = dx * dx + dy * dy + dz * dz if wanted[row] != 0 else np.float32(np.nan)
    # the leading bits of a float are its magnitude: rings of equal ratio, without a root or a logarithm
    bits = away.view(np.int32)
    ring = np.zeros(1 << (31 - RING_BITS), np.int32)
    step = max(1, places // SAMPLE)
    for row in range(0, places, step):
        ring[bits[row] >> RING_BITS] += step
    held, outermost = ring[0], 0
    while held < 3 * count and outermost < LAST_RING:
        outermost += 1
        held += ring[outermost]
    beyond = np.array([min(outermost + 1, LAST_RING) << RING_BITS], np.int32)
    return away, beyond.view(np.float32)[0]
