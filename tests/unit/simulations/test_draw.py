"""The calls a model draws: as many, as long and from where the model says, and the same for every rival."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from scipy.stats import chi2, kstest, poisson

from simulations.city_model.as_city import city_of
from simulations.city_model.draw import NONE, draw
from simulations.city_model.durations import Duration, read_duration
from simulations.city_model.model import CallKind
from simulations.city_model.on_duty import pace_of, spells_of, takers_on_duty, units_on_duty
from simulations.city_model.week import clock, hours_of, in_week
from simulations.day import read_day, write_day
from simulations.lean.takers import answer
from tests.unit.simulations.small_model import small_model

MONDAY = datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
LONG_H = 168.0 * 20


def test_each_hour_of_the_week_has_as_many_calls_as_the_model_says():
    model = small_model()
    night = draw(model, MONDAY, LONG_H, seed=1)
    hour = (night.calls.rang_s // 3600).astype(int) % 168
    for number, kind in enumerate(model.kinds):
        found = np.bincount(hour[night.calls.kind == number], minlength=168)
        expected = np.array(kind.rates) * LONG_H / 168
        distance = ((found - expected) ** 2 / expected).sum()
        assert chi2.cdf(distance, 168) == pytest.approx(0.5, abs=0.499), kind.id


def test_gaps_between_calls_of_an_even_rate_are_exponential():
    night = draw(small_model(), MONDAY, LONG_H, seed=2)
    gaps_s = np.diff(night.calls.rang_s[night.calls.kind == 0])
    assert kstest(gaps_s, "expon", args=(0, 360.0)).pvalue > 0.001


def test_calls_come_from_where_their_hour_has_them_come_from():
    night = draw(small_model(), MONDAY, LONG_H, seed=3)
    hour = (night.calls.rang_s // 3600).astype(int) % 24
    by_night = (hour >= 22) | (hour < 6)
    assert (night.calls.place[by_night] == 1).all()
    share = (night.calls.place[~by_night] == 0).mean()
    assert share == pytest.approx(0.75, abs=0.01)


def test_a_longer_night_begins_with_the_shorter_one():
    short, long = (draw(small_model(), MONDAY, hours, seed=4) for hours in (30.0, 300.0))
    count = len(short.calls.rang_s)
    assert count > 500
    for one, other in zip(short.calls, long.calls, strict=True):
        assert (one == other[:count]).all()


def test_the_same_seed_draws_the_same_and_another_seed_or_replication_another():
    one, same = (draw(small_model(), MONDAY, 24.0, seed=5) for _ in range(2))
    assert all((a == b).all() for a, b in zip(one.calls, same.calls, strict=True))
    for other in (
        draw(small_model(), MONDAY, 24.0, seed=6),
        draw(small_model(), MONDAY, 24.0, seed=5, replication=1),
    ):
        assert not np.array_equal(one.calls.rang_s, other.calls.rang_s)


def test_who_changes_one_source_of_chance_leaves_the_others_alone():
    model = small_model()
    longer = {**model.times, "P1": replace(model.times["P1"], scene=Duration("gamma", (1800.0, 2.0)))}
    one, other = (draw(each, MONDAY, 24.0, seed=7) for each in (model, replace(model, times=longer)))
    serious = one.calls.priority == 0
    assert other.calls.scene_s[serious] == pytest.approx(2 * one.calls.scene_s[serious], abs=0.2)
    for name in one.calls._fields:
        if name != "scene_s":
            assert (getattr(one.calls, name) == getattr(other.calls, name)).all(), name
    more = (*model.kinds, CallKind("wave", "P3", (40.0,) * 168))
    wave = draw(replace(model, kinds=more), MONDAY, 24.0, seed=7)
    before = wave.calls.kind < 3
    assert (wave.calls.rang_s[before] == one.calls.rang_s).all()
    assert (wave.calls.stay_s[before] == one.calls.stay_s).all()


@pytest.mark.parametrize(
    "said",
    [
        "constant value_s=40",
        "uniform low_s=60 high_s=180",
        "exponential mean_s=720",
        "gamma mean_s=900 shape=2.5",
        "lognormal median_s=600 sigma=0.7",
        "weibull scale_s=2058 shape=2.5",
    ],
)
def test_a_duration_has_the_mean_and_the_spread_it_says(said):
    duration = read_duration(said)
    drawn = duration.of((np.arange(200_000) + 0.5) / 200_000)
    assert drawn.mean() == pytest.approx(duration.mean_s, rel=2e-3, abs=0.1)
    assert drawn.std() == pytest.approx(duration.deviation_s, rel=2e-2, abs=0.1)
    assert duration.said() == said
    cut = replace(duration, least_s=100.0, most_s=500.0).of(np.linspace(0, 0.999, 1000))
    assert cut.min() >= 100.0
    assert cut.max() <= 500.0


def test_incidents_are_in_the_order_they_are_opened_and_nuisance_calls_are_none():
    night = draw(small_model(), MONDAY, 48.0, seed=8)
    incidents, numbers = night.incidents()
    assert (np.diff(incidents.opened_s) >= 0).all()
    assert len(numbers) == (night.calls.priority != NONE).sum() < len(night.calls.rang_s)
    assert incidents.opened_s == pytest.approx(incidents.rang_s + 60.0)
    assert 0.85 < incidents.transports[incidents.priority == 0].mean() < 0.95


def test_a_day_for_the_full_path_has_the_same_incidents(tmp_path):
    night = draw(small_model(), MONDAY, 24.0, seed=9)
    day, (incidents, _) = night.day(), night.incidents()
    assert sorted(call.at_s for call in day.calls) == sorted(incidents.rang_s.tolist())
    assert sum(call.scene_s for call in day.calls) == pytest.approx(incidents.scene_s.sum())
    assert {call.priority for call in day.calls} == {"P1", "P3"}
    write_day(day, tmp_path / "day.json")
    assert read_day(tmp_path / "day.json") == day


def test_callers_whom_nobody_answers_in_time_become_no_incidents_and_the_others_are_opened_later():
    model = small_model()
    night = draw(model, MONDAY, 72.0, seed=10)
    calls = night.calls
    answered = answer(calls.rang_s, calls.talk_s, calls.patience_s, takers_on_duty(model, MONDAY, 72.0))
    incidents, numbers = night.incidents(answered)
    lost = answered.fate != 0
    assert 0 < lost.sum() < len(lost)
    assert not lost[numbers].any()
    assert len(numbers) == ((calls.priority != NONE) & ~lost).sum()
    assert incidents.opened_s == pytest.approx(answered.at_s[numbers] + 60.0, abs=0.11)
    assert (np.diff(incidents.opened_s) >= 0).all()


def test_shifts_go_by_the_clock_on_the_wall():
    model = small_model()
    duty = units_on_duty(model, MONDAY, 24.0)
    assert duty.on_s[0].tolist()[:1] == [0.0]
    assert duty.off_s[0].tolist()[:1] == [np.inf]
    night_s = [(0.0, 6.5 * 3600), (18.5 * 3600, 30.5 * 3600), (42.5 * 3600, 54.5 * 3600)]
    assert list(zip(duty.on_s[1].tolist(), duty.off_s[1].tolist(), strict=True))[:3] == night_s
    takers = takers_on_duty(model, MONDAY, 24.0)
    assert takers.on_s.shape[0] == 3


def test_a_spell_that_began_days_ago_is_still_on():
    shifts = (*small_model().shifts, type(small_model().shifts[0])("week", ("Mon-Fri 00:00-24:00",)))
    model = small_model(shifts=shifts)
    thursday = MONDAY + timedelta(days=3, hours=5)
    assert spells_of(model, "week", thursday, 24.0) == [(0.0, 43 * 3600.0)]


def test_a_clock_that_is_put_forward_leaves_an_hour_out():
    begins = datetime(2016, 3, 13, tzinfo=ZoneInfo("America/New_York"))
    starts_s, hours = clock(begins, 4)
    assert starts_s.tolist() == [0.0, 3600.0, 7200.0, 10800.0]
    assert [hour % 24 for hour in hours.tolist()] == [0, 1, 3, 4]
    model = small_model(timezone="America/New_York")
    assert spells_of(model, "nights", begins, 1.0)[0] == (0.0, 5.5 * 3600)


def test_the_pace_of_an_hour_is_that_of_the_model():
    pace = pace_of(small_model(), MONDAY + timedelta(hours=6, minutes=30), 3.0)
    assert pace.from_s[:3].tolist() == [-1800.0, 1800.0, 5400.0]
    assert pace.factor[:3].tolist() == [1.0, 1.5, 1.5]


def test_spells_may_go_over_midnight_and_over_sunday():
    assert hours_of(["Sat-Mon 22:00-02:00"]) == [0, 1, 22, 23, 24, 25, 142, 143, 144, 145, 166, 167]
    assert in_week(["Sun 23:30-00:30"]).sum() == 60
    with pytest.raises(ValueError, match="within an hour"):
        hours_of(["Mon 06:30-08:00"])
    for wrong in ("Mon 25:00-26:00", "Mon 08:61-09:00", "Mon 08:00-08:00", "monday 8-9"):
        with pytest.raises(ValueError, match="'"):
            in_week([wrong])


def test_a_model_is_a_city_for_the_live_rules():
    city = city_of(small_model())
    assert [unit.callsign for unit in city.units] == ["C1", "T2"]
    assert city.stations[0].name == "Trung tâm"
    assert city.map.bounds.holds(city.centre)
    assert city.hospitals[0].beds["EmergencyDepartment"].staffed == 20


def test_a_night_begins_by_the_clocks_of_the_model_whoever_asks():
    nights = [draw(small_model(), begins, 24.0, seed=1) for begins in (MONDAY, MONDAY.astimezone(UTC))]
    assert (nights[0].calls.rang_s == nights[1].calls.rang_s).all()


def test_counts_of_whole_days_are_poisson():
    night = draw(small_model(), MONDAY, LONG_H, seed=11)
    counts = np.bincount((night.calls.rang_s[night.calls.kind == 0] // 86400).astype(int), minlength=140)
    assert poisson.cdf(counts.max(), 240) < 0.99999
    assert counts.var() / counts.mean() == pytest.approx(1.0, abs=0.35)
