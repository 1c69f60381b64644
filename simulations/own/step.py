"""From one question to the next: the lean path itself, and what is seen where it stops."""

from typing import Final, NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.compiled import compiled
from simulations.lean.clock import pace_at, paced
from simulations.lean.columns import NOBODY, Fleet, Ground, Incidents, Served, nothing_yet
from simulations.lean.plan import Plan
from simulations.lean.rounding import tenth
from simulations.lean.run import carry_on
from simulations.lean.state import ANSWER, FREED, INCIDENT, LEAVING, STAGE, UNANSWERED, State, begin
from simulations.lean.whereabouts import spot_of

NOTHING, WHOM, WHERE = range(3)
"""What is asked: nothing more, whom to send, or where a unit that became free goes."""
OFF, FREE, TO_SCENE, ON_SCENE, TO_HOSPITAL, AT_HOSPITAL = range(6)
DOING: Final = ("off duty", "free", "to scene", "on scene", "to hospital", "at hospital")
"""By their numbers above. Who clears after handover is still at the hospital."""


class Seen(NamedTuple):
    """What a desk sees at a question; written over at the next.

    arrival_s : float64[units], turnout and drive to the incident of who is free, to a tenth; inf for all
                others and where there is no way
    doing     : int32[units]
    spot      : int32[units], where each was seen last; of who is on a run the scene or the hospital
    """

    arrival_s: Float64s
    doing: Int32s
    spot: Int32s


class Run(NamedTuple):
    """One night under way, all that the kernel wants."""

    incidents: Incidents
    fleet: Fleet
    ground: Ground
    hospital_of: Int32s
    plan: Plan
    served: Served
    state: State
    seen: Seen


def begun(incidents: Incidents, fleet: Fleet, ground: Ground, hospital_of: Int32s, plan: Plan) -> Run:
    """Raises ValueError where beds are taken and there are fewer stays than incidents."""
    if plan.beds.held and len(plan.beds.stay_s) < len(incidents.rang_s):
        raise ValueError("Beds are taken: each incident needs its length of stay.")
    units = len(fleet.kind)
    seen = Seen(np.full(units, np.inf), np.full(units, FREE, np.int32), np.zeros(units, np.int32))
    served, state = nothing_yet(len(incidents.rang_s)), begin(incidents, fleet, ground, plan)
    return Run(incidents, fleet, ground, hospital_of, plan, served, state, seen)


def go_on(run: Run, answer: int = UNANSWERED) -> int:
    """To the next question; which of the three it is. answer: to the last; NOBODY for nobody, or for home"""
    return int(_go_on(answer, *run))


@compiled
def _go_on(
    answer: int,
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    hospital_of: Int32s,
    plan: Plan,
    served: Served,
    state: State,
    seen: Seen,
) -> int:
    state.at[ANSWER] = answer
    if not carry_on(incidents, fleet, ground, hospital_of, plan, served, state):
        return NOTHING
    _look(incidents, fleet, ground, plan, served, state, seen)
    return WHERE if state.at[STAGE] == LEAVING else WHOM


@compiled
def _look(
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    plan: Plan,
    served: Served,
    state: State,
    seen: Seen,
) -> None:
    now_s, asks_whom = state.now_s[0], state.at[STAGE] != LEAVING
    place, pace = 0, pace_at(now_s, plan.pace)
    taken_for, turned_back = 0, False
    if asks_whom:
        place = taken_for = state.place[state.at[INCIDENT]]
        if len(plan.taken_for) > 0:
            taken_for = plan.taken_for[place]
            turned_back = state.again_s[state.at[INCIDENT]] > 0.0
    for unit in range(len(fleet.kind)):
        kind = fleet.kind[unit]
        seen.arrival_s[unit] = np.inf
        if state.free[unit] or state.off[unit]:
            seen.doing[unit] = FREE if state.free[unit] else OFF
            seen.spot[unit] = spot_of(unit, kind, now_s, state.where, ground)
            if state.free[unit] and asks_whom:
                to_scene_s = ground.to_scene_s[kind, seen.spot[unit]]
                drive_s = paced(to_scene_s[taken_for], pace)
                if np.isfinite(drive_s) and not (turned_back and to_scene_s[place] == np.inf):
                    seen.arrival_s[unit] = tenth(drive_s + fleet.turnout_s[unit])
            continue
        number = state.serves[unit]
        seen.doing[unit] = TO_SCENE
        seen.spot[unit] = ground.place_spot[state.place[number]]
        if now_s >= served.on_scene_s[number]:
            seen.doing[unit] = ON_SCENE
        if now_s >= served.left_s[number] and served.hospital[number] != NOBODY:
            seen.doing[unit] = TO_HOSPITAL
            seen.spot[unit] = ground.hospital_spot[served.hospital[number]]
            if now_s >= served.at_hospital_s[number]:
                seen.doing[unit] = AT_HOSPITAL


def asked_about(run: Run) -> int:
    """The incident, where the question is whom to send."""
    return int(run.state.at[INCIDENT])


def freed(run: Run) -> int:
    """The unit, where the question is where it goes."""
    return int(run.state.at[FREED])
