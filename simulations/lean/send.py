"""One run from the order to the moment its unit is free: all of it is known once the unit is chosen. Who is
sent without a look at the roads may find no way, and turns back."""

import numpy as np

from routing.arrays import Int32s
from simulations.compiled import compiled
from simulations.lean.beds import (
    ARRIVED,
    HANDED_OVER,
    LEFT_ALONE,
    RELEASED,
    catch_up,
    destination,
    expect,
    hold,
)
from simulations.lean.clock import pace_at, paced
from simulations.lean.columns import NOBODY, Fleet, Ground, Incidents, Served
from simulations.lean.heap import push
from simulations.lean.plan import Plan
from simulations.lean.state import BUSY, FREE, NO_POST, State
from simulations.lean.whereabouts import spot_of, stop


@compiled
def send(
    now_s: float,
    number: int,
    unit: int,
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    hospital_of: Int32s,
    plan: Plan,
    served: Served,
    state: State,
) -> None:
    kind, place, need = fleet.kind[unit], state.place[number], incidents.need[number]
    pace = pace_at(now_s, plan.pace)
    spot = spot_of(unit, kind, now_s, state.where, ground)
    stop(unit, kind, now_s, state.where, ground)
    state.free[unit] = False
    state.sizes[FREE] -= 1
    state.post[unit] = NO_POST
    state.serves[unit] = number
    hospital = hospital_of[place, need]
    if plan.beds.asked:
        catch_up(now_s, state.wards)
        hospital = destination(place, need, pace, ground, plan.beds, state.wards)
    served.unit[number] = unit
    served.sent_s[number] = now_s
    served.scene_m[number] = ground.to_scene_m[kind, spot, place]
    on_scene_s = now_s + fleet.turnout_s[unit] + paced(ground.to_scene_s[kind, spot, place], pace)
    left_s = on_scene_s + incidents.scene_s[number]
    served.on_scene_s[number] = on_scene_s
    served.left_s[number] = left_s
    way_s = np.inf
    if incidents.transports[number] and fleet.carries[unit] and hospital != NOBODY:
        way_s = paced(ground.to_hospital_s[place, hospital], pace_at(left_s, plan.pace))
    free_s, free_at = left_s, ground.place_spot[place]
    if np.isfinite(way_s):
        there_s = left_s + way_s
        served.hospital[number] = hospital
        served.at_hospital_s[number] = there_s
        served.hospital_m[number] = ground.to_hospital_m[place, hospital]
        handed_s = there_s + incidents.handover_s[number] * plan.beds.door[hospital]
        free_s = handed_s + incidents.clear_s[number]
        free_at = ground.hospital_spot[hospital]
        if plan.beds.held:
            _admit(number, hospital, need, there_s, handed_s, plan, state)
    elif plan.beds.held and hospital != NOBODY:
        bed = plan.beds.kind[need]
        hold(hospital, bed, state.wards)
        expect(left_s, LEFT_ALONE, hospital, bed, state.wards)
    served.clear_s[number] = free_s
    state.next_spot[unit] = free_at
    state.sizes[BUSY] = push(state.back_s, state.back, state.sizes[BUSY], free_s, unit)


@compiled
def turned_back(
    now_s: float, number: int, unit: int, fleet: Fleet, ground: Ground, plan: Plan, state: State
) -> bool:
    """Whether it has no way, which it finds half way there. When it should have been at the scene it is back
    where it stood and free, and only then another is looked for."""
    kind, pace = fleet.kind[unit], pace_at(now_s, plan.pace)
    spot = spot_of(unit, kind, now_s, state.where, ground)
    if np.isfinite(ground.to_scene_s[kind, spot, state.place[number]]):
        return False
    stop(unit, kind, now_s, state.where, ground)
    place = plan.taken_for[state.place[number]]
    back_s = now_s + fleet.turnout_s[unit] + paced(ground.to_scene_s[kind, spot, place], pace)
    state.where.driven_m[unit] += ground.to_scene_m[kind, spot, place]
    state.free[unit] = False
    state.sizes[FREE] -= 1
    state.post[unit] = NO_POST
    state.serves[unit] = number
    state.next_spot[unit] = spot
    state.again_s[number] = back_s
    state.sizes[BUSY] = push(state.back_s, state.back, state.sizes[BUSY], back_s, unit)
    return True


@compiled
def _admit(
    number: int, hospital: int, need: int, there_s: float, handed_s: float, plan: Plan, state: State
) -> None:
    bed = plan.beds.kind[need]
    hold(hospital, bed, state.wards)
    expect(there_s, ARRIVED, hospital, bed, state.wards)
    expect(handed_s, HANDED_OVER, hospital, bed, state.wards)
    stay_s = plan.beds.stay_s[number]
    if len(plan.beds.stays):
        stay_s *= plan.beds.stays[hospital]
    expect(handed_s + stay_s, RELEASED, hospital, bed, state.wards)
