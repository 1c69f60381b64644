"""What the first run shows of a city that comes with Vigil, before it is put into service."""

import shutil

from api.first_run.city_files import write_city
from api.first_run.known import known_hospitals, known_stations
from api.first_run.state import CityTold, HospitalTold, MapTold, Spot, StationTold
from api.first_run.telling import Telling
from dispatch.city_file import load_city
from tests.shared_data import ROOT

SHIPPED = ROOT / "cities"
HCMC = load_city(SHIPPED / "hcmc")
EDGE = HCMC.map.bounds


def map_of(west, south, east, north):
    return MapTold(folder="m", name="m", bounds=(west, south, east, north), streets=1)


def test_a_map_smaller_than_the_city_leaves_hospitals_and_units_outside():
    whole, district = (
        map_of(EDGE.west, EDGE.south, EDGE.east, EDGE.north),
        map_of(106.685, 10.755, 106.715, 10.795),
    )
    assert all(row["on_map"] for row in known_hospitals(HCMC, whole) + known_stations(HCMC, whole))
    off = [row for row in known_stations(HCMC, district) if not row["on_map"]]
    assert sum(len(row["units"]) for row in off) > len(HCMC.units) / 2
    assert sum(not row["on_map"] for row in known_hospitals(HCMC, district)) > len(HCMC.hospitals) / 2


def test_what_no_source_gives_is_marked_and_every_unit_stands_at_its_station():
    whole = map_of(EDGE.west, EDGE.south, EDGE.east, EDGE.north)
    hospitals, stations = known_hospitals(HCMC, whole), known_stations(HCMC, whole)
    assert any(bed["assumed"] for row in hospitals for bed in row["beds"].values())
    assert sorted(name for row in stations for name in row["units"]) == sorted(u.callsign for u in HCMC.units)
    assert sum(row["units_assumed"] for row in stations) == sum(unit.assumed for unit in HCMC.units)


def test_a_copy_in_the_data_folder_is_read_instead_of_what_comes_with_vigil(tmp_path):
    telling = Telling(tmp_path, SHIPPED, accounts=None)
    assert telling.files() is None
    telling.tell_city(CityTold(id="hcmc", shipped=True))
    files = telling.files()
    assert files["read"] == str(SHIPPED / "hcmc")
    shutil.copytree(files["read"], files["own"])
    assert telling.files()["read"] == files["own"]


def test_beds_that_nobody_told_are_written_as_an_assumption(tmp_path):
    place = Spot(lat=10.75, lon=106.65)
    hospitals = [
        HospitalTold(id=name, code=code, name=name, name_en=name, position=place, beds_assumed=assumed)
        for name, code, assumed in (("guessed", "BG", True), ("counted", "BC", False))
    ]
    stations = [StationTold(id="middle", name="Middle", position=place)]
    city = CityTold(id="trial-town", vi="Thị trấn Thử", en="Trial Town")
    folder = write_city(tmp_path, city, map_of(106.6, 10.7, 106.7, 10.8), hospitals, stations)
    read = {each.id: {beds.assumed for beds in each.beds.values()} for each in load_city(folder).hospitals}
    assert read == {"guessed": {True}, "counted": {False}}
