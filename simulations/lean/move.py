"""Where free units wait: `dispatch/policies/move_up.py` on arrays."""

import numpy as np
from numba import njit

from domain.coverage import NO_WAY_S
from simulations.lean.clock import pace_at, paced
from simulations.lean.columns import Bools, Fleet, Ground
from simulations.lean.count import NOWHERE, WHOLE, put
from simulations.lean.plan import FREED_GOES_WHERE_MISSED, MENDED, Plan
from simulations.lean.rounding import billionth
from simulations.lean.state import NO_POST, State
from simulations.lean.whereabouts import drive, spot_of, stands, stop

NO_WAY = float(NO_WAY_S)
ANY_GAIN = -1.0


@njit(cache=True)
def settle_bound(now_s: float, fleet: Fleet, ground: Ground, plan: Plan, state: State) -> None:
    """Everybody who is free is counted at its post, or where it is if it has none."""
    for unit in range(len(state.free)):
        kind, cell = fleet.kind[unit], NOWHERE
        if state.free[unit] and plan.cover.counts[kind]:
            cell = ground.cell[spot_of(unit, kind, now_s, state.where, ground)]
            if state.post[unit] != NO_POST:
                cell = plan.move_up.post_cell[state.post[unit]]
        put(unit, kind, cell, plan.cover, state.bound)


@njit(cache=True)
def near_enough(
    kind: int, spot: int, post: int, any_way: bool, pace: float, ground: Ground, plan: Plan
) -> bool:
    """Whether there is a way to a post as one drives to wait, no longer than the city allows."""
    row = ground.leaves[spot]
    if row < 0:
        return False
    way_s = paced(ground.home_s[kind, row, post], pace)
    return bool(np.isfinite(way_s)) if any_way else way_s <= plan.move_up.longest_s


@njit(cache=True)
def best_post(
    unit: int,
    kind: int,
    spot: int,
    home: int,
    pace: float,
    least_gain: float,
    reaches: Bools,
    ground: Ground,
    plan: Plan,
    state: State,
) -> tuple[int, float, float]:
    """The post near enough that gains most, its gain and the drive by the table of the cells; NO_POST where
    none gains enough. Equal gains: the shorter drive, then by name.

    spot    : where it is, in a cell
    home    : its own station, where that is near enough however far it is; else NO_POST
    reaches : bool[cells], scratch, all False before and after
    """
    cover, rules, count = plan.cover, plan.move_up, state.bound
    best, best_gain, best_s = NO_POST, ANY_GAIN, np.inf
    here, own, begin, end = ground.cell[spot], count.cell[unit], 0, 0
    begin, end = cover.first[kind, own], cover.first[kind, own + 1]
    stays = 0.0
    for at in range(begin, end):
        j = cover.reached[at]
        reaches[j] = True
        stays += cover.spare[j] * cover.busy_power[count.within[j] - 1]
    for post in range(len(rules.post_cell)):
        cell = rules.post_cell[post]
        if cell == NOWHERE or post == state.post[unit]:
            continue
        there_s = float(cover.seconds[kind, here, cell])
        if there_s == NO_WAY or (there_s > rules.longest_s and post != home):
            continue
        if not near_enough(kind, spot, post, post == home, pace, ground, plan):
            continue
        added = 0.0
        for at in range(cover.first[kind, cell], cover.first[kind, cell + 1]):
            j = cover.reached[at]
            others = count.within[j] - (1 if reaches[j] else 0)
            added += cover.spare[j] * cover.busy_power[others]
        gain = billionth((added - stays) / WHOLE)
        if gain < least_gain:
            continue
        better = best == NO_POST or gain > best_gain
        if not better and gain == best_gain:
            better = there_s < best_s or (there_s == best_s and rules.by_name[post] < rules.by_name[best])
        if better:
            best, best_gain, best_s = post, gain, there_s
    for at in range(begin, end):
        reaches[cover.reached[at]] = False
    return best, best_gain, best_s


