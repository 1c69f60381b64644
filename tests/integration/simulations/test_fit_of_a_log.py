"""Weeks that were played into a log are fitted again: as many calls, as long at the scene."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from routing.times import RoadTimes
from simulations.city_model.as_city import city_of, rules_of
from simulations.city_model.as_rival import ground_of_model
from simulations.city_model.draw import draw
from simulations.city_model.durations import Duration
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.demand.fit import fit
from simulations.demand.of_log import RULES, fitted_to, history_of, read_log, with_times
from simulations.demand.whole import with_demand
from simulations.full.play import play
from simulations.policy_day.from_log import facts_of
from tests.small_city import letter_town, write_small_city

HCMC = Path(__file__).resolve().parents[3] / "cities" / "hcmc"
MORNING = datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.mark.slow
def test_a_log_gives_the_demand_and_the_durations_it_was_played_with(tmp_path):
    (tmp_path / "roads").mkdir()
    roads = RoadTimes(letter_town().road_map(tmp_path / "roads"))
    write_small_city(tmp_path)
    folder = tmp_path / "cities" / "letters"
    city = load_city(folder)
    model = model_of_city(city, load_rules(folder, city.targets), roads, read_demand(HCMC))
    # A tenth of the day's calls, so that three weeks are soon played.
    fewer = [replace(kind, rates=tuple(rate / 10 for rate in kind.rates)) for kind in model.kinds]
    model = replace(model, kinds=tuple(fewer))
    night = draw(model, MORNING, 168.0 * 3, seed=1)
    ground = ground_of_model(model, roads)
    policies = dict.fromkeys(("P1", "P2", "P3", "P4"), "closest")
    day = night.day()
    played = play(day, city_of(model), rules_of(model), roads, ground, policies)
    found, left_out = read_log(facts_of(played.log))
    assert left_out == {}
    assert len(found) == len(day.calls) > 400
    history = history_of(found, "Asia/Ho_Chi_Minh")
    fitted = fit(history, RULES, most_places=8)
    assert {kind.id for kind in fitted.kinds} == {"P1", "P2", "P3", "P4"}
    assert fitted.week().sum() * 3 == pytest.approx(len(day.calls), rel=0.03)
    whole = with_times(with_demand(model, fitted, "the log"), found)
    calls = [call for call in day.calls if call.priority == "P2"]
    for name, seconds in (
        ("scene", [call.scene_s for call in calls]),
        ("decide", [call.decide_s for call in calls]),
    ):
        duration = getattr(whole.times["P2"], name)
        assert duration.mean_s == pytest.approx(np.mean(seconds), rel=0.02)
        assert duration.deviation_s == pytest.approx(np.std(seconds), rel=0.25)
    share = np.mean([call.transports for call in calls])
    assert whole.transported["P2"] == pytest.approx(share, abs=0.02)
    assert whole.times["P2"].stay == model.times["P2"].stay, "no log tells how long a patient stays"


@pytest.mark.parametrize("law", [Duration("gamma", (900.0, 3.0)), Duration("lognormal", (600.0, 0.9))])
def test_the_likelier_law_is_found_with_its_figures(law):
    seconds = law.of((np.arange(2000) + 0.5) / 2000)
    found = fitted_to(seconds)
    assert found.kind == law.kind
    assert found.figures == pytest.approx(law.figures, rel=0.05)
    assert fitted_to(np.full(40, 60.0)) == Duration("constant", (60.0,))
