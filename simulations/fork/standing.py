"""The state of the lean path at the moment of the fork: made once, and copied for every future."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from simulations.fork.start import Start
from simulations.lean.beds import Wards
from simulations.lean.columns import NOBODY, Incidents
from simulations.lean.count import Count, settle
from simulations.lean.plan import PREPAREDNESS
from simulations.lean.ready import Ready, without_each
from simulations.lean.state import BUSY, FREE, NO_POST, State, begin, not_begun
from simulations.lean.whereabouts import Whereabouts, drive, look_for_all


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Of everybody but those who serve, who differ from future to future. Who is free and away from where it
    should wait drives there."""

    begin: Start
    state: State


def standing(begin_at: Start) -> Standing:
    fleet, ground, plan = begin_at.fleet, begin_at.ground.columns, begin_at.plan
    state = begin(_nobody(), fleet, ground, plan)
    away = begin_at.busy | (begin_at.returns_s > 0)
    state.free[away] = False
    state.off[:] = False
    state.sizes[FREE] = state.free.sum()
    state.where.spot[:] = begin_at.cell
    state.moves[:] = begin_at.moves
    for unit in np.flatnonzero(state.free).tolist():
        post = int(begin_at.post[unit])
        base = int(fleet.base[unit])
        if post != NOBODY:
            state.post[unit], base = post, post
        if begin_at.cell[unit] != ground.base_spot[base]:
            drive(unit, int(fleet.kind[unit]), base, 0.0, 1.0, state.where, ground)
    look_for_all(0.0, fleet, state.where, ground)
    settle(state.free, fleet, ground, plan.cover, state.where, state.here)
    if (plan.policy == PREPAREDNESS).any():
        without_each(fleet, plan.cover, plan.figures, state.here, state.ready)
    return Standing(begin_at, state)


def state_of(
    there: Standing, incidents: Incidents, free_s: Float64s, cell: Int32s, wards: Wards, sent: int = NOBODY
) -> State:
    """One future's own.

    free_s, cell : of those who serve, when they are free and where
    sent         : who is being sent at this moment
    """
    first, count = there.state, len(incidents.rang_s)
    turn_of = np.empty(count)
    turn_of[np.lexsort((np.arange(count), incidents.rang_s, incidents.priority))] = np.arange(count)
    free, post = first.free.copy(), first.post.copy()
    if sent != NOBODY:
        free[sent], post[sent] = False, NO_POST
    busy = np.flatnonzero(~free)
    back = np.full(len(free), NOBODY, np.int64)
    back_s, size = np.empty(len(free)), len(busy)
    back[:size] = busy[np.lexsort((busy, free_s[busy]))]  # in order they are a heap
    back_s[:size] = free_s[back[:size]]
    sizes: Int64s = np.zeros(3, np.int64)
    sizes[BUSY], sizes[FREE] = size, len(free) - size
    return State(
        free=free,
        off=first.off.copy(),
        where=Whereabouts._make(each.copy() for each in first.where),
        next_spot=cell.astype(np.int32),
        back_s=back_s,
        back=back,
        turn=np.empty(count),
        queue=np.empty(count, np.int64),
        turn_of=turn_of,
        sizes=sizes,
        here=Count._make(each.copy() for each in first.here),
        bound=Count._make(each.copy() for each in first.bound),
        ready=Ready._make(each.copy() for each in first.ready),
        post=post,
        moves=first.moves.copy(),
        wards=wards,
        serves=first.serves.copy(),
        now_s=np.zeros(1),
        at=not_begun(),
        kept=np.empty(count, np.int64),
        place=incidents.place.astype(np.int32),
        again_s=np.zeros(0),
    )


def _nobody() -> Incidents:
    none, numbers = np.zeros(0), np.zeros(0, np.int32)
    return Incidents(none, none, numbers, numbers, numbers, none, np.zeros(0, np.bool_), none, none)
