"""What the city's files add to the names of the map."""

import pytest

from dispatch.city_file import load_city
from routing.gazetteer.city_names import BadNames, names_of_city
from tests.shared_data import ROOT

HCMC = ROOT / "cities" / "hcmc"
GOOD = """
[[ward]]
name = "Phường Mới"
lat = 10.75
lon = 106.65
radius_m = 500
replaced = ["Quận 1, Phường Cũ"]
"""


def names(folder, wards="", places=""):
    (folder / "wards.toml").write_text(wards, encoding="utf-8")
    (folder / "places.toml").write_text(places, encoding="utf-8")
    return names_of_city(load_city(HCMC), folder)


def test_the_city_has_its_168_wards_and_every_hospital_with_its_names():
    found = names_of_city(load_city(HCMC), HCMC)
    assert len(found.wards) == 168
    kinds = [ward.name.split()[0] for ward in found.wards]
    assert (kinds.count("Phường"), kinds.count("Xã"), kinds.count("Đặc")) == (113, 54, 1)
    assert "Chợ Rẫy" in next(each for each in found.places if each.names[0] == "Bệnh viện Chợ Rẫy").names
    assert {each.name for each in found.former} >= {"Thành phố Thủ Đức", "Huyện Củ Chi"}


def test_every_former_district_names_wards_that_are_there():
    found = names_of_city(load_city(HCMC), HCMC)
    today = {ward.name for ward in found.wards}
    assert all(today.issuperset(former.wards) for former in found.former)


def test_a_city_without_such_files_has_its_hospitals_alone(tmp_path):
    found = names_of_city(load_city(HCMC), tmp_path)
    assert found.wards == ()
    assert found.places


def test_a_ward_says_which_it_replaced(tmp_path):
    (ward,) = names(tmp_path, GOOD).wards
    assert ward.replaced == (("Quận 1", "Phường Cũ"),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[ward]", "wards.toml is not TOML"),
        ("[[street]]\nname = 'x'", r"there is no \[\[street\]\]"),
        (GOOD.replace("radius_m = 500\n", ""), "the field 'radius_m' is missing"),
        (GOOD + "colour = 'red'", "there is no field 'colour'"),
        (GOOD.replace("10.75", "'north'"), "field 'lat': write a number"),
        (GOOD.replace("10.75", "110.75"), "lies nowhere on earth"),
        (GOOD.replace("Quận 1, Phường Cũ", "Phường Cũ"), "write 'district, ward'"),
    ],
)
def test_a_fault_is_a_sentence_that_names_the_entry(tmp_path, text, sentence):
    with pytest.raises(BadNames, match=sentence):
        names(tmp_path, text)


def test_a_place_that_the_map_lacks_is_added_and_its_kind_is_checked(tmp_path):
    place = '[[place]]\nname = "Ngã tư Mới"\nlat = 10.75\nlon = 106.65\nsource = "seen"\nkind = "crossing"\n'
    assert names(tmp_path, places=place).places[-1].kind == "crossing"
    with pytest.raises(BadNames, match="kind is place, crossing or bridge"):
        names(tmp_path, places=place.replace("crossing", "hospital"))
