"""The scenarios that come with Vigil, on the maps they are meant for."""

from dataclasses import replace
from pathlib import Path

import pytest

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from routing import map_file
from routing.times import RoadTimes
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.scenario.check import faults_on
from simulations.scenario.library import presets
from simulations.scenario.models import standing_on
from simulations.scenario.play import play_all
from simulations.scenario.read import read_scenario
from simulations.scenario.report import report
from simulations.scenario.stage import make_ready
from simulations.town import draw_town
from tests.real_maps import real_map

CITIES = Path(__file__).parents[3] / "cities"


@pytest.mark.slow
def test_those_of_the_drawn_town_are_played_from_the_first_to_the_last_page(tmp_path):
    draw_town(115, tmp_path / "town.osm.pbf")
    standing = standing_on(CITIES / "demo", map_file.build(tmp_path / "town.osm.pbf", tmp_path / "maps"))
    lost = {}
    for path in presets("demo"):
        stage = make_ready(replace(read_scenario(path), replications=2), standing)
        tables = play_all(stage)
        assert "SIMULATION" in report(stage, tables)
        first, *others = tables.values()
        assert any(first.values != other.values for other in others), path.stem
        lost[path.stem] = [sum(table.values["busy_tone"]) / 2 for table in tables.values()]
    as_always, more_lines, _ = lost["epidemic"]
    assert as_always > 0.08 > 0.02 > more_lines
    again = make_ready(replace(read_scenario(presets("demo")[0]), replications=2), standing)
    assert list((standing.map_folder / "grounds").glob("*.npz")), "road times are kept with the map"
    assert play_all(again) is not None


@pytest.mark.slow
def test_those_of_ho_chi_minh_city_name_what_the_city_and_its_map_have():
    roads = RoadTimes(real_map("hcmc-2018"))
    folder = CITIES / "hcmc"
    city = load_city(folder)
    model = model_of_city(city, load_rules(folder, city.targets), roads, read_demand(folder))
    assert 90 < len(model.units) < 129
    assert sum(place.weights[0] for place in model.places) == pytest.approx(1000.0, abs=5.0)
    for path in presets("hcmc"):
        assert faults_on(read_scenario(path), model, roads.covers) == []
