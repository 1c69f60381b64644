"""From places at fixes to arcs driven: when each was entered and left."""

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from routing.compiled import compiled
from routing.kernels import CLOSED
from routing.matching.model import U_TURN_M
from routing.matching.search import NO_WAY, search, way_to
from routing.matching.viterbi import BEHIND_MM

MM_PER_MS = 8  # what is driven though it is closed is driven at 29 km/h


@compiled
def arcs_driven(
    at_s: Float64s,
    left_s: Float64s,
    stretch: Int32s,
    its_arc: Int32s,
    its_into: Int64s,
    arc_ms: Int32s,
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
) -> tuple[Int32s, Float64s]:
    """The arcs of a track in the order they were driven; between fixes time is spent as `arc_ms` spends it.

    at_s ... its_into : as `viterbi.decode` returns     arc_ms : int32[arcs], CLOSED counts by its length
    Returns int32[n, 2]: arc and stretch; and float64[n, 5]: the shares of it where driving began and ended,
    when it was entered and left, and for how many seconds of that the vehicle was seen standing.
    """
    visit, span, n = np.empty((256, 2), np.int32), np.empty((256, 5), np.float64), 0
    last, done = -1, 0
    target = np.empty(1, np.int32)
    for i in range(at_s.shape[0]):
        if stretch[i] < 0:
            continue
        arc, into = int(its_arc[i]), int(its_into[i])
        if last < 0 or stretch[last] != stretch[i]:
            pieces = np.array([[arc, into, into]])
            elapsed_s = 0.0
        else:
            one = int(its_arc[last])
            if one == arc and into - done >= -BEHIND_MM:
                into = max(into, done)
                pieces = np.array([[arc, done, into]])
            else:
                target[0] = ends[arc >> 1, arc & 1]
                search(int(ends[one >> 1, 1 - (one & 1)]), target, NO_WAY, first, onward, ends, edge_mm,
                       mm, seen, wanted, via, turn, heap)  # fmt: skip
                pieces = pieces_between(
                    one, done, arc, into, int(target[0]), ends, edge_mm, mm, seen, via, turn
                )
            elapsed_s = at_s[i] - left_s[last]
        now = at_s[i] - elapsed_s
        whole = 0.0
        for k in range(pieces.shape[0]):
            whole += usual_ms(pieces[k], arc_ms, edge_mm)
        if n + pieces.shape[0] > visit.shape[0]:
            visit = np.concatenate((visit, np.empty((n + pieces.shape[0], 2), np.int32)))
            span = np.concatenate((span, np.empty((n + pieces.shape[0], 5), np.float64)))
        for k in range(pieces.shape[0]):
            length = edge_mm[pieces[k, 0] >> 1]
            share = usual_ms(pieces[k], arc_ms, edge_mm) / whole if whole > 0 else 1 / pieces.shape[0]
            begin, end, left = pieces[k, 1], pieces[k, 2], now + share * elapsed_s
            if length == 0:  # a barrier
                continue
            goes_on = n > 0 and visit[n - 1, 0] == pieces[k, 0] and visit[n - 1, 1] == stretch[i]
            if goes_on and abs(span[n - 1, 1] - begin / length) < 1e-9:
                span[n - 1, 1], span[n - 1, 3] = end / length, left
            else:
                visit[n, 0], visit[n, 1] = pieces[k, 0], stretch[i]
                span[n, 0], span[n, 1], span[n, 2] = begin / length, end / length, now
                span[n, 3], span[n, 4] = left, 0.0
                n += 1
            now = left
        span[n - 1, 3] = left_s[i]
        span[n - 1, 4] += left_s[i] - at_s[i]
        last, done = i, into
    return visit[:n], span[:n]


@compiled
def pieces_between(
    one: int,
    done: int,
    arc: int,
    into: int,
    begin: int,
    ends: Int32s,
    edge_mm: Int64s,
    mm: Int64s,
    seen: Int32s,
    via: Int32s,
    turn: Int32s,
) -> Int64s:
    """Arc, and millimetres of it where driving begins and ends, for every arc between two places."""
    rest = edge_mm[one >> 1] - done
    around = way_to(begin, seen, mm, turn)
    if one ^ 1 == arc and rest - into >= 0 and rest - into + 1000 * U_TURN_M <= around + rest + into:
        return np.array([[one, done, edge_mm[one >> 1] - into], [arc, into, into]])
    between, node = 0, begin
    while via[node] >= 0:
        between, node = between + 1, ends[via[node] >> 1, via[node] & 1]
    pieces = np.empty((between + 2, 3), np.int64)
    pieces[0, 0], pieces[0, 1], pieces[0, 2] = one, done, edge_mm[one >> 1]
    pieces[between + 1, 0], pieces[between + 1, 1], pieces[between + 1, 2] = arc, 0, into
    node = begin
    for k in range(between, 0, -1):
        pieces[k, 0], pieces[k, 1], pieces[k, 2] = via[node], 0, edge_mm[via[node] >> 1]
        node = ends[via[node] >> 1, via[node] & 1]
    return pieces


@compiled
def usual_ms(piece: Int64s, arc_ms: Int32s, edge_mm: Int64s) -> float:
    """What a piece takes by the metric."""
    length, driven = edge_mm[piece[0] >> 1], piece[2] - piece[1]
    if arc_ms[piece[0]] == CLOSED or length == 0:
        return float(driven / MM_PER_MS)
    return float(arc_ms[piece[0]] * driven / length)
