"""Where the next station should go, in a small town from its map to the last figure."""

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from domain.values import UnitKind
from routing.times import RoadTimes
from simulations.city_model.of_city import model_of_city, read_demand, with_incidents
from simulations.experiment.inputs import WardShape
from simulations.planning.layout import Site
from simulations.planning.page import page, planner
from simulations.planning.placed import moved_vans
from simulations.planning.say_stations import figures, said
from simulations.planning.station_map import by_sureness, station_map
from simulations.planning.stations import Asked, plan_stations
from tests.small_city import letter_town, write_small_city

HCMC = Path(__file__).resolve().parents[3] / "cities" / "hcmc"
MONDAY = datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    write_small_city(folder)
    city = load_city(folder / "cities" / "letters")
    roads = RoadTimes(letter_town().road_map(folder))
    rules = load_rules(folder / "cities" / "letters", city.targets)
    model = with_incidents(model_of_city(city, rules, roads, read_demand(HCMC)), 150.0)
    sites = [Site(place.id, "", place.position, False) for place in model.places]
    return city, rules, roads, model, sites


def planned(town, asked):
    return plan_stations(*town, MONDAY, asked)


def test_more_stations_with_a_van_each_are_late_less_often_and_it_is_said(town):
    plan = planned(town, Asked(more=2, within_s=75.0, nights=8, tries=12))
    now, formula, search = plan.rivals
    assert len(plan.opened) == 2
    assert not any(site.stands for site in plan.opened)
    assert plan.choices[0].covered >= max(plan.covered_now, plan.choices[1].covered)
    assert plan.choices[1].mean_s <= min(plan.mean_s_now, plan.choices[0].mean_s)
    assert all(choice.answer.proved for choice in plan.choices)
    assert sum(formula.vans.values()) == sum(search.vans.values()) == sum(now.vans.values()) + 2
    assert formula.slower is not None
    assert formula.slower.interval.high < 0, "more crews, nearer: sooner there"
    assert plan.found is not None
    assert plan.found.tried <= 12
    assert list(plan.found.steps) == sorted(plan.found.steps, reverse=True)
    text = said(plan)
    for site in plan.opened:
        assert site.id in text
    assert "OpenStreetMap contributors, ODbL" in text
    assert json.loads(json.dumps(figures(plan)))["models"][0]["proved"] is True


def test_five_in_the_afternoon_counts_as_it_is_and_what_is_sure_is_told(town):
    """Half of the hours every drive takes four times as long: less is covered, and crews come later."""
    city, rules, roads, model, sites = town
    model = replace(model, pace=(1.0,) * 168)
    slow = replace(model, pace=((1.0,) * 12 + (4.0,) * 12) * 7)
    asked = Asked(more=2, within_s=75.0, nights=4, tries=0, doubts=12)
    even, jammed = (plan_stations(city, rules, roads, its, sites, MONDAY, asked) for its in (model, slow))
    assert jammed.layout.pace.tolist() == [1.0, 4.0]
    assert jammed.layout.weight.sum() == pytest.approx(even.layout.weight.sum())
    assert jammed.covered_now < even.covered_now
    assert jammed.mean_s_now > even.mean_s_now
    assert jammed.rivals[0].mean_s.low > even.rivals[0].mean_s.high, "the nights are driven at that pace"
    assert jammed.doubt is not None
    assert len(jammed.doubt.again) == 2
    assert sum(jammed.doubt.chosen) == pytest.approx(2.0)
    assert all(
        ours <= best + 1e-9 for ours, best in zip(jammed.doubt.covered, jammed.doubt.best, strict=True)
    )
    assert "Asked 12 times" in said(jammed)
    assert "drives by the hour: 1.00 to 4.00 times" in said(jammed)


def test_the_page_of_a_plan_asks_nobody_for_anything_and_tells_the_doubt(town):
    plan = planned(town, Asked(more=2, within_s=75.0, nights=4, tries=4, doubts=8))
    named = (WardShape("Phường <Một>", (((10.0, 106.0), (10.0, 106.1), (10.1, 106.1)),)),)
    text = page(plan, town[3], named, {"vi": "Thị trấn", "en": "Town"})
    assert not re.search(r"<script|url\(|@import|\ssrc=|\shref=", text)
    for language in ("vi", "en"):
        say = planner(language)
        drawn = station_map(plan, named, say)
        assert drawn in text
        assert drawn.count('class="new"') == 2
        assert "OpenStreetMap" in drawn
        ElementTree.fromstring(drawn)
        nobodys = station_map(replace(plan, drawn=True), named, say)
        assert "OpenStreetMap" not in nobodys, "nobody's data is shown of a drawn town"
        assert say("drawn") in nobodys
        for share in plan.doubt.again:
            assert f"{say.number(100 * share, 0)}%" in text
    assert list(by_sureness(plan)) == sorted(by_sureness(plan), key=lambda pair: (-pair[1], pair[0]))


def test_the_same_vans_are_spread_anew_and_none_is_lost(town):
    city = town[0]
    plan = planned(town, Asked(more=2, within_s=75.0, vans_each=0, nights=4, tries=0))
    vans = sum(unit.kind == UnitKind.VAN for unit in city.units)
    assert [sum(rival.vans.values()) for rival in plan.rivals] == [vans, vans]
    assert plan.found is None
    assert [rival.name for rival in plan.rivals] == ["now", "formula"]


def test_the_same_question_has_the_same_answer(town):
    asked = Asked(more=1, within_s=75.0, nights=3, tries=6)
    assert figures(planned(town, asked)) == figures(planned(town, asked))


def test_whoever_can_stays_when_vans_are_spread(town):
    city = town[0]
    stations = [station.id for station in city.stations]
    vans = [unit for unit in city.units if unit.kind == UnitKind.VAN]
    count = np.array([sum(van.station == station for van in vans) for station in stations])
    assert moved_vans(city, count).units == city.units
    first = int(np.flatnonzero(count)[0])
    moved = count.copy()
    moved[first] -= 1
    moved[(first + 1) % len(stations)] += 1
    apart = [
        (before.callsign, after.station)
        for before, after in zip(city.units, moved_vans(city, moved).units, strict=True)
        if before != after
    ]
    assert len(apart) == 1
    assert apart[0][1] == stations[(first + 1) % len(stations)]


def test_a_city_off_the_map_and_too_many_stations_are_refused_in_a_sentence(town):
    with pytest.raises(ValueError, match=r"more sites were asked for; \d+ are closed"):
        planned(town, Asked(more=10_000, within_s=75.0))
