"""The least that any simulation of events does: a moment goes into a heap and comes out again."""

import numpy as np
from numba import njit

from routing.arrays import Float64s
from simulations.lean.heap import pop, push


@njit(cache=True)
def bare_heap(rang_s: Float64s, takes_s: Float64s, units: int) -> int:
    """Two moments a call, its begin and its end, and nobody decides anything. How many ends came before the
    last begin.

    units : so many ends are in the heap at most, as many as there are crews
    """
    ends_s, numbers = np.empty(units + 1), np.empty(units + 1, np.int64)
    size, ended = 0, 0
    for call in range(len(rang_s)):
        while size > 0 and (ends_s[0] <= rang_s[call] or size >= units):
            size = pop(ends_s, numbers, size)
            ended += 1
        size = push(ends_s, numbers, size, rang_s[call] + takes_s[call], call)
    return ended
