"""Towns drawn in letters: every answer can be checked in the head (100 m and 10 s a step)."""

import pytest

from tests.towns import town


def seconds(times, start, end, profile="van_normal"):
    """From one place to another; the three questions that can be asked must agree."""
    to_scene = times.to_scene([start], end, profile)[0]
    from_scene = times.from_scene(start, [end], profile)[0]
    table = times.table([start, start], [end], profile)[1][0]
    assert to_scene == from_scene == table
    return None if to_scene is None else to_scene.duration_s


def metres(times, start, end, profile="van_normal"):
    travel = times.to_scene([start], end, profile)[0]
    return None if travel is None else travel.distance_m


def takes(expected):
    return pytest.approx(expected, abs=0.02)


def test_two_streets_are_two_steps(tmp_path):
    drawn = town("a-b-c")
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("a"), drawn.at("c")) == takes(20)
    assert seconds(times, drawn.at("c"), drawn.at("a")) == takes(20)
    assert metres(times, drawn.at("a"), drawn.at("c")) == pytest.approx(200, abs=0.1)


def test_staying_takes_no_time(tmp_path):
    drawn = town("a-b-c")
    times = drawn.times(tmp_path)
    for place in (drawn.at("b"), drawn.between("a", "b", 0.3)):
        assert times.to_scene([place], place, "van")[0].duration_s == 0
        assert times.to_scene([place], place, "van")[0].distance_m == 0


def test_blue_light_takes_a_sixth_off(tmp_path):
    drawn = town("a-b-c")
    assert seconds(drawn.times(tmp_path), drawn.at("a"), drawn.at("c"), "van") == takes(20 / 1.2)


def test_free_flow_is_driven_without_blue_light(tmp_path):
    drawn = town("a-b")
    times = drawn.times(tmp_path)
    free = times.table([drawn.at("a")], [drawn.at("b")], "van", "free_flow")[0][0]
    assert free.duration_s == takes(10)


def test_free_flow_still_goes_where_only_blue_light_may(tmp_path):
    drawn = town("a-b", streets={"ab": {"access": "no", "emergency": "yes"}})
    times = drawn.times(tmp_path)
    assert times.table([drawn.at("a")], [drawn.at("b")], "van", "free_flow")[0][0].duration_s == takes(10)
    assert seconds(times, drawn.at("a"), drawn.at("b"), "van_normal") is None


def test_places_along_a_street_count_from_where_they_are(tmp_path):
    drawn = town("a-b-c")
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.between("a", "b", 0.75), drawn.between("b", "c", 0.5)) == takes(7.5)


def test_two_places_on_one_street_drive_straight_along_it(tmp_path):
    drawn = town("a-b")
    times = drawn.times(tmp_path)
    near_a, near_b = drawn.between("a", "b", 0.2), drawn.between("a", "b", 0.9)
    assert seconds(times, near_a, near_b) == takes(7)
    assert seconds(times, near_b, near_a) == takes(7)


def test_a_place_behind_on_a_one_way_street_is_a_way_round_the_block(tmp_path):
    drawn = town(
        """
        a>b
        |   |
        d-c
        """.replace("|   |", "| |")
    )
    times = drawn.times(tmp_path)
    near_a, near_b = drawn.between("a", "b", 0.2), drawn.between("a", "b", 0.9)
    assert seconds(times, near_a, near_b) == takes(7)
    assert seconds(times, near_b, near_a) == takes(1 + 30 + 2)


def test_a_one_way_street_is_not_driven_against(tmp_path):
    drawn = town(
        """
        a>b
        |
        c
        """
    )
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("a"), drawn.at("b")) == takes(10)
    assert seconds(times, drawn.at("b"), drawn.at("c")) is None


def test_a_reversed_one_way_street_runs_against_its_drawing(tmp_path):
    drawn = town("a<b")
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("b"), drawn.at("a")) == takes(10)
    assert seconds(times, drawn.at("a"), drawn.at("b")) is None


