"""A fork of the live state: what units still have to do, many futures, and what sending somebody means."""

from dataclasses import replace
from time import process_time

import numpy as np
import pytest

from dispatch.policies import destination
from dispatch.rules import Rules
from domain.values import Travel
from simulations.fork.futures import draw
from simulations.fork.look_ahead import Going, Outlook, _surely, late_calls, look_ahead
from simulations.fork.now import Lately
from simulations.fork.stages import Stages
from simulations.fork.start import start
from simulations.hospitals import ordinary_day
from simulations.lean.of_day import NEEDS
from simulations.statistics.intervals import Difference, Interval
from tests.unit.simulations.forked_city import (
    NOON,
    a_city,
    chequered,
    fork_of,
    square,
    task,
    unit,
    waits,
)

SIDE = 9
TIMES = chequered(SIDE)
CORNER, MIDDLE, NORTH = square(0, 0), square(4, 4), square(4, 0)
QUIET = Lately(1000.0, {})


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return a_city(tmp_path_factory.mktemp("city"), SIDE)


@pytest.mark.parametrize(
    ("milestone", "since_s", "seconds"),
    [
        # 8 squares from the corner to the scene in the middle, 4 from there to the hospital in the north;
        # 600 s on scene, 900 s of handover, 300 s until clear.
        ("assigned", 20, 40 + 80 + 600 + 40 + 900 + 300),
        ("accepted", 90, 80 + 600 + 40 + 900 + 300),
        ("en_route", 50, 80 + 600 + 40 + 900 + 300),
        ("on_scene", 200, 400 + 40 + 900 + 300),
        ("patient_contact", 599, 1 + 40 + 900 + 300),
        ("transporting", 100, 40 + 900 + 300),  # it has reached the hospital's column
        ("at_hospital", 100, 800 + 300),
        ("handed_over", 100, 200),
    ],
)
def test_what_a_crew_still_has_to_do_is_known_from_how_far_it_is(city, milestone, since_s, seconds):
    at = square(0, 0) if milestone != "transporting" else square(4, 4)
    begin = fork_of(city, TIMES, [unit("C1", at, CORNER, task(milestone, since_s, MIDDLE, NORTH))])
    found = draw(begin, 3, 1.0, seed=1).rests
    assert found.seconds[:, 0] == pytest.approx(seconds, abs=0.2)
    assert [begin.ground.places[cell] for cell in found.cell[:, 0]] == [NORTH] * 3


def test_a_motorbike_takes_nobody_along(city):
    begin = fork_of(city, TIMES, [unit("M1", MIDDLE, CORNER, task("on_scene", 200, MIDDLE), "motorbike")])
    found = draw(begin, 1, 1.0, seed=1).rests
    assert found.seconds[0, 0] == pytest.approx(400, abs=0.2)
    assert begin.ground.places[found.cell[0, 0]] == MIDDLE


def test_everybody_is_taken_where_the_live_rule_says(city):
    """The slow way: the live rule, asked for each cell and each need."""
    hospitals = ordinary_day(city)
    hospitals[0] = replace(hospitals[0], waiting=2)
    begin = fork_of(city, TIMES, [unit("C1", CORNER, CORNER)])
    begin = replace(begin, now=replace(begin.now, hospitals=hospitals))
    begin = start(begin.now, city, Rules(), begin.ground, begin.weights)
    drive = begin.ground.columns.to_hospital_s
    for cell, place in enumerate(begin.ground.places):
        for need, needs in enumerate(NEEDS):
            able, others = destination.sift(hospitals, needs, NOON, place)
            order = [[each.id for each in city.hospitals].index(each.hospital_id) for each in able]
            ways = [Travel(drive[cell, number], 0.0) for number in order]
            rule = destination.rank(able, ways, others, needs, Rules().destination, NOON, place).hospitals
            best = min(row.score for row in rule)
            chosen = city.hospitals[begin.hospital_of[cell, need]].id
            assert chosen in [row.hospital_id for row in rule if row.score == best]


def busy_city(city):
    """A van in each corner, two of them serving, and two who wait."""
    return fork_of(
        city,
        TIMES,
        [
            unit("C1", square(1, 0), CORNER),
            unit("C2", square(8, 0), square(8, 0)),
            unit("C3", square(0, 8), square(0, 8), task("on_scene", 100, square(0, 8))),
            unit("C4", square(8, 8), square(8, 8), task("at_hospital", 100, MIDDLE, NORTH)),
        ],
        [waits("one", "P2", square(1, 1)), waits("two", "P1", square(0, 1))],
        Lately(3.0, {"P1": 6, "P2": 12}),
        Stages(),
    )


