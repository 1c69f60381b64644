"""What the desk goes by at this moment, as a plan of the lean path: policies, moves, shifts, pace, beds."""

from collections.abc import Sequence
from datetime import datetime
from math import inf
from zoneinfo import ZoneInfo

import numpy as np

from dispatch.policies.fleet import UnitNow
from dispatch.rules import Rules
from domain.city import City
from domain.values import Priority
from simulations.fork.cell_ground import KINDS, CellGround
from simulations.fork.now import Now
from simulations.lean.of_day import PRIORITIES
from simulations.lean.plan import (
    CLOSEST,
    HOME,
    MENDED,
    POLICY_NAMES,
    Beds,
    MoveUps,
    Pace,
    Plan,
    Shifts,
    always_there,
    no_cover,
    steady,
)
from simulations.lean.plan_of import cover_of, figures_of, ranked
from simulations.posts import posts_of
from simulations.week import week_s


def plan_of_desk(
    now: Now, city: City, rules: Rules, ground: CellGround, units: Sequence[UnitNow], beds: Beds
) -> Plan:
    """units : in the order of the fleet"""
    policy = np.array([POLICY_NAMES.index(now.policies[each]) for each in PRIORITIES], np.int32)
    by_cells = now.moved_up.mends or (policy != CLOSEST).any()
    kinds = rules.coverage.kinds
    return Plan(
        policy=policy,
        target_s=np.array([float(city.targets.response_s[Priority(each)]) for each in PRIORITIES]),
        figures=figures_of(rules),
        cover=cover_of(
            2 * [ground.times.get(kind, ground.times["van"]) for kind in KINDS],
            [*(kind in kinds for kind in KINDS), *(False for _ in KINDS)],
            ["ALS" in unit.capabilities for unit in units],
            rules.coverage,
        )
        if by_cells
        else no_cover(2 * len(KINDS), len(units)),
        move_up=_move_ups(now, city, rules, ground),
        shifts=_shifts(now, units),
        pace=_pace(now, local(now.at, city)),
        beds=beds,
    )


def local(moment: datetime, city: City) -> datetime:
    """By the clocks of the city."""
    return moment.astimezone(ZoneInfo(city.timezone))


def _move_ups(now: Now, city: City, rules: Rules, ground: CellGround) -> MoveUps:
    said, posts = rules.move_up, posts_of(city)
    count = len(ground.columns.base_spot)
    cell = ground.columns.base_spot.copy()
    cell[[place in now.off_map for _, place in list(posts.values())[:count]]] = -1
    return MoveUps(
        how=MENDED if now.moved_up.mends else HOME,
        least_gain=float(said.least_gain),
        longest_s=float(said.longest_s),
        most_moves=said.most_moves,
        most=said.most,
        post_cell=cell,
        by_name=ranked(list(posts)[:count]),
    )


def _shifts(now: Now, units: Sequence[UnitNow]) -> Shifts:
    """Until when each is there. Who serves and is off duty goes home after it; who should have gone already
    and is on duty stays, since nobody knows for how long."""
    off_s = np.array([[_leaves_s(unit, now.at)] for unit in units]).reshape(len(units), 1)
    turns_s = np.unique(off_s[np.isfinite(off_s) & (off_s > 0)])
    if not np.isfinite(off_s).any():
        return always_there(len(units))
    return Shifts(np.full_like(off_s, -inf), off_s, turns_s)


def _leaves_s(unit: UnitNow, now: datetime) -> float:
    if unit.duty != "on_duty":
        return 0.0
    ends_at = unit.shift.ends_at if unit.shift is not None else None
    return (ends_at - now).total_seconds() if ends_at is not None and ends_at > now else inf


def _pace(now: Now, here: datetime) -> Pace:
    """The road times are those of this hour; of the hours to come only the change is needed."""
    moment_s = week_s(here)
    return steady() if now.usual is None else Pace(now.usual.paces(moment_s), moment_s)
