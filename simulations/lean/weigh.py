"""The dispatch policies on arrays: what `weigh` in `dispatch/policies/*.py` says of one candidate."""

from simulations.compiled import compiled
from simulations.lean.columns import Bools, Fleet
from simulations.lean.count import covered_without
from simulations.lean.plan import Cover
from simulations.lean.rounding import tenth

IN_TIME, LATE = 0.0, 1.0


@compiled
def leaves_too_little(whole: float, alone: float, covered: float, cover_kept: float) -> bool:
    """Whether less than is to be kept would be covered without it, where it makes a difference at all.

    whole, alone : of all free units and of this one alone, in billionths; covered: `whole` as it is told
    """
    after = covered_without(whole, alone)
    return after < cover_kept and after < covered


@compiled
def cost_s(whole: float, alone: float, covered: float, seconds_a_percent: float) -> float:
    """What the coverage it takes away is worth."""
    return tenth(seconds_a_percent * (100.0 * (covered - covered_without(whole, alone))))


@compiled
def als_free(cover: Cover, free: Bools, fleet: Fleet) -> int:
    """How many free units of the kinds that count have advanced life support."""
    found = 0
    als, counts, kinds = cover.als, cover.counts, fleet.kind
    for unit in range(len(free)):
        if free[unit] and als[unit] and counts[kinds[unit]]:
            found += 1
    return found
