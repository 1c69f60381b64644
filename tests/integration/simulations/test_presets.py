"""The scenarios that come with Vigil, on the maps they are meant for."""

from functools import partial
from pathlib import Path

import pytest

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from routing import map_file
from routing.times import RoadTimes
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.experiment.inputs import read_inputs
from simulations.experiment.run import run
from simulations.results.figures import figures_of
from simulations.results.report.page import write_report
from simulations.scenario.as_experiment import prepare_scenario
from simulations.scenario.check import faults_on
from simulations.scenario.library import presets
from simulations.scenario.models import standing_on
from simulations.scenario.read import read_scenario
from simulations.scenario.road_states import touches
from simulations.town import draw_town
from tests.real_maps import real_map

CITIES = Path(__file__).parents[3] / "cities"


@pytest.mark.slow
def test_those_of_the_drawn_town_are_played_from_the_first_to_the_last_page(tmp_path):
    draw_town(115, tmp_path / "town.osm.pbf")
    standing = standing_on(CITIES / "demo", map_file.build(tmp_path / "town.osm.pbf", tmp_path / "maps"))
    lost = {}
    for path in presets("demo"):
        values = played(path, standing, tmp_path / path.stem)
        first, *others = values.values()
        assert any(first != other for other in others), path.stem
        lost[path.stem] = [sum(each["lost_busiest"]) / 2 for each in values.values()]
    as_always, more_lines, *_ = lost["epidemic"]
    assert as_always > 0.07
    assert more_lines < 0.01
    assert list((standing.map_folder / "grounds").glob("*.npz")), "road times are kept with the map"


def played(path, standing, out):
    """Of each course its figures; the report is written, too."""
    prepare_scenario(path, standing, out, replications=2)
    run(out, jobs=1)
    inputs = read_inputs(out)
    assert "SIMULATION" in write_report(out, inputs).read_text(encoding="utf-8")
    return figures_of(out, inputs)


@pytest.mark.slow
def test_those_of_ho_chi_minh_city_name_what_the_city_and_its_map_have():
    roads = RoadTimes(real_map("hcmc-2018"))
    folder = CITIES / "hcmc"
    city = load_city(folder)
    model = model_of_city(city, load_rules(folder, city.targets), roads, read_demand(folder))
    assert 90 < len(model.units) < 129
    assert sum(place.weights[0] for place in model.places) == pytest.approx(1000.0, abs=10.0)
    for path in presets("hcmc"):
        on_map = roads.covers, partial(touches, roads.road_map)
        assert faults_on(read_scenario(path), model, *on_map) == []
