"""Where free units wait: `dispatch/policies/move_up.py` on arrays."""

import numpy as np

from domain.coverage import NO_WAY_S
from routing.arrays import Float64s, Int32s
from simulations.compiled import compiled
from simulations.lean.clock import pace_at, paced
from simulations.lean.columns import Bools, Fleet, Ground
from simulations.lean.count import NOWHERE, WHOLE, put
from simulations.lean.plan import FREED_GOES_WHERE_MISSED, MENDED, Plan
from simulations.lean.rounding import billionth
from simulations.lean.state import NO_POST, State
from simulations.lean.whereabouts import drive, look_for_all, spot_of, stands, stop

NO_WAY = float(NO_WAY_S)
ANY_GAIN = -1.0


@compiled
def settle_bound(now_s: float, fleet: Fleet, ground: Ground, plan: Plan, state: State) -> None:
    """Everybody who is free is counted at its post, or where it is if it has none."""
    look_for_all(now_s, fleet, state.where, ground)
    free, post, seen, counted = state.free, state.post, state.where.seen, state.bound.cell
    kinds, counts, cells, post_cell = fleet.kind, plan.cover.counts, ground.cell, plan.move_up.post_cell
    for unit in range(len(free)):
        cell = NOWHERE
        if free[unit] and counts[kinds[unit]]:
            cell = cells[seen[unit]] if post[unit] == NO_POST else post_cell[post[unit]]
        if counted[unit] != cell:
            put(unit, kinds[unit], cell, plan.cover, state.bound)


@compiled
def worth_of_posts(plan: Plan, state: State) -> Float64s:
    """float64[kinds, bases], what one more unit would add there to the expected coverage, in billionths; -inf
    where nobody waits."""
    cover, post_cell, within = plan.cover, plan.move_up.post_cell, state.bound.within
    first, reached, spare, busy_power = cover.first, cover.reached, cover.spare, cover.busy_power
    worth = np.full((len(cover.counts), len(post_cell)), -np.inf)
    for kind in range(len(worth)):
        if not cover.counts[kind]:
            continue
        for post in range(len(post_cell)):
            cell = post_cell[post]
            if cell == NOWHERE:
                continue
            added = 0.0
            for at in range(first[kind, cell], first[kind, cell + 1]):
                j = reached[at]
                added += spare[j] * busy_power[within[j]]
            worth[kind, post] = added
    return worth


@compiled
def most_gain(worth: float, stays: float, busy: float) -> float:
    """No move gains more, told a little too high rather than too low.

    A unit that leaves is missed by `stays`. Where it goes it adds `worth`, and where both places reach a cell
    more than that, since it does not stand beside itself: at most (1 - busy) * stays.

    worth, stays : in billionths; busy: the chance that a unit is
    """
    return (worth - busy * stays + 2.0) / WHOLE


@compiled
def near_enough(
    kind: int, spot: int, post: int, any_way: bool, pace: float, ground: Ground, plan: Plan
) -> bool:
    """Whether there is a way to a post as one drives to wait, no longer than the city allows."""
    row = ground.leaves[spot]
    if row < 0:
        return False
    way_s = paced(ground.home_s[kind, row, post], pace)
    return bool(np.isfinite(way_s)) if any_way else way_s <= plan.move_up.longest_s


