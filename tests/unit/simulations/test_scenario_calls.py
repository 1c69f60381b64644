"""More and fewer calls, and who gets through."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from simulations.analytic.erlang import erlang_b
from simulations.city_model.durations import Duration, constant
from simulations.city_model.model import CallKind, CallTaking, Desks
from simulations.lean.takers import ANSWERED, BUSY_TONE
from simulations.scenario.calls import drawn, that_meet
from simulations.scenario.desk import answered
from simulations.scenario.scenario import Calls, Casualties, Course, Lines, Scenario, Talk, Travel
from tests.unit.simulations.small_model import small_model

MONDAY = datetime(2026, 7, 6, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DAY = 86_400.0
TALK = Duration("gamma", (180.0, 2.0), least_s=10.0)


def calls(model, *changes, days=4, seed=5, replication=0):
    return drawn(model, changes, MONDAY, 0.0, days * DAY, seed, replication)


def doubled(**more):
    return Calls(spells=((DAY, 3 * DAY),), curve=((DAY, 2.0), (3 * DAY, 2.0)), **more)


def test_there_are_twice_as_many_while_it_holds_and_the_ordinary_ones_are_among_them():
    model = small_model()
    usual, more = calls(model), calls(model, doubled())
    before, after = usual.rang_s < DAY, more.rang_s < DAY
    assert np.array_equal(usual.rang_s[before], more.rang_s[after])
    assert set(usual.rang_s) <= set(more.rang_s)
    inside = (usual.rang_s >= DAY) & (usual.rang_s < 3 * DAY)
    inside_more = (more.rang_s >= DAY) & (more.rang_s < 3 * DAY)
    assert inside_more.sum() == pytest.approx(2 * inside.sum(), rel=0.06)
    assert (np.diff(more.rang_s) >= 0).all()


def test_only_the_kinds_and_places_that_are_named_grow():
    model = small_model()
    usual = calls(model)
    square = ((10.765, 106.685), (10.765, 106.695), (10.775, 106.695), (10.775, 106.685))
    more = calls(model, doubled(kinds=("serious",), inside=square))
    assert (more.kind == 1).sum() == (usual.kind == 1).sum()
    at_market, at_homes = (more.kind == 0) & (more.place == 0), (more.kind == 0) & (more.place == 1)
    assert at_homes.sum() == ((usual.kind == 0) & (usual.place == 1)).sum()
    assert at_market.sum() > 1.2 * ((usual.kind == 0) & (usual.place == 0)).sum()


def test_fewer_calls_are_some_of_the_ordinary_ones():
    model = small_model()
    fewer = calls(model, Calls(spells=((0.0, 4 * DAY),), curve=((0.0, 0.25), (4 * DAY, 0.25))))
    usual = calls(model)
    assert set(fewer.rang_s) <= set(usual.rang_s)
    assert len(fewer.rang_s) == pytest.approx(0.25 * len(usual.rang_s), rel=0.1)


def rising(factor, *, courses=(), **more):
    return Calls(spells=((0.0, 4 * DAY),), curve=((0.0, factor), (4 * DAY, factor)), courses=courses, **more)


def in_courses(model, *changes):
    """Who rings in course A and in course B of one scenario."""
    named = [Course(name, {"vi": name, "en": name}) for name in ("A", "B")]
    words = {"vi": "Sao?", "en": "What?"}
    scenario = Scenario("two", words, words, "small", date(2026, 7, 6), 4, 0.0, 1, 5, tuple(named), changes)
    return [calls(model, *scenario.of(course.id)) for course in named]


def same(some, others):
    return all(np.array_equal(one, other) for one, other in zip(some, others, strict=True))


def test_another_change_before_it_moves_nobody_who_calls_besides():
    model = small_model()
    as_always = Travel(spells=((0.0, 4 * DAY),), factor=1.0)
    hurt = Casualties(
        at_s=DAY, place=model.places[0].position, priorities={"P1": 3}, found_s=600.0, callers=12
    )
    assert same(calls(model, rising(3.0)), calls(model, as_always, rising(3.0)))
    assert same(calls(model, hurt), calls(model, as_always, hurt))
    without, with_it = in_courses(
        model, replace(as_always, courses=("B",)), rising(3.0), replace(hurt, courses=("A", "B"))
    )
    assert same(without, with_it)
    assert len(without.rang_s) > 2 * len(calls(model).rang_s)


def test_a_change_that_one_course_has_more_leaves_the_others_chance_as_it_is():
    model = small_model()
    local = rising(2.0, kinds=("serious",), courses=("A",))
    more, wave = in_courses(model, local, rising(3.0))
    assert set(wave.rang_s) < set(more.rang_s)
    more, fewer = in_courses(model, local, rising(0.25))
    assert set(fewer.rang_s) < set(more.rang_s)
    fewest, fewer = in_courses(model, replace(local, curve=((0.0, 0.5), (4 * DAY, 0.5))), rising(0.25))
    assert set(fewest.rang_s) < set(fewer.rang_s)


def test_two_changes_that_say_the_same_bring_different_people():
    model = small_model()
    usual, (twice, _) = calls(model), in_courses(model, rising(2.0), rising(2.0))
    assert len(twice.rang_s) == pytest.approx(4 * len(usual.rang_s), rel=0.1)
    _, count = np.unique(twice.rang_s, return_counts=True)
    assert (count > 1).mean() < 0.02


@pytest.mark.parametrize(("first", "second"), [(0.5, 2.0), (0.0, 2.0), (2.0, 3.0), (1.5, 1.0), (0.5, 0.4)])
def test_changes_that_hold_at_once_multiply_whichever_comes_first(first, second):
    model = small_model()
    usual = len(calls(model).rang_s)
    for factors in ((first, second), (second, first)):
        both, _ = in_courses(model, *(rising(each) for each in factors))
        assert len(both.rang_s) == pytest.approx(first * second * usual, rel=0.12)
        alone, _ = in_courses(model, rising(first))
        if factors == (first, second) and second > 1 > first:
            assert set(alone.rang_s) <= set(both.rang_s), "who calls anyhow calls then, too"


def test_three_at_once_multiply_and_only_where_they_meet():
    model = small_model()
    usual = len(calls(model).rang_s)
    three, _ = in_courses(model, rising(2.0), rising(1.5), rising(0.5))
    assert len(three.rang_s) == pytest.approx(1.5 * usual, rel=0.12)
    early = Calls(spells=((0.0, DAY),), curve=((0.0, 3.0), (DAY, 3.0)))
    late = Calls(spells=((DAY, 2 * DAY),), curve=((DAY, 3.0), (2 * DAY, 3.0)))
    assert that_meet([early, late]) == [(), (early,), (late,)]
    assert that_meet([early, replace(early, kinds=("serious",)), replace(late, kinds=("ring",))])[3] == (
        early,
        replace(early, kinds=("serious",)),
    )
    apart, _ = in_courses(model, early, late)
    assert len(apart.rang_s) == pytest.approx(2 * usual, rel=0.12), "two days of four"


def test_those_who_tell_of_the_hurt_stay_away_on_no_quiet_day():
    model = small_model()
    hurt = Casualties(
        at_s=DAY, place=model.places[0].position, priorities={"P1": 3}, found_s=600.0, callers=40
    )
    for changes in ((hurt, rising(0.0)), (rising(0.0), hurt)):
        assert len(calls(model, *changes).rang_s) == 40


def desk_model(lines, talk, calls_an_hour):
    takers = CallTaking(lines, (Desks("always", lines),), {"none": talk}, constant(60.0))
    kinds = (CallKind("ring", "none", (calls_an_hour,) * 168),)
    return small_model(kinds=kinds, call_taking=takers)


@pytest.mark.parametrize(("lines", "low", "high"), [(14, 0.08, 0.12), (40, 0.0, 0.0005)])
def test_fourteen_lines_lose_about_one_call_in_ten_of_5000_a_day_and_forty_nearly_none(lines, low, high):
    """Held against Erlang's loss formula, hour by hour, as the load goes up and down with the day."""
    from simulations.living_demo.habits import HOURS

    mean_s = TALK.mean_s
    rates = tuple(5000.0 * HOURS[hour % 24] / sum(HOURS) for hour in range(168))
    model = desk_model(lines, TALK, 1.0)
    model = replace(model, kinds=(replace(model.kinds[0], rates=rates),))
    lost, count = 0, 0
    for replication in range(6):
        its = calls(model, days=3, replication=replication)
        fate = answered(its, model, (), MONDAY, 0.0, 72.0).fate
        lost, count = lost + int((fate == BUSY_TONE).sum()), count + len(fate)
    expected = sum(rate * erlang_b(lines, rate * mean_s / 3600) for rate in rates[:24]) / sum(rates[:24])
    assert lost / count == pytest.approx(expected, abs=0.006)
    assert low <= lost / count <= high


def test_more_lines_help_from_the_hour_on_in_which_they_come():
    model = desk_model(2, constant(120.0), 90.0)
    its = calls(model, days=2)
    more = Lines(spells=((DAY, 2 * DAY),), lines=12, takers=12)
    fate = answered(its, model, (more,), MONDAY, 0.0, 48.0).fate
    first, second = its.rang_s < DAY, its.rang_s >= DAY
    assert (fate[first] == BUSY_TONE).mean() > 0.2
    assert (fate[second] == ANSWERED).all()
    as_before = answered(its, model, (), MONDAY, 0.0, 48.0).fate
    assert np.array_equal(fate[first], as_before[first])


def test_longer_talks_keep_the_lines_longer():
    model = desk_model(6, constant(120.0), 90.0)
    its = calls(model, days=1)
    talk = Talk(spells=((0.0, DAY),), factor=3.0)
    usual = answered(its, model, (), MONDAY, 0.0, 24.0).fate
    longer = answered(its, model, (talk,), MONDAY, 0.0, 24.0).fate
    assert (longer == BUSY_TONE).sum() > (usual == BUSY_TONE).sum()
