"""The lean path itself: from one moment to the next at which somebody decides."""

from typing import NamedTuple

import numpy as np
from numba import njit

from routing.arrays import Float64s, Int32s
from simulations.lean.choose import closest
from simulations.lean.columns import NOBODY, Fleet, Ground, Incidents, Served, nothing_yet
from simulations.lean.heap import pop, push
from simulations.lean.send import send
from simulations.lean.state import BUSY, WAITING, State, begin
from simulations.lean.whereabouts import drive, stop


class Outcome(NamedTuple):
    """served : what became of each incident; home_m : float64[units], on ways home"""

    served: Served
    home_m: Float64s


def simulate(incidents: Incidents, fleet: Fleet, ground: Ground, hospital_of: Int32s) -> Outcome:
    """From everybody at home until everybody has been served who can be.

    hospital_of : int32[places, needs], where somebody is taken from there, NOBODY for nowhere
    """
    served, state = nothing_yet(len(incidents.rang_s)), begin(incidents, fleet, ground)
    _run(incidents, fleet, ground, hospital_of, served, state)
    return Outcome(served, state.where.driven_m)


@njit(cache=True)
def _run(
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    hospital_of: Int32s,
    served: Served,
    state: State,
) -> None:
    coming, count, units = 0, len(incidents.rang_s), len(fleet.kind)
    sizes = state.sizes
    while coming < count or sizes[BUSY] > 0:
        # Of one moment: first a unit is free, then an incident is opened.
        if sizes[BUSY] > 0 and (coming == count or state.back_s[0] <= incidents.opened_s[coming]):
            now_s, unit = state.back_s[0], state.back[0]
            sizes[BUSY] = pop(state.back_s, state.back, sizes[BUSY])
            state.free[unit] = True
            state.where.spot[unit] = state.next_spot[unit]
            if sizes[WAITING] > 0:
                _serve(now_s, incidents, fleet, ground, hospital_of, served, state)
            if state.free[unit]:
                drive(unit, fleet.kind[unit], fleet.base[unit], now_s, state.where, ground)
        else:
            number = coming
            coming += 1
            now_s, unit = incidents.opened_s[number], NOBODY
            if sizes[BUSY] < units:
                unit = closest(
                    now_s,
                    incidents.place[number],
                    incidents.need[number],
                    state.free,
                    fleet,
                    ground,
                    state.where,
                )
            if unit == NOBODY:
                sizes[WAITING] = push(state.turn, state.queue, sizes[WAITING], state.turn_of[number], number)
            else:
                send(now_s, number, unit, incidents, fleet, ground, hospital_of, served, state)
    for unit in range(units):  # at last everybody comes home
        stop(unit, fleet.kind[unit], np.inf, state.where, ground)


@njit(cache=True)
def _serve(
    now_s: float,
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    hospital_of: Int32s,
    served: Served,
    state: State,
) -> None:
    """Whoever waits, in turn, as long as somebody is free. Who cannot be reached goes on waiting."""
    sizes, units = state.sizes, len(fleet.kind)
    left = np.empty(sizes[WAITING], np.int64)
    kept = 0
    while sizes[WAITING] > 0 and sizes[BUSY] < units:
        number = state.queue[0]
        sizes[WAITING] = pop(state.turn, state.queue, sizes[WAITING])
        unit = closest(
            now_s, incidents.place[number], incidents.need[number], state.free, fleet, ground, state.where
        )
        if unit == NOBODY:
            left[kept] = number
            kept += 1
        else:
            send(now_s, number, unit, incidents, fleet, ground, hospital_of, served, state)
    for number in left[:kept]:
        sizes[WAITING] = push(state.turn, state.queue, sizes[WAITING], state.turn_of[number], number)
