"""One run from the order to the moment its unit is free: all of it is known once the unit is chosen."""

import numpy as np
from numba import njit

from routing.arrays import Int32s
from simulations.lean.columns import NOBODY, Fleet, Ground, Incidents, Served
from simulations.lean.heap import push
from simulations.lean.state import BUSY, State
from simulations.lean.whereabouts import spot_of, stop


@njit(cache=True)
def send(
    now_s: float,
    number: int,
    unit: int,
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    hospital_of: Int32s,
    served: Served,
    state: State,
) -> None:
    kind, place = fleet.kind[unit], incidents.place[number]
    spot = spot_of(unit, kind, now_s, state.where, ground)
    stop(unit, kind, now_s, state.where, ground)
    state.free[unit] = False
    served.unit[number] = unit
    served.sent_s[number] = now_s
    served.scene_m[number] = ground.to_scene_m[kind, spot, place]
    on_scene_s = now_s + fleet.turnout_s[unit] + ground.to_scene_s[kind, spot, place]
    left_s = on_scene_s + incidents.scene_s[number]
    served.on_scene_s[number] = on_scene_s
    served.left_s[number] = left_s
    free_s, free_at = left_s, ground.place_spot[place]
    hospital = hospital_of[place, incidents.need[number]]
    if incidents.transports[number] and fleet.carries[unit] and hospital != NOBODY:
        way_s = ground.to_hospital_s[place, hospital]
        if np.isfinite(way_s):
            there_s = left_s + way_s
            served.hospital[number] = hospital
            served.at_hospital_s[number] = there_s
            served.hospital_m[number] = ground.to_hospital_m[place, hospital]
            free_s = there_s + incidents.handover_s[number] + incidents.clear_s[number]
            free_at = ground.hospital_spot[hospital]
    served.clear_s[number] = free_s
    state.next_spot[unit] = free_at
    state.sizes[BUSY] = push(state.back_s, state.back, state.sizes[BUSY], free_s, unit)
