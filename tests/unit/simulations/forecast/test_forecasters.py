"""What each forecaster finds in histories whose truth is known."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from simulations.forecast.held_out import judge
from simulations.forecast.learned import Regression
from simulations.forecast.naive import SameHourLastWeek
from simulations.forecast.profile import UsualWeek, usual_week
from simulations.forecast.series import WEEK_H, Hourly, count_hours
from tests.unit.simulations.forecast.made_up import MONDAY, WEEK, ordinary, with_waves

ALL = (SameHourLastWeek, UsualWeek, Regression)


def test_calls_are_counted_by_whole_hours():
    moments = [datetime(2026, 1, 5, 7, 50), datetime(2026, 1, 5, 8, 0), datetime(2026, 1, 5, 10, 59, 59)]
    hourly = count_hours([*moments, datetime(2026, 1, 5, 11, 30)])
    assert hourly.begins == datetime(2026, 1, 5, 8)
    assert hourly.counts.tolist() == [1, 0, 1]
    assert hourly.hours_of_week(0, 3).tolist() == [8, 9, 10]
    assert hourly.at(2) == datetime(2026, 1, 5, 10)
    with pytest.raises(ValueError, match="less than two hours"):
        count_hours(moments[:2])
    with pytest.raises(ValueError, match="no call"):
        count_hours([])


def test_the_shrunken_week_is_nearer_to_the_truth_than_the_plain_means():
    history = ordinary(8)
    plain = history.counts.reshape(8, WEEK_H).mean(axis=0)
    assert np.abs(usual_week(history) - WEEK).mean() < 0.6 * np.abs(plain - WEEK).mean()


def test_what_is_surely_different_is_not_shrunken_away():
    """A market every Wednesday at six, ten times as many calls."""
    week = WEEK.copy()
    week[2 * 24 + 6] *= 10
    history = Hourly(MONDAY, np.tile(np.rint(week), 30).astype(np.int64))
    assert usual_week(history)[2 * 24 + 6] == pytest.approx(np.rint(week[2 * 24 + 6]), rel=0.15)


def test_on_ordinary_weeks_both_beat_the_naive_one_and_are_as_sure_as_they_say():
    naive, usual, regression = judge(ordinary(30), ALL, 6, every_h=12)
    assert usual.against(naive).sure
    assert usual.against(naive).interval.mean < -0.2
    assert regression.against(naive).interval.high < -0.2
    for each in (usual, regression):
        for was, should in each.covered:
            assert was == pytest.approx(should, abs=0.04)


def test_where_busy_days_come_in_waves_the_regression_sees_them():
    _, usual, regression = judge(with_waves(40, seed=5), ALL, 12, every_h=12)
    better = regression.against(usual)
    assert better.sure
    assert better.interval.mean < -0.1
    assert regression.by_ahead[:6].mean() < regression.by_ahead[-6:].mean(), "the near hours are surer"


def test_nobody_looks_into_the_future():
    history = with_waves(20)
    changed = history.counts.copy()
    changed[-24:] = 99
    for make in ALL:
        laws = []
        for each in (history, Hourly(history.begins, changed)):
            forecaster = make()
            known = each.until(len(each.counts) - 24)
            forecaster.learn(known)
            laws.append(forecaster.ahead(known, 48).below)
        assert np.array_equal(*laws), forecaster.name


def test_the_hours_ahead_are_of_the_right_day():
    """At the end of a Sunday, the next hours are those of Monday."""
    for make in ALL:
        forecaster = make()
        history = ordinary(20)
        forecaster.learn(history)
        law = forecaster.ahead(history.until(19 * WEEK_H), 24)
        assert np.corrcoef(law.mean, WEEK[:24])[0, 1] > 0.6
        assert (history.at(19 * WEEK_H) - MONDAY) == timedelta(weeks=19)


def test_too_little_is_told():
    with pytest.raises(ValueError, match="6 have to be left to learn from, and there are 8"):
        judge(ordinary(8), ALL, 3)
    for make, weeks in ((SameHourLastWeek, 2), (UsualWeek, 1), (Regression, 5)):
        with pytest.raises(ValueError, match="weeks of calls to learn from"):
            make().learn(ordinary(weeks))
