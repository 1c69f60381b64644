"""The most likely way of a whole track: a hidden Markov model, decoded with Viterbi's algorithm.

States are arcs, what is seen are fixes; costs are those of `routing.matching.model`. The way between two
fixes is searched by metres and by the arcs that are open, not by the time a metric says: which way a crew
took is to be found, and the times are to be learned from it.
"""

from typing import Final

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s, Masks
from routing.compiled import compiled
from routing.matching.candidates import HOPELESS, MOST, candidates
from routing.matching.model import DETOUR_M, HEADING, U_TURN_M
from routing.matching.search import NO_WAY, search, way_to
from routing.snapper import scale_at

MATCHED, STANDING, NO_STREET, OUTLIER = range(4)
GAP_S: Final = 180.0  # a silence longer than this breaks a track (Newson and Krumm's figure)
USUAL_S: Final = 10.0  # between fixes; over longer silences detours are less surprising
TOP_MPS: Final = 50.0  # nobody is faster, 180 km/h (theirs as well)
SURPRISE: Final = 15.0  # a fix that costs more is put aside, unless those after it agree with it
MOST_ASIDE: Final = 3
BEHIND_MM: Final = 16_000  # so much may a receiver jump back on a street without a turn
STILL: Final = 2.0  # within so many times the noise of the last fix a unit stands still (theirs)


@compiled
def decode(
    at_s: Float64s,
    lat: Float64s,
    lon: Float64s,
    heading: Float64s,
    noise_m: Float64s,
    frame: Float64s,
    cell_first: Int32s,
    row: Float64s,
    key: Int32s,
    first: Int32s,
    onward: Int32s,
    ends: Int32s,
    edge_mm: Int64s,
    mm: Int64s,
    seen: Int32s,
    wanted: Int32s,
    via: Int32s,
    turn: Int32s,
    heap: Int64s,
) -> tuple[Masks, Int32s, Int32s, Int64s, Float64s]:
    """Where the vehicle was at every fix that counts.

    at_s, lat, lon, heading, noise_m : float64[fixes], rising in time; heading nan where it does not count
    frame ... key : `snapper.CellRows`   first ... edge_mm : `local.LocalRoads`   mm ... : `search.Scratch`
    Returns verdict uint8[fixes]; stretch int32[fixes], -1 where not matched, a new number after every break;
    arc int32[fixes]; into_mm int64[fixes]; left_s float64[fixes], when it was last seen standing there.
    """
    fixes = at_s.shape[0]
    verdict = np.full(fixes, OUTLIER, np.uint8)
    stretch = np.full(fixes, -1, np.int32)
    arc, into = np.full((fixes, MOST), -1, np.int32), np.zeros((fixes, MOST), np.int64)
    cost, back = np.full((fixes, MOST), np.inf), np.full((fixes, MOST), -1, np.int32)
    count, before, left_s = np.zeros(fixes, np.int64), np.full(fixes, -1, np.int64), at_s.copy()
    last, number, i = -1, -1, 0
    aside, put_aside, accept = (
        -1,
        0,
        False,
    )  # first fix put aside, how many, take the next anyway
    while i < fixes:
        if last >= 0 and aside < 0:
            north, east = scale_at(lat[i])
            moved = np.hypot((lon[i] - lon[last]) * east, (lat[i] - lat[last]) * north)
            if moved < STILL * noise_m[last] and at_s[i] - left_s[last] <= GAP_S:
                verdict[i], left_s[last] = STANDING, at_s[i]
                i += 1
                continue
        if count[i] == 0:
            count[i] = candidates(
                lat[i], lon[i], heading[i], noise_m[i], HEADING, frame, cell_first, row, key, edge_mm,
                arc[i], into[i], cost[i],
            )  # fmt: skip
        if count[i] == 0:
            verdict[i] = NO_STREET
            i += 1
            continue
        anew = last < 0 or at_s[i] - left_s[last] > GAP_S
        if anew and aside >= 0:
            i = aside
        elif not anew:
            own = cost[i].copy()
            rise = step(
                last, i, at_s[i] - left_s[last], count, lat, lon, arc, into, cost, back, first, onward, ends,
                edge_mm, mm, seen, wanted, via, turn, heap,
            )  # fmt: skip
            if rise > SURPRISE and not (accept and rise < np.inf):
                cost[i] = own
                if not accept:
                    verdict[i] = OUTLIER
                    aside, put_aside = (i if aside < 0 else aside), put_aside + 1
                    # so many cannot all be wrong: take the first of them, by a way or with a break
                    i, accept = (aside, True) if put_aside > MOST_ASIDE else (i + 1, False)
                    continue
                anew = True
        number += 1 if anew else 0
        before[i] = -1 if anew else last
        verdict[i], stretch[i] = MATCHED, number
        last, aside, put_aside, accept = i, -1, 0, False
        i += 1
    its_arc, its_into = trace(stretch, before, count, arc, into, cost, back)
    return verdict, stretch, its_arc, its_into, left_s


