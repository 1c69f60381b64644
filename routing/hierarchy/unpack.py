"""From a way through the hierarchy to the arcs of the map it stands for.

A shortcut costs exactly the sum of the two below it that gave it its cost, so they are found by that sum. Of
equally fast and equally long ways the first match is taken: the same one every time.
"""

import numpy as np

from routing.arrays import Int32s, Int64s
from routing.compiled import compiled
from routing.hierarchy.costs import NEVER
from routing.hierarchy.labels import common_slot


@compiled
def climb_with_trail(
    seed: Int64s, climb: Int32s, up_slot: Int32s, weight: Int64s, label: Int64s, trail: Int32s
) -> None:
    """As `labels.climb_from`; trail int32[slots] gains the up-arc that led to each slot, -1 for the seed."""
    rank = seed[0]
    for slot in range(climb[rank, 1], label.shape[0]):
        label[slot] = NEVER
        trail[slot] = -1
    label[climb[rank, 1]] = seed[1]
    if seed[2] >= 0:
        label[climb[seed[2], 1]] = seed[3]
    while rank >= 0:
        spent = label[climb[rank, 1]]
        if spent < NEVER:
            for e in range(climb[rank, 2], climb[rank + 1, 2]):
                if spent + weight[e] < label[up_slot[e]]:
                    label[up_slot[e]] = spent + weight[e]
                    trail[up_slot[e]] = e
        rank = np.int64(climb[rank, 0])


@compiled
def way(
    leave: Int64s,
    arrive: Int64s,
    slots: int,
    climb: Int32s,
    up_head: Int32s,
    up_tail: Int32s,
    up_slot: Int32s,
    down_first: Int32s,
    down: Int32s,
    part_first: Int32s,
    part: Int32s,
    cost: Int64s,
    up: Int64s,
    down_cost: Int64s,
) -> tuple[np.int64, np.int64, np.int64, Int32s]:
    """The fastest way from a seed to a seed.

    Returns its cost (NEVER if there is none), the rank it begins at, the rank it ends at, and the arcs of the
    map between these, in driving order.
    """
    arcs = np.empty(256, np.int32)
    if leave[0] < 0 or arrive[0] < 0:
        return np.int64(NEVER), np.int64(-1), np.int64(-1), arcs[:0]
    ahead, back = np.empty(slots, np.int64), np.empty(slots, np.int64)
    ahead_trail, back_trail = np.empty(slots, np.int32), np.empty(slots, np.int32)
    climb_with_trail(leave, climb, up_slot, up, ahead, ahead_trail)
    climb_with_trail(arrive, climb, up_slot, down_cost, back, back_trail)
    best, summit = np.int64(NEVER), np.int64(-1)
    for shared in range(common_slot(leave[0], arrive[0], climb), slots):
        if ahead[shared] + back[shared] < best:
            best, summit = ahead[shared] + back[shared], np.int64(shared)
    if summit < 0:
        return best, np.int64(-1), np.int64(-1), arcs[:0]
    # a stack of up-arcs, doubled, + 1 if driven downwards; what is driven first lies on top
    stack = np.empty(4 * slots + 4, np.int32)
    height = 0
    slot, end = summit, np.int64(-1)
    while back_trail[slot] >= 0:
        stack[height] = 2 * back_trail[slot] + 1
        height += 1
        end = np.int64(up_tail[back_trail[slot]])
        slot = np.int64(climb[end, 1])
    stack[:height] = stack[:height][::-1].copy()
    top = height
    slot, begin = summit, np.int64(-1)
    while ahead_trail[slot] >= 0:
        stack[height] = 2 * ahead_trail[slot]
        height += 1
        begin = np.int64(up_tail[ahead_trail[slot]])
        slot = np.int64(climb[begin, 1])
    if height > top:
        peak = np.int64(up_head[stack[top] >> 1])
    elif top > 0:
        peak = np.int64(up_head[stack[top - 1] >> 1])
    else:
        peak = leave[0] if climb[leave[0], 1] == summit else leave[2]
    begin = peak if begin < 0 else begin
    end = peak if end < 0 else end
    count = 0
    while height > 0:
        height -= 1
        e, downwards = stack[height] >> 1, stack[height] & 1
        weight = down_cost[e] if downwards else up[e]
        itself = -1
        for i in range(part_first[stack[height]], part_first[stack[height] + 1]):
            if cost[part[i]] == weight:
                itself = part[i]
                break
        if itself >= 0:
            if count == arcs.shape[0]:
                larger = np.empty(2 * count, np.int32)
                larger[:count] = arcs
                arcs = larger
            arcs[count] = itself
            count += 1
            continue
        # the two below it: from a rank under its tail, whose up-arcs lead to the tail and to the head
        found = False
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
                found = True
                stack[height] = 2 * to_tail if downwards else 2 * to_head
                stack[height + 1] = (2 * to_head if downwards else 2 * to_tail) + 1
                break
        if not found:
            raise ValueError("The weights are not those of one customization.")
        height += 2
    return best, begin, end, arcs[:count].copy()
