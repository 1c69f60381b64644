"""The lean path itself: from one moment to the next at which somebody decides."""

from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from simulations.compiled import compiled
from simulations.lean.choose import choose
from simulations.lean.clock import on_duty, pace_at
from simulations.lean.columns import NOBODY, Fleet, Ground, Incidents, Served, nothing_yet
from simulations.lean.heap import pop, push
from simulations.lean.move import after_run, leave_for, mend
from simulations.lean.plan import ASKED, ASKED_WHERE, MENDED, Plan, RoadTurns, as_always
from simulations.lean.send import send, turned_back
from simulations.lean.state import (
    ANSWER,
    BETWEEN,
    BUSY,
    COMING,
    FREE,
    FREED,
    INCIDENT,
    KEPT,
    LEAVING,
    MENDING,
    NO_POST,
    OPENED,
    OVER,
    ROADS,
    SERVING,
    STAGE,
    TURNING,
    UNANSWERED,
    WAITING,
    State,
    begin,
)
from simulations.lean.whereabouts import drive, stands, stop


class Outcome(NamedTuple):
    """served : what became of each incident
    home_m : float64[units], on ways home and to posts, and where one was turned back
    place  : int32[incidents], on the roads of the moment at which somebody was sent
    """

    served: Served
    home_m: Float64s
    place: Int32s


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
    return Outcome(served, state.where.driven_m, state.place)


def nothing_else(fleet: Fleet, ground: Ground) -> Plan:
    """The plan of a service that sends the closest and drives home."""
    kinds, units, needs = len(ground.to_scene_s), len(fleet.kind), fleet.able.shape[1]
    return as_always(kinds, units, len(ground.base_spot), len(ground.hospital_spot), needs)


@compiled
def carry_on(
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    hospital_of: Int32s,
    plan: Plan,
    served: Served,
    state: State,
) -> bool:
    """From any state until all are served who can be. It fills in `served`; the state is used up.

    True where it stopped before, because the plan leaves a decision to somebody outside: with the answer in
    `state.at` it goes on from there (`simulations/own/step.py`).
    """
    at, sizes, count = state.at, state.sizes, len(incidents.rang_s)
    turns_s, roads_s, on_paper = plan.shifts.turns_s, plan.roads.at_s, len(state.again_s) > 0
    while at[STAGE] != OVER:
        if at[STAGE] == BETWEEN:
            coming, turning = at[COMING], at[TURNING]
            opened_s = incidents.opened_s[coming] if coming < count else np.inf
            turn_s = turns_s[turning] if turning < len(turns_s) else np.inf
            road_s = roads_s[at[ROADS]] if at[ROADS] < len(roads_s) else np.inf
            at[FREED] = NOBODY
            # Of one moment: first the roads turn, then a unit is free, then shifts end and begin, then an
            # incident is opened.
            if road_s < np.inf and road_s <= _next_s(turn_s, opened_s, state):
                state.now_s[0] = road_s
                _roads_turn(at[ROADS], plan.roads, state)
                at[ROADS] += 1
                if sizes[WAITING] == 0:
                    continue
                at[STAGE] = SERVING
            elif sizes[BUSY] > 0 and state.back_s[0] <= min(turn_s, opened_s):
                freed_s, freed = state.back_s[0], state.back[0]
                state.now_s[0] = freed_s
                sizes[BUSY] = pop(state.back_s, state.back, sizes[BUSY])
                state.where.spot[freed] = state.next_spot[freed]
                if not on_duty(freed, freed_s, plan.shifts):
                    _goes_off(freed, freed_s, fleet, ground, plan, state)
                    if not on_paper:
                        continue
                    at[STAGE] = SERVING  # it may have been turned back, and another is looked for
                else:
                    state.free[freed] = True
                    sizes[FREE] += 1
                    at[FREED], at[STAGE] = freed, SERVING
            elif turning < len(turns_s) and turn_s <= opened_s:
                state.now_s[0] = turn_s
                at[TURNING], at[STAGE] = turning + 1, SERVING
                _shifts(turn_s, fleet, ground, plan, state)
            elif coming < count:
                state.now_s[0] = opened_s
                at[COMING], at[INCIDENT], at[STAGE] = coming + 1, coming, OPENED
            else:
                at[STAGE] = OVER
                break
        now_s = state.now_s[0]
        if at[STAGE] == OPENED:
            number, unit = at[INCIDENT], NOBODY
            if sizes[FREE] > 0:
                if plan.policy[incidents.priority[number]] == ASKED:
                    unit = _answered(state.at)
                else:
                    unit = choose(now_s, number, incidents, fleet, ground, plan, state)
            if unit == UNANSWERED:
                return True
            if on_paper and unit != NOBODY and turned_back(now_s, number, unit, fleet, ground, plan, state):
                unit = NOBODY
            if unit == NOBODY:
                sizes[WAITING] = push(state.turn, state.queue, sizes[WAITING], state.turn_of[number], number)
            else:
                send(now_s, number, unit, incidents, fleet, ground, hospital_of, plan, served, state)
            at[STAGE] = MENDING
        elif at[STAGE] == SERVING:
            # Who was looked at and waits on is counted at KEPT: a question may have come in between.
            if (sizes[WAITING] > 0 or at[KEPT] > 0) and _serve(
                now_s, incidents, fleet, ground, hospital_of, plan, served, state
            ):
                return True
            at[STAGE] = MENDING
        if at[STAGE] == MENDING:
            if plan.move_up.how == MENDED:
                mend(now_s, fleet, ground, plan, state)
            at[STAGE] = LEAVING
        left = at[FREED]
        if left != NOBODY and state.free[left] and state.post[left] == NO_POST:
            if plan.move_up.how != ASKED_WHERE:
                after_run(left, now_s, fleet, ground, plan, state)
            elif at[ANSWER] == UNANSWERED:
                return True
            else:
                leave_for(left, _answered(state.at), now_s, fleet, ground, plan, state)
        at[STAGE] = BETWEEN
    for each in range(len(fleet.kind)):  # at last everybody comes home
        stop(each, fleet.kind[each], np.inf, state.where, ground)
    return False


