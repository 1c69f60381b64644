"""From a way through the hierarchy to the arcs of the map it stands for.

A shortcut costs exactly the sum of the two up-arcs below it that gave it its cost, so they are found by that
sum. Of equally fast and equally long ways the first match is taken: the same one every time. What was found
is remembered with the epoch, for ways across a city share their long shortcuts.
"""

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s, Slots
from routing.compiled import compiled
from routing.hierarchy.costs import NEVER, SHIFT
from routing.hierarchy.labels import common_slot
from routing.hierarchy.seeds import seed, side_at

U = np.uint64
ONE = np.uint64(1)
UNKNOWN = -1  # in `below`; -2 - arc stands for an arc of the map


@compiled
def climb_with_trail(
    seed: Int64s, climb: Int32s, up_slot: Slots, weight: Int64s, label: Int64s, trail: Int32s
) -> None:
    """As `labels.climb_from`; trail int32[slots] gains the up-arc that led to each slot, -1 for the seed."""
    rank = seed[0]
    label[climb[rank, 1] :] = NEVER
    trail[climb[rank, 1] :] = -1
    label[climb[rank, 1]] = seed[1]
    if seed[2] >= 0:
        label[climb[seed[2], 1]] = seed[3]
    while rank >= 0:
        at = U(rank)
        spent = label[U(climb[at, U(1)])]
        if spent < NEVER:
            for e in range(U(climb[at, U(2)]), U(climb[at + ONE, U(2)])):
                slot = U(up_slot[e])
                better = spent + weight[e] < label[slot]
                label[slot] = spent + weight[e] if better else label[slot]
                trail[slot] = e if better else trail[slot]
        rank = np.int64(climb[at, U(0)])


@compiled
def way(
    start: int,
    start_m: float,
    turning: int,
    end: int,
    end_m: float,
    edge_m: Float64s,
    leads_to: Int32s,
    comes_from: Int32s,
    slots: int,
    climb: Int32s,
    up_head: Int32s,
    up_tail: Int32s,
    up_slot: Slots,
    down_first: Int32s,
    down: Int32s,
    part_first: Int32s,
    part: Int32s,
    cost: Int64s,
    up: Int64s,
    down_cost: Int64s,
    below: Int32s,
) -> tuple[np.int64, Int32s, Int64s]:
    """The fastest way from a place on edge `start` to one on edge `end`, around if they are the same.

    Returns its cost (NEVER if there is none), the arcs of the graph in driving order, from the one that
    leaves the first edge to the one that arrives on the last, and the cost of each.
    below : int32[2 * up_arcs]  what was found before (`parts_of`)
    """
    leave, arrive = np.empty(4, np.int64), np.empty(4, np.int64)
    seed(start, start_m, turning, True, edge_m, cost, leads_to, leave)
    seed(end, end_m, 0, False, edge_m, cost, comes_from, arrive)
    arcs, spent = np.empty(256, np.int32), np.empty(256, np.int64)
    if leave[0] < 0 or arrive[0] < 0:
        return np.int64(NEVER), arcs[:0], spent[:0]
    ahead, back = np.empty(slots, np.int64), np.empty(slots, np.int64)
    ahead_trail, back_trail = np.empty(slots, np.int32), np.empty(slots, np.int32)
    climb_with_trail(leave, climb, up_slot, up, ahead, ahead_trail)
    climb_with_trail(arrive, climb, up_slot, down_cost, back, back_trail)
    best, summit = np.int64(NEVER), np.int64(-1)
    for shared in range(common_slot(leave[0], arrive[0], climb), slots):
        if ahead[shared] + back[shared] < best:
            best, summit = ahead[shared] + back[shared], np.int64(shared)
    if summit < 0:
        return best, arcs[:0], spent[:0]
    # a stack of up-arcs, doubled, + 1 if driven downwards; what is driven first lies on top
    stack = np.empty(4 * slots + 4, np.int32)
    height, slot, last = 0, summit, np.int64(-1)
    while back_trail[slot] >= 0:
        stack[height] = 2 * back_trail[slot] + 1
        height += 1
        last = np.int64(up_tail[back_trail[slot]])
        slot = np.int64(climb[last, 1])
    stack[:height] = stack[:height][::-1].copy()
    slot, first = summit, np.int64(-1)
    while ahead_trail[slot] >= 0:
        stack[height] = 2 * ahead_trail[slot]
        height += 1
        first = np.int64(up_tail[ahead_trail[slot]])
        slot = np.int64(climb[first, 1])
    # with nothing to climb on a side, that side begins at the summit, which is an end of its edge
    if first < 0:
        first = leave[0] if climb[leave[0], 1] == summit else leave[2]
    if last < 0:
        last = arrive[0] if climb[arrive[0], 1] == summit else arrive[2]
    side, spent[0] = side_at(first, start, start_m, turning, True, edge_m, cost, leads_to)
    arcs[0] = 2 * start + side
    count = 1
    while height > 0:
        height -= 1
        code = stack[height]
        if below[code] == UNKNOWN:
            below[code] = parts_of(
                code, up_head, up_tail, down_first, down, part_first, part, cost, up, down_cost
            )
        if below[code] >= 0:
            to_tail = below[code]
            to_head = to_tail + 1
            while up_head[to_head] < up_head[code >> 1]:
                to_head += 1
            stack[height] = 2 * to_tail if code & 1 else 2 * to_head
            stack[height + 1] = (2 * to_head if code & 1 else 2 * to_tail) + 1
            height += 2
            continue
        if count + 1 == arcs.shape[0]:  # room is kept for the last
            arcs, spent = np.append(arcs, arcs), np.append(spent, spent)
        arcs[count] = -2 - below[code]
        spent[count] = cost[arcs[count]]
        count += 1
    side, spent[count] = side_at(last, end, end_m, 0, False, edge_m, cost, comes_from)
    arcs[count] = 2 * end + side
    return best, arcs[: count + 1].copy(), spent[: count + 1].copy()