def test_a_motorbike_excepted_from_a_one_way_street_drives_both_ways(tmp_path):
    drawn = town("a>b", streets={"ab": {"oneway:motorcycle": "no"}})
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("b"), drawn.at("a"), "motorbike_normal") == takes(10)
    assert seconds(times, drawn.at("b"), drawn.at("a"), "van_normal") is None


def test_a_roundabout_is_driven_one_way_round(tmp_path):
    drawn = town(
        """
        a-b
        | |
        d-c
        """,
        streets={"ab": {"junction": "roundabout"}},
        joined=("abcda",),
    )
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("a"), drawn.at("b")) == takes(10)
    assert seconds(times, drawn.at("b"), drawn.at("a")) == takes(30)


def test_the_quickest_way_need_not_be_the_shortest(tmp_path):
    drawn = town(
        """
        a-b-c
        |   |
        d-e-f
        """,
        streets={"ab": {"maxspeed": "9"}},  # 7.2 km/h: 50 s
    )
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("a"), drawn.at("c")) == takes(40)
    assert metres(times, drawn.at("a"), drawn.at("c")) == pytest.approx(400, abs=0.2)


def test_a_limit_in_miles_is_understood(tmp_path):
    drawn = town("a-b", streets={"ab": {"maxspeed": "25 mph"}})
    assert seconds(drawn.times(tmp_path), drawn.at("a"), drawn.at("b")) == takes(360 / (25 * 1.609344 * 0.8))


def test_a_van_goes_round_a_bollard_and_a_motorbike_through_it(tmp_path):
    drawn = town(
        """
        a-b-c
        |   |
        d-e-f
        """,
        signs={"b": {"barrier": "bollard"}},
    )
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("a"), drawn.at("c"), "motorbike_normal") == takes(20)
    assert seconds(times, drawn.at("a"), drawn.at("c"), "van_normal") == takes(40)


def test_a_bollard_in_the_middle_of_one_way_stops_a_van_as_well(tmp_path):
    drawn = town("a-b-c", signs={"b": {"barrier": "bollard"}}, joined=("abc",))
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("a"), drawn.at("c"), "van") is None
    assert seconds(times, drawn.at("a"), drawn.at("c"), "motorbike_normal") == takes(20)


def test_a_barrier_at_a_crossing_stops_in_every_direction(tmp_path):
    drawn = town(
        """
          b
          |
        a-x-c
          |
          d
        """,
        signs={"x": {"barrier": "bollard"}},
    )
    times = drawn.times(tmp_path)
    for start in "abcd":
        for end in set("abcd") - {start}:
            assert seconds(times, drawn.at(start), drawn.at(end), "van") is None
            assert seconds(times, drawn.at(start), drawn.at(end), "motorbike_normal") == takes(20)


def test_a_locked_gate_stops_everyone(tmp_path):
    drawn = town("a-b-c", signs={"b": {"barrier": "gate", "locked": "yes"}})
    times = drawn.times(tmp_path)
    for profile in ("van", "motorbike", "van_normal", "motorbike_normal"):
        assert seconds(times, drawn.at("a"), drawn.at("c"), profile) is None


def test_an_alley_is_a_short_cut_for_the_motorbike_alone(tmp_path):
    drawn = town(
        """
        a-b
        : |
        d-c
        """
    )
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("a"), drawn.at("d"), "van_normal") == takes(30)
    assert metres(times, drawn.at("a"), drawn.at("d"), "motorbike_normal") == pytest.approx(300, abs=0.2)
    shorter = town("a-b\n: |\nd-c", streets={"ab": {"maxspeed": "9"}})
    (tmp_path / "slow").mkdir()
    slow = shorter.times(tmp_path / "slow")
    assert seconds(slow, shorter.at("a"), shorter.at("d"), "motorbike_normal") == takes(45)  # 100 m at 8 km/h
    assert seconds(slow, shorter.at("a"), shorter.at("d"), "van_normal") == takes(70)


