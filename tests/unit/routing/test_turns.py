"""Turns in drawn towns: 100 m and 10 s a step without blue light, and what a turn adds to it.

At a junction with a restriction, and at its neighbours, turning back costs a van 20 s; the other turns of
so small streets cost nothing.
"""

import numpy as np
import pytest

from routing.hierarchy.engine import HierarchyEngine
from routing.metric import at_minute, metric
from routing.turn_costs import VAN_BLUE, VAN_NORMAL
from tests.towns import Town, town
from tests.turn_questions import seconds

CROSS = """
  a
  |
b-c-d
  |
  e
"""
BACK = VAN_NORMAL.u_turn
BLOCK = """
f-a-g
| | |
b-c-d
| | |
h-e-i
"""


def cross(*restrictions, signs=None, streets=None) -> Town:
    drawn = town(CROSS, streets=streets, signs=signs)
    drawn.restrictions = list(restrictions)
    return drawn


def ways_on(drawn, folder, profile="van_normal", start="bc", **options):
    """From the middle of the street b-c to the middles of the other streets at c: seconds each."""
    begin = drawn.between(*start)
    ends = [drawn.between("c", corner) for corner in "ade"]
    return dict(zip("ade", seconds(drawn.road_map(folder), begin, ends, profile, **options), strict=True))


# straight through takes 10 s: half a street and half a street. Round the ban one drives on, turns back at the
# next corner (20 s), and comes to c from another side: 5 + 10 + 20 + 10 + 5.
AROUND = 30 + BACK


@pytest.mark.parametrize(
    ("kind", "to", "barred"),
    [
        ("no_left_turn", "ca", "a"),
        ("no_straight_on", "cd", "d"),
        ("no_right_turn", "ce", "e"),
        ("no_entry", "ca", "a"),
        ("no_exit", "cd", "d"),
        ("only_left_turn", "ca", "de"),
        ("only_straight_on", "cd", "ae"),
        ("only_right_turn", "ce", "ad"),
    ],
)
def test_a_restriction_bars_what_it_says_and_nothing_else(tmp_path, kind, to, barred):
    found = ways_on(cross(("bc", "c", to, {"restriction": kind})), tmp_path)
    assert found == {end: pytest.approx(AROUND if end in barred else 10, abs=0.02) for end in "ade"}


def test_from_the_other_streets_one_may_turn_as_before(tmp_path):
    drawn = cross(("bc", "c", "ca", {"restriction": "no_left_turn"}))
    assert ways_on(drawn, tmp_path, start="ec")["a"] == pytest.approx(10, abs=0.02)
    assert ways_on(drawn, tmp_path, start="dc")["a"] == pytest.approx(10, abs=0.02)


def test_turning_back_can_be_barred_and_costs_time_where_it_is_not(tmp_path):
    free = town("a-b-c")
    free.restrictions = [("ab", "b", "bc", {"restriction": "no_straight_on"})]
    road_map = free.road_map(tmp_path)
    # straight on is barred, so only the way back is left, and it does not lead to c
    assert seconds(road_map, free.between("a", "b", 0.2), [free.at("c", -50)], "van_normal") == [None]
    free.restrictions.append(("ab", "b", "ab", {"restriction": "no_u_turn"}))
    # with both barred the street would be a trap: then neither binds
    road_map = free.road_map(tmp_path)
    start = free.between("a", "b", 0.2)
    assert seconds(road_map, start, [free.at("c", -50)], "van_normal") == [pytest.approx(13, abs=0.02)]


def test_one_turns_back_at_a_dead_end(tmp_path):
    drawn = town("a-b-c\n  |\n  d")
    drawn.restrictions = [("ab", "b", "bd", {"restriction": "no_right_turn"})]
    found = seconds(
        drawn.road_map(tmp_path), drawn.between("a", "b"), [drawn.between("b", "d")], "van_normal"
    )
    assert found == [pytest.approx(AROUND, abs=0.02)]


def test_a_ban_on_turning_back_sends_one_round_the_block(tmp_path):
    drawn = town(BLOCK.replace("b-c", "b>c"))
    drawn.restrictions = [
        ("bc", "c", "ac", {"restriction": "no_left_turn"}),
        ("ce", "e", "ce", {"restriction": "no_u_turn"}),
        ("cd", "d", "cd", {"restriction": "no_u_turn"}),
    ]
    # c-d, d-g, g-a and half of a-c, where turning back at d or e would take 20 s but is barred
    found = seconds(
        drawn.road_map(tmp_path), drawn.between("b", "c"), [drawn.between("a", "c")], "van_normal"
    )
    assert found == [pytest.approx(5 + 30 + 5, abs=0.02)]


