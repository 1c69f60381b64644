"""One number for time and way: milliseconds in the upper half of an int64, millimetres in the lower.

Adding costs adds both, comparing compares the times and then the ways. So one minimum finds the fastest way
and, of equally fast ones, the shortest: the rule of `routing.kernels.grow`, with no second weight to carry
and no ties to break. It holds while a way is shorter than 2^32 mm (4,295 km) and faster than 2^29 ms
(six days); NEVER is what cannot be driven, and two of it still fit.
"""

from typing import Final

import numpy as np

from routing.arrays import Int32s, Int64s
from routing.kernels import CLOSED, FAR, NOWHERE, UNREACHED

SHIFT: Final = 32
NEVER: Final = FAR << SHIFT
MM: Final = (1 << SHIFT) - 1


def packed(ms: Int32s, mm: Int64s) -> Int64s:
    """int64 costs; NEVER where ms is CLOSED, UNREACHED or FAR and more."""
    costs: Int64s = np.where(ms < FAR, (ms.astype(np.int64) << SHIFT) | mm, NEVER)
    return costs


def unpacked(costs: Int64s) -> tuple[Int32s, Int64s]:
    """Milliseconds int32 (UNREACHED where there is no way) and millimetres int64 (NOWHERE there)."""
    there = costs < NEVER
    ms = np.where(there, costs >> SHIFT, UNREACHED).astype(np.int32)
    return ms, np.where(there, costs & MM, NOWHERE)


assert CLOSED == UNREACHED >= FAR  # one comparison finds all three
