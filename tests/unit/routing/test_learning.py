"""From tracks to a table of speeds, in a town where every street is driven as the test says."""

import numpy as np
import pytest

from routing.dijkstra import DijkstraEngine
from routing.learning.evidence import Evidence, Visits
from routing.learning.judged import HeldOut, metric_of_hour
from routing.learning.learn import learn
from routing.matching.track import Matcher, track_of
from routing.metric import metric
from routing.profiles import VAN_NORMAL
from routing.snapping import snap_origins
from routing.speeds import CLASSES
from tests.towns import town
from tests.unit.routing.test_matching import drive

RESIDENTIAL = CLASSES.index("residential")
DAY_S = 86_400.0
TOWN = "a-b-c-d-e-f\n|         |\ng-h-i-j-k-l"


@pytest.fixture
def roads(tmp_path):
    drawn = town(TOWN)
    drawn.corners.update({letter: (3 * i, 0) for i, letter in enumerate("abcdef")})
    drawn.corners.update({letter: (3 * i, 3) for i, letter in enumerate("ghijkl")})
    road_map = drawn.road_map(tmp_path)
    return drawn, road_map, Matcher(road_map, VAN_NORMAL), Evidence(road_map, metric(road_map, "van_normal"))


def _week(roads, speed_at, days=28, corners="abcdef"):
    """A run on every day and hour asked about; speed_at(hour, day) in m/s or None."""
    drawn, _, match, evidence = roads
    for day in range(days):
        for hour in (3, 8, 12, 17):
            if mps := speed_at(hour, day):
                begin = day * DAY_S + hour * 3600
                fixes = drive(drawn, corners, mps=mps, every_s=5.0, noise_m=3.0, seed=100 * day + hour)
                evidence.add(match(track_of([[fix[0] + begin, *fix[1:]] for fix in fixes])), 0.0)
    return evidence


def test_rush_hours_and_nights_are_told_apart(roads):
    evidence = _week(roads, lambda hour, day: 4.0 if hour == 8 and day % 7 < 5 else 10.0)
    share = learn(roads[1], evidence.visits()).week.share
    assert share[8 : 5 * 24 : 24, RESIDENTIAL] == pytest.approx(0.4, abs=0.04)
    assert share[5 * 24 + 8, RESIDENTIAL] == pytest.approx(1.0, abs=0.08)
    assert share[3 : 5 * 24 : 24, RESIDENTIAL] == pytest.approx(1.0, abs=0.08)


def test_classes_nobody_drove_on_keep_their_free_speed(roads):
    share = learn(roads[1], _week(roads, lambda hour, day: 5.0, days=7).visits()).week.share
    assert (share[:, CLASSES.index("motorway")] == 1).all()


def test_a_street_of_its_own_is_known_by_itself_and_the_other_way_is_not(roads):
    drawn, road_map, match, evidence = roads
    for day in range(20):
        slow = drive(drawn, "abc", mps=10.0, every_s=5.0) + [
            [fix[0] + 60, *fix[1:]] for fix in drive(drawn, "cd", mps=3.0, every_s=5.0)[1:]
        ]
        last = slow[-1][0]
        slow += [[fix[0] + last, *fix[1:]] for fix in drive(drawn, "def", mps=10.0, every_s=5.0)[1:]]
        evidence.add(match(track_of([[fix[0] + day * DAY_S + 8 * 3600, *fix[1:]] for fix in slow])), 0.0)
    week = learn(road_map, evidence.visits()).week
    assert (np.diff(week.arc) > 0).all()
    ends = [(int(road_map.streets.tail[a >> 1]), int(road_map.streets.head[a >> 1]))[:: -1 if a & 1 else 1]
            for a in week.arc]  # fmt: skip
    letters = list(drawn.corners)
    named = ["".join(letters[road_map.streets.node_osm[n] - 1] for n in pair) for pair in ends]
    share = dict(zip(named, week.arc_share[8], strict=True))
    assert share["cd"] == pytest.approx(0.3, abs=0.05)
    assert share["bc"] == pytest.approx(1.0, abs=0.2)  # drawn a little towards its class
    assert "dc" not in share
    assert "ab" not in share  # where runs begin they only start to drive


