"""The dispatch policies on arrays: what `weigh` in `dispatch/policies/*.py` says of one candidate."""

from numba import njit

from simulations.lean.columns import Bools, Fleet
from simulations.lean.count import NOWHERE, Count, covered_without, missed
from simulations.lean.plan import COVERAGE_COST, DMEXCLP, KEPT_BACK, PREPAREDNESS, Cover, Plan
from simulations.lean.rounding import tenth

IN_TIME, LATE = 0.0, 1.0


@njit(cache=True)
def kept_back(
    unit: int, kind: int, priority: int, covered: float, als_free: int, plan: Plan, count: Count
) -> float:
    """1 for who stands behind all others, else 0."""
    figures = plan.figures
    if not figures.kept[priority]:
        return 0.0
    if plan.cover.als[unit] and als_free <= figures.als_kept:
        return 1.0
    if count.cell[unit] == NOWHERE:
        return 0.0
    after = covered_without(unit, kind, plan.cover, count)
    return 1.0 if after < figures.cover_kept and after < covered else 0.0


@njit(cache=True)
def cost_s(unit: int, kind: int, covered: float, plan: Plan, count: Count) -> float:
    """What the coverage it takes away is worth."""
    after = covered
    if count.cell[unit] != NOWHERE:
        after = covered_without(unit, kind, plan.cover, count)
    return tenth(plan.figures.seconds_a_percent * (100.0 * (covered - after)))


@njit(cache=True)
def order(
    policy: int,
    unit: int,
    kind: int,
    priority: int,
    arrival_s: float,
    left_s: float,
    covered: float,
    als_free: int,
    prepared: float,
    plan: Plan,
    count: Count,
) -> tuple[float, float, float]:
    """Two figures that are compared before the score, the lower first, and seconds that are added to it.

    left_s   : until somebody should be there, from now
    prepared : the least prepared cell without this unit, for PREPAREDNESS
    """
    if policy == KEPT_BACK:
        return kept_back(unit, kind, priority, covered, als_free, plan, count), 0.0, 0.0
    if policy == COVERAGE_COST:
        return 0.0, 0.0, cost_s(unit, kind, covered, plan, count)
    late = arrival_s > left_s
    if policy == DMEXCLP:
        by_cover = not late or plan.figures.late_by_cover
        return (
            LATE if late else IN_TIME,
            missed(unit, kind, plan.cover, count) if by_cover else 0.0,
            0.0,
        )
    if policy == PREPAREDNESS and not plan.figures.soonest[priority]:
        return (LATE, 0.0, 0.0) if late else (IN_TIME, -prepared, 0.0)
    return 0.0, 0.0, 0.0


@njit(cache=True)
def als_free(cover: Cover, free: Bools, fleet: Fleet) -> int:
    """How many free units of the kinds that count have advanced life support."""
    found = 0
    for unit in range(len(free)):
        if free[unit] and cover.als[unit] and cover.counts[fleet.kind[unit]]:
            found += 1
    return found
