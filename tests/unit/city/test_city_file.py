"""The files of a city are read whole, or refused with a sentence for each fault."""

import shutil
from pathlib import Path

import pytest

from dispatch.city_file import BadCityFile, load_city
from domain.typed_text import safe_to_type
from domain.values import BedKind, Priority, UnitKind
from tests.unit.city.keyboards import typed_with_telex, typed_with_vni

CITIES = Path(__file__).parents[3] / "cities"


@pytest.fixture
def a_city(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CITIES / "demo", tmp_path / "demo"))


def change(folder: Path, file: str, before: str, after: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")


def complaints(folder: Path) -> str:
    with pytest.raises(BadCityFile) as caught:
        load_city(folder)
    return str(caught.value)


@pytest.mark.parametrize("name", ["demo", "hcmc"])
def test_the_cities_that_come_with_vigil_are_sound(name):
    city = load_city(CITIES / name)
    assert city.id == name
    assert city.targets.response_s[Priority.P1] == 480
    assert city.targets.queue[Priority.P1].amber_s == 60
    assert all(BedKind.EMERGENCY_DEPARTMENT in each.beds for each in city.hospitals)


def test_the_drawn_town_says_that_it_is_invented():
    city = load_city(CITIES / "demo")
    assert city.fictional
    assert all(each.assumed for each in city.stations)
    assert all(each.assumed for each in city.units)
    assert {each.source for each in city.hospitals} == {"invented"}


def test_the_home_city_has_the_published_fleet_and_its_motorbikes():
    city = load_city(CITIES / "hcmc")
    vans = [each for each in city.units if each.kind is UnitKind.VAN]
    assert len(vans) == 114
    assert len(city.units) - len(vans) == 14
    assert len({each.station for each in city.units}) == 45
    assert not city.fictional


@pytest.mark.parametrize("name", ["demo", "hcmc"])
def test_every_code_and_callsign_comes_through_vietnamese_keyboards_unchanged(name):
    city = load_city(CITIES / name)
    words = [each.code for each in city.hospitals] + [each.callsign for each in city.units]
    for word in words:
        for typed in (word, word.lower()):
            assert typed_with_telex(typed) == typed
            assert typed_with_vni(typed) == typed
        assert safe_to_type(word)


def test_keyboards_bend_what_the_rule_calls_unsafe():
    assert typed_with_telex("os") == "ó"
    assert typed_with_telex("dd") == "đ"
    assert typed_with_telex("ddax") == "đã"
    assert typed_with_vni("a3") == "ả"
    assert typed_with_vni("d9") == "đ"
    assert not any(map(safe_to_type, ("OS", "ER", "OO", "DD", "W", "A3", "D9", "CÔ", "A B", "")))
    assert all(map(safe_to_type, ("CR", "N115", "ND1", "CTCH", "C12", "T999", "M3")))


def test_a_missing_file_is_named(a_city):
    (a_city / "fleet.toml").unlink()
    assert "fleet.toml is missing" in complaints(a_city)


def test_text_that_is_not_toml_is_refused_with_its_line(a_city):
    change(a_city, "stations.toml", "[[station]]", "[[station")
    assert "stations.toml is not TOML" in complaints(a_city)


@pytest.mark.parametrize(
    ("file", "before", "after", "sentence"),
    [
        ("city.toml", 'id = "demo"', 'id = "De mo"', "city.toml, field 'id': 'De mo' must be small letters"),
        ("city.toml", "Asia/Ho_Chi_Minh", "Asia/Atlantis", "'Asia/Atlantis' is not a time zone"),
        ("city.toml", 'kind = "drawn"', 'kind = "dream"', "'dream' is not known; choose from extract, drawn"),
        ("city.toml", "south = 10.155", "south = 11.5", "south below north"),
        ("city.toml", "lat = 10.19795", "lat = 100.0", "100.0, 107.89658 is not a place"),
        ("city.toml", "lat = 10.19795", "lat = 11.0", "lies outside the bounds of the map"),
        ("city.toml", "on_scene_red_s = 1800", "on_scene_red_s = 60", "60 s must come after amber at 1200 s"),
        ("city.toml", "P1 = 480", "P1 = 0", "table 'response_s', field 'P1': 0 is below 1"),
        ("city.toml", "emergency_number", "emergency_nummer", "field 'emergency_number': is missing"),
        ("city.toml", "emergency_number", "emergency_nummer", "field 'emergency_nummer': is not a field"),
        (
            "city.toml",
            'languages = ["vi", "en"]',
            "languages = 3",
            "field 'languages': must be a list of texts",
        ),
        ("city.toml", "[centre]", "[middle]", "field 'centre': is missing"),
        (
            "hospitals.toml",
            'code = "SD"',
            'code = "OS"',
            "hospital song-doi, field 'code': 'OS' would be changed",
        ),
        ("hospitals.toml", 'code = "SD"', 'code = "sd"', "'sd' must be a capital"),
        ("hospitals.toml", 'code = "SD"', 'code = "NT"', "'NT' already means something on the command line"),
        ("hospitals.toml", 'code = "SD"', 'code = "BN"', "the code 'BN' is used twice"),
        ("hospitals.toml", '"trauma"', '"traumas"', "'traumas' is not known; choose from stroke"),
        ("hospitals.toml", "EmergencyDepartment", "Emergency", "'Emergency' is no bed kind"),
        ("hospitals.toml", "staffed = 25", "staffed = -1", "field 'staffed': -1 is below 0"),
        ("hospitals.toml", "staffed = 25", 'staffed = "many"', "must be a whole number, not 'many'"),
        (
            "hospitals.toml",
            "specialities_assumed = true",
            "specialities_assumed = 1",
            "must be true or false, not 1",
        ),
        ("stations.toml", 'hospital = "song-doi"', 'hospital = "nowhere"', "there is no hospital 'nowhere'"),
        (
            "stations.toml",
            'ownership = "centre"',
            'ownership = "mine"',
            "'mine' is not known; choose from hospital",
        ),
        ("stations.toml", 'id = "song-doi"', 'id = "trung-tam"', "the id 'trung-tam' is used twice"),
        ("fleet.toml", 'callsign = "C1"', 'callsign = "Q1"', "'Q1' must be C, T or M"),
        ("fleet.toml", 'callsign = "C1"', 'callsign = "T1"', "the callsign 'T1' is used twice"),
        (
            "fleet.toml",
            'station = "trung-tam"',
            'station = "moon"',
            "unit C1, field 'station': there is no station 'moon'",
        ),
        ("fleet.toml", 'kind = "van"', 'kind = "motorbike"', "M is for motorbikes"),
        ("fleet.toml", '"ALS", "BLS"', '"BLS"', "callsigns C promise ALS"),
        (
            "fleet.toml",
            '"BLS", "motorbike"',
            '"BLS", "motorbike", "transport"',
            "a motorbike cannot transport",
        ),
        ("fleet.toml", "[[unit]]", "[[units]]", "'units' is not known here"),
    ],
)
def test_a_fault_is_told_by_file_entry_and_field(a_city, file, before, after, sentence):
    change(a_city, file, before, after)
    assert sentence in complaints(a_city)


def test_all_faults_are_told_at_once(a_city):
    change(a_city, "city.toml", "Asia/Ho_Chi_Minh", "Asia/Atlantis")
    change(a_city, "fleet.toml", 'station = "trung-tam"', 'station = "moon"')
    with pytest.raises(BadCityFile) as caught:
        load_city(a_city)
    assert len(caught.value.sentences) == 2


def test_a_city_that_is_not_there_is_told_with_those_that_are(a_city):
    with pytest.raises(BadCityFile, match="There is no city 'dmeo'; there are: demo"):
        load_city(a_city.parent / "dmeo")


def test_a_city_copied_under_another_name_must_change_its_id(a_city):
    copied = Path(shutil.copytree(a_city, a_city.parent / "monaco"))
    assert "id is 'demo', but the folder is 'monaco'" in complaints(copied)