@compiled
def best_post(
    unit: int,
    kind: int,
    spot: int,
    home: int,
    pace: float,
    least_gain: float,
    worth: Float64s,
    reaches: Bools,
    ground: Ground,
    plan: Plan,
    state: State,
) -> tuple[int, float, float]:
    """The post near enough that gains most, its gain and the drive by the table of the cells; NO_POST where
    none gains enough. Equal gains: the shorter drive, then by name.

    spot    : where it is, in a cell
    home    : its own station, where that is near enough however far it is; else NO_POST
    worth   : float64[bases], what one more unit of its kind adds there; inf where nobody reckoned it
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
        if most_gain(worth[post], stays, cover.busy_power[1]) < max(least_gain, best_gain):
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


@compiled
def go_to(unit: int, post: int, now_s: float, fleet: Fleet, ground: Ground, plan: Plan, state: State) -> None:
    kind = fleet.kind[unit]
    stop(unit, kind, now_s, state.where, ground)
    drive(unit, kind, post, now_s, pace_at(now_s, plan.pace), state.where, ground)
    state.post[unit] = post
    state.moves[unit] += 1


@compiled
def after_run(unit: int, now_s: float, fleet: Fleet, ground: Ground, plan: Plan, state: State) -> None:
    """Who is free again and whom nobody needs goes home, or where it is missed most."""
    kind, pace = fleet.kind[unit], pace_at(now_s, plan.pace)
    if plan.move_up.how == FREED_GOES_WHERE_MISSED and plan.cover.counts[kind]:
        settle_bound(now_s, fleet, ground, plan, state)
        if state.bound.cell[unit] != NOWHERE:
            reaches = np.zeros(len(plan.cover.weight), np.bool_)
            unknown = np.full(len(plan.move_up.post_cell), np.inf)
            spot = spot_of(unit, kind, now_s, state.where, ground)
            post, _, _ = best_post(
                unit, kind, spot, fleet.base[unit], pace, ANY_GAIN, unknown, reaches, ground, plan, state
            )
            if post != NO_POST:
                go_to(unit, post, now_s, fleet, ground, plan, state)
                return
    drive(unit, kind, fleet.base[unit], now_s, pace, state.where, ground)


@compiled
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


@compiled
def movable(
    moved: Int32s, worth: Float64s, fleet: Fleet, ground: Ground, plan: Plan, state: State
) -> Float64s:
    """float64[units], no move of it can gain more; -inf of who may not be moved, or cannot gain enough.

    moved : int32[units], the posts found already; worth : of the posts
    """
    cover, within, counted, moves = plan.cover, state.bound.within, state.bound.cell, state.moves
    first, reached, spare, busy_power = cover.first, cover.reached, cover.spare, cover.busy_power
    kinds, most_moves, busy = fleet.kind, plan.move_up.most_moves, cover.busy_power[1]
    post_cell, longest_s, seconds = plan.move_up.post_cell, plan.move_up.longest_s, cover.seconds
    told, seen, cells = state.post, state.where.seen, ground.cell
    found = np.full(len(kinds), -np.inf)
    posts, of_kind, size = np.empty(worth.size, np.int32), np.empty(worth.size, np.int32), 0
    for kind in range(len(worth)):
        for post in range(worth.shape[1]):
            if most_gain(worth[kind, post], 0.0, busy) >= plan.move_up.least_gain:
                posts[size], of_kind[size] = post, kind
                size += 1
    if size == 0:
        return found
    stays = np.full((len(worth), len(within)), -1.0)  # of who is counted in a cell: many wait at one place
    for unit in range(len(kinds)):
        cell, here = counted[unit], cells[seen[unit]]
        if cell == NOWHERE or here == NOWHERE or moved[unit] != NO_POST or moves[unit] >= most_moves:
            continue
        kind = kinds[unit]
        if stays[kind, cell] < 0.0:
            added = 0.0
            for at in range(first[kind, cell], first[kind, cell + 1]):
                j = reached[at]
                added += spare[j] * busy_power[within[j] - 1]
            stays[kind, cell] = added
        for at in range(size):
            post = posts[at]
            way_s = seconds[kind, here, post_cell[post]]
            if of_kind[at] == kind and post != told[unit] and way_s <= longest_s:
                found[unit] = max(found[unit], most_gain(worth[kind, post], stays[kind, cell], busy))
    return found


@compiled
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
        best, best_gain, best_s = NO_POST, rules.least_gain, 0.0
        who = -1
        worth = worth_of_posts(plan, state)
        may = movable(moved, worth, fleet, ground, plan, state)
        for unit in range(units):
            if may[unit] < best_gain:
                continue
            kind = fleet.kind[unit]
            if not stands(unit, kind, now_s, state.where, ground):
                continue
            spot = spot_of(unit, kind, now_s, state.where, ground)
            if ground.cell[spot] == NOWHERE:
                continue
            post, gain, there_s = best_post(
                unit, kind, spot, NO_POST, pace, rules.least_gain, worth[kind], reaches, ground, plan, state
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
