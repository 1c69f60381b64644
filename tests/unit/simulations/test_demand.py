"""A demand that was drawn is found again by the fit, and a report says how well."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from simulations.city_model.draw import draw
from simulations.city_model.faults import BadModel
from simulations.city_model.read import read_model
from simulations.city_model.write import write_model
from simulations.demand.cells import halve
from simulations.demand.fit import PERIODS, drawn_to, fit
from simulations.demand.held_out import judge
from simulations.demand.history import Columns, History, near, read_history
from simulations.demand.kinds import KindRule, kinds_of, read_kinds
from simulations.demand.of_log import RULES as OF_LOG
from simulations.demand.page import page
from simulations.demand.whole import assumed_around, with_demand
from simulations.forecast.moments import BadTable
from tests.unit.simulations.small_model import small_model

MONDAY = datetime(2026, 3, 2)
RULES = (KindRule("", "minor", "P3"), KindRule("serious", "serious", "P1"))


@pytest.fixture(scope="module")
def history():
    """Forty weeks of the small model, each call a little beside its place."""
    model = small_model()
    night = draw(model, MONDAY.replace(tzinfo=ZoneInfo(model.timezone)), 168.0 * 40, seed=1)
    calls = night.calls
    beside = np.random.default_rng(1).normal(0.0, 1e-3, (2, len(calls.rang_s)))
    lat, lon = (
        np.array([getattr(model.places[place].position, axis) for place in calls.place.tolist()])
        for axis in ("lat", "lon")
    )
    wanted = calls.kind < 2
    at = [MONDAY + timedelta(seconds=seconds) for seconds in calls.rang_s.tolist()]
    whole = History(
        at, lat + beside[0], lon + beside[1], [model.kinds[kind].id for kind in calls.kind.tolist()], "drawn"
    )
    return whole.chosen(wanted)


def test_the_rates_that_calls_were_drawn_by_are_found_again(history):
    fitted = fit(history, RULES, most_places=20)
    serious, minor = (next(kind for kind in fitted.kinds if kind.id == name) for name in ("serious", "minor"))
    assert np.mean(serious.rates) == pytest.approx(10.0, rel=0.02)
    truth = np.array([5.0 + hour % 24 for hour in range(168)])
    # Forty weeks tell the rate of an hour to 16 % where there are ten calls; drawn together, far better.
    assert np.abs(np.array(serious.rates) / 10.0 - 1).mean() < 0.06
    assert np.abs(np.array(minor.rates) / truth - 1).mean() < 0.06
    assert fitted.week() == pytest.approx(np.array(serious.rates) + np.array(minor.rates))


def test_the_week_it_finds_is_nearer_to_the_truth_than_plain_means(history):
    fitted = fit(history.chosen(history.weeks(MONDAY) < 8), RULES, most_places=20)
    truth = np.array([15.0 + hour % 24 for hour in range(168)])
    inside = history.chosen(history.weeks(MONDAY) < 8)
    means = np.bincount(inside.hours_of_week(), minlength=168) / 8
    assert np.abs(fitted.week() - truth).mean() < 0.7 * np.abs(means - truth).mean()


def test_places_have_the_weight_of_their_hours(history):
    fitted = fit(history, RULES, most_places=20)
    night = [period.id for period in PERIODS].index("night")
    calls = np.bincount(fitted.place[np.isin(history.hours_of_week() % 24, (23, *range(7)))], minlength=20)
    found = np.array([place.weights[night] for place in fitted.places]) / 1000.0
    assert found == pytest.approx(calls / calls.sum(), abs=0.004)
    market = [place for place in fitted.places if place.position.lat < 10.77]
    assert market
    for place in market:
        assert place.weights[night] < 0.3 * place.weights[0], "nobody calls from the market by night"
    assert len(fitted.places) == 20


def test_held_out_weeks_of_a_poisson_process_scatter_as_poisson_says(history):
    fitted = fit(history, RULES, most_places=20)
    judged = judge(history, fitted.place)
    assert judged.weeks == 9
    assert judged.dispersion == pytest.approx(1.0, abs=0.12)
    for each in judged.coverage:
        assert each.poisson[1] == pytest.approx(each.poisson[0], abs=0.04)
    assert judged.against_flat.interval.high < 0
    assert judged.against_means.interval.high < 0.005
    assert judged.bits.low > 0.05, "by night they call from elsewhere"
    told = page(history, fitted, judged)
    assert told.count("<section") == 2
    assert "<script" not in told
    assert "http" not in told


def test_a_fitted_demand_is_part_of_a_whole_model(history, tmp_path):
    fitted = fit(history, RULES, most_places=20)
    model = with_demand(small_model(), fitted, "drawn")
    write_model(model, tmp_path / "one")
    assert read_model(tmp_path / "one") == model
    alone = assumed_around(fitted, "alone", "Alone", "Asia/Ho_Chi_Minh", "drawn")
    write_model(alone, tmp_path / "two")
    assert read_model(tmp_path / "two") == alone
    assert len(alone.stations) == 12
    busy = sum(sum(kind.rates) for kind in fitted.kinds) / 168 * 1.2 / len(alone.units)
    assert 0.3 < busy <= 0.35


def test_a_log_tells_of_emergencies_alone_and_those_who_need_nobody_still_ring(history, tmp_path):
    """Seven in ten calls are theirs: without them no question about lines or call takers can be asked."""
    small = small_model()
    of_log = fit(replace(history, kind=["P1"] * len(history)), OF_LOG, most_places=20)
    model = with_demand(small, of_log, "the log")
    (nobody,) = [kind for kind in small.kinds if kind.priority == "none"]
    assert [kind.priority for kind in model.kinds] == ["P1", "none"]
    assert model.kinds[-1] == nobody
    assert "as in small" in model.sources.values()
    write_model(model, tmp_path / "one")
    assert read_model(tmp_path / "one") == model
    told = replace(of_log, kinds=(replace(of_log.kinds[0], priority="none"),))
    assert with_demand(small, told, "all calls").kinds == told.kinds  # a table that tells of them itself


def test_what_scatters_as_chance_does_is_drawn_to_what_is_expected_and_what_does_not_is_believed():
    expected, seen = np.full(168, 10.0), np.full(168, 20.0)
    chance = np.random.default_rng(2).poisson(expected * seen).astype(float)
    assert np.abs(drawn_to(chance, seen, expected) - 10.0).mean() < 0.3
    other = np.where(np.arange(168) % 2 == 0, 5.0, 15.0)
    found = drawn_to(other * seen, seen, expected)
    assert found == pytest.approx(other, abs=0.2)


def test_points_are_halved_by_weight_until_there_are_enough():
    lat, lon = np.zeros(8) + 1.0, np.arange(8) * 0.01
    assert halve(lat, lon, np.ones(8), 4).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert halve(lat, lon, np.array([9.0, 1, 1, 1, 1, 1, 1, 2]), 2).tolist() == [0, 1, 1, 1, 1, 1, 1, 1]
    assert halve(np.ones(5), np.ones(5), np.ones(5), 3).tolist() == [0] * 5


HEAD = "when,y,x,what\n"


def test_a_table_is_read_and_who_calls_from_far_off_is_left_out_and_counted(tmp_path):
    rows = ["2026-03-02 10:00:00,10.7,106.7,EMS: a", "2026-03-02 09:00:00,10.7,106.7,EMS: b"] * 2
    rows += ["2026-03-02 12:00:00,10.71,106.7,EMS: c", "2026-03-02 12:00:00,10.71,106.7,EMS: c"]
    rows += ["2026-03-02 11:00:00,30.3,-95.6,EMS: far", "2026-03-02 11:00:00,,,EMS: nowhere"]
    rows += ["2026-03-02 11:00:00,10.7,106.7,Fire: other"]
    path = tmp_path / "calls.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n")
    found = read_history(path, Columns("when", "y", "x", "what", "EMS: "))
    assert len(found) == 6
    assert found.wild == 2
    assert found.kind[:3] == ["b", "b", "a"]
    assert len(near(found, 0.5)) == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("when,y,x\n", "line 1: there is no column 'what'"),
        (HEAD + "yesterday,10,106,EMS: a\n", "line 2: 'yesterday' is no moment"),
        (HEAD, "has no such row"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_with_its_line(tmp_path, text, told):
    path = tmp_path / "calls.csv"
    path.write_text(text)
    with pytest.raises(BadTable, match=told):
        read_history(path, Columns("when", "y", "x", "what", "EMS: "))


def test_the_longest_begin_says_what_words_mean(tmp_path):
    path = tmp_path / "kinds.csv"
    path.write_text("begins,kind,priority\n,other,P3\nCARDIAC,heart,P1\nCARDIAC ARREST,arrest,P1\n")
    assert kinds_of(["CARDIAC ARREST", "CARDIAC PAIN", "FALL"], read_kinds(path)) == [
        "arrest", "heart", "other",
    ]  # fmt: skip
    path.write_text("begins,kind,priority\nCARDIAC,heart,P1\nHEART,heart,P2\nX,x,P7\n")
    with pytest.raises(BadModel) as found:
        read_kinds(path)
    assert found.value.sentences == (
        "kinds.csv, line 3: 'heart' has P1 above; a kind has one priority.",
        "kinds.csv, line 4: there is no priority 'P7'; choose from P1 to P4 or none.",
        "kinds.csv: has no line for all else, one whose 'begins' is empty.",
    )


def test_too_short_a_history_is_told(history):
    days = history.chosen(np.array([at < MONDAY + timedelta(days=30) for at in history.at]))
    with pytest.raises(ValueError, match="too few"):
        judge(days, fit(days, RULES, 10).place)
    short = history.chosen(np.array([at < MONDAY + timedelta(days=3) for at in history.at]))
    with pytest.raises(ValueError, match="two weeks"):
        fit(short, RULES)
