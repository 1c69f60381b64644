"""Whom to send, on arrays: the rules of `dispatch/policies/send.py` and `choice.py` for a fleet in sight."""

import numpy as np
from numba import njit

from simulations.lean.columns import NOBODY, Bools, Fleet, Ground
from simulations.lean.whereabouts import Whereabouts, spot_of


@njit(cache=True)
def tenth(seconds: float) -> float:
    """As `round(seconds, 1)` tells it, for figures that are near a tenth or far from a half between two."""
    return float(np.rint(seconds * 10.0) / 10.0)


@njit(cache=True)
def closest(
    now_s: float,
    place: int,
    need: int,
    free: Bools,
    fleet: Fleet,
    ground: Ground,
    where: Whereabouts,
) -> int:
    """The free unit with the least travel and turnout that can do what is needed; where none of those gets
    there, of the
    others: somebody is better than nobody. NOBODY where none is free or has a way. Equal ones by callsign."""
    best, best_s = NOBODY, np.inf
    other, other_s = NOBODY, np.inf
    for unit in range(len(free)):
        if not free[unit]:
            continue
        kind = fleet.kind[unit]
        travel_s = ground.to_scene_s[kind, spot_of(unit, kind, now_s, where, ground), place]
        if not np.isfinite(travel_s):
            continue
        score_s = tenth(travel_s + fleet.turnout_s[unit])
        if fleet.able[unit, need]:
            if score_s < best_s:
                best, best_s = unit, score_s
        elif score_s < other_s:
            other, other_s = unit, score_s
    return best if best != NOBODY else other