@compiled
def _next_s(turn_s: float, opened_s: float, state: State) -> float:
    """When anything but the roads turns next."""
    next_s = min(turn_s, opened_s)
    return min(next_s, state.back_s[0]) if state.sizes[BUSY] > 0 else next_s


@compiled
def _roads_turn(turn: int, roads: RoadTurns, state: State) -> None:
    """Who waits is looked for on the roads as they are now."""
    for number in state.queue[: state.sizes[WAITING]]:
        state.place[number] = state.place[number] % roads.places + roads.first[turn]


@compiled
def _answered(at: Int64s) -> int:
    """What somebody outside decided, UNANSWERED as long as nobody has. An answer counts once."""
    answer = int(at[ANSWER])
    at[ANSWER] = UNANSWERED
    return answer


@compiled
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


@compiled
def _goes_off(unit: int, now_s: float, fleet: Fleet, ground: Ground, plan: Plan, state: State) -> None:
    """Home from where it stands; who is driving already goes on to where it was bound for."""
    state.off[unit], state.post[unit] = True, NO_POST
    kind = fleet.kind[unit]
    if stands(unit, kind, now_s, state.where, ground):
        stop(unit, kind, now_s, state.where, ground)
        drive(unit, kind, fleet.base[unit], now_s, pace_at(now_s, plan.pace), state.where, ground)


@compiled
def _serve(
    now_s: float,
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    hospital_of: Int32s,
    plan: Plan,
    served: Served,
    state: State,
) -> bool:
    """Whoever waits, in turn, as long as somebody is free. Who cannot be reached goes on waiting. True where
    somebody outside has to say who is sent; the same call then goes on where it was."""
    sizes, at, on_paper = state.sizes, state.at, len(state.again_s) > 0
    while sizes[WAITING] > 0 and sizes[FREE] > 0:
        number = at[INCIDENT] = state.queue[0]
        if on_paper and state.again_s[number] > now_s:
            unit = NOBODY
        elif plan.policy[incidents.priority[number]] == ASKED:
            unit = _answered(at)
        else:
            unit = choose(now_s, number, incidents, fleet, ground, plan, state)
        if unit == UNANSWERED:
            return True
        sizes[WAITING] = pop(state.turn, state.queue, sizes[WAITING])
        if on_paper and unit != NOBODY and turned_back(now_s, number, unit, fleet, ground, plan, state):
            unit = NOBODY
        if unit == NOBODY:
            state.kept[at[KEPT]] = number
            at[KEPT] += 1
        else:
            send(now_s, number, unit, incidents, fleet, ground, hospital_of, plan, served, state)
    for number in state.kept[: at[KEPT]]:
        sizes[WAITING] = push(state.turn, state.queue, sizes[WAITING], state.turn_of[number], number)
    at[KEPT] = 0
    return False
