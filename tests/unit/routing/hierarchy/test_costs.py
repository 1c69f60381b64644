import numpy as np

from routing.hierarchy.costs import NEVER, pack, unpacked
from routing.kernels import CLOSED, FAR, NOWHERE, UNREACHED


def packed(ms, mm):
    cost = np.full(len(ms), -1, np.int64)
    arcs = np.arange(len(ms), dtype=np.int32)
    metres = np.repeat(mm[::2] / 1000.0, 1).astype(np.float64)
    pace = pack(np.array(ms, np.int32), np.array(mm, np.int64), metres, arcs, cost)
    return cost, pace


def test_a_cost_holds_time_and_way():
    cost, _ = packed([1, 12_345, FAR - 1, 7], np.array([1, 1, 999_999_999, 0]))
    ms, mm = unpacked(cost)
    assert ms.tolist() == [1, 12_345, FAR - 1, 7]
    assert mm.tolist() == [1, 1, 999_999_999, 0]


def test_what_is_closed_or_takes_a_week_is_never():
    cost, pace = packed([CLOSED, FAR], np.array([5, 5]))
    assert cost.tolist() == [NEVER, NEVER]
    assert pace == np.inf
    ms, mm = unpacked(cost)
    assert ms.tolist() == [UNREACHED] * 2
    assert mm.tolist() == [NOWHERE] * 2


def test_the_faster_is_less_however_long_and_of_equals_the_shorter():
    fast_and_long, slow_and_short, slow_and_long = packed([9, 10, 10, 10], np.array([4 * 10**9, 1, 2, 2]))[0][
        :3
    ]
    assert fast_and_long < slow_and_short < slow_and_long


def test_two_nevers_fit_and_are_still_never():
    twice = np.array([2 * NEVER], np.int64)
    assert unpacked(twice)[0][0] == UNREACHED


def test_the_fastest_street_gives_the_pace():
    _, pace = packed([500, 400, CLOSED, 3_000], np.array([10_000, 10_000, 20_000, 20_000]))
    assert pace == 40.0
