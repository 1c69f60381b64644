"""What the kernels of `simulations/lean` keep up or leave out, the slow and obvious way: every time anew."""

import numpy as np

from domain.coverage import NO_WAY_S
from simulations.lean.count import NOWHERE, WHOLE, put
from simulations.lean.move import go_to, settle_bound
from simulations.lean.rounding import billionth
from simulations.lean.state import NO_POST
from simulations.lean.whereabouts import spot_of, stands


def reached_by(cover, kind, cell):
    return cover.reached[cover.first[kind, cell] : cover.first[kind, cell + 1]].tolist()


def counted(cover, fleet, cells):
    """How many units reach each cell, the demand that anybody does, and what only this unit does of each."""
    reach = [
        set() if cell == NOWHERE else set(reached_by(cover, kind, cell))
        for kind, cell in zip(fleet.kind.tolist(), cells, strict=True)
    ]
    within = [sum(j in each for each in reach) for j in range(len(cover.weight))]
    covered = sum(cover.weight[j] for j, count in enumerate(within) if count)
    alone = [sum(cover.weight[j] for j in each if within[j] == 1) for each in reach]
    return within, covered, alone


def added(cover, kind, cell, others):
    """What a unit adds in a cell to the expected coverage of `others`, [cells] how many reach each."""
    total = 0.0
    for j in reached_by(cover, kind, cell):
        total += cover.spare[j] * cover.busy_power[others[j]]
    return total


def gain_of(unit, post, fleet, plan, state):
    """Of a unit that goes to a post, instead of where it is counted."""
    kind, own = fleet.kind[unit], state.bound.cell[unit]
    others = state.bound.within.copy()
    others[reached_by(plan.cover, kind, own)] -= 1
    there = added(plan.cover, kind, plan.move_up.post_cell[post], others)
    return billionth((there - added(plan.cover, kind, own, others)) / WHOLE)


def mended(now_s, fleet, ground, plan, state):
    """The moves of the desk: of every unit and every post the best, then the next as if it had been made."""
    rules, moved = plan.move_up, {}
    settle_bound(now_s, fleet, ground, plan, state)
    while len(moved) < rules.most:
        found = [
            (-gain_of(unit, post, fleet, plan, state), seconds, unit, rules.by_name[post], post)
            for unit in range(len(fleet.kind))
            if unit not in moved and _may_move(unit, now_s, fleet, ground, plan, state)
            for post, seconds in _near(unit, now_s, fleet, ground, plan, state)
        ]
        worth_it = [each for each in found if -each[0] >= rules.least_gain]
        if not worth_it:
            break
        _, _, unit, _, moved_to = min(worth_it)
        moved[unit] = moved_to
        put(unit, fleet.kind[unit], rules.post_cell[moved_to], plan.cover, state.bound)
    for unit, post in moved.items():
        go_to(unit, post, now_s, fleet, ground, plan, state)


def _may_move(unit, now_s, fleet, ground, plan, state):
    return (
        state.bound.cell[unit] != NOWHERE
        and state.moves[unit] < plan.move_up.most_moves
        and stands(unit, fleet.kind[unit], now_s, state.where, ground)
    )


def _near(unit, now_s, fleet, ground, plan, state):
    kind = fleet.kind[unit]
    spot = spot_of(unit, kind, now_s, state.where, ground)
    for post, cell in enumerate(plan.move_up.post_cell.tolist()):
        if cell == NOWHERE or post in (state.post[unit], NO_POST):
            continue
        seconds = float(plan.cover.seconds[kind, ground.cell[spot], cell])
        way_s = ground.home_s[kind, ground.leaves[spot], post]
        if seconds != NO_WAY_S and max(seconds, way_s) <= plan.move_up.longest_s:
            yield post, seconds


def prepared(fleet, cover, figures, cells):
    """The least prepared cell without each unit, over all units of all cells."""
    there = [unit for unit, cell in enumerate(cells) if cell != NOWHERE]
    seconds = np.full((len(cells), len(cover.weight)), np.inf)
    for unit in there:
        row = cover.seconds[fleet.kind[unit], cells[unit]]
        seconds[unit] = np.where(row == NO_WAY_S, np.inf, row)
    zones = [j for j in range(len(cover.weight)) if cover.weight[j] > 0 and np.isfinite(seconds[:, j]).any()]

    def least(units):
        ready = []
        for j in zones:
            total = 0.0
            times = sorted(seconds[unit, j] for unit in units)
            for rank, gamma in enumerate(figures.contribution.tolist()):
                total += gamma / max(times[rank] if rank < len(times) else np.inf, figures.nearest_s)
            ready.append(total / (cover.weight[j] / WHOLE))
        return min(ready) if ready else 0.0

    whole = least(there)
    return [
        least([each for each in there if each != unit]) if unit in there else whole
        for unit in range(len(cells))
    ]