def test_no_chain_of_turns_leads_round_a_ban(tmp_path):
    """Every turn at c but the one is lawful; turning twice on the spot is none of them."""
    drawn = cross(("bc", "c", "ca", {"restriction": "no_left_turn"}))
    graph = drawn.road_map(tmp_path).graph
    links = slice(graph.first_link, None)
    assert not set(graph.arc_to[links].tolist()) & set(graph.arc_from[links].tolist())
    assert ways_on(drawn, tmp_path)["a"] == pytest.approx(AROUND, abs=0.02)


def test_who_is_spared_may_turn(tmp_path):
    drawn = cross(("bc", "c", "ca", {"restriction": "no_left_turn", "except": "bicycle;motorcycle"}))
    assert ways_on(drawn, tmp_path, "motorbike_normal")["a"] == pytest.approx(10, abs=0.02)
    assert ways_on(drawn, tmp_path, "van_normal")["a"] == pytest.approx(AROUND, abs=0.02)


def test_a_slip_of_the_pen_in_who_is_spared_is_understood(tmp_path):
    drawn = cross(("bc", "c", "ca", {"restriction": "no_left_turn", "except": "mortorcycle"}))
    assert ways_on(drawn, tmp_path, "motorbike_normal")["a"] == pytest.approx(10, abs=0.02)


def test_a_restriction_for_one_kind_of_vehicle_binds_that_kind(tmp_path):
    drawn = cross(("bc", "c", "ca", {"restriction:motorcar": "no_left_turn"}))
    assert ways_on(drawn, tmp_path, "motorbike_normal")["a"] == pytest.approx(10, abs=0.02)
    assert ways_on(drawn, tmp_path, "van_normal")["a"] == pytest.approx(AROUND, abs=0.02)
    lorries = cross(("bc", "c", "ca", {"restriction:hgv": "no_left_turn"}))
    assert ways_on(lorries, tmp_path)["a"] == pytest.approx(10, abs=0.02)
    assert lorries.road_map(tmp_path).report["restrictions"]["left_out"] == {"for_other_vehicles": 1}


BLUE_S = 100 / (36 * 1.2 / 3.6)  # 100 m of the street under blue light


def test_emergency_vehicles_are_spared_under_blue_light_alone(tmp_path):
    drawn = cross(("bc", "c", "ca", {"restriction": "no_entry", "except": "emergency"}))
    assert ways_on(drawn, tmp_path, "van")["a"] == pytest.approx(BLUE_S, abs=0.02)
    assert ways_on(drawn, tmp_path, "van", blue_light=False)["a"] == pytest.approx(AROUND, abs=0.02)
    assert ways_on(drawn, tmp_path, "van_normal")["a"] == pytest.approx(AROUND, abs=0.02)


def test_blue_light_turns_against_a_sign_where_the_law_allows_it(tmp_path):
    drawn = cross(("bc", "c", "ca", {"restriction": "no_left_turn"}))
    assert ways_on(drawn, tmp_path, "van")["a"] == pytest.approx(BLUE_S, abs=0.02)
    assert ways_on(drawn, tmp_path, "van", blue_light=False)["a"] == pytest.approx(AROUND, abs=0.02)
    around = 3 * BLUE_S + VAN_BLUE.u_turn
    general = seconds(
        drawn.road_map(tmp_path, practice="general"),
        drawn.between("b", "c"),
        [drawn.between("c", "a")],
        "van",
    )
    assert general == [pytest.approx(around, abs=0.02)]


def test_blue_light_keeps_to_the_only_way_and_to_one_way_streets(tmp_path):
    drawn = cross(("bc", "c", "cd", {"restriction": "only_straight_on"}))
    assert ways_on(drawn, tmp_path, "van")["a"] > 3 * BLUE_S
    barred = cross(("bc", "c", "ca", {"restriction": "no_entry"}))
    assert ways_on(barred, tmp_path, "van")["a"] > 3 * BLUE_S


MORNING, NIGHT = 7 * 60, 23 * 60


