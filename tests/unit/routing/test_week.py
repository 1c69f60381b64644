"""A table of the week says how fast the streets are at each hour, and is told by what it says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from routing.errors import MapError
from routing.live import LiveRoads
from routing.speeds import CLASSES
from routing.week import HOURS, WeekSpeeds, load_week, minute_of_week, neutral_week
from tests.towns import town
from tests.traffic_in_towns import HOUR, NOW, line, measured, slowed, traffic

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
SUNDAY_SIX = 6 * 24 + 6  # NOW, by the clocks of Saigon


def a_week(hours=(SUNDAY_SIX,), share=0.5, **of_arcs):
    shares = np.ones((HOURS, len(CLASSES)), np.float32)
    shares[list(hours)] = share
    return WeekSpeeds(shares, **of_arcs)


def seconds(roads, start, end, profile="van_normal"):
    return roads.to_scene([start], end, profile)[0].duration_s


def takes(expected):
    return pytest.approx(expected, abs=0.02)


@pytest.fixture
def street(tmp_path):
    drawn = town("a-b-c")
    return drawn, drawn.road_map(tmp_path)


def test_in_the_rush_hour_a_way_takes_longer(street):
    drawn, road_map = street
    roads = LiveRoads(road_map, week=a_week(), zone=SAIGON, now=NOW)
    assert seconds(roads, drawn.at("a"), drawn.at("c")) == takes(40)
    assert seconds(roads, drawn.at("a"), drawn.at("c"), "van") == takes(40 / 1.2)
    assert roads.changes_at == datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    assert roads.refresh(roads.changes_at)
    assert seconds(roads, drawn.at("a"), drawn.at("c")) == takes(20)
    assert not roads.refresh(roads.changes_at - timedelta(seconds=1))


def test_free_flow_does_not_know_the_hour(street):
    drawn, road_map = street
    roads = LiveRoads(road_map, week=a_week(), zone=SAIGON, now=NOW)
    assert roads.table([drawn.at("a")], [drawn.at("c")], "van", "free_flow")[0][0].duration_s == takes(20)


def test_a_slow_down_comes_on_top_of_the_hour(street):
    drawn, road_map = street
    roads = LiveRoads(road_map, week=a_week(), zone=SAIGON, now=NOW)
    roads.use(traffic(1, slowed(line(drawn, "ab"), 0.5)), NOW)
    assert seconds(roads, drawn.at("a"), drawn.at("b")) == takes(40)
    assert seconds(roads, drawn.at("b"), drawn.at("c")) == takes(20)


def test_a_measured_speed_stands_instead_of_the_hour_and_fades_down_to_it(street):
    drawn, road_map = street
    roads = LiveRoads(road_map, week=a_week((SUNDAY_SIX, SUNDAY_SIX + 1)), zone=SAIGON, now=NOW)
    roads.use(traffic(1, measured(line(drawn, "ab"), 36)), NOW)
    assert seconds(roads, drawn.at("a"), drawn.at("b")) == takes(10)
    roads.refresh(NOW + HOUR / 6)
    assert seconds(roads, drawn.at("a"), drawn.at("b")) == takes(15)
    roads.refresh(NOW + HOUR)
    assert seconds(roads, drawn.at("a"), drawn.at("b")) == takes(20)


def test_an_arc_that_is_known_by_itself_counts_instead_of_its_class(street):
    drawn, road_map = street
    arcs = np.array([0, 1], np.int32)
    shares = np.full((HOURS, 2), 0.25, np.float32)
    week = a_week(arc=arcs, arc_share=shares, map_version=road_map.version)
    roads = LiveRoads(road_map, week=week, zone=SAIGON, now=NOW)
    known = (
        road_map.streets.node_osm[road_map.streets.tail[0]],
        road_map.streets.node_osm[road_map.streets.head[0]],
    )
    ends = ["abc"[int(node) - 1] for node in known]
    assert seconds(roads, drawn.at(ends[0]), drawn.at(ends[1])) == takes(40)
    assert seconds(roads, drawn.at("a"), drawn.at("c")) == takes(60)


def test_a_table_of_another_map_is_refused(street):
    _, road_map = street
    week = a_week(arc=np.array([0], np.int32), arc_share=np.ones((HOURS, 1), np.float32), map_version="other")
    with pytest.raises(MapError, match="other"):
        LiveRoads(road_map, week=week, zone=SAIGON, now=NOW)


def test_a_neutral_week_is_free_flow(street):
    _, road_map = street
    assert neutral_week().neutral
    assert LiveRoads(road_map, week=neutral_week()).traffic_version == "free_flow"


def test_a_table_is_told_by_what_it_says():
    assert a_week().name == a_week().name != a_week(share=0.25).name
    assert len({neutral_week().name, a_week().name, a_week((0,)).name}) == 3


def test_a_saved_table_is_read_again(tmp_path):
    week = a_week(
        arc=np.array([3, 5], np.int32), arc_share=np.full((HOURS, 2), 0.75, np.float32), map_version="m-1"
    )
    path = week.save(tmp_path / "weeks")
    assert path.name == f"week-{week.name}.npz"
    again = load_week(path)
    assert again.name == week.name
    assert again.map_version == "m-1"
    assert (again.arc_share == week.arc_share).all()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_damaged_or_renamed_table_is_refused_with_a_sentence(tmp_path):
    path = a_week().save(tmp_path)
    other = path.with_name("week-00000000.npz")
    other.write_bytes(path.read_bytes())
    path.write_bytes(path.read_bytes()[:-200])
    for damaged in (path, other, tmp_path / "missing.npz"):
        with pytest.raises(MapError, match=damaged.name):
            load_week(damaged)


def test_a_table_that_makes_no_sense_is_refused():
    good = a_week()
    one = np.array([1], np.int32)
    for wrong in (
        {"share": good.share[:100]},
        {"share": good.share[:0]},
        {"share": good.share[:, :3]},
        {"share": good.share * 0},
        {"share": good.share * np.float32("nan")},
        {"share": good.share * 3},
        {"arc": one},
        {"arc": np.array([2, 1], np.int32), "arc_share": np.ones((HOURS, 2), np.float32)},
        {"arc": one, "arc_share": np.zeros((HOURS, 1), np.float32)},
    ):
        with pytest.raises(MapError):
            replace(good, **wrong)


def test_the_week_begins_on_monday_by_the_clocks_of_the_city():
    monday = datetime(2026, 11, 16, 0, 0, tzinfo=SAIGON)
    assert minute_of_week(monday, SAIGON) == 0
    assert minute_of_week(monday - timedelta(minutes=1), SAIGON) == 7 * 24 * 60 - 1
    assert a_week().slot(monday.astimezone(UTC) + 25 * HOUR, SAIGON) == 25
