"""All that changes while the lean path runs, besides what it writes down."""

from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from simulations.lean.beds import Wards, ordinary_wards
from simulations.lean.clock import on_duty
from simulations.lean.columns import NOBODY, Bools, Fleet, Ground, Incidents
from simulations.lean.count import Count, nobody_counted
from simulations.lean.plan import Plan
from simulations.lean.ready import Ready, nobody_ready
from simulations.lean.whereabouts import Whereabouts, at_home

BUSY, WAITING, FREE = 0, 1, 2
NO_POST = -1
COMING, TURNING, STAGE, INCIDENT, FREED, KEPT, ANSWER, ROADS = range(8)
BETWEEN, OPENED, SERVING, MENDING, LEAVING, OVER = range(6)
UNANSWERED = -2


class State(NamedTuple):
    """free   : bool[units], on duty and on no run
    off       : bool[units], neither on duty nor on a run
    where    : of those that are on no run
    next_spot: int32[units], where a busy one will be free
    back_s, back : heap of those who are busy, by when they are free
    turn, queue  : heap of the incidents that wait, by their turn
    turn_of  : float64[incidents], in which order they are served if they wait
    sizes    : of the two heaps, at BUSY and WAITING, and how many units are free
    here     : of the cells that free units reach, each where it is
    bound    : the same with each where it is bound for, for move-ups
    ready    : which of those units is nearest to each cell
    post     : int32[units], the base each was told to wait at, NO_POST for none
    moves    : int32[units], how often in this shift
    wards    : the beds
    serves   : int32[units], the incident each was sent to last
    now_s    : float64[1], the moment it is
    at       : int64, how far it is: the next incident at COMING, the next turn of shifts at TURNING; at
               STAGE what has to be done before the next moment, for INCIDENT and for the unit FREED; at KEPT
               how many of those who waited were looked at and wait on; at ANSWER what somebody outside said;
               the next turn of the roads at ROADS
    kept     : int64[incidents], those who wait on
    place    : int32[incidents], as the roads are; of who waits it changes with them
    again_s  : float64[incidents], when whoever was sent and found no way has said so: nobody else is looked
               for before; 0 where nobody was turned back. Empty where all who choose know the roads
    """

    free: Bools
    off: Bools
    where: Whereabouts
    next_spot: Int32s
    back_s: Float64s
    back: Int64s
    turn: Float64s
    queue: Int64s
    turn_of: Float64s
    sizes: Int64s
    here: Count
    bound: Count
    ready: Ready
    post: Int32s
    moves: Int32s
    wards: Wards
    serves: Int32s
    now_s: Float64s
    at: Int64s
    kept: Int64s
    place: Int32s
    again_s: Float64s


def not_begun() -> Int64s:
    """How far it is before the first moment."""
    return np.array([0, 0, BETWEEN, NOBODY, NOBODY, 0, UNANSWERED, 0], np.int64)


def begin(incidents: Incidents, fleet: Fleet, ground: Ground, plan: Plan) -> State:
    """Everybody on duty is at home and free, nobody waits."""
    units, count, cells = len(fleet.kind), len(incidents.rang_s), len(plan.cover.weight)
    turn_of = np.empty(count)
    # the most urgent first, among equals who rang first: `dispatch.policies.queue`
    turn_of[np.lexsort((np.arange(count), incidents.rang_s, incidents.priority))] = np.arange(count)
    free = np.array([on_duty(unit, 0.0, plan.shifts) for unit in range(units)], np.bool_)
    return State(
        free=free,
        off=~free,
        where=at_home(fleet, ground),
        next_spot=np.full(units, NOBODY, np.int32),
        back_s=np.empty(units),
        back=np.empty(units, np.int64),
        turn=np.empty(count),
        queue=np.empty(count, np.int64),
        turn_of=turn_of,
        sizes=np.array([0, 0, free.sum()], np.int64),
        here=nobody_counted(units, cells),
        bound=nobody_counted(units, cells),
        ready=nobody_ready(units, plan),
        post=np.full(units, NO_POST, np.int32),
        moves=np.zeros(units, np.int32),
        wards=ordinary_wards(plan.beds, count),
        serves=np.full(units, NOBODY, np.int32),
        now_s=np.zeros(1),
        at=not_begun(),
        kept=np.empty(count, np.int64),
        place=incidents.place.astype(np.int32),
        again_s=np.zeros(count if len(plan.taken_for) else 0),
    )