@pytest.mark.parametrize(
    ("condition", "minute", "binds"),
    [
        ("06:00-09:00", MORNING, True),
        ("06:00-09:00", NIGHT, False),
        ("06:00-09:00", 6 * 60, True),
        ("06:00-09:00", 9 * 60, False),
        ("Mo-Fr 06:00-09:00,16:00-19:00", MORNING, True),
        ("Mo-Fr 06:00-09:00,16:00-19:00", 4 * 1440 + 18 * 60, True),
        ("Mo-Fr 06:00-09:00,16:00-19:00", 5 * 1440 + MORNING, False),
        ("22:00-05:00", NIGHT, True),
        ("Su 22:00-05:00", 60, True),
        ("Su 22:00-05:00", 6 * 1440 + 60, False),
        ("PH off; Mo 07:00-08:00", MORNING, True),
        ("06:00-09:00", None, False),
        ("when it rains", NIGHT, True),
        ("when it rains", None, True),
    ],
)
def test_a_restriction_by_the_hour_binds_in_its_hours(tmp_path, condition, minute, binds):
    drawn = cross(("bc", "c", "ca", {"restriction:conditional": f"no_left_turn @ ({condition})"}))
    found = ways_on(drawn, tmp_path, minute=minute)["a"]
    assert found == pytest.approx(AROUND if binds else 10, abs=0.02)


def test_one_relation_may_bar_different_turns_at_different_hours(tmp_path):
    tags = {"restriction:conditional": "no_left_turn @ (06:00-09:00); only_straight_on @ (22:00-23:59)"}
    drawn = cross(("bc", "c", "ca", tags))
    # only_straight_on names the way to a: the map's word on its own geometry is not doubted
    found = [ways_on(drawn, tmp_path, minute=minute) for minute in (MORNING, 12 * 60, NIGHT)]
    assert [round(one["a"]) for one in found] == [AROUND, 10, 10]
    assert [round(one["d"]) for one in found] == [10, 10, AROUND]


def test_hours_are_read_from_the_old_tags_too(tmp_path):
    tags = {"restriction": "no_left_turn", "hour_on": "06:00", "hour_off": "09:00"}
    drawn = cross(("bc", "c", "ca", tags))
    assert ways_on(drawn, tmp_path, minute=MORNING)["a"] == pytest.approx(AROUND, abs=0.02)
    assert ways_on(drawn, tmp_path, minute=NIGHT)["a"] == pytest.approx(10, abs=0.02)


# Round the median: a u-turn from the lower street to the upper by way of b-c is barred.
MEDIAN = """
d<c<e
  ^
a>b>f
"""


def median(gap="^", **tags):
    drawn = town(MEDIAN.replace("^", gap))
    drawn.restrictions = [("ab", "bc", "cd", {"restriction": "no_u_turn", **tags})]
    return drawn


def test_a_restriction_over_a_way_bars_who_came_the_whole_way(tmp_path):
    drawn = median()
    road_map = drawn.road_map(tmp_path)
    assert road_map.report["restrictions"]["used"] == 1
    to_d = [drawn.between("c", "d")]
    assert seconds(road_map, drawn.between("a", "b"), to_d, "van_normal") == [None]
    assert seconds(road_map, drawn.between("e", "c"), to_d, "van_normal") == [pytest.approx(10, abs=0.02)]


def test_who_starts_on_the_via_way_is_not_bound(tmp_path):
    drawn = median()
    start = drawn.between("b", "c")
    found = seconds(drawn.road_map(tmp_path), start, [drawn.between("c", "d")], "van_normal")
    assert found == [pytest.approx(10, abs=0.02)]


def test_a_place_on_the_via_way_is_reached_by_all(tmp_path):
    drawn = median()
    found = seconds(
        drawn.road_map(tmp_path),
        drawn.between("a", "b"),
        [drawn.between("b", "c", 0.5), drawn.between("b", "c", 0.9), drawn.between("b", "f")],
        "van_normal",
    )
    assert found == [pytest.approx(10, abs=0.02), pytest.approx(14, abs=0.02), pytest.approx(10, abs=0.02)]


def test_from_a_place_on_the_via_way_one_drives_both_ways(tmp_path):
    drawn = median(gap="|")
    start = drawn.between("b", "c", 0.1)
    found = seconds(drawn.road_map(tmp_path), start, [drawn.between("b", "f")], "van_normal")
    assert found == [pytest.approx(6, abs=0.02)]


