"""Larson's hypercube: every unit free or busy, every place with its own order of preference, solved exactly.

R. C. Larson, "A hypercube queuing model for facility location and redistricting in urban emergency services",
Computers & Operations Research 1 (1974) 67-95. Calls come from places as Poisson streams; a call goes to
the first free unit in its place's order; a unit is busy for an exponential time of its own mean, whatever
the place. Where nobody is free a call is lost (somebody else goes) or waits, first come first served.

A state is a whole number whose bit i says that unit i is busy. 2^n states: ten units take a moment, twelve
some seconds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.linalg import spsolve

Float64s = NDArray[np.float64]
Int64s = NDArray[np.int64]
MOST_UNITS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Hypercube:
    """The long run. Shares are 0 to 1.

    states     : float64[2^n], of the time, without those in which somebody waits
    workload   : float64[n], share of each unit's time that it is busy
    dispatches : float64[n, places], of all calls that are served, who goes where
    nobody     : share of calls that find no unit free
    """

    states: Float64s
    workload: Float64s
    dispatches: Float64s
    nobody: float


def solve(calls_per_s: Float64s, service_s: Float64s, order: Int64s, *, waits: bool) -> Hypercube:
    """calls_per_s : float64[places]
    service_s   : float64[n], the mean of each unit
    order       : int64[places, n], who is asked first, second, ...
    waits       : whether a call waits where nobody is free, or is lost
    Raises ValueError.
    """
    units = order.shape[1]
    if units > MOST_UNITS:
        raise ValueError(f"2^{units} states are too many; the most units are {MOST_UNITS}.")
    if any(sorted(row) != list(range(units)) for row in order.tolist()):
        raise ValueError("Each place names every unit once.")
    rate, done = float(calls_per_s.sum()), 1.0 / service_s
    all_done = float(done.sum())
    if waits and rate >= all_done:
        raise ValueError("The units never catch up with the calls.")
    sends = _sends(calls_per_s, order)
    states = _balance(sends, done)
    full = len(states) - 1
    # A queue behind the full state is a birth and death chain: each further call in it has this share of
    # the one before.
    ratio = rate / all_done if waits else 0.0
    states = states / (1 + states[full] * ratio / (1 - ratio))
    queued = states[full] * ratio / (1 - ratio)
    busy = (np.arange(len(states))[:, None] >> np.arange(units)) & 1
    workload = states @ busy + queued
    dispatches = np.einsum("s,sup->up", states, sends) / rate
    nobody = float(states[full] + queued)
    if waits:  # whoever is done takes the first that waits: by the rates, wherever it comes from
        dispatches += nobody * np.outer(done / all_done, calls_per_s / rate)
    return Hypercube(states, workload, dispatches / dispatches.sum(), nobody)


def _sends(calls_per_s: Float64s, order: Int64s) -> Float64s:
    """float64[states, units, places]: the rate at which each place's calls send each unit."""
    places, units = order.shape
    states = np.arange(1 << units)
    sends = np.zeros((len(states), units, places))
    for place in range(places):
        left = np.ones(len(states), bool)
        for unit in order[place].tolist():
            goes = left & ((states >> unit) & 1 == 0)
            sends[goes, unit, place] = calls_per_s[place]
            left &= ~goes
    return sends


def _balance(sends: Float64s, done: Float64s) -> Float64s:
    """The share of time of each state: what flows in flows out, and all shares add up to 1."""
    count, units, _ = sends.shape
    states = np.arange(count)
    rows, columns, rates = [], [], []
    for unit in range(units):
        bit, rate = 1 << unit, sends[:, unit, :].sum(axis=1)
        up, down = states[rate > 0], states[(states & bit) != 0]
        for begin, end, flow in (
            (up, up | bit, rate[rate > 0]),
            (down, down ^ bit, np.full(len(down), done[unit])),
        ):
            rows += [end, begin]
            columns += [begin, begin]
            rates += [flow, -flow]
    flows = coo_array(
        (np.concatenate(rates), (np.concatenate(rows), np.concatenate(columns))), (count, count)
    )
    matrix = flows.tolil()
    matrix[0, :] = 1.0
    right = np.zeros(count)
    right[0] = 1.0
    solved: Float64s = spsolve(matrix.tocsc(), right)
    return solved
