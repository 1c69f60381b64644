"""Live traffic on drawn towns: 100 m and 10 s a step, so that every time can be told in the head."""

from zoneinfo import ZoneInfo

import pytest

from domain.traffic import Traffic
from routing.fallback import WithFallback
from routing.live import LiveRoads
from routing.straight_line import StraightLineTimes
from tests.towns import town
from tests.traffic_in_towns import (
    HOUR,
    MINUTE,
    NOW,
    box,
    closed,
    line,
    measured,
    middle,
    point,
    slowed,
    traffic,
)

BLOCK = """
    a-b-c
    |   |
    d-e-f
    """
WAYS = {"van_normal": 1.0, "van": 1 / 1.2}


class Live:
    def __init__(self, drawing, folder, **more):
        self.town = town(drawing, **more)
        self.roads = LiveRoads(self.town.road_map(folder))
        self.change = 0

    def use(self, *things, now=NOW):
        self.change += 1
        return self.roads.use(traffic(self.change, *things), now)

    def seconds(self, start, end, profile="van_normal"):
        travel = self.roads.to_scene([self.town.at(start)], self.town.at(end), profile)[0]
        return None if travel is None else travel.duration_s


@pytest.fixture
def block(tmp_path):
    return Live(BLOCK, tmp_path)


def takes(expected):
    return pytest.approx(expected, abs=0.02)


# --- closures -------------------------------------------------------------------------------------


def test_a_closed_street_makes_the_way_round(block):
    assert block.seconds("a", "c") == takes(20)
    block.use(closed(middle(block.town, "bc")))
    assert block.seconds("a", "c") == takes(40)
    assert block.seconds("c", "a") == takes(40)
    assert block.seconds("a", "c", "van") == takes(40 / 1.2)


def test_where_no_way_is_left_the_answer_is_none(block):
    block.use(closed(middle(block.town, "bc")), closed(middle(block.town, "ef")))
    between = block.town.between("c", "f")  # on a street that is open, with both its ends cut off
    assert block.roads.to_scene([block.town.at("a")], between, "van_normal") == [None]
    assert block.seconds("a", "e") == takes(20)
    assert block.roads.route(block.town.at("a"), between, "van") is None


def test_a_flood_closes_every_street_it_touches(block):
    block.use(closed(box(block.town, "b", 20, 20, 20, 20)))
    assert block.seconds("a", "c") == takes(40)


def test_a_lifted_closure_restores_the_former_times_and_version(block):
    block.use(closed(middle(block.town, "bc")))
    assert block.roads.traffic_version == "t1"
    assert block.use() == "free_flow"
    assert block.seconds("a", "c") == takes(20)


def test_a_closure_for_vans_lets_motorbikes_pass(block):
    block.use(closed(middle(block.town, "bc"), "van"))
    assert block.seconds("a", "c", "van") == takes(40 / 1.2)
    assert block.seconds("a", "c", "van_normal") == takes(40)
    assert block.seconds("a", "c", "motorbike_normal") == takes(20)


def test_two_closures_of_one_street_are_lifted_one_by_one(block):
    first, second = closed(middle(block.town, "bc")), closed(middle(block.town, "bc", 20), "van")
    block.use(first, second)
    block.use(second)
    assert block.seconds("a", "c") == takes(40)
    assert block.seconds("a", "c", "motorbike_normal") == takes(20)
    block.use()
    assert block.seconds("a", "c") == takes(20)


def test_free_flow_knows_no_traffic(block):
    block.use(closed(middle(block.town, "bc")), slowed(line(block.town, "ab"), 0.5))
    free = block.roads.table([block.town.at("a")], [block.town.at("c")], "van", "free_flow")[0][0]
    assert free.duration_s == takes(20)


def test_a_closure_off_the_map_changes_the_version_and_nothing_else(block):
    assert block.use(closed(point(block.town, "a", 15, north_m=5_000))) == "t1"
    assert block.seconds("a", "c") == takes(20)


# --- slow streets ---------------------------------------------------------------------------------


def test_half_the_speed_is_twice_the_time(block):
    block.use(slowed(line(block.town, "abc"), 0.5))
    assert block.seconds("a", "c") == takes(40)
    assert block.seconds("a", "b") == takes(20)
    assert block.seconds("a", "b", "van") == takes(20 / 1.2)


def test_a_street_slow_enough_is_driven_round(block):
    block.use(slowed(line(block.town, "abc"), 0.25))
    assert block.seconds("a", "c") == takes(40)
    assert block.seconds("a", "b") == takes(40)


def test_of_several_slow_downs_at_one_place_the_slowest_counts(block):
    block.use(slowed(line(block.town, "ab"), 0.8), slowed(line(block.town, "ab"), 0.5))
    assert block.seconds("a", "b") == takes(20)
    block.use(slowed(line(block.town, "ab"), 0.8))
    assert block.seconds("a", "b") == takes(12.5)