def test_a_restriction_may_lead_over_two_ways(tmp_path):
    drawn = town("a-b-c-d-e\n  | | |\n  f g h")
    drawn.restrictions = [("ab", "bc,cd", "dh", {"restriction": "no_right_turn"})]
    road_map = drawn.road_map(tmp_path)
    to_h = [drawn.between("d", "h")]
    # past d to the dead end e and back: 5 + 30 + 20 + 10 + 5
    assert seconds(road_map, drawn.between("a", "b"), to_h, "van_normal") == [pytest.approx(70, abs=0.02)]
    for start in ("fb", "gc", "bc"):
        begin = drawn.between(*start)
        (found,) = seconds(road_map, begin, to_h, "van_normal")
        assert found == pytest.approx({"fb": 30, "gc": 20, "bc": 20}[start], abs=0.02)


def test_restrictions_that_overlap_bind_together(tmp_path):
    drawn = town("a-b-c-d\n| | | |\ne-f-g-h")
    drawn.restrictions = [
        ("ab", "bc", "cg", {"restriction": "no_right_turn"}),
        ("bc", "c", "cd", {"restriction": "no_straight_on"}),
        ("ab", "b", "bf", {"restriction": "no_right_turn"}),
    ]
    road_map = drawn.road_map(tmp_path)
    to_g = [drawn.between("c", "g")]
    # from b-c itself right is free, straight on is not; from a-b neither: back to a, and round by e and f
    assert seconds(road_map, drawn.between("b", "c"), to_g, "van_normal") == [pytest.approx(10, abs=0.02)]
    start = drawn.between("a", "b", 0.9)
    by_e = 9 + 10 + 10 + 10 + 5
    assert seconds(road_map, start, to_g, "van_normal") == [pytest.approx(by_e, abs=0.02)]


def test_of_two_only_ways_each_is_open(tmp_path):
    drawn = cross(
        ("bc", "c", "cd", {"restriction": "only_straight_on"}),
        ("bc", "c", "ce", {"restriction": "only_right_turn"}),
    )
    found = ways_on(drawn, tmp_path)
    assert found == {"a": pytest.approx(AROUND, abs=0.02), "d": pytest.approx(10, abs=0.02),
                     "e": pytest.approx(10, abs=0.02)}  # fmt: skip


SIGNAL = {"c": {"highway": "traffic_signals"}}


def test_a_signal_costs_time_whichever_way_one_goes(tmp_path):
    found = ways_on(cross(signs=SIGNAL), tmp_path)
    straight = 10 + VAN_NORMAL.signal
    assert found["d"] == pytest.approx(straight, abs=0.02)
    assert found["e"] == pytest.approx(straight + VAN_NORMAL.near_side, abs=0.02)
    assert found["a"] == pytest.approx(straight + VAN_NORMAL.across, abs=0.02)


def test_where_one_drives_on_the_left_it_is_the_right_turn_that_crosses(tmp_path):
    left = {pair: {"driving_side": "left"} for pair in ("ac", "bc", "cd", "ce")}
    drawn = cross(signs=SIGNAL, streets=left)
    assert drawn.road_map(tmp_path).report["turns"]["driving_side"] == "left"
    found = ways_on(drawn, tmp_path)
    assert found["e"] - found["d"] == pytest.approx(VAN_NORMAL.across, abs=0.02)
    assert found["a"] - found["d"] == pytest.approx(VAN_NORMAL.near_side, abs=0.02)


def test_a_signal_costs_less_under_blue_light(tmp_path):
    found = ways_on(cross(signs=SIGNAL), tmp_path, "van")
    assert found["d"] == pytest.approx(BLUE_S + VAN_BLUE.signal, abs=0.02)


def test_a_signal_along_a_street_costs_time_too(tmp_path):
    drawn = town("a-b-c", signs={"b": {"highway": "traffic_signals"}}, joined=("abc",))
    road_map = drawn.road_map(tmp_path)
    assert road_map.streets.edges == 1
    ends = [drawn.at("c")]
    assert seconds(road_map, drawn.at("a"), ends, "van_normal") == [
        pytest.approx(20 + VAN_NORMAL.signal, abs=0.02)
    ]


def test_a_signal_that_faces_one_way_costs_nobody_else(tmp_path):
    facing = {"highway": "traffic_signals", "traffic_signals:direction": "forward"}
    drawn = town("a-b-c", signs={"b": facing}, joined=("abc",))
    road_map = drawn.road_map(tmp_path)
    assert seconds(road_map, drawn.at("c"), [drawn.at("a")], "van_normal") == [pytest.approx(20, abs=0.02)]
    assert seconds(road_map, drawn.at("a"), [drawn.at("c")], "van_normal") == [
        pytest.approx(20 + VAN_NORMAL.signal, abs=0.02)
    ]


