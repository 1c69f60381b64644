"""One number for time and way: milliseconds in the upper half of an int64, millimetres in the lower.

Adding costs adds both, comparing compares the times and then the ways. So one minimum finds the fastest way
and, of equally fast ones, the shortest: the rule of `routing.kernels.grow`, with no second weight to carry
and no ties to break. It holds while a way is shorter than 2^32 mm (4,295 km) and faster than 2^29 ms
(six days); NEVER is what cannot be driven, and two of it still fit.
"""

from typing import Final

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from routing.compiled import compiled
from routing.kernels import CLOSED, FAR, NOWHERE, UNREACHED

SHIFT: Final = 32
NEVER: Final = FAR << SHIFT
MM: Final = (1 << SHIFT) - 1


@compiled
def pack(ms: Int32s, mm: Int64s, metres: Float64s, arcs: Int32s, cost: Int64s) -> float:
    """Write cost[arc] of `arcs`: NEVER where ms[arc] is CLOSED, or FAR and more.

    ms, mm, cost : [arcs of the graph]     metres : float64[edges]
    Returns the least milliseconds for a metre among those of these arcs that are of the streets, inf where
    none is open: a copy takes as long as what it stands for, and a turn leads nowhere.
    """
    streets = 2 * metres.shape[0]
    pace = np.inf
    for i in range(arcs.shape[0]):
        arc = arcs[i]
        if ms[arc] >= FAR:
            cost[arc] = NEVER
            continue
        cost[arc] = (np.int64(ms[arc]) << SHIFT) + mm[arc]
        if arc < streets and metres[arc >> 1] > 0:
            pace = min(pace, ms[arc] / metres[arc >> 1])
    return pace


@compiled
def times_of(costs: Int64s, ms: Int32s) -> None:
    """Write the milliseconds of each cost, FAR for NEVER."""
    for i in range(costs.shape[0]):
        ms[i] = costs[i] >> SHIFT


@compiled
def unpacked(costs: Int64s) -> tuple[Int32s, Int64s]:
    """Milliseconds int32 (UNREACHED where there is no way) and millimetres int64 (NOWHERE there)."""
    ms, mm = np.empty(costs.shape[0], np.int32), np.empty(costs.shape[0], np.int64)
    for i in range(costs.shape[0]):
        there = costs[i] < NEVER
        ms[i] = costs[i] >> SHIFT if there else UNREACHED
        mm[i] = costs[i] & MM if there else NOWHERE
    return ms, mm


assert CLOSED == UNREACHED >= FAR  # one comparison finds all three
