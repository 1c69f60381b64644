"""The first queue a caller meets: lines, call takers, and patience.

Callers are answered in the order in which they ring. Who has to wait longer than they will hangs up; who
finds every line taken hears the busy tone. Both are lost to the service until they ring again, which they
may or may not do.
"""

from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.compiled import compiled
from simulations.lean.heap import pop, push

ANSWERED, HUNG_UP, BUSY_TONE = 0, 1, 2


class Takers(NamedTuple):
    """on_s, off_s : float64[takers, shifts], between which times each sits at a desk, in order; inf for none
    lines         : so many callers at once are on the line, those who talk among them
    """

    on_s: Float64s
    off_s: Float64s
    lines: int


class Answered(NamedTuple):
    """at_s : float64[calls], when somebody answered, or when the caller was gone
    fate  : int32[calls], ANSWERED, HUNG_UP or BUSY_TONE
    """

    at_s: Float64s
    fate: Int32s


def always(takers: int, lines: int) -> Takers:
    """So many takers, day and night."""
    return Takers(np.zeros((takers, 1)), np.full((takers, 1), np.inf), lines)


def answer(rang_s: Float64s, talk_s: Float64s, patience_s: Float64s, takers: Takers) -> Answered:
    """rang_s : in order
    talk_s : how long each keeps a taker
    """
    found = Answered(np.empty(len(rang_s)), np.full(len(rang_s), ANSWERED, np.int32))
    _answer(rang_s, talk_s, patience_s, takers, found)
    return found


@compiled
def _answer(
    rang_s: Float64s, talk_s: Float64s, patience_s: Float64s, takers: Takers, found: Answered
) -> None:
    desks = len(takers.on_s)
    free_s = np.zeros(desks)
    gone_s, whose = np.empty(takers.lines + 1), np.empty(takers.lines + 1, np.int64)
    on_line = 0
    for call in range(len(rang_s)):
        now_s = rang_s[call]
        while on_line > 0 and gone_s[0] <= now_s:
            on_line = pop(gone_s, whose, on_line)
        if on_line >= takers.lines:
            found.at_s[call], found.fate[call] = now_s, BUSY_TONE
            continue
        # Who rang before and is still patient is served before, so what is left of a desk's time is known.
        desk, soonest_s = -1, np.inf
        for each in range(desks):
            there_s = _next_at_desk(max(now_s, free_s[each]), takers.on_s[each], takers.off_s[each])
            if there_s < soonest_s:
                desk, soonest_s = each, there_s
        if soonest_s - now_s > patience_s[call]:
            found.at_s[call], found.fate[call] = now_s + patience_s[call], HUNG_UP
            ends_s = now_s + patience_s[call]
        else:
            found.at_s[call] = soonest_s
            ends_s = free_s[desk] = soonest_s + talk_s[call]
        on_line = push(gone_s, whose, on_line, ends_s, call)


@compiled
def _next_at_desk(from_s: float, on_s: Float64s, off_s: Float64s) -> float:
    """From then on, when a taker next sits there; inf for never. Who talks when the shift ends talks on."""
    for shift in range(len(on_s)):
        if from_s < off_s[shift]:
            return float(max(from_s, on_s[shift]))
    return np.inf
