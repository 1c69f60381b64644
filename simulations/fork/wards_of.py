"""The beds of one future: who lies in them now, and who is on the way there with which crew."""

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from simulations.fork.rests import NEVER, Rest, Rests
from simulations.fork.start import Start
from simulations.lean.beds import ARRIVED, HANDED_OVER, LEFT_ALONE, Wards
from simulations.lean.columns import NOBODY


def wards_of(begin: Start, rests: Rests, future: int, incidents: int) -> Wards:
    """What the crews that serve bring and give back. Beds are held for them already, so nothing is taken."""
    now, bound = begin.beds, np.flatnonzero(rests.hospital != NOBODY)
    hospital, kind = rests.hospital[bound], now.beds.kind[rests.need[bound]]
    door_s, handed_s = rests.door_s[future, bound], rests.handed_s[future, bound]
    freed_s = rests.seconds[future, bound]
    comes, handed = door_s < NEVER, handed_s < NEVER
    # Nobody is handed over any more, nor is the crew at the door: the patient stays at home.
    stays_home = ~handed & (rests.cell[future, bound] != begin.ground.columns.hospital_spot[hospital])
    some = [
        (door_s[comes], ARRIVED, hospital[comes], kind[comes]),
        (handed_s[handed], HANDED_OVER, hospital[handed], kind[handed]),
        (freed_s[stays_home], LEFT_ALONE, hospital[stays_home], kind[stays_home]),
    ]
    return _wards(begin, some, incidents)


def sent_too(begin: Start, wards: Wards, rest: Rest, future: int, hospital: int, need: int) -> Wards:
    """The same with a crew that is sent at this moment: from now on a bed is held for its patient."""
    if hospital == NOBODY:
        return wards
    kind = int(begin.beds.beds.kind[need])
    wards.free[hospital, kind] -= 1
    wards.inbound[hospital] += 1
    at = np.array([rest.door_s[future], rest.handed_s[future], rest.seconds[future]])
    happens = np.array([at[0] < NEVER, at[1] < NEVER, at[0] == NEVER])
    what = np.array([ARRIVED, HANDED_OVER, LEFT_ALONE])[happens]
    number = _numbers(begin, what, np.full(len(what), hospital), np.full(len(what), kind))
    size = int(wards.size[0])
    _in_order(
        wards,
        np.append(wards.at_s[:size], at[happens]),
        np.append(wards.news[:size], number).astype(np.int64),
    )
    return wards


def _wards(begin: Start, some: list[tuple[Float64s, int, Int32s, Int32s]], incidents: int) -> Wards:
    at = np.concatenate([each[0] for each in some])
    number = np.concatenate([_numbers(begin, np.full(len(h), what), h, k) for _, what, h, k in some])
    room = len(at) + 3 * (incidents + 1) + 1
    now = begin.beds
    wards = Wards(
        free=now.free.copy(),
        inbound=now.inbound.copy(),
        waiting=now.waiting.copy(),
        at_s=np.empty(room),
        news=np.empty(room, np.int64),
        size=np.zeros(1, np.int64),
    )
    _in_order(wards, at, number)
    return wards


def _in_order(wards: Wards, at_s: Float64s, number: Int64s) -> None:
    """What is in order is a heap."""
    order = np.lexsort((number, at_s))
    wards.at_s[: len(order)], wards.news[: len(order)] = at_s[order], number[order]
    wards.size[0] = len(order)


def _numbers(
    begin: Start, what: "Int64s | Int32s", hospital: "Int64s | Int32s", kind: "Int64s | Int32s"
) -> Int64s:
    """As `simulations.lean.beds.expect` numbers what is to happen."""
    hospitals, kinds = begin.beds.free.shape
    return np.asarray((what * hospitals + hospital) * kinds + kind, np.int64)
