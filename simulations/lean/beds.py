"""Where a patient is taken while beds come and go: `dispatch/policies/destination.py` on arrays.

A bed is held from the order on, as the desk holds one for every run. It is free again when the crew leaves
the scene without a patient, or at the end of the stay.
"""

from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from simulations.compiled import compiled
from simulations.lean.clock import paced
from simulations.lean.columns import NOBODY, Ground
from simulations.lean.heap import pop, push
from simulations.lean.plan import Beds
from simulations.lean.rounding import tenth

LEFT_ALONE, ARRIVED, HANDED_OVER, RELEASED = range(4)


class Wards(NamedTuple):
    """free  : int32[hospitals, kinds]; below 0 where patients are brought though none is left
    inbound, waiting : int32[hospitals], patients on the way there; arrived and not handed over
    at_s, news : heap of what will happen to beds, by when; size : int64[1], of it
    """

    free: Int32s
    inbound: Int32s
    waiting: Int32s
    at_s: Float64s
    news: Int64s
    size: Int64s


def ordinary_wards(beds: Beds, incidents: int) -> Wards:
    hospitals, room = len(beds.staffed), 3 * incidents + 1 if beds.held else 1
    free = beds.staffed.copy()
    if beds.held and beds.taken.size:
        free = np.maximum(free - beds.taken, 0).astype(np.int32)
    return Wards(
        free=free,
        inbound=np.zeros(hospitals, np.int32),
        waiting=np.zeros(hospitals, np.int32),
        at_s=np.empty(room),
        news=np.empty(room, np.int64),
        size=np.zeros(1, np.int64),
    )


@compiled
def catch_up(now_s: float, wards: Wards) -> None:
    """All that happened to beds until now."""
    hospitals, kinds = wards.free.shape
    while wards.size[0] > 0 and wards.at_s[0] <= now_s:
        news = wards.news[0]
        wards.size[0] = pop(wards.at_s, wards.news, wards.size[0])
        kind, hospital = news % kinds, news // kinds % hospitals
        what = news // kinds // hospitals
        if what == LEFT_ALONE:
            wards.inbound[hospital] -= 1
            wards.free[hospital, kind] += 1
        elif what == ARRIVED:
            wards.inbound[hospital] -= 1
            wards.waiting[hospital] += 1
        elif what == HANDED_OVER:
            wards.waiting[hospital] -= 1
        else:
            wards.free[hospital, kind] += 1


@compiled
def expect(at_s: float, what: int, hospital: int, kind: int, wards: Wards) -> None:
    hospitals, kinds = wards.free.shape
    news = (what * hospitals + hospital) * kinds + kind
    wards.size[0] = push(wards.at_s, wards.news, wards.size[0], at_s, news)


@compiled
def hold(hospital: int, kind: int, wards: Wards) -> None:
    wards.free[hospital, kind] -= 1
    wards.inbound[hospital] += 1


@compiled
def destination(place: int, need: int, pace: float, ground: Ground, beds: Beds, wards: Wards) -> int:
    """The least sum of seconds among those with a free bed; where nobody has one, the least loaded. NOBODY
    where there is no way to any of these."""
    kind, best, best_s = beds.kind[need], NOBODY, np.inf
    anybody = False
    for hospital in range(len(wards.free)):
        if not beds.able[need, hospital] or wards.free[hospital, kind] <= 0:
            continue
        anybody = True
        way_s = ground.to_hospital_s[place, hospital]
        if not np.isfinite(way_s):
            continue
        score_s = _score_s(hospital, paced(way_s, pace), kind, need, beds, wards)
        if score_s < best_s or (score_s == best_s and beds.by_name[hospital] < beds.by_name[best]):
            best, best_s = hospital, score_s
    return best if anybody else _least_loaded(place, need, ground, beds, wards)


@compiled
def _score_s(hospital: int, travel_s: float, kind: int, need: int, beds: Beds, wards: Wards) -> float:
    free, crowd_s = wards.free[hospital, kind], 0.0
    scarce_s = 0.0
    if free < beds.scarce_beds:
        scarce_s = tenth((1 - free / beds.scarce_beds) * beds.scarce_s)
    if wards.waiting[hospital] or wards.inbound[hospital]:
        crowd_s = wards.waiting[hospital] * beds.waiting_s + wards.inbound[hospital] * beds.inbound_s
    return tenth(travel_s + beds.age_s[need, hospital] + scarce_s + crowd_s)


@compiled
def _least_loaded(place: int, need: int, ground: Ground, beds: Beds, wards: Wards) -> int:
    kind, best, best_load = beds.kind[need], NOBODY, np.inf
    for hospital in range(len(wards.free)):
        staffed = beds.staffed[hospital, kind]
        if not beds.able[need, hospital] or staffed <= 0:
            continue
        crowd = wards.waiting[hospital] + wards.inbound[hospital]
        load = (staffed - wards.free[hospital, kind] + crowd) / max(1, staffed)
        if load < best_load or (load == best_load and beds.by_name[hospital] < beds.by_name[best]):
            best, best_load = hospital, load
    if best != NOBODY and not np.isfinite(ground.to_hospital_s[place, best]):
        return NOBODY
    return best
