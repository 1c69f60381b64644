"""A city model in its folder: read as it was written, and what is wrong is told with file and line."""

from dataclasses import replace

import pytest

from simulations.city_model.faults import BadModel, lines_of
from simulations.city_model.read import read_model
from simulations.city_model.write import FILES, write_model
from tests.unit.simulations.small_model import small_model


@pytest.fixture
def folder(tmp_path):
    write_model(small_model(), tmp_path)
    return tmp_path


def mar(folder, file, old, new):
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old} is in {file}"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def complaints(folder):
    with pytest.raises(BadModel) as found:
        read_model(folder)
    return list(found.value.sentences)


def test_a_model_is_read_as_it_was_written(folder):
    assert read_model(folder) == small_model()


def test_a_model_that_was_read_is_written_as_it_stood(folder, tmp_path):
    write_model(read_model(folder), tmp_path / "again")
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_the_beds_that_others_lie_in_are_read_as_they_were_written(tmp_path):
    full = replace(small_model(), occupied={"EmergencyDepartment": 0.8})
    write_model(full, tmp_path)
    assert read_model(tmp_path) == full
    mar(tmp_path, "model.toml", "EmergencyDepartment = 0.8", "Emergency = 1.8")
    assert any("'occupied.Emergency' is no kind of bed" in each for each in complaints(tmp_path))


FAULTS = [
    ("model.toml", 'name = "Small town"', 'nmae = "Small town"', [
        "model.toml: 'name' is missing.", "model.toml, line 2: 'nmae' is not known here; is it misspelt?"]),
    ("model.toml", "lines = 4", "lines = 0", [
        "model.toml, line {}: 'call_taking.lines' must be a whole number of 1 or more, not 0."]),
    ("model.toml", 'scene = "gamma mean_s=900 shape=2"', 'scene = "gamma mean_s=900 shpae=2"', [
        "model.toml, line {}: 'times.P1.scene' cannot be \"gamma mean_s=900 shpae=2\": gamma has no 'shpae'; "
        "it wants mean_s and shape."]),
    ("model.toml", 'scene = "gamma mean_s=900 shape=2"', 'scene = "gamma mean_s=-1 shape=2"', [
        "model.toml, line {}: 'times.P1.scene' cannot be \"gamma mean_s=-1 shape=2\": "
        "mean_s must be above 0, not -1."]),
    ("model.toml", '"Mon-Sun 22:00-06:00"', '"Mon-Sun 22:00-05:00"', [
        "model.toml, line {periods}: 'periods' have no period for Mon 05:00."]),
    ("model.toml", '"Mon-Sun 22:00-06:00"', '"Mon-Sun 21:00-06:00"', [
        "model.toml, line {above}: 'periods.night' has Mon 21:00, which is in 'day' already."]),
    ("model.toml", '"Mon-Sun 18:30-06:30"', '"Mon-Son 18:30-06:30"', [
        "model.toml, line {above}: 'shifts.nights' cannot be so: 'Mon-Son 18:30-06:30' is no spell such as "
        "'Mon-Fri 06:30-18:30'."]),
    ("model.toml", 'timezone = "Asia/Ho_Chi_Minh"', 'timezone = "Asia/Saigon2"', [
        "model.toml, line {}: 'timezone' must be a time zone such as Asia/Ho_Chi_Minh, not 'Asia/Saigon2'."]),
    ("model.toml", 'serious = "P1"', 'serious = "P9"', None),
    ("model.toml", "P1 = 0.9", "P1 = 1.9", [
        "model.toml, line {}: 'transported.P1' must be 0 to 1, not 1.9."]),
    ("model.toml", "van = 60", "tank = 60", None),
    ("model.toml", "[periods]", "[periods", None),
    ("places.csv", "market,10.77", "market,north", [
        "places.csv, line 2: 'lat' must be a number, not 'north'."]),
    ("places.csv", "homes,10.78,106.7", "homes,10.77,106.69", [
        "places.csv, line 3: 'homes' lies where 'market' lies."]),
    ("places.csv", "homes,", "market,", [
        "places.csv, line 3: 'market' is there already; each has a name of its own."]),
    ("places.csv", "id,lat,lon,day,night", "id,lat,lon,day,evening", [
        "places.csv, line 1: the column 'night' is missing; the columns are id, lat, lon, day, night."]),
    ("week.csv", "Mon 03:00,", "Mon 04:00,", [
        "week.csv, line 5: here the hour 'Mon 03:00' belongs: the hours of a week in their order, "
        "Monday first."]),
    ("week.csv", "Mon 02:00,10,", "Mon 02:00,-10,", [
        "week.csv, line 4: 'serious' must be 0 or more, not -10."]),
    ("week.csv", "Mon 00:00,10,5,30,1\n", "Mon 00:00,10,5,30,1,7\n", None),
    ("fleet.csv", "centre,nights", "depot,nights", [
        "fleet.csv, line 3: there is no station 'depot' in stations.csv."]),
    ("fleet.csv", "centre,nights", "centre,lates", [
        "fleet.csv, line 3: there is no shift 'lates' in [shifts] of model.toml."]),
    ("hospitals.csv", "EmergencyDepartment:20", "EmergencyDepartment=20", None),
    ("hospitals.csv", "general", "everything", None),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "told"), FAULTS)
def test_what_is_wrong_is_told_with_file_and_line(folder, file, old, new, told):
    mar(folder, file, old, new)
    text = (folder / file).read_text(encoding="utf-8").splitlines()
    here = next((number for number, line in enumerate(text, 1) if new.strip() in line), 0)
    periods = next((number for number, line in enumerate(text, 1) if line == "[periods]"), 0)
    found = complaints(folder)
    assert file in found[0]
    if told is not None:
        assert found == [each.format(here, above=here - 1, periods=periods) for each in told]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_is_named(folder, name):
    (folder / name).unlink()
    assert any(name in each for each in complaints(folder))


def test_a_row_is_told_by_its_line_though_a_cell_above_holds_a_line_break(folder):
    mar(folder, "stations.csv", "Trung tâm", '"Trung\ntâm"')
    with (folder / "stations.csv").open("a", encoding="utf-8") as file:
        file.write("\ncentre,Second,10.7,106.6,\n")
    assert complaints(folder) == [
        "stations.csv, line 5: 'centre' is there already; each has a name of its own."
    ]


def test_lines_are_found_in_tables_lists_of_tables_and_quoted_names():
    text = 'a = 1\n\n[b]\n"c d" = 2\n[[e.f]]\ng = 1\n[[e.f]]\ng = 2\n'
    assert lines_of(text) == {
        "a": 1, "b": 3, "b.c d": 4, "e.f.0": 5, "e.f.0.g": 6, "e.f.1": 7, "e.f.1.g": 8,
    }  # fmt: skip