def test_the_same_seed_is_the_same_futures_and_another_is_not(city):
    begin = busy_city(city)
    first, again, other = (late_calls(draw(begin, 40, 1.0, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_future_never_changes_the_state_it_began_at(city):
    begin = busy_city(city)
    futures = draw(begin, 5, 1.0, seed=1)
    before = begin.cell.copy(), begin.busy.copy(), futures.rests.seconds.copy()
    one = look_ahead(futures, "one", [Going("C1", 10.0)])
    again = look_ahead(futures, "one", [Going("C1", 10.0)])
    assert one == again
    for then, now in zip(before, (begin.cell, begin.busy, futures.rests.seconds), strict=True):
        assert (then == now).all()


def test_sending_the_only_one_who_is_near_is_paid_for_by_whoever_waits_there_too(city):
    """C1 is next to both who wait, C2 at the other end of a long town. Whoever gets C1, the other waits for
    C2: the more urgent one is late then, the less urgent one is not."""
    long_town = chequered(100, rows=2)
    here, far = square(0, 0), square(99, 0)
    begin = fork_of(
        city,
        long_town,
        [unit("C1", here, here), unit("C2", far, far)],
        [waits("urgent", "P1", square(0, 1)), waits("calm", "P3", square(1, 0))],
        QUIET,
    )
    found = look_ahead(draw(begin, 20, 1.0, seed=3), "calm", [Going("C1", 10.0), Going("C2", 990.0)])
    near, distant = found.outlooks
    assert not near.own_late
    assert not distant.own_late
    assert (near.others.mean, distant.others.mean) == (1.0, 0.0)
    assert near.against is None
    assert distant.against.interval.mean == -1.0
    assert distant.sure


def test_two_units_that_may_differ_by_chance_are_not_both_believed():
    """Each alone would be: with Holm the smaller p counts twice."""
    doubtful = Difference(Interval(-0.2, -0.39, -0.01, 200, 0.95), 0.04)
    sure = Difference(Interval(-1.0, -1.2, -0.8, 200, 0.95), 1e-9)
    first = Outlook("C1", 60.0, False, Interval(1.0, 0.9, 1.1, 200, 0.95), None)
    seconds = [
        replace(first, callsign=f"C{i}", against=against) for i, against in enumerate((doubtful, doubtful))
    ]
    assert [each.sure for each in _surely((first, *seconds))] == [False, False, False]
    told = _surely((first, replace(first, callsign="C2", against=sure), seconds[0]))
    assert [each.sure for each in told] == [False, True, True]


def test_how_late_the_incident_itself_is_told_beside_the_others(city):
    begin = fork_of(city, TIMES, [unit("C1", CORNER, CORNER)], [waits("one", "P1", MIDDLE, 300)], QUIET)
    futures = draw(begin, 2, 1.0, seed=3)
    (soon,) = look_ahead(futures, "one", [Going("C1", 119.0)]).outlooks
    (late,) = look_ahead(futures, "one", [Going("C1", 121.0)]).outlooks
    assert (soon.arrival_s, soon.own_late) == (179.0, False)  # eight minutes from the call: 180 s are left
    assert late.own_late


def test_who_does_not_wait_or_is_not_there_is_not_looked_ahead_for(city):
    futures = draw(busy_city(city), 2, 1.0, seed=1)
    with pytest.raises(KeyError):
        look_ahead(futures, "nobody", [Going("C1", 1.0)])
    with pytest.raises(KeyError):
        look_ahead(futures, "one", [Going("C9", 1.0)])


def test_as_many_calls_ring_as_rang_lately(city):
    begin = fork_of(city, TIMES, [unit("C1", CORNER, CORNER)], (), Lately(3.0, {"P1": 30, "P3": 60}))
    counts = [len(each.rang_s) for each in draw(begin, 400, 1.0, seed=5).incidents]
    # Gamma(90.5, 1/3), then Poisson: mean 30.2, variance 30.2 + 10.1
    assert np.mean(counts) == pytest.approx(30.2, abs=3 * (40.3 / 400) ** 0.5)
    assert np.var(counts) == pytest.approx(40.3, rel=0.25)


def test_three_hundred_units_and_two_hundred_futures_of_an_hour_are_there_at_once(city):
    """Processor seconds, so that a busy machine fails no test; the kernel is compiled before."""
    times, chance = chequered(22), np.random.default_rng(1)
    some = [square(*each) for each in chance.integers(0, 22, (300, 2)).tolist()]
    home = [each.position for each in city.stations]
    units = [
        unit(f"A{i:03}", at, home[i % 4], task("on_scene", 60.0 * (i % 9), at) if i % 3 == 0 else None)
        for i, at in enumerate(some)
    ]
    late_calls(draw(fork_of(city, TIMES, units[:4]), 2, 1.0, seed=1))
    lately, waiting = Lately(3.0, {"P1": 60, "P2": 180}), [waits("one", "P2", MIDDLE)]
    began = process_time()
    begin = fork_of(city, times, units, waiting, lately, Stages())
    forked = process_time()
    found = late_calls(draw(begin, 200, 1.0, seed=1))
    ended = process_time()
    assert len(found) == 200
    assert forked - began < 1.0
    assert ended - forked < 2.0
