"""Cameras and schools, as a city lists them."""

from pathlib import Path

import pytest

from dispatch.city_file import BadCityFile, load_city
from tests.small_city import where, write_small_city

HEAD = "id,kind,name,lat,lon,source"


def line(id="cam-1", kind="camera", name='"Camera Chợ Giữa, cổng bắc"', lat=None, lon=None, source="police"):
    place = where("b")
    return f"{id},{kind},{name},{lat or place.lat},{lon or place.lon},{source}"


@pytest.fixture
def city(tmp_path):
    _, cities = write_small_city(tmp_path)
    return cities / "letters"


def write(city, *lines):
    (city / "points.csv").write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    return load_city(city).points


def test_a_city_without_the_file_has_no_points(city):
    assert load_city(city).points == ()


def test_a_point_has_a_kind_a_name_a_place_and_a_source(city):
    camera, school = write(city, line(), line(id="s-1", kind="school", name="Trường Tiểu học Hoa Mai"))
    assert (camera.id, camera.kind, camera.name) == ("cam-1", "camera", "Camera Chợ Giữa, cổng bắc")
    assert (camera.position, camera.source) == (where("b"), "police")
    assert school.kind == "school"


def test_a_spreadsheet_may_begin_with_its_mark_end_with_empty_lines_and_order_the_columns_otherwise(city):
    text = "\ufeffname,kind,id,source,lon,lat\r\nHoa Mai,school,s-1,own,106.65,10.75\r\n\r\n"
    (city / "points.csv").write_bytes(text.encode())
    (school,) = load_city(city).points
    assert (school.name, school.position.lat, school.position.lon) == ("Hoa Mai", 10.75, 106.65)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (
            [line(kind="cinema")],
            "points.csv, line 2, field 'kind': 'cinema' is not known; choose from camera",
        ),
        (
            [line(), line(id="cam-2", lat="north")],
            "points.csv, line 3, field 'lat': must be a number, not 'north'",
        ),
        ([line(lat="nan")], "points.csv, line 2, field 'lat'"),
        ([line(name=" ")], "points.csv, line 2, field 'name': must not be empty"),
        (["cam-1,camera"], "points.csv, line 2, field 'name': is missing"),
        ([line(), line()], "points.csv: the id 'cam-1' is used twice"),
        ([line(lat=1.5)], "points.csv, point cam-1, field 'lat': lies outside the bounds"),
        (['a,camera,"torn,10.75,106.65,x'], "is not CSV"),
    ],
)
def test_every_fault_is_told_by_file_line_and_field(city, lines, complaint):
    with pytest.raises(BadCityFile) as bad:
        write(city, *lines)
    assert complaint in " ".join(bad.value.sentences)


def test_columns_that_are_not_known_are_told(city):
    (city / "points.csv").write_text("id,kind,title,lat,lon,source\n", encoding="utf-8")
    with pytest.raises(BadCityFile, match="line 1: the columns are id, kind, name, lat, lon, source"):
        load_city(city)


@pytest.mark.parametrize("name", ["demo", "hcmc"])
def test_the_points_of_our_own_cities_say_where_they_are_from(name):
    points = load_city(Path(__file__).parents[3] / "cities" / name).points
    assert len(points) > 20
    assert all(point.source for point in points)
