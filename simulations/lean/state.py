"""All that changes while the lean path runs, besides what it writes down."""

from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from simulations.lean.columns import NOBODY, Bools, Fleet, Ground, Incidents
from simulations.lean.whereabouts import Whereabouts, at_home

BUSY, WAITING = 0, 1


class State(NamedTuple):
    """free   : bool[units]
    where    : of those that are free
    next_spot: int32[units], where a busy one will be free
    back_s, back : heap of those who are busy, by when they are free
    turn, queue  : heap of the incidents that wait, by their turn
    turn_of  : float64[incidents], in which order they are served if they wait
    sizes    : of the two heaps, at BUSY and WAITING
    """

    free: Bools
    where: Whereabouts
    next_spot: Int32s
    back_s: Float64s
    back: Int64s
    turn: Float64s
    queue: Int64s
    turn_of: Float64s
    sizes: Int64s


def begin(incidents: Incidents, fleet: Fleet, ground: Ground) -> State:
    """Everybody is at home and free, nobody waits."""
    units, count = len(fleet.kind), len(incidents.rang_s)
    turn_of = np.empty(count)
    # the most urgent first, among equals who rang first: `dispatch.policies.queue`
    turn_of[np.lexsort((np.arange(count), incidents.rang_s, incidents.priority))] = np.arange(count)
    return State(
        free=np.ones(units, np.bool_),
        where=at_home(fleet, ground),
        next_spot=np.full(units, NOBODY, np.int32),
        back_s=np.empty(units),
        back=np.empty(units, np.int64),
        turn=np.empty(count),
        queue=np.empty(count, np.int64),
        turn_of=turn_of,
        sizes=np.zeros(2, np.int64),
    )
