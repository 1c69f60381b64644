"""The forecasters on nine months of real emergency calls (mchirico/montcoalert, ODbL)."""

import zipfile

import pytest

from simulations.forecast.held_out import judge
from simulations.forecast.learned import Regression
from simulations.forecast.moments import from_table
from simulations.forecast.naive import SameHourLastWeek
from simulations.forecast.profile import UsualWeek
from simulations.forecast.series import count_hours
from tests.shared_data import shared_file


def test_both_beat_the_same_hour_of_last_week_by_a_quarter_and_are_as_sure_as_they_say(tmp_path):
    with zipfile.ZipFile(shared_file("calls/montgomery-county-911.zip")) as packed:
        table = packed.extract("911.csv", tmp_path)
    history = count_hours(from_table(tmp_path / table, "timeStamp", "title=EMS"))
    assert int(history.counts.sum()) == pytest.approx(48_877, abs=20), "but for the first and last hour"
    naive, *others = judge(history, [SameHourLastWeek, UsualWeek, Regression], 6, every_h=11)
    for each in others:
        better = each.against(naive)
        assert better.sure
        assert better.interval.high < -0.2 * naive.crps.mean()
        for was, should in each.covered:
            assert was == pytest.approx(should, abs=0.04)