@compiled
def step(
    last: int,
    i: int,
    elapsed_s: float,
    count: Int64s,
    lat: Float64s,
    lon: Float64s,
    arc: Int32s,
    into: Int64s,
    cost: Float64s,
    back: Int32s,
    first: Int32s,
    onward: Int32s,
    ends: Int32s,
    edge_mm: Int64s,
    mm: Int64s,
    seen: Int32s,
    wanted: Int32s,
    via: Int32s,
    turn: Int32s,
    heap: Int64s,
) -> float:
    """From the candidates of one fix to those of another: raise `cost[i]` by the cheapest way there, note it
    in `back[i]`. Returns by how much the least cost rises, inf where there is no way at all."""
    north, east = scale_at(lat[i])
    moved_mm = 1000 * np.hypot((lon[i] - lon[last]) * east, (lat[i] - lat[last]) * north)
    detour_mm = 1000 * DETOUR_M * max(1.0, elapsed_s / USUAL_S)
    limit = np.int64(min(moved_mm + HOPELESS * detour_mm, 1000 * TOP_MPS * (elapsed_s + 1) + 100_000))
    n = count[i]
    begins = np.empty(n, np.int32)
    for j in range(n):
        begins[j] = ends[arc[i, j] >> 1, arc[i, j] & 1]
    best = np.full(n, np.inf)
    least = cost[last, : count[last]].min()
    for h in range(count[last]):
        if cost[last, h] > least + HOPELESS:
            continue
        one, done = arc[last, h], into[last, h]
        rest = edge_mm[one >> 1] - done
        search(ends[one >> 1, 1 - (one & 1)], begins, limit - rest, first, onward, ends, edge_mm,
               mm, seen, wanted, via, turn, heap)  # fmt: skip
        for j in range(n):
            way = between(one, done, arc[i, j], into[i, j], begins[j], edge_mm, mm, seen, turn)
            if way <= limit:
                total = cost[last, h] + abs(way - moved_mm) / detour_mm
                if total < best[j]:
                    best[j], back[i, j] = total, h
    cost[i, :n] += best
    return float(cost[i, :n].min() - least)


@compiled
def between(
    one: int,
    done: int,
    other: int,
    into: int,
    begin: int,
    edge_mm: Int64s,
    mm: Int64s,
    seen: Int32s,
    turn: Int32s,
) -> int:
    """Millimetres from a place on one arc to a place on another, after a search from the end of the one."""
    if one == other and into - done >= -BEHIND_MM:  # somewhat behind is what a receiver at rest does
        return max(0, into - done)
    way = int(way_to(begin, seen, mm, turn))
    if way < NO_WAY:
        way += edge_mm[one >> 1] - done + into
    if one ^ 1 == other and edge_mm[one >> 1] - into >= done:
        way = min(way, int(edge_mm[one >> 1] - into - done + 1000 * U_TURN_M))
    return int(way)


@compiled
def trace(
    stretch: Int32s,
    before: Int64s,
    count: Int64s,
    arc: Int32s,
    into: Int64s,
    cost: Float64s,
    back: Int32s,
) -> tuple[Int32s, Int64s]:
    """From the end of each stretch back along the cheapest ways: arc and millimetres into it by fix."""
    fixes = stretch.shape[0]
    its_arc, its_into = np.full(fixes, -1, np.int32), np.zeros(fixes, np.int64)
    following, pick = -1, -1
    for i in range(fixes - 1, -1, -1):
        if stretch[i] < 0:
            continue
        if following >= 0 and before[following] == i:
            pick = back[following, pick]
        else:
            pick = int(np.argmin(cost[i, : count[i]]))
        its_arc[i], its_into[i] = arc[i, pick], into[i, pick]
        following = i
    return its_arc, its_into
