"""Who is on duty when: need by Erlang's formulas, shifts as good as when all are tried."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulations.analytic.erlang import erlang_b, waits_longer
from simulations.chance import generator
from simulations.lean.takers import Takers, answer
from simulations.planning.need import Promise, lag, staff_needed, units_needed
from simulations.planning.program import NoAnswer
from simulations.planning.shifts import Pattern, roster
from simulations.statistics.intervals import mean_of

IN_TIME = Promise(0.9, 15.0)


@pytest.mark.parametrize(("rate", "talk_s"), [(0.3, 90.0), (20.0, 180.0), (150.0, 90.0), (210.0, 240.0)])
def test_one_less_would_break_the_promise(rate, talk_s):
    (staff,) = staff_needed(np.array([rate]), talk_s, IN_TIME).tolist()
    load = rate * talk_s / 3600
    assert waits_longer(rate / 3600, talk_s, staff, 15.0) <= 0.1
    assert staff - 1 <= load or waits_longer(rate / 3600, talk_s, staff - 1, 15.0) > 0.1
    (units,) = units_needed(np.array([rate]), talk_s, 0.05).tolist()
    assert erlang_b(units, load) <= 0.05
    assert units == 1 or erlang_b(units - 1, load) > 0.05


def test_nobody_sits_where_nobody_calls():
    assert staff_needed(np.zeros(24), 90.0, IN_TIME).tolist() == [0] * 24
    assert units_needed(np.zeros(24), 90.0, 0.1).tolist() == [0] * 24


def test_work_that_takes_an_hour_is_needed_an_hour_later():
    rates = np.zeros(24)
    rates[8] = 12.0
    assert lag(rates, 1.0).tolist() == np.roll(rates, 1).tolist()
    assert lag(rates, 0.25)[8:10].tolist() == [9.0, 3.0]
    assert int(np.argmax(units_needed(rates, 3600.0, 0.05))) == 9


def test_callers_are_answered_as_the_promise_says_when_the_day_is_simulated():
    """A day with a quiet night and two busy hours; each hour is staffed by the formula, and simulated callers
    come at the same rates. Erlang's C takes each hour for itself, so a little is left to chance."""
    morning, afternoon = [60.0, 120, 180, 180, 150, 120], [110, 110, 120, 130, 150, 180, 180, 140, 100]
    rates = np.array([20.0] * 6 + morning + afternoon + [60.0] * 3)
    talk_s, days = 120.0, 7
    staff = staff_needed(rates, talk_s, IN_TIME)
    takers = _takers(staff, days)
    in_time = []
    for replication in range(12):
        hours = generator(21, replication, "arrivals").poisson(np.tile(rates, days))
        within = generator(21, replication, "when").random(int(hours.sum())) * 3600
        rang_s = np.sort(np.repeat(np.arange(len(hours)) * 3600.0, hours) + within)
        talked_s = generator(21, replication, "talk").exponential(talk_s, len(rang_s))
        answered = answer(rang_s, talked_s, np.full(len(rang_s), 1e9), takers)
        in_time.append(float((answered.at_s - rang_s <= 15.0).mean()))
    assert mean_of(in_time).low > 0.9
    fewer = _takers(np.maximum(1, staff - 2), days)
    assert (answer(rang_s, talked_s, np.full(len(rang_s), 1e9), fewer).at_s - rang_s <= 15.0).mean() < 0.9


def _takers(staff, days) -> Takers:
    """Taker k sits there in each hour that wants more than k."""
    hours = np.tile(staff, days)
    on_s, off_s = (np.full((int(staff.max()), len(hours)), np.inf) for _ in range(2))
    for taker in range(len(on_s)):
        there = np.flatnonzero(hours > taker)
        on_s[taker, : len(there)], off_s[taker, : len(there)] = there * 3600.0, (there + 1) * 3600.0
    return Takers(on_s, off_s, 10_000)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 2), min_size=24, max_size=24),
    st.sampled_from([(8, (0, 8, 16), None), (12, (6, 18), None), (9, (0, 4, 8, 12, 16, 20), 3)]),
)
def test_no_other_roster_covers_a_day_with_fewer_hours(need, told):
    pattern, need = Pattern(*told), np.array(need)
    starts = pattern.starts
    best = np.inf
    for people in product(range(3), repeat=len(starts)):
        staffed = np.zeros(24, int)
        for start, count in zip(starts, people, strict=True):
            for hour in pattern.works:
                staffed[(start + hour) % 24] += count
        if (staffed >= need).all():
            best = min(best, sum(people) * pattern.hours)
    found = roster(need, [pattern])
    assert found.paid_hours == best
    assert found.bound == pytest.approx(best)
    assert (found.staffed >= need).all()


def test_two_lengths_of_shift_share_a_peak():
    """Two all day, four more from 8 to 12: short shifts do that with 16 hours."""
    need = np.full(24, 2)
    need[8:12] = 6
    found = roster(need, [Pattern(8, tuple(range(24))), Pattern(4, tuple(range(24)))])
    assert found.paid_hours == 48 + 16


def test_sunday_night_reaches_into_monday():
    need = np.zeros(168, int)
    need[[167, 0]] = 1
    found = roster(need, [Pattern(12, (20,))])
    assert [(shift.begins, shift.people) for shift in found.shifts] == [(164, 1)]
    assert found.staffed[:8].tolist() == [1] * 8


def test_what_cannot_be_is_said():
    with pytest.raises(NoAnswer, match="No shift covers 3:00 of day 1"):
        roster(np.eye(24, dtype=int)[3], [Pattern(8, (6,))])
    with pytest.raises(ValueError, match="whole days"):
        roster(np.ones(5, int), [Pattern(4, (0,))])
    with pytest.raises(ValueError, match="break lies within"):
        Pattern(8, (0,), 7)
    with pytest.raises(ValueError, match="1 to 24 hours"):
        Pattern(25, (0,))
    with pytest.raises(ValueError, match="share above 0 and below 1"):
        Promise(1.0, 10)
    with pytest.raises(ValueError, match="not below nothing"):
        staff_needed(np.array([-1.0]), 60.0, IN_TIME)
