"""Local search by simulation: what no formula sees, such as the queue and the way home, is tried out.

Each step moves one vehicle to where calls come late, from where it runs least, and is kept where the same
nights come out better by more than chance would have it. Because the best of many tries is partly luck, what
it is worth is told by other nights than those it was found on (see stations.py).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from simulations.lean.columns import Fleet
from simulations.planning.nights import Nights

NEEDY, DONORS = 4, 4
SURE = 1.0
"""A step is kept where it gains this many standard errors."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """base : int32[units]; steps : of the search, how late it was after each; tried : how many fleets"""

    base: Int32s
    steps: tuple[float, ...]
    tried: int


def search(
    nights: Nights,
    fleet: Fleet,
    movable: Sequence[int],
    bases: Sequence[int],
    most_tries: int,
    tell: Callable[[float], None] = lambda share: None,
) -> Found:
    """From where the fleet stands, one vehicle at a time, until no step helps or so many were tried.

    movable : units that may be sent to another base; bases : where to
    """
    now = nights.under(fleet).late
    steps, tried = [float(now.mean())], 1
    while tried < most_tries:
        best: tuple[float, Fleet, Float64s] | None = None
        for unit, base in _steps(nights, fleet, movable, bases):
            if tried >= most_tries:
                break
            moved = _moved(fleet, unit, base)
            late = nights.under(moved).late
            tried += 1
            tell(tried / most_tries)
            gain = _gain(now, late)
            if gain > 0 and (best is None or gain > best[0]):
                best = gain, moved, late
        if best is None:
            break
        _, fleet, now = best
        steps.append(float(now.mean()))
    return Found(fleet.base, tuple(steps), tried)


def _gain(now: Float64s, other: Float64s) -> float:
    """How much less is late, 0 where that could be chance."""
    apart = now - other
    error = float(np.std(apart, ddof=1)) / np.sqrt(len(apart)) if len(apart) > 1 else 0.0
    gain = float(apart.mean())
    return gain if gain > SURE * error else 0.0


def _steps(
    nights: Nights, fleet: Fleet, movable: Sequence[int], bases: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The units that run least, to the bases that are nearest to most late calls."""
    late, runs = nights.late_at(fleet)
    ground = nights.ground
    open_bases = np.array(sorted(bases))
    ways = ground.to_scene_s[0][ground.base_spot[open_bases]]
    nearest: Int64s = open_bases[np.argmin(ways, axis=0)]
    need = np.bincount(nearest, weights=late, minlength=len(ground.base_spot))
    needy = [base for base in np.argsort(-need, kind="stable").tolist() if need[base] > 0][:NEEDY]
    donors = sorted(movable, key=lambda unit: (runs[unit], unit))
    # Of one base one donor: its others would leave the same gap.
    first_of_base: dict[int, int] = {}
    for unit in donors:
        first_of_base.setdefault(int(fleet.base[unit]), unit)
    for unit in list(first_of_base.values())[:DONORS]:
        for base in needy:
            if fleet.base[unit] != base:
                yield unit, base


def _moved(fleet: Fleet, unit: int, base: int) -> Fleet:
    bases = fleet.base.copy()
    bases[unit] = base
    return fleet._replace(base=bases)