def test_closures_win_over_slow_downs_and_measured_speeds(block):
    everything = (
        closed(middle(block.town, "bc")),
        slowed(middle(block.town, "bc"), 0.9),
        measured(middle(block.town, "bc"), 50),
    )
    block.use(*everything)
    assert block.seconds("a", "c") == takes(40)


# --- measured speeds ------------------------------------------------------------------------------


def test_a_fresh_report_is_believed(block):
    block.use(measured(line(block.town, "ab"), 18))  # usual are 36 km/h
    assert block.seconds("a", "b") == takes(20)
    assert block.seconds("a", "b", "van") == takes(20 / 1.2)
    assert block.seconds("a", "b", "motorbike_normal") == takes(20)


def test_a_report_counts_half_after_one_half_life_and_a_quarter_after_two(block):
    block.use(measured(line(block.town, "ab"), 18))
    for minutes, expected in ((0, 20), (10, 15), (20, 12.5), (30, 11.25), (59, 10.17), (60, 10)):
        block.roads.refresh(NOW + minutes * MINUTE)
        assert block.seconds("a", "b") == takes(expected)
    assert block.roads.traffic_version == "free_flow"


def test_a_street_may_be_faster_than_usual_but_not_twice_as_fast(block):
    block.use(measured(line(block.town, "ab"), 60))
    assert block.seconds("a", "b") == takes(6)
    block.use(measured(line(block.town, "ab"), 150))
    assert block.seconds("a", "b") == takes(5)


def test_a_street_that_stands_still_moves_at_walking_pace(tmp_path):
    street = Live("a-b", tmp_path)
    street.use(measured(line(street.town, "ab"), 0))
    assert street.seconds("a", "b") == takes(120)  # 3 km/h


def test_two_fresh_reports_are_averaged_in_time(block):
    block.use(measured(line(block.town, "ab"), 18), measured(line(block.town, "ab"), 36))
    assert block.seconds("a", "b") == takes(15)


def test_several_fading_reports_are_believed_more_than_one(block):
    # the fresh one weighs 1/2, the old one 1/4: told (20 / 2 + 40 / 4) / (3 / 4), believed by 1 - 1/2 * 3/4
    old, new = (
        measured(middle(block.town, "ab"), 9, 20 * MINUTE),
        measured(middle(block.town, "ab"), 18, 10 * MINUTE),
    )
    block.use(old, new)
    assert block.seconds("a", "b") == takes(5 / 8 * (20 / 2 + 40 / 4) / (3 / 4) + 3 / 8 * 10)


def test_a_report_fades_down_to_the_slow_down_that_was_said(block):
    block.use(slowed(line(block.town, "ab"), 0.5), measured(line(block.town, "ab"), 36))
    assert block.seconds("a", "b") == takes(10)
    block.roads.refresh(NOW + 10 * MINUTE)
    assert block.seconds("a", "b") == takes(15)
    block.roads.refresh(NOW + HOUR)
    assert block.seconds("a", "b") == takes(20)


def test_a_report_with_a_heading_counts_one_way(block):
    block.use(measured(line(block.town, "ab"), 18, heading=90))
    assert block.seconds("a", "b") == takes(20)
    assert block.seconds("b", "a") == takes(10)


def test_a_report_from_a_clock_that_runs_ahead_is_new(block):
    block.use(measured(line(block.town, "ab"), 18, -5 * MINUTE))
    assert block.seconds("a", "b") == takes(20)


# --- ends, versions, order ------------------------------------------------------------------------


def test_an_ended_closure_has_no_weight(block):
    block.use(closed(middle(block.town, "bc"), until=NOW + HOUR))
    assert block.roads.changes_at == NOW + HOUR
    assert not block.roads.refresh(NOW + HOUR - MINUTE)
    assert block.seconds("a", "c") == takes(40)
    assert block.roads.refresh(NOW + HOUR)
    assert block.seconds("a", "c") == takes(20)
    assert block.roads.traffic_version == "free_flow"
    assert block.roads.changes_at is None


def test_the_next_of_several_ends_is_known(block):
    block.use(
        closed(middle(block.town, "bc"), until=NOW + 2 * HOUR),
        slowed(line(block.town, "ab"), 0.5, NOW + HOUR),
    )
    assert block.roads.changes_at == NOW + HOUR
    assert block.roads.refresh(NOW + HOUR)
    assert block.roads.traffic_version == "t1@2026-11-22T00:37Z"
    assert block.roads.changes_at == NOW + 2 * HOUR
    assert (block.seconds("a", "b"), block.seconds("a", "c")) == (takes(10), takes(40))


