"""Local search on a line of nine stations whose answer is known without it."""

import numpy as np

from simulations.chance import generator
from simulations.planning.nights import HOURS, WARM_UP_H, Nights
from simulations.planning.search import search
from tests.unit.simulations.lean_city import NOWHERE, calls
from tests.unit.simulations.test_lean_as_a_hypercube import PLACES, UNITS, line


def nights(seed: int, load: float) -> Nights:
    """Calls at all nine places alike; each place is a tenth of a minute further per station away."""
    ground, _ = line()
    away = np.abs(np.subtract.outer(np.arange(UNITS), np.arange(PLACES)))
    seconds = np.zeros_like(ground.to_scene_s)
    seconds[0, :UNITS] = away * 60.0
    ground = ground._replace(to_scene_s=seconds)
    drawn = []
    for night in range(12):
        rang_s = np.sort(generator(seed, night, "when").uniform(0, HOURS * 3600, int(load * HOURS)))
        places = generator(seed, night, "places").integers(0, PLACES, len(rang_s))
        drawn.append(calls(rang_s, np.full(len(rang_s), 600.0), places))
    return Nights(tuple(drawn), ground, np.repeat(NOWHERE, PLACES, axis=0), np.full(4, 65.0))


def test_nine_vehicles_that_all_stand_at_one_end_are_spread_over_the_line():
    """With a vehicle at every third station everybody is one minute away at most."""
    _, fleet = line()
    crowded = fleet._replace(base=np.zeros(UNITS, np.int32))
    found = search(nights(1, 2.0), crowded, range(UNITS), range(UNITS), 200)
    before, after = (
        nights(2, 2.0).under(each).late.mean() for each in (crowded, fleet._replace(base=found.base))
    )
    assert before > 0.7
    assert after < 0.05
    assert list(found.steps) == sorted(found.steps, reverse=True)


def test_where_everybody_stands_well_nothing_moves():
    _, fleet = line()
    found = search(nights(1, 1.0), fleet, range(UNITS), range(UNITS), 200)
    assert found.base.tolist() == fleet.base.tolist()
    assert len(found.steps) == 1


def test_who_may_not_move_stays_and_no_more_is_tried_than_was_allowed():
    _, fleet = line()
    crowded = fleet._replace(base=np.zeros(UNITS, np.int32))
    found = search(nights(1, 2.0), crowded, [3, 4], range(UNITS), 9)
    assert found.tried <= 9
    assert [unit for unit in range(UNITS) if found.base[unit] != 0] == [3, 4]


def test_the_first_hours_do_not_count():
    """Only what rings after the warm-up is late or not."""
    _, fleet = line()
    one = nights(1, 2.0)
    early = one.incidents[0].rang_s < WARM_UP_H * 3600
    assert early.any()
    late, _ = one.late_at(fleet._replace(base=np.zeros(UNITS, np.int32)))
    counted = sum(int((each.rang_s >= WARM_UP_H * 3600).sum()) for each in one.incidents)
    assert 0 < late.sum() <= counted