def test_two_signals_of_one_junction_are_waited_for_once(tmp_path):
    drawn = town("a-bc-d", signs={"b": {"highway": "traffic_signals"}})
    near = {"a": (0, 0), "b": (1, 0), "c": (1.2, 0), "d": (2, 0)}
    drawn.corners = near
    drawn.ways[:] = [type(drawn.ways[0])(pair, dict(drawn.ways[0].tags)) for pair in ("ab", "bc", "cd")]
    drawn.signs = {"b": {"highway": "traffic_signals"}, "c": {"highway": "traffic_signals"}}
    road_map = drawn.road_map(tmp_path)
    (found,) = seconds(road_map, drawn.between("a", "b"), [drawn.between("c", "d")], "van_normal")
    assert found == pytest.approx(5 + VAN_NORMAL.signal + 2 + 4, abs=0.02)


def test_large_streets_are_crossed_at_a_cost_and_small_ones_for_nothing(tmp_path):
    large = {pair: {"highway": "primary"} for pair in ("ac", "bc", "cd", "ce")}
    found = ways_on(cross(streets=large), tmp_path)
    assert found["d"] == pytest.approx(10, abs=0.02)
    assert found["e"] == pytest.approx(10 + VAN_NORMAL.near_side, abs=0.02)
    assert found["a"] == pytest.approx(10 + VAN_NORMAL.across, abs=0.02)
    small = ways_on(cross(), tmp_path)
    assert small == {end: pytest.approx(10, abs=0.02) for end in "ade"}


def test_a_place_at_a_corner_with_turns_belongs_to_its_own_street(tmp_path):
    drawn = cross(("bc", "c", "ca", {"restriction": "no_left_turn"}))
    road_map = drawn.road_map(tmp_path)
    at_corner = drawn.at("c", east_m=-0.3)
    (found,) = seconds(road_map, at_corner, [drawn.between("c", "a")], "van_normal")
    assert found == pytest.approx(25 + BACK, abs=0.02)  # it came along b-c


def test_a_restriction_whose_members_do_not_meet_is_left_out_and_counted(tmp_path):
    drawn = town("a-b-c-d\n  |\n  e")
    drawn.restrictions = [
        ("ab", "b", "cd", {"restriction": "no_straight_on"}),
        ("ab", "b", "be", {"restriction": "no_such_turn"}),
    ]
    report = drawn.road_map(tmp_path).report["restrictions"]
    assert report["left_out"] == {"members_do_not_meet": 1, "unknown_kind": 1}
    assert (report["kept"], report["used"]) == (2, 0)


def test_a_changed_time_holds_for_the_copies_of_a_street_too(tmp_path):
    drawn = town("a-b-c-d-e\n  | | |\n  f g h")
    drawn.restrictions = [("ab", "bc,cd", "dh", {"restriction": "no_right_turn"})]
    road_map = drawn.road_map(tmp_path)
    weights = metric(road_map, "van_normal")
    assert len(road_map.graph.copied) == 2
    arcs = road_map.graph.copied.astype("int32")
    slower = weights.with_times(arcs, arcs * 0 + 60_000)
    copies = slice(road_map.graph.street_arcs, road_map.graph.first_link)
    assert slower.arc_ms[copies].tolist() == [60_000, 60_000]


def test_as_the_hours_pass_the_turns_of_each_are_followed(tmp_path):
    tags = {"restriction:conditional": "no_left_turn @ (06:00-09:00)"}
    road_map = cross(("bc", "c", "ca", tags)).road_map(tmp_path)
    engine, night = HierarchyEngine(road_map), metric(road_map, "van_normal", minute=NIGHT)
    day, arcs = at_minute(road_map, night, MORNING)
    assert day.arc_ms.tolist() == metric(road_map, "van_normal", minute=MORNING).arc_ms.tolist()
    assert len(arcs) == 1
    engine.follow(night, day, arcs)
    fresh = engine.epochs.first(day, "")
    np.testing.assert_array_equal(engine.epoch_of(day).up, fresh.up)
    np.testing.assert_array_equal(engine.epoch_of(day).down, fresh.down)
    assert at_minute(road_map, day, MORNING + 60)[0] is day
