"""What coverage and batches cost beside a recommendation: rows of `vigil bench dispatch`."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import numpy as np

from api.bench.peopled import SEED
from api.bench.rows import Figure, figure, timed
from dispatch.batching import WaitingNeed, share_out
from dispatch.covering import standing
from dispatch.desk import Desk
from dispatch.need import Need
from dispatch.policies.coverage import cover_now
from dispatch.policies.fleet import UnitNow
from dispatch.still_picture import StillPicture
from domain.values import Needs, Position
from routing.areas.grid import RoadGrid
from routing.times import RoadTimes

ASKED = 300
CALLS, FREE = 100, 40


def cover_rows(
    roads: RoadTimes, desk: Desk, units: Sequence[UnitNow], scenes: Sequence[Position], now: datetime
) -> list[Figure]:
    """Coverage with and without each of the units; the same with preparedness; the times between all cells
    after a change of traffic; and 100 incidents shared out to 40 units, road times and capabilities
    included."""
    grid = RoadGrid(lambda: roads)
    grid.renew()
    times = grid.times
    assert times is not None, "they were worked out"
    fleet, rules = standing(units, grid, desk.rules, now), desk.rules
    free = StillPicture([unit for unit in units if unit.kind == "van"][:FREE], [])
    waiting = _waiting(scenes)
    work: dict[str, Callable[[], object]] = {
        f"cover_{len(fleet)}_units_{len(times['van'].cells.weights)}_cells": lambda: cover_now(
            times, fleet, rules.coverage
        ),
        "cover_with_preparedness": lambda: cover_now(
            times, fleet, rules.coverage, preparedness=rules.policy.preparedness
        ),
        "cells_after_traffic": lambda: [roads.between_cells(profile) for profile in times],
        f"batch_{CALLS}_incidents_{FREE}_units": lambda: share_out(waiting, free, desk, now),
    }
    rows = []
    for name, each in work.items():
        timed(each, 5)
        rows.append(figure(f"dispatch.{name}", timed(each, ASKED), None))
    return rows


def _waiting(scenes: Sequence[Position]) -> list[WaitingNeed]:
    chance = np.random.default_rng(SEED)
    found = []
    for number in range(CALLS):
        priority = f"P{int(chance.integers(1, 5))}"
        place = scenes[int(chance.integers(len(scenes)))]
        need = Need(str(UUID(int=number + 1)), place, Needs(), priority)
        found.append(WaitingNeed(need, float(chance.uniform(0, 900))))
    return found