def test_the_van_is_timed_to_the_mouth_of_the_alley(tmp_path):
    drawn = town(
        """
        a-b-c
          :
          d
        """
    )
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("a"), drawn.at("d"), "van_normal") == takes(10)
    assert seconds(times, drawn.at("a"), drawn.at("d"), "motorbike_normal") == takes(10 + 45)


def test_a_narrow_street_is_left_to_the_motorbike(tmp_path):
    drawn = town(
        """
        a-b
        | |
        d-c
        """,
        streets={"ab": {"width": "1.8"}},
    )
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("a"), drawn.at("b"), "motorbike_normal") == takes(10)
    assert seconds(times, drawn.at("a"), drawn.at("b"), "van_normal") == takes(30)


def test_a_ferry_takes_the_time_it_says(tmp_path):
    drawn = town("a-b-c-d", streets={"bc": {"route": "ferry", "duration": "0:03:20"}})
    assert seconds(drawn.times(tmp_path), drawn.at("a"), drawn.at("d")) == takes(10 + 200 + 10)


def test_an_island_cannot_be_reached_and_has_times_of_its_own(tmp_path):
    drawn = town("a-b-c e-f")
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.at("a"), drawn.at("f")) is None
    assert seconds(times, drawn.at("e"), drawn.at("a")) is None
    assert seconds(times, drawn.at("e"), drawn.at("f")) == takes(10)
    assert times.route(drawn.at("a"), drawn.at("f"), "van") is None


def test_answers_keep_the_order_of_the_questions(tmp_path):
    drawn = town("a-b-c-d z-y")
    times = drawn.times(tmp_path)
    places = [drawn.at(corner) for corner in "dzab"]
    travels = times.from_scene(drawn.at("c"), places, "van_normal")
    assert [None if t is None else round(t.duration_s) for t in travels] == [10, None, 20, 10]


def test_no_question_no_answer(tmp_path):
    drawn = town("a-b")
    times = drawn.times(tmp_path)
    assert times.to_scene([], drawn.at("a"), "van") == []
    assert times.table([], [drawn.at("a")], "van") == []
    assert times.table([drawn.at("a")], [], "van") == [[]]


def test_a_table_is_the_same_read_by_rows_or_columns(tmp_path):
    drawn = town(
        """
        a>b-c
        |   v
        d-e-f
        """
    )
    times = drawn.times(tmp_path)
    places = [drawn.at(corner) for corner in "abcdef"]
    wide, tall = times.table(places[:2], places, "van"), times.table(places, places[:2], "van")
    for i in range(2):
        assert wide[i] == times.from_scene(places[i], places, "van")
        assert [row[i] for row in tall] == times.to_scene(places, places[i], "van")


def test_a_street_in_a_ring_is_driven_the_shorter_way_round(tmp_path):
    drawn = town(
        """
        a-b
        | |
        d-c
        """,
        joined=("abcda",),
    )
    times = drawn.times(tmp_path)
    assert seconds(times, drawn.between("a", "b", 0.5), drawn.between("a", "d", 0.5)) == takes(10)


def test_an_unknown_profile_is_named(tmp_path):
    drawn = town("a-b")
    with pytest.raises(ValueError, match=r"'boat'.*van"):
        drawn.times(tmp_path).to_scene([drawn.at("a")], drawn.at("b"), "boat")


def test_answers_are_labelled(tmp_path):
    drawn = town("a-b")
    times = drawn.times(tmp_path)
    assert times.map_version.startswith("town-")
    assert times.traffic_version == "free_flow"
    assert times.to_scene([drawn.at("a")], drawn.at("b"), "van")[0].method == "road"


def test_a_unit_on_a_corner_may_leave_by_any_street_there(tmp_path):
    drawn = town("a>b-c\n  |\n  d")
    times = drawn.times(tmp_path)
    for near in (drawn.at("b"), drawn.between("a", "b", 0.997)):  # 30 cm before the corner
        assert seconds(times, near, drawn.at("c")) == takes(10)
        assert seconds(times, near, drawn.at("d")) == takes(10)
        assert seconds(times, drawn.at("c"), near) == takes(10)
