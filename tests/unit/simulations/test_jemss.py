"""A JEMSS model is read as JEMSS means it: times worked out on paper, chances with their figures."""

import pytest

from domain.values import Position
from simulations.city_model.durations import Duration
from simulations.city_model.read import read_model
from simulations.city_model.write import write_model
from simulations.jemss.files import BadJemss, duration, number
from simulations.jemss.model import read_jemss
from tests.unit.simulations.jemss_town import write_jemss_town

WEST, EAST = Position(1.0, 100.0), Position(1.0, 100.03)
NORTH_OF_EAST = Position(1.01, 100.03)


@pytest.fixture
def folder(tmp_path):
    return write_jemss_town(tmp_path)


def test_a_drive_goes_by_the_quickest_arcs_and_leaves_the_road_in_a_straight_line(folder):
    roads = read_jemss(folder).roads
    (there,) = roads.to_scene([WEST], NORTH_OF_EAST, "van")
    assert there.duration_s == pytest.approx(3 * 60 + 30, abs=0.01)  # 3 km of road, 1 km off it
    assert there.distance_m == pytest.approx(4_000, abs=1)
    (back,) = roads.from_scene(NORTH_OF_EAST, [WEST], "van_normal")
    assert back.duration_s == pytest.approx(3 * 120 + 60, abs=0.01)
    way = roads.route(WEST, NORTH_OF_EAST, "van")
    assert [lon for _, lon in way.geometry] == [100.0, 100.0, 100.01, 100.02, 100.03, 100.03]


def test_nobody_leaves_the_road_where_that_cannot_be(folder):
    roads = read_jemss(folder).roads
    (there,) = roads.to_scene([WEST], Position(1.0, 100.021), "van")  # the crossing beside it has no access
    assert there.duration_s == pytest.approx(180 + 27, abs=0.01)  # by the one beyond, 0.9 km back


def test_the_model_has_the_figures_of_the_files(folder, tmp_path):
    model = read_jemss(folder).model
    assert model.id == "paper-1"
    assert [(kind.priority, kind.rates[0]) for kind in model.kinds] == [("P1", 0.75), ("P3", 0.25)]
    assert model.times["P1"].decide == Duration("constant", (40.0,))
    assert model.times["P1"].scene == Duration("exponential", (720.0,))
    assert model.times["P3"].handover == Duration("weibull", (2058.0, 2.5))
    assert model.transported == {"P1": 0.6, "P3": 0.6}
    assert model.target_s == {"P1": 480, "P2": 600, "P3": 720, "P4": 720}
    assert [station.name for station in model.stations] == ["West, by the bridge", "Station 2"]
    assert [unit.station for unit in model.units] == ["s1", "s2"]
    write_model(model, tmp_path / "out")
    assert read_model(tmp_path / "out") == model


def test_people_of_the_raster_call_from_the_crossing_next_to_them(folder):
    model = read_jemss(folder).model
    weights = {place.position.lon: place.weights[0] for place in model.places}
    assert weights == {100.0: 375.0, 100.01: 125.0, 100.03: 500.0}


def test_the_ground_has_the_times_of_the_network(folder):
    imported = read_jemss(folder)
    ground = imported.ground().columns
    places = [place.position for place in imported.model.places]
    west, east = ground.base_spot[0], places.index(EAST)
    assert ground.to_scene_s[0, west, east] == 180.0
    assert ground.to_hospital_s[places.index(WEST), 0] == 360.0  # with a patient JEMSS drives without lights
    assert ground.home_s[0, ground.leaves[ground.hospital_spot[0]], 0] == 360.0


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("calls/reps/train/gen_config.xml", "Normal(40/60/60/24,0)", "Normal(40/60/60/24,1)", "none of ours"),
        ("calls/reps/train/gen_config.xml", "34.3/60", "three/60", "no figure"),
        ("calls/reps/train/gen_config.xml", "<priority>", "<prioriti>", "not XML"),
        ("demand/demand_1.csv", "highPriority,18", "highPriority,20", "by the demand"),
        ("demand/demand_1.csv", "density.tif", "other.tif", "no raster other.tif"),
        ("travel/travel/travel_1.csv", "0,1,\n", "0,1,\n0.5,1,\n", "change by time"),
        ("travel/roads/arcs.csv", "1,1,2,1.0", "1,1,9,1.0", "cannot be read"),
        ("stations/stations_1.csv", "100.00,1,5", "100.00,north,5", "'north' is no figure"),
        ("maps/map_1.csv", "map,1", "mop,1", "no table 'map'"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(folder, file, old, new, told):
    path = folder / file
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(BadJemss, match=told):
        read_jemss(folder)


def test_a_file_that_is_missing_is_named(folder):
    (folder / "hospitals" / "hospitals_1.csv").unlink()
    with pytest.raises(BadJemss, match="hospitals"):
        read_jemss(folder)


def test_figures_may_be_worked_out_and_nothing_else_is():
    assert number("1 + 14 + 0.1") == pytest.approx(15.1)
    assert number("-5/60/60/24") == pytest.approx(-5 / 86400)
    for wrong in ("__import__('os')", "1/0", "", "2**9"):
        with pytest.raises(BadJemss, match="no figure"):
            number(wrong)
    with pytest.raises(BadJemss):
        duration("Exponential(0)")