@njit(cache=True)
def go_to(unit: int, post: int, now_s: float, fleet: Fleet, ground: Ground, plan: Plan, state: State) -> None:
    kind = fleet.kind[unit]
    stop(unit, kind, now_s, state.where, ground)
    drive(unit, kind, post, now_s, pace_at(now_s, plan.pace), state.where, ground)
    state.post[unit] = post
    state.moves[unit] += 1


@njit(cache=True)
def after_run(unit: int, now_s: float, fleet: Fleet, ground: Ground, plan: Plan, state: State) -> None:
    """Who is free again and whom nobody needs goes home, or where it is missed most."""
    kind, pace = fleet.kind[unit], pace_at(now_s, plan.pace)
    if plan.move_up.how == FREED_GOES_WHERE_MISSED and plan.cover.counts[kind]:
        settle_bound(now_s, fleet, ground, plan, state)
        if state.bound.cell[unit] != NOWHERE:
            reaches = np.zeros(len(plan.cover.weight), np.bool_)
            spot = spot_of(unit, kind, now_s, state.where, ground)
            post, _, _ = best_post(
                unit, kind, spot, fleet.base[unit], pace, ANY_GAIN, reaches, ground, plan, state
            )
            if post != NO_POST:
                go_to(unit, post, now_s, fleet, ground, plan, state)
                return
    drive(unit, kind, fleet.base[unit], now_s, pace, state.where, ground)


@njit(cache=True)
def leave_for(
    unit: int, post: int, now_s: float, fleet: Fleet, ground: Ground, plan: Plan, state: State
) -> None:
    """To a post as somebody said; home where they named home or no post, or where there is no way to it."""
    kind, home, pace = fleet.kind[unit], fleet.base[unit], pace_at(now_s, plan.pace)
    spot = spot_of(unit, kind, now_s, state.where, ground)
    if post >= 0 and post != home and near_enough(kind, spot, post, True, pace, ground, plan):
        go_to(unit, post, now_s, fleet, ground, plan, state)
    else:
        drive(unit, kind, home, now_s, pace, state.where, ground)


@njit(cache=True)
def mend(now_s: float, fleet: Fleet, ground: Ground, plan: Plan, state: State) -> None:
    """The moves that the desk would propose, made: by units that stand, each as if those before it had been
    made."""
    rules, units, pace = plan.move_up, len(fleet.kind), pace_at(now_s, plan.pace)
    if rules.how != MENDED:
        return
    settle_bound(now_s, fleet, ground, plan, state)
    reaches = np.zeros(len(plan.cover.weight), np.bool_)
    moved = np.full(units, NO_POST, np.int32)
    found = np.empty(rules.most, np.int32)
    for number in range(rules.most):
        best, best_gain, best_s = NO_POST, 0.0, 0.0
        who = -1
        for unit in range(units):
            kind = fleet.kind[unit]
            if state.bound.cell[unit] == NOWHERE or moved[unit] != NO_POST:
                continue
            if state.moves[unit] >= rules.most_moves or not stands(unit, kind, now_s, state.where, ground):
                continue
            spot = spot_of(unit, kind, now_s, state.where, ground)
            if ground.cell[spot] == NOWHERE:
                continue
            post, gain, there_s = best_post(
                unit, kind, spot, NO_POST, pace, rules.least_gain, reaches, ground, plan, state
            )
            if post == NO_POST:
                continue
            if who < 0 or gain > best_gain or (gain == best_gain and there_s < best_s):
                who, best, best_gain, best_s = unit, post, gain, there_s
        if who < 0:
            found = found[:number]
            break
        found[number], moved[who] = who, best
        put(who, fleet.kind[who], rules.post_cell[best], plan.cover, state.bound)
    for place in range(len(found)):
        mover = int(found[place])
        go_to(mover, int(moved[mover]), now_s, fleet, ground, plan, state)
