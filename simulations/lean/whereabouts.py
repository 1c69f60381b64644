"""Where a free unit is: at its base, or at the last point it reported from on its way there."""

from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.compiled import compiled
from simulations.lean.columns import Fleet, Ground

STANDS = -1
EDGE_S = 1e-3
"""So close to the end of a stretch it is reckoned anew: what one has in memory is never of the next one."""


class Whereabouts(NamedTuple):
    """Of each unit; arrays [units].

    spot    : where it stands, or where its drive began
    towards : the base it drives to, STANDS for none
    since_s : when the drive began
    pace    : what the drive takes, as a multiple of its time on the ground
    driven_m: on ways home and to posts, drives that were broken off in proportion to their time
    seen    : the spot where each was when somebody last looked
    until_s : before this moment who drives is seen nowhere else; inf once it has arrived, -inf to look
              anyhow. Time only goes on, so who is asked about often is looked for once a stretch
    """

    spot: Int32s
    towards: Int32s
    since_s: Float64s
    pace: Float64s
    driven_m: Float64s
    seen: Int32s
    until_s: Float64s


def at_home(fleet: Fleet, ground: Ground) -> Whereabouts:
    units = len(fleet.base)
    return Whereabouts(
        spot=ground.base_spot[fleet.base].astype(np.int32),
        towards=np.full(units, STANDS, np.int32),
        since_s=np.zeros(units),
        pace=np.ones(units),
        driven_m=np.zeros(units),
        seen=np.zeros(units, np.int32),
        until_s=np.full(units, -np.inf),
    )


@compiled
def spot_of(unit: int, kind: int, now_s: float, where: Whereabouts, ground: Ground) -> int:
    base = where.towards[unit]
    if base < 0:
        return int(where.spot[unit])
    row = ground.leaves[where.spot[unit]]
    elapsed_s = (now_s - where.since_s[unit]) / where.pace[unit]
    if elapsed_s >= ground.home_s[kind, row, base]:
        return int(ground.base_spot[base])
    return int(ground.passes[ground.home_first[kind, row, base] + int(elapsed_s / ground.step_s)])


@compiled
def look_for_all(now_s: float, fleet: Fleet, where: Whereabouts, ground: Ground) -> None:
    """`seen` is of this moment from now on: for everybody what `spot_of` says of one.

    A kernel that calls another for each unit hands all its columns over each time, which takes longer than
    the work: here, and wherever all units are looked at, the loop is written out.
    """
    kinds = fleet.kind
    spot, towards, since_s, pace = where.spot, where.towards, where.since_s, where.pace
    seen, until_s = where.seen, where.until_s
    for unit in range(len(spot)):
        base = towards[unit]
        if base < 0:
            seen[unit] = spot[unit]
        elif now_s >= until_s[unit]:
            kind, row = kinds[unit], ground.leaves[spot[unit]]
            elapsed_s = (now_s - since_s[unit]) / pace[unit]
            whole_s = ground.home_s[kind, row, base]
            if elapsed_s >= whole_s:
                seen[unit], until_s[unit] = ground.base_spot[base], np.inf
                continue
            stretch = int(elapsed_s / ground.step_s)
            seen[unit] = ground.passes[ground.home_first[kind, row, base] + stretch]
            ends_s = min(whole_s, (stretch + 1) * ground.step_s) * pace[unit]
            until_s[unit] = since_s[unit] + ends_s - EDGE_S


@compiled
def stands(unit: int, kind: int, now_s: float, where: Whereabouts, ground: Ground) -> bool:
    """Whether it has arrived wherever it was bound for."""
    base = where.towards[unit]
    if base < 0:
        return True
    row = ground.leaves[where.spot[unit]]
    elapsed_s = (now_s - where.since_s[unit]) / where.pace[unit]
    return bool(elapsed_s >= ground.home_s[kind, row, base])


@compiled
def stop(unit: int, kind: int, now_s: float, where: Whereabouts, ground: Ground) -> None:
    """It is given something to do: what it drove so far counts, and it stands where it was seen last."""
    spot = spot_of(unit, kind, now_s, where, ground)
    base = where.towards[unit]
    if base >= 0:
        row = ground.leaves[where.spot[unit]]
        whole_s = ground.home_s[kind, row, base]
        elapsed_s = (now_s - where.since_s[unit]) / where.pace[unit]
        share = 1.0 if whole_s <= 0 else min(1.0, elapsed_s / whole_s)
        where.driven_m[unit] += share * ground.home_m[kind, row, base]
    where.spot[unit] = spot
    where.towards[unit] = STANDS


@compiled
def drive(
    unit: int, kind: int, base: int, now_s: float, pace: float, where: Whereabouts, ground: Ground
) -> None:
    """From where it stands towards a base, where there is a way; else it stays."""
    row = ground.leaves[where.spot[unit]]
    if row >= 0 and np.isfinite(ground.home_s[kind, row, base]):
        where.towards[unit] = base
        where.since_s[unit] = now_s
        where.pace[unit] = pace
        where.until_s[unit] = -np.inf
