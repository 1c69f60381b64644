"""Whom to send, on arrays: the rules of `dispatch/policies/send.py` and `choice.py` for a fleet in sight."""

import numpy as np

from routing.arrays import Float64s
from simulations.compiled import compiled
from simulations.lean.clock import pace_at, paced
from simulations.lean.columns import NOBODY, Fleet, Ground, Incidents
from simulations.lean.count import NOWHERE, covered_now, missed, settle
from simulations.lean.plan import CLOSEST, COVERAGE_COST, DMEXCLP, KEPT_BACK, PREPAREDNESS, Plan
from simulations.lean.ready import without_each
from simulations.lean.rounding import tenth
from simulations.lean.state import State
from simulations.lean.weigh import IN_TIME, LATE, als_free, cost_s, leaves_too_little
from simulations.lean.whereabouts import look_for_all


@compiled
def choose(
    now_s: float, number: int, incidents: Incidents, fleet: Fleet, ground: Ground, plan: Plan, state: State
) -> int:
    """The free unit that the policy of the incident's priority puts first, among those that can do what is
    needed; where none of those gets there, among the others: somebody is better than nobody. NOBODY where
    none is free or has a way. Equal ones by callsign."""
    priority, place, need = incidents.priority[number], state.place[number], incidents.need[number]
    policy, pace = plan.policy[priority], pace_at(now_s, plan.pace)
    taken_for = place if len(plan.taken_for) == 0 else plan.taken_for[place]
    look_for_all(now_s, fleet, state.where, ground)
    arrival_s = arrivals(taken_for, pace, fleet, ground, state)
    if taken_for != place and state.again_s[number] > 0.0:
        without_way(arrival_s, place, fleet, ground, state)
    figures = plan.figures
    if (
        policy == CLOSEST
        or (policy == KEPT_BACK and not figures.kept[priority])
        or (policy == PREPAREDNESS and figures.soonest[priority])
    ):
        return closest(arrival_s, need, fleet)
    settle(state.free, fleet, ground, plan.cover, state.where, state.here)
    left_s = max(0.0, plan.target_s[priority] - (now_s - incidents.rang_s[number]))
    return by_cover(policy, need, left_s, arrival_s, fleet, plan, state)


@compiled
def arrivals(place: int, pace: float, fleet: Fleet, ground: Ground, state: State) -> Float64s:
    """float64[units], travel and turnout; inf for who is not free or has no way."""
    free, kinds, seen, turnout_s = state.free, fleet.kind, state.where.seen, fleet.turnout_s
    to_scene_s = ground.to_scene_s
    found = np.full(len(free), np.inf)
    for unit in range(len(free)):
        if free[unit]:
            found[unit] = paced(to_scene_s[kinds[unit], seen[unit], place], pace) + turnout_s[unit]
    return found


@compiled
def without_way(arrival_s: Float64s, place: int, fleet: Fleet, ground: Ground, state: State) -> None:
    """Since one was turned back it is known who has no way: inf for these, too."""
    for unit in range(len(arrival_s)):
        if not np.isfinite(ground.to_scene_s[fleet.kind[unit], state.where.seen[unit], place]):
            arrival_s[unit] = np.inf


@compiled
def closest(arrival_s: Float64s, need: int, fleet: Fleet) -> int:
    """The least travel and turnout, without a look at coverage: what most simulated calls ask."""
    best, best_tenths = NOBODY, np.inf
    other, other_tenths = NOBODY, np.inf
    able = fleet.able
    for unit in range(len(arrival_s)):
        tenths = np.rint(arrival_s[unit] * 10.0)  # both are tenths, so no half is near
        if able[unit, need]:
            if tenths < best_tenths:
                best, best_tenths = unit, tenths
        elif tenths < other_tenths:
            other, other_tenths = unit, tenths
    return best if best != NOBODY else other


@compiled
def by_cover(
    policy: int,
    need: int,
    left_s: float,
    arrival_s: Float64s,
    fleet: Fleet,
    plan: Plan,
    state: State,
) -> int:
    """Who has the least of three: two figures of the policy, then arrival with what the policy adds to it.

    left_s : until somebody should be there, from now
    """
    figures, cover, count = plan.figures, plan.cover, state.here
    first_of, reached, spare, busy_power = cover.first, cover.reached, cover.spare, cover.busy_power
    cell, within, alone, whole = count.cell, count.within, count.alone, count.covered[0]
    able, kinds, als = fleet.able, fleet.kind, cover.als
    covered = covered_now(count)
    last_als = policy == KEPT_BACK and als_free(cover, state.free, fleet) <= figures.als_kept
    prepared = (
        without_each(fleet, cover, figures, count, state.ready) if policy == PREPAREDNESS else arrival_s
    )
    best, best_key = NOBODY, (np.inf, np.inf, np.inf)
    other, other_key = NOBODY, (np.inf, np.inf, np.inf)
    for unit in range(len(arrival_s)):
        there_s, fits = arrival_s[unit], able[unit, need]
        if there_s == np.inf or (best != NOBODY and not fits):
            continue
        ahead = best_key if fits else other_key
        late = LATE if there_s > left_s else IN_TIME
        first, second, more_s = IN_TIME, 0.0, 0.0
        if policy == KEPT_BACK:
            scarce = cell[unit] != NOWHERE and leaves_too_little(
                whole, alone[unit], covered, figures.cover_kept
            )
            first = 1.0 if scarce or (last_als and als[unit]) else 0.0
        elif policy == COVERAGE_COST:
            if cell[unit] != NOWHERE:
                more_s = cost_s(whole, alone[unit], covered, figures.seconds_a_percent)
        elif late > ahead[0]:
            continue
        elif policy == DMEXCLP:
            first, at = late, cell[unit]
            if at != NOWHERE and (late == IN_TIME or figures.late_by_cover):
                most = ahead[1] if late == ahead[0] else np.inf
                begin, end = first_of[kinds[unit], at], first_of[kinds[unit], at + 1]
                second = missed(begin, end, most, reached, spare, busy_power, within)
        else:
            first, second = late, 0.0 if late == LATE else -prepared[unit]
        key = (first, second, tenth(there_s + more_s))
        if fits:
            if key < best_key:
                best, best_key = unit, key
        elif key < other_key:
            other, other_key = unit, key
    return best if best != NOBODY else other
