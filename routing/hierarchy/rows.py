"""Where the rows of many places stand, and their labels: written anew as they move.

A fix from a vehicle is put on its street and labelled in one go: to call a kernel with all its arrays costs
as much as half of its work.
"""

import numpy as np

from routing.arrays import Float32s, Float64s, Int32s, Int64s, Slots
from routing.compiled import compiled
from routing.hierarchy.costs import SHIFT
from routing.hierarchy.gates import climb_through
from routing.hierarchy.seeds import seed
from routing.hierarchy.spots import write_spot, write_spot_at
from routing.snapper import metres_along, nearest_segment


@compiled
def label_rows(
    rows: Int32s,
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
) -> None:
    """Work out rank[row] and label[row] of each of `rows`: int32[places] and int64[places, slots]."""
    start, met = np.empty(4, np.int64), np.empty(label.shape[1], np.int32)
    for i in range(rows.shape[0]):
        row = rows[i]
        seed(edge[row], along_m[row], turning[row], leaving, edge_m, cost, end_rank, start)
        rank[row] = start[0]
        climb_through(start, climb, up_head, up_slot, weight, gate_at, gate_label, SHIFT, label[row], met)


@compiled
def move_row(
    row: int,
    new_edge: int,
    new_m: float,
    new_turning: int,
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
) -> None:
    """Put a row elsewhere: write edge, along_m, turning, spot, rank and label of that row."""
    edge[row], along_m[row], turning[row] = new_edge, new_m, new_turning
    write_spot(new_edge, new_m, shape_first, shape_m, shape_lat, shape_lon, middle, spot[:, row])
    start, met = np.empty(4, np.int64), np.empty(label.shape[1], np.int32)
    seed(new_edge, new_m, new_turning, leaving, edge_m, cost, end_rank, start)
    rank[row] = start[0]
    climb_through(start, climb, up_head, up_slot, weight, gate_at, gate_label, SHIFT, label[row], met)


@compiled
def fix_row(
    row: int,
    lat: float,
    lon: float,
    frame: Float64s,
    cell_first: Int32s,
    segment: Float64s,
    key: Int32s,
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
    middle: Float64s,
) -> int:
    """As `snapper.snap_one` and then `move_row`, to a street that may be left either way; returns the edge.

    frame, cell_first, segment, key : `snapper.CellRows`
    """
    found, share, _ = nearest_segment(lat, lon, frame, cell_first, segment, key)
    there, metres = -1, 0.0
    if found >= 0:
        there, metres = int(key[found, 0]), metres_along(found, share, segment)
        begin_lat, begin_lon = segment[found, 0], segment[found, 1]
        at_lat = begin_lat + share * (segment[found, 2] - begin_lat)
        at_lon = begin_lon + share * (segment[found, 3] - begin_lon)
        write_spot_at(at_lat, at_lon, middle, spot[:, row])
    else:
        spot[:, row] = np.nan
    edge[row], along_m[row], turning[row] = there, metres, 0
    start, met = np.empty(4, np.int64), np.empty(label.shape[1], np.int32)
    seed(there, metres, 0, leaving, edge_m, cost, end_rank, start)
    rank[row] = start[0]
    climb_through(start, climb, up_head, up_slot, weight, gate_at, gate_label, SHIFT, label[row], met)
    return there
