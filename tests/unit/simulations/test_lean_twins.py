"""Kernels keep counts up and leave out what cannot win: their figures are those of a loop over everything."""

from dataclasses import replace

import numpy as np
import pytest

from dispatch.rules import Rules
from domain.coverage import NO_WAY_S
from simulations.fork.cell_ground import KINDS
from simulations.fork.futures import draw
from simulations.fork.now import Lately, MovedUp, Now
from simulations.fork.standing import state_of
from simulations.fork.start import start
from simulations.fork.wards_of import wards_of
from simulations.hospitals import ordinary_day
from simulations.lean.count import NOWHERE, missed, nobody_counted, put
from simulations.lean.move import mend
from simulations.lean.plan import PREPAREDNESS
from simulations.lean.ready import NOBODY_BEYOND, nobody_ready, without_each
from simulations.lean.rounding import billionth
from simulations.lean.whereabouts import look_for_all, spot_of
from tests.unit.simulations import lean_twins
from tests.unit.simulations.forked_city import CERTAIN, NOON, a_city, chequered, ground_of, square, unit

SIDE = 9
TIMES = chequered(SIDE)
RULES = Rules()
NEAR = replace(RULES, coverage=replace(RULES.coverage, limit_s=30.0))
"""Three squares, so that who stands where makes a difference."""


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return a_city(tmp_path_factory.mktemp("city"), SIDE)


def somewhere(chance):
    return square(*chance.integers(0, SIDE, 2).tolist())


def a_start(city, seed, units=12, **rules):
    """Somewhere, bound for a station; some of them on motorbikes."""
    chance = np.random.default_rng(seed)
    homes = [each.position for each in city.stations]
    fleet = [
        unit(f"A{i:02d}", somewhere(chance), homes[i % len(homes)], kind=KINDS[i % 5 == 4])
        for i in range(units)
    ]
    said = replace(NEAR, move_up=replace(NEAR.move_up, **rules))
    now = Now(NOON, fleet, ordinary_day(city), (), Lately(1000.0, {}), CERTAIN, moved_up=MovedUp(mends=True))
    return start(now, city, said, ground_of(city, TIMES), TIMES["van"].cells.weights)


def a_state(begin):
    futures = draw(begin, 1, 0.001, seed=1)
    wards = wards_of(begin, futures.rests, 0, 0)
    incidents = futures.incidents[0]
    return state_of(futures.there, incidents, np.zeros(len(begin.units)), begin.cell, wards)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_counted_as_units_come_and_go_is_what_a_count_of_all_finds(city, seed):
    begin, chance = a_start(city, seed), np.random.default_rng(seed)
    fleet, cover = begin.fleet, begin.plan.cover
    weight = np.rint(chance.random(len(cover.weight)) * 1e7)
    cover = cover._replace(weight=weight, spare=weight * 0.7)
    count, cells = nobody_counted(12, len(weight)), [NOWHERE] * 12
    for _ in range(150):
        who, cell = int(chance.integers(12)), int(chance.integers(-1, SIDE * SIDE))
        cells[who] = cell
        put(who, fleet.kind[who], cell, cover, count)
        within, covered, alone = lean_twins.counted(cover, fleet, cells)
        assert count.within.tolist() == within
        assert count.covered[0] == covered
        assert count.alone.tolist() == alone
    some = [each for each in range(12) if cells[each] != NOWHERE]
    assert some
    for who in some:
        kind, cell = fleet.kind[who], cells[who]
        others = count.within - np.isin(np.arange(len(weight)), lean_twins.reached_by(cover, kind, cell))
        adds = billionth(lean_twins.added(cover, kind, cell, others) / 1e9)
        its = cover.first[kind, cell], cover.first[kind, cell + 1]
        columns = cover.reached, cover.spare, cover.busy_power, count.within
        assert missed(*its, np.inf, *columns) == adds
        assert missed(*its, adds, *columns) == adds, "no more than that"
        assert missed(*its, adds / 2, *columns) in (adds, np.inf)


def test_everybody_is_seen_where_each_of_them_is_also_between_two_looks(city):
    begin = a_start(city, 5)
    fleet, ground, where = begin.fleet, begin.ground.columns, a_state(begin).where
    assert (where.towards >= 0).any(), "they drive"
    chance = np.random.default_rng(5)
    for now_s in np.cumsum(chance.choice([0.0, 0.1, 7.3, 60.0], 120)).tolist():
        look_for_all(now_s, fleet, where, ground)
        assert where.seen.tolist() == [
            spot_of(each, fleet.kind[each], now_s, where, ground) for each in range(12)
        ]


@pytest.mark.parametrize("least_gain", [0.0001, 0.01, 0.03])
def test_moves_are_those_that_are_found_by_weighing_every_unit_against_every_post(city, least_gain):
    moves = 0
    for seed in range(12):
        begin = a_start(city, seed, units=4 + 2 * seed, least_gain=least_gain)
        by_kernel, by_hand = a_state(begin), a_state(begin)
        for now_s in (0.0, 50.0, 400.0, 2000.0):
            mend(now_s, begin.fleet, begin.ground.columns, begin.plan, by_kernel)
            lean_twins.mended(now_s, begin.fleet, begin.ground.columns, begin.plan, by_hand)
            assert by_kernel.post.tolist() == by_hand.post.tolist()
            assert by_kernel.where.towards.tolist() == by_hand.where.towards.tolist()
        moves += int(by_kernel.moves.sum())
    assert moves > 0


@pytest.mark.parametrize("units", [2, 11, 40])
def test_how_well_a_city_is_prepared_without_each_is_what_a_look_at_all_units_finds(city, units):
    """Few, so that lines end; as many as stand in one; and so many that lines have to be formed anew."""
    begin, chance = a_start(city, units, units), np.random.default_rng(units)
    fleet, plan = begin.fleet, begin.plan._replace(policy=np.full(4, PREPAREDNESS, np.int32))
    cells = len(plan.cover.weight)
    weight, seconds = np.rint(chance.random(cells) * 1e7), plan.cover.seconds.copy()
    weight[chance.integers(cells, size=5)] = 0.0
    seconds[:, chance.integers(cells, size=4), :] = NO_WAY_S
    seconds[:, :, chance.integers(cells, size=4)] = NO_WAY_S
    plan = plan._replace(cover=plan.cover._replace(weight=weight, seconds=seconds))
    count, ready = nobody_counted(units, cells), nobody_ready(units, plan)
    there, formed = [NOWHERE] * units, 0
    for step in range(60):
        for _ in range(int(chance.integers(1, units + 1))):
            who = int(chance.integers(units))
            crowded = chance.integers(12) if step % 20 < 10 else chance.integers(cells)
            there[who] = int(crowded) if chance.random() < 0.8 else NOWHERE
            put(who, fleet.kind[who], there[who], plan.cover, count)
        found = without_each(fleet, plan.cover, plan.figures, count, ready)
        assert found.tolist() == lean_twins.prepared(fleet, plan.cover, plan.figures, there)
        formed += int((ready.beyond < NOBODY_BEYOND).any())
    assert (formed > 0) == (units > 11), "where more are there than stand in line"