def test_three_runs_are_too_few_for_bold_words(roads):
    usual = _week(roads, lambda hour, day: 10.0, days=14)
    drawn, road_map, match, _ = roads
    for day in range(3):
        fixes = drive(drawn, "ghijkl", mps=5.0, every_s=5.0)
        usual.add(match(track_of([[fix[0] + day * DAY_S, *fix[1:]] for fix in fixes])), 0.0)
    week = learn(road_map, usual.visits()).week
    few = [
        i
        for i, arc in enumerate(week.arc)
        if road_map.streets.node_lat[road_map.streets.tail[arc >> 1]] < 10.749
    ]
    assert len(few) >= 3
    assert (week.arc_share[12][few] > 0.5).all()
    assert (week.arc_share[12][few] < 1.0).all()


def test_who_stands_for_minutes_tells_nothing_of_traffic(roads):
    drawn, _, match, evidence = roads
    there = drive(drawn, "abcdef", every_s=5.0)
    middle = len(there) // 2
    pause = [[there[middle][0] + 5 * i, *there[middle][1:3], 0.0, np.nan, 5] for i in range(1, 60)]
    onward = [[fix[0] + 300, *fix[1:]] for fix in there[middle + 1 :]]
    evidence.add(match(track_of(there[: middle + 1] + pause + onward)), 0.0)
    assert evidence.left_out["stood too long"] == 1
    assert np.abs(evidence.visits().slow).max() < 0.2


def test_promises_are_judged_by_hour(roads):
    drawn, road_map, _, _ = roads
    week = learn(road_map, _week(roads, lambda hour, day: 5.0 if hour == 8 else 10.0).visits()).week
    ends = snap_origins(road_map, [drawn.at("b"), drawn.at("e")], VAN_NORMAL)
    begin, end = ((int(ends.edge[i]), float(ends.along_m[i])) for i in range(2))
    held_out = HeldOut()
    held_out.add(8, begin, end, 180.0)
    held_out.add(12, begin, end, 90.0)
    engine, free = DijkstraEngine(road_map), metric(road_map, "van_normal")
    before, after = (held_out.promised(road_map, engine, free, each) for each in (None, week))
    assert before == pytest.approx([90, 90], abs=1)
    assert after == pytest.approx([180, 90], rel=0.08)
    report = held_out.report(before, after)
    assert [row["hour"] for row in report["by_hour"]] == [8, 12]
    assert report["by_hour"][0]["before"]["median_relative"] == pytest.approx(0.5, abs=0.01)
    assert report["by_hour"][0]["after"]["median_relative"] < 0.08


def test_an_hour_of_the_week_makes_a_metric(roads):
    road_map = roads[1]
    week = learn(road_map, _week(roads, lambda hour, day: 5.0, days=7).visits()).week
    free = metric(road_map, "van_normal")
    slow = metric_of_hour(road_map, free, week, 8)
    assert slow.arc_ms[0] == pytest.approx(free.arc_ms[0] / week.of_arcs(road_map.streets, 8)[0], abs=1)


def test_nothing_gathered_learns_nothing(roads):
    week = learn(roads[1], roads[3].visits()).week
    assert week.neutral
    assert len(week.arc) == 0


def test_a_street_seen_twice_ends_near_its_class_and_one_seen_often_near_its_own_speed(roads):
    """Every street takes twice its free time; one seen twice and one seen 400 times take longer yet."""
    road_map = roads[1]
    arcs = np.arange(2 * road_map.streets.edges)
    few, often = int(arcs[0]), int(arcs[2])
    seen = np.repeat(arcs, np.where(arcs == few, 2, np.where(arcs == often, 400, 60)))
    turn = np.arange(len(seen))
    slow = np.log(2) + np.where(turn % 2, 0.5, -0.5)  # what luck does
    slow = slow + np.where(seen == few, 0.6, 0.0) + np.where(seen == often, 0.4, 0.0)
    count = len(seen)
    visits = Visits(
        turn.astype(np.int32), seen.astype(np.int32), (turn // 2 % 5 * 24 + 8).astype(np.uint8),
        slow.astype(np.float32), np.full(count, 100, np.float32), np.full(count, 10, np.float32),
    )  # fmt: skip
    week = learn(road_map, visits, least_visits=1).week
    usual = week.share[:, RESIDENTIAL]
    # half the speed, and a little less: luck costs more time than it saves. At hours nobody drove, too
    assert usual[8] == pytest.approx(0.42, abs=0.04)
    assert usual[:120] == pytest.approx(usual[8], abs=0.02)
    beyond = dict(zip(week.arc.tolist(), -np.log(week.arc_share[8] / usual[8]), strict=True))
    assert 0 < beyond[few] < 0.15  # of some 0.5
    assert 0.2 < beyond[often] < 0.4  # of some 0.3