def test_reports_change_by_the_minute(block):
    block.use(measured(line(block.town, "ab"), 18), now=NOW + MINUTE / 3)
    assert block.roads.traffic_version == "t1@2026-11-21T23:37Z"
    assert block.roads.changes_at == NOW + MINUTE
    assert not block.roads.refresh(NOW + 2 * MINUTE / 3)
    assert block.roads.refresh(NOW + MINUTE)
    assert block.roads.traffic_version == "t1@2026-11-21T23:38Z"


def test_a_change_that_was_overtaken_is_left_alone(block):
    newer, older = traffic(7, closed(middle(block.town, "bc"))), traffic(6)
    assert block.roads.use(newer, NOW) == "t7"
    assert block.roads.use(older, NOW) == "t7"
    assert block.seconds("a", "c") == takes(40)


def test_the_order_in_which_things_are_told_does_not_matter(block):
    things = (
        closed(middle(block.town, "cf")),
        slowed(line(block.town, "ab"), 0.7),
        slowed(line(block.town, "abc"), 0.9),
        measured(line(block.town, "ab"), 11, 3 * MINUTE),
        measured(line(block.town, "abc"), 23, 7 * MINUTE),
        measured(middle(block.town, "ab"), 17, 13 * MINUTE),
    )
    one = block.roads.roads_under(traffic(1, *things), NOW)
    other = block.roads.roads_under(traffic(1, *reversed(things)), NOW)
    for profile in ("van", "motorbike", "van_normal", "motorbike_normal"):
        assert (one._live[profile].arc_ms == other._live[profile].arc_ms).all()


def test_a_version_that_was_can_be_asked_again(block):
    told = traffic(1, closed(middle(block.town, "bc"), until=NOW + HOUR), measured(line(block.town, "de"), 9))
    then = NOW + 5 * MINUTE
    block.roads.use(told, then)
    before, version = block.seconds("a", "c"), block.roads.traffic_version
    block.roads.use(Traffic(2), then + HOUR)
    assert block.seconds("a", "c") == takes(20)
    again = block.roads.roads_under(told, then)
    assert again.traffic_version == version
    assert again.to_scene([block.town.at("a")], block.town.at("c"), "van_normal")[0].duration_s == before
    assert block.roads.traffic_version == "free_flow"


def test_who_holds_the_roads_still_is_not_disturbed_by_news(block):
    held = block.roads.still()
    block.use(closed(middle(block.town, "bc")))
    assert held.traffic_version == "free_flow"
    assert held.to_scene([block.town.at("a")], block.town.at("c"), "van_normal")[0].duration_s == takes(20)
    assert block.roads.still().traffic_version == "t1"


def test_profiles_that_traffic_does_not_touch_keep_their_weights(block):
    before = block.roads.still()
    block.use(closed(middle(block.town, "bc"), "van"))
    after = block.roads.still()
    assert after._live["motorbike"] is before._live["motorbike"]
    assert after._live["van"] is not before._live["van"]
    assert all(after._free_flow[profile] is before._free_flow[profile] for profile in WAYS)


def test_a_turn_barred_in_the_morning_is_barred_in_the_morning(tmp_path):
    drawn = town(BLOCK)
    told = {"restriction:conditional": "no_straight_on @ (06:00-09:00)"}
    drawn.restrictions.append(("ab", "b", "bc", told))
    zone = ZoneInfo("Asia/Ho_Chi_Minh")  # where NOW is 06:37
    roads = LiveRoads(drawn.road_map(tmp_path), zone=zone, now=NOW)

    def seconds(profile="van_normal"):
        return roads.to_scene([drawn.at("a")], drawn.at("c"), profile)[0].duration_s

    assert roads.traffic_version == "t0@2026-11-21T23:00Z"
    assert seconds() > 39
    roads.use(traffic(1, slowed(line(drawn, "abc"), 0.5)), NOW)
    assert seconds() > 39
    assert roads.refresh(NOW + 3 * HOUR)
    assert roads.traffic_version == "t1"
    assert seconds() == takes(40)
    roads.use(Traffic(2), NOW + 3 * HOUR)
    assert roads.traffic_version == "free_flow"
    assert seconds() == takes(20)
    morning = roads.roads_under(Traffic(), NOW)
    assert morning.to_scene([drawn.at("a")], drawn.at("c"), "van_normal")[0].duration_s > 39


def test_an_answer_and_its_version_stay_together_behind_the_fallback_too(block):
    roads = WithFallback(block.roads, StraightLineTimes(), pytest.fail)
    held = roads.still()
    before = held.route(block.town.at("a"), block.town.at("c"), "van_normal")
    block.use(closed(middle(block.town, "bc")))
    assert (held.traffic_version, roads.traffic_version) == ("free_flow", "t1")
    assert held.route(block.town.at("a"), block.town.at("c"), "van_normal") == before
    assert roads.route(block.town.at("a"), block.town.at("c"), "van_normal") != before
