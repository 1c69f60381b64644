import pytest

from tests.towns import town

NAMED = {"ab": {"name": "Lê Lợi"}, "bc": {"name": "Lê Lợi"}, "cd": {"name": "Hai Bà Trưng"}}


def drawn_corner():
    return town(
        """
        a-b-c
            |
            d
        """,
        streets=NAMED,
    )


def rounded(line):
    return [(round(lat, 6), round(lon, 6)) for lat, lon in line]


def corners(drawn, letters):
    return rounded((drawn.at(letter).lat, drawn.at(letter).lon) for letter in letters)


def test_a_route_names_its_streets_and_draws_its_line(tmp_path):
    drawn = drawn_corner()
    way = drawn.times(tmp_path).route(drawn.at("a"), drawn.at("d"), "van_normal")
    assert [(step.name, round(step.distance_m)) for step in way.steps] == [
        ("Lê Lợi", 200),
        ("Hai Bà Trưng", 100),
    ]
    assert rounded(way.geometry) == corners(drawn, "abcd")
    assert way.duration_s == pytest.approx(30, abs=0.02)
    assert way.method == "road"


def test_a_route_backwards_is_drawn_backwards(tmp_path):
    drawn = drawn_corner()
    way = drawn.times(tmp_path).route(drawn.at("d"), drawn.at("a"), "van_normal")
    assert rounded(way.geometry) == corners(drawn, "dcba")
    assert [step.name for step in way.steps] == ["Hai Bà Trưng", "Lê Lợi"]


@pytest.mark.parametrize(("start", "end"), [(0.2, 0.9), (0.9, 0.2)])
def test_a_route_along_a_single_street_runs_between_the_two_places(tmp_path, start, end):
    drawn = drawn_corner()
    begin, finish = drawn.between("a", "b", start), drawn.between("a", "b", end)
    way = drawn.times(tmp_path).route(begin, finish, "van_normal")
    assert rounded(way.geometry) == rounded([(begin.lat, begin.lon), (finish.lat, finish.lon)])
    assert way.distance_m == pytest.approx(70, abs=0.1)
    assert len(way.steps) == 1


def test_a_route_keeps_the_bends_of_a_street_without_crossings(tmp_path):
    drawn = town(
        """
        a-b
          |
        d-c
        """,
        joined=("abcd",),
    )
    times = drawn.times(tmp_path)
    assert times.road_map.streets.edges == 1
    way = times.route(drawn.between("a", "b"), drawn.at("d"), "van_normal")
    middle = drawn.between("a", "b")
    assert rounded(way.geometry) == [*rounded([(middle.lat, middle.lon)]), *corners(drawn, "bcd")]
    assert way.duration_s == pytest.approx(25, abs=0.02)


def test_a_route_round_the_block_leaves_and_enters_the_same_one_way_street(tmp_path):
    drawn = town("a>b\n| |\nd-c")
    begin, finish = drawn.between("a", "b", 0.9), drawn.between("a", "b", 0.2)
    way = drawn.times(tmp_path).route(begin, finish, "van_normal")
    assert way.duration_s == pytest.approx(33, abs=0.02)
    assert rounded(way.geometry)[1:-1] == corners(drawn, "bcda")


def test_a_route_and_a_time_say_the_same(tmp_path):
    drawn = town("a-b>c\n| : |\nd-e-f\n|   |\ng-h<i", signs={"e": {"barrier": "bollard"}})
    times = drawn.times(tmp_path)
    for profile in ("van", "motorbike"):
        for start in "abcdfgi":
            for end in "abcdfgi":
                travel = times.to_scene([drawn.at(start)], drawn.at(end), profile)[0]
                way = times.route(drawn.at(start), drawn.at(end), profile)
                assert (travel.duration_s, travel.distance_m) == (way.duration_s, way.distance_m)
                assert sum(step.duration_s for step in way.steps) == pytest.approx(way.duration_s, abs=0.01)
                assert sum(step.distance_m for step in way.steps) == pytest.approx(way.distance_m, abs=0.01)


def test_a_route_to_where_one_stands_is_empty(tmp_path):
    drawn = drawn_corner()
    way = drawn.times(tmp_path).route(drawn.at("b"), drawn.at("b"), "van")
    assert (way.duration_s, way.distance_m, list(way.steps)) == (0, 0, [])


def test_many_lines_at_once_are_those_of_the_routes(tmp_path):
    drawn = town(
        """
        a-b-c
            |
            d   e-f
        """,
        streets=NAMED,
    )
    times = drawn.times(tmp_path)
    starts = [drawn.at("a"), drawn.between("b", "c"), drawn.at("e")]
    ends = [drawn.at("d"), drawn.at("a"), drawn.at("f")]
    rows = list(times.lines(starts, ends, "van_normal"))
    assert rows[0][2] is None
    for start, row in zip(starts, rows, strict=True):
        for end, line in zip(ends, row, strict=True):
            way = times.route(start, end, "van_normal")
            assert (line is None) == (way is None)
            if line is not None:
                assert (line.duration_s, line.distance_m) == (way.duration_s, way.distance_m)
                assert list(zip(line.lat.tolist(), line.lon.tolist(), strict=True)) == way.geometry
