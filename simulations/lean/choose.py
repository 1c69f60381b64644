"""Whom to send, on arrays: the rules of `dispatch/policies/send.py` and `choice.py` for a fleet in sight."""

import numpy as np
from numba import njit

from simulations.lean.clock import pace_at, paced
from simulations.lean.columns import NOBODY, Fleet, Ground, Incidents
from simulations.lean.count import covered_now, settle
from simulations.lean.plan import CLOSEST, PREPAREDNESS, Plan
from simulations.lean.ready import without_each
from simulations.lean.rounding import tenth
from simulations.lean.state import State
from simulations.lean.weigh import als_free, order
from simulations.lean.whereabouts import spot_of


@njit(cache=True)
def choose(
    now_s: float, number: int, incidents: Incidents, fleet: Fleet, ground: Ground, plan: Plan, state: State
) -> int:
    """The free unit that the policy of the incident's priority puts first, among those that can do what is
    needed; where none of those gets there, among the others: somebody is better than nobody. NOBODY where
    none is free or has a way. Equal ones by callsign."""
    priority, place, need = incidents.priority[number], incidents.place[number], incidents.need[number]
    policy, pace = plan.policy[priority], pace_at(now_s, plan.pace)
    if len(plan.taken_for) > 0:
        place = plan.taken_for[place]
    if policy == CLOSEST:
        return closest(now_s, place, need, pace, fleet, ground, state)
    settle(now_s, state.free, fleet, ground, plan.cover, state.where, state.here)
    covered, als = covered_now(state.here), als_free(plan.cover, state.free, fleet)
    prepared = np.zeros(0)
    if policy == PREPAREDNESS and not plan.figures.soonest[priority]:
        prepared = without_each(fleet, plan.cover, plan.figures, state.here)
    left_s = max(0.0, plan.target_s[priority] - (now_s - incidents.rang_s[number]))
    best, best_key = NOBODY, (np.inf, np.inf, np.inf)
    other, other_key = NOBODY, (np.inf, np.inf, np.inf)
    for unit in range(len(state.free)):
        if not state.free[unit]:
            continue
        kind = fleet.kind[unit]
        travel_s = paced(
            ground.to_scene_s[kind, spot_of(unit, kind, now_s, state.where, ground), place], pace
        )
        if not np.isfinite(travel_s):
            continue
        arrival_s = travel_s + fleet.turnout_s[unit]
        left = prepared[unit] if len(prepared) > 0 else 0.0
        first, second, more_s = order(
            policy, unit, kind, priority, arrival_s, left_s, covered, als, left, plan, state.here
        )
        key = (first, second, tenth(arrival_s + more_s))
        if fleet.able[unit, need]:
            if key < best_key:
                best, best_key = unit, key
        elif key < other_key:
            other, other_key = unit, key
    return best if best != NOBODY else other


@njit(cache=True)
def closest(
    now_s: float, place: int, need: int, pace: float, fleet: Fleet, ground: Ground, state: State
) -> int:
    """The least travel and turnout, without a look at coverage: what most simulated calls ask."""
    best, best_tenths = NOBODY, np.inf
    other, other_tenths = NOBODY, np.inf
    for unit in range(len(state.free)):
        if not state.free[unit]:
            continue
        kind = fleet.kind[unit]
        travel_s = paced(
            ground.to_scene_s[kind, spot_of(unit, kind, now_s, state.where, ground), place], pace
        )
        if not np.isfinite(travel_s):
            continue
        tenths = np.rint((travel_s + fleet.turnout_s[unit]) * 10.0)  # both are tenths, so no half is near
        if fleet.able[unit, need]:
            if tenths < best_tenths:
                best, best_tenths = unit, tenths
        elif tenths < other_tenths:
            other, other_tenths = unit, tenths
    return best if best != NOBODY else other