@compiled
def on_streets(
    arcs: Int32s, spent: Int64s, street_arcs: int, first_link: int, copied: Int32s
) -> tuple[Int32s, Int64s]:
    """As `routing.engine.on_streets`: the arcs of the streets, int32, and milliseconds, int64.

    spent : int64[arcs]  costs     street_arcs, first_link, copied : of `routing.graph.Graph`
    """
    found, ms = np.empty(arcs.shape[0], np.int32), np.empty(arcs.shape[0], np.int64)
    count, turning = 0, np.int64(0)
    for i in range(arcs.shape[0]):
        time = (spent[i] >> SHIFT) + turning
        turning = np.int64(0)
        if arcs[i] >= first_link:
            turning = time
            continue
        found[count] = arcs[i] if arcs[i] < street_arcs else copied[arcs[i] - street_arcs]
        ms[count] = time
        count += 1
    return found[:count], ms[:count]


@compiled
def parts_of(
    code: int,
    up_head: Int32s,
    up_tail: Int32s,
    down_first: Int32s,
    down: Int32s,
    part_first: Int32s,
    part: Int32s,
    cost: Int64s,
    up: Int64s,
    down_cost: Int64s,
) -> np.int64:
    """What gave an up-arc (doubled, + 1 downwards) its cost: -2 - arc if it was that arc of the map, else the
    up-arc from a rank below to its tail; the same rank's up-arc to its head is the other part."""
    e, downwards = code >> 1, code & 1
    weight = down_cost[e] if downwards else up[e]
    for i in range(part_first[code], part_first[code + 1]):
        if cost[part[i]] == weight:
            return np.int64(-2 - part[i])
    for i in range(down_first[up_tail[e]], down_first[up_tail[e] + 1]):
        to_tail, last = down[i, 0], down[i, 1]
        spent = up[to_tail] if downwards else down_cost[to_tail]
        if spent >= weight:
            continue
        to_head = to_tail + 1
        while to_head < last and up_head[to_head] < up_head[e]:
            to_head += 1
        if to_head == last or up_head[to_head] != up_head[e]:
            continue
        if spent + (down_cost[to_head] if downwards else up[to_head]) == weight:
            return np.int64(to_tail)
    raise ValueError("These weights are not those of one customization.")
