"""A city, what it says of its demand, and its map make a model; its nights go the same way on both paths."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dispatch.city_file import load_city
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from routing.times import RoadTimes
from simulations.city_model.as_city import city_of, rules_of
from simulations.city_model.as_rival import ground_of_model, rival_in
from simulations.city_model.draw import draw
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.city_model.read import read_model
from simulations.city_model.write import write_model
from simulations.full.play import play
from simulations.lean.of_day import fleet_of, hospital_of, incidents_of
from simulations.lean.run import simulate
from simulations.rival import Rival
from tests.small_city import letter_town, write_small_city
from tests.towns import town
from tests.unit.simulations.small_model import small_model

HCMC = Path(__file__).resolve().parents[3] / "cities" / "hcmc"
MORNING = datetime(2026, 3, 3, 7, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(scope="module")
def roads(tmp_path_factory):
    return RoadTimes(letter_town().road_map(tmp_path_factory.mktemp("roads")))


def test_its_places_say_whose_map_they_are_of_and_a_drawn_one_is_nobodys(roads, tmp_path):
    write_small_city(tmp_path)
    folder = tmp_path / "cities" / "letters"
    city = load_city(folder)
    for kind, told in (
        ("drawn", "a drawn town, no real map"),
        ("extract", "© OpenStreetMap contributors, ODbL"),
    ):
        its = replace(city, map=replace(city.map, kind=kind))
        model = model_of_city(its, load_rules(folder, city.targets), roads, read_demand(HCMC))
        assert model.sources["places"].endswith(told)


def test_a_night_of_a_model_goes_the_same_way_on_both_paths(roads, tmp_path):
    write_small_city(tmp_path)
    folder = tmp_path / "cities" / "letters"
    city = load_city(folder)
    written = model_of_city(city, load_rules(folder, city.targets), roads, read_demand(HCMC))
    write_model(written, tmp_path / "model")
    model = read_model(tmp_path / "model")
    assert model == written
    assert [unit.callsign for unit in model.units] == [unit.callsign for unit in city.units]
    ground = ground_of_model(model, roads)
    night = draw(model, MORNING, 3.0, seed=3)
    drawn_city, rules = city_of(model), rules_of(model)
    day = night.day()
    full = play(day, drawn_city, rules, roads, ground, dict.fromkeys(("P1", "P2", "P3", "P4"), "closest"))
    incidents, numbers = night.incidents()
    fleet, callsigns = fleet_of(drawn_city, rules.send, ground)
    lean = simulate(incidents, fleet, ground.columns, hospital_of(drawn_city, rules, ground, MORNING))
    again, order = incidents_of(day, ground)
    for one, other in zip(incidents, again, strict=True):
        assert (one == other).all()
    assert len(numbers) > 20
    for number, call in enumerate(order.tolist()):
        one = full.served[call]
        assert callsigns[lean.served.unit[number]] == one.callsign
        assert lean.served.on_scene_s[number] == one.on_scene_s


def test_the_shifts_the_pace_and_the_doors_of_a_model_are_its_rivals(tmp_path):
    model = small_model()
    rival = rival_in(model, Rival("any"), MORNING - timedelta(hours=7), 24.0)
    assert list(rival.shifts) == ["T2"]
    assert rival.shifts["T2"][0] == (0.0, 6.5 * 3600)
    assert rival.doors == {"great": 1.5}
    assert rival.pace == model.pace
    own = Rival("own", pace=(2.0,) * 168)
    assert rival_in(model, own, MORNING, 24.0).pace == own.pace


def test_a_place_that_no_station_reaches_is_left_out_and_told_of(tmp_path):
    drawn = town("a-b-c-d\n       \n       \n       \n       \n       \ne-f-g-h")
    roads = RoadTimes(drawn.road_map(tmp_path))
    write_small_city(tmp_path / "of")
    city = load_city(tmp_path / "of" / "cities" / "letters")
    there = tuple(replace(station, position=drawn.at("a")) for station in city.stations)
    model = model_of_city(replace(city, stations=there), Rules(), roads, read_demand(HCMC))
    assert model.places
    assert all(abs(place.position.lat - drawn.at("a").lat) < 1e-4 for place in model.places)
    assert "out of reach by road: 0" not in model.about
