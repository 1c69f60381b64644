"""The lean path itself: from one moment to the next at which somebody decides.

Numba keeps what it compiled and looks at the date of this file alone: who changes a kernel that is called
from here deletes `simulations/lean/__pycache__`.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from routing.arrays import Float64s, Int32s
from simulations.lean.choose import choose
from simulations.lean.clock import on_duty, pace_at
from simulations.lean.columns import NOBODY, Fleet, Ground, Incidents, Served, nothing_yet
from simulations.lean.heap import pop, push
from simulations.lean.move import after_run, mend
from simulations.lean.plan import Plan, as_always
from simulations.lean.send import send
from simulations.lean.state import BUSY, FREE, NO_POST, WAITING, State, begin
from simulations.lean.whereabouts import drive, stands, stop


class Outcome(NamedTuple):
    """served : what became of each incident; home_m : float64[units], on ways home and to posts"""

    served: Served
    home_m: Float64s


def simulate(
    incidents: Incidents, fleet: Fleet, ground: Ground, hospital_of: Int32s, plan: Plan | None = None
) -> Outcome:
    """From everybody at home until everybody has been served who can be.

    hospital_of : int32[places, needs], where somebody is taken from there, NOBODY for nowhere
    plan        : what is done otherwise than always; `simulations.lean.plan_of` makes one. Raises ValueError
                  where beds are taken and there are fewer stays than incidents
    """
    plan = plan or nothing_else(fleet, ground)
    if plan.beds.held and len(plan.beds.stay_s) < len(incidents.rang_s):
        raise ValueError("Beds are taken: each incident needs its length of stay.")
    served, state = nothing_yet(len(incidents.rang_s)), begin(incidents, fleet, ground, plan)
    carry_on(incidents, fleet, ground, hospital_of, plan, served, state)
    return Outcome(served, state.where.driven_m)


def nothing_else(fleet: Fleet, ground: Ground) -> Plan:
    """The plan of a service that sends the closest and drives home."""
    kinds, units, needs = len(ground.to_scene_s), len(fleet.kind), fleet.able.shape[1]
    return as_always(kinds, units, len(ground.base_spot), len(ground.hospital_spot), needs)


@njit(cache=True, nogil=True)
def carry_on(
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    hospital_of: Int32s,
    plan: Plan,
    served: Served,
    state: State,
) -> None:
    """From any state until all are served who can be. It fills in `served`; the state is used up."""
    coming, turning, count, units = 0, 0, len(incidents.rang_s), len(fleet.kind)
    turns_s, sizes = plan.shifts.turns_s, state.sizes
    while coming < count or turning < len(turns_s) or sizes[BUSY] > 0:
        opened_s = incidents.opened_s[coming] if coming < count else np.inf
        turn_s = turns_s[turning] if turning < len(turns_s) else np.inf
        # Of one moment: first a unit is free, then shifts end and begin, then an incident is opened.
        if sizes[BUSY] > 0 and state.back_s[0] <= min(turn_s, opened_s):
            now_s, unit = state.back_s[0], state.back[0]
            sizes[BUSY] = pop(state.back_s, state.back, sizes[BUSY])
            state.where.spot[unit] = state.next_spot[unit]
            if not on_duty(unit, now_s, plan.shifts):
                _goes_off(unit, now_s, fleet, ground, plan, state)
                continue
            state.free[unit] = True
            sizes[FREE] += 1
            if sizes[WAITING] > 0:
                _serve(now_s, incidents, fleet, ground, hospital_of, plan, served, state)
            mend(now_s, fleet, ground, plan, state)
            if state.free[unit] and state.post[unit] == NO_POST:
                after_run(unit, now_s, fleet, ground, plan, state)
        elif turn_s <= opened_s:
            turning += 1
            _shifts(turn_s, fleet, ground, plan, state)
            if sizes[WAITING] > 0:
                _serve(turn_s, incidents, fleet, ground, hospital_of, plan, served, state)
            mend(turn_s, fleet, ground, plan, state)
        else:
            number = coming
            coming += 1
            unit = NOBODY
            if sizes[FREE] > 0:
                unit = choose(opened_s, number, incidents, fleet, ground, plan, state)
            if unit == NOBODY:
                sizes[WAITING] = push(state.turn, state.queue, sizes[WAITING], state.turn_of[number], number)
            else:
                send(opened_s, number, unit, incidents, fleet, ground, hospital_of, plan, served, state)
            mend(opened_s, fleet, ground, plan, state)
    for unit in range(units):  # at last everybody comes home
        stop(unit, fleet.kind[unit], np.inf, state.where, ground)


@njit(cache=True)
def _shifts(now_s: float, fleet: Fleet, ground: Ground, plan: Plan, state: State) -> None:
    """Who comes stands at home; who goes is asked no more; who is on a run finishes it first."""
    for unit in range(len(state.free)):
        there = on_duty(unit, now_s, plan.shifts)
        if there and state.off[unit]:
            stop(unit, fleet.kind[unit], now_s, state.where, ground)
            state.where.spot[unit] = ground.base_spot[fleet.base[unit]]
            state.off[unit], state.free[unit] = False, True
            state.sizes[FREE] += 1
            state.post[unit], state.moves[unit] = NO_POST, 0
        elif not there and state.free[unit]:
            state.free[unit] = False
            state.sizes[FREE] -= 1
            _goes_off(unit, now_s, fleet, ground, plan, state)


@njit(cache=True)
def _goes_off(unit: int, now_s: float, fleet: Fleet, ground: Ground, plan: Plan, state: State) -> None:
    """Home from where it stands; who is driving already goes on to where it was bound for."""
    state.off[unit], state.post[unit] = True, NO_POST
    kind = fleet.kind[unit]
    if stands(unit, kind, now_s, state.where, ground):
        stop(unit, kind, now_s, state.where, ground)
        drive(unit, kind, fleet.base[unit], now_s, pace_at(now_s, plan.pace), state.where, ground)


@njit(cache=True)
def _serve(
    now_s: float,
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    hospital_of: Int32s,
    plan: Plan,
    served: Served,
    state: State,
) -> None:
    """Whoever waits, in turn, as long as somebody is free. Who cannot be reached goes on waiting."""
    sizes = state.sizes
    left = np.empty(sizes[WAITING], np.int64)
    kept = 0
    while sizes[WAITING] > 0 and sizes[FREE] > 0:
        number = state.queue[0]
        sizes[WAITING] = pop(state.turn, state.queue, sizes[WAITING])
        unit = choose(now_s, number, incidents, fleet, ground, plan, state)
        if unit == NOBODY:
            left[kept] = number
            kept += 1
        else:
            send(now_s, number, unit, incidents, fleet, ground, hospital_of, plan, served, state)
    for number in left[:kept]:
        sizes[WAITING] = push(state.turn, state.queue, sizes[WAITING], state.turn_of[number], number)
