import pytest

from domain.ports import Reach, TravelTimes
from domain.values import Position
from routing.fallback import QUIET_S, WithFallback
from routing.live import LiveRoads
from routing.straight_line import DETOUR, StraightLineTimes
from routing.times import RoadTimes
from tests.towns import town

HERE, THERE = Position(10.75, 106.65), Position(10.76, 106.65)


class Broken:
    map_version, traffic_version = "town-1", "free_flow"

    def __getattr__(self, question):
        def fail(*_):
            raise MemoryError("no room")

        return fail


def ask_everything(times):
    return [
        times.to_scene([HERE], THERE, "van")[0],
        times.from_scene(HERE, [THERE], "van")[0],
        times.table([HERE], [THERE], "van", "free_flow")[0][0],
        times.route(HERE, THERE, "van"),
        times.reach([HERE], [60], "van", shapes=True),
    ]


def test_a_broken_engine_is_replaced_by_the_straight_line_and_says_so():
    alerts = []
    times = WithFallback(Broken(), StraightLineTimes(), alerts.append)
    assert [answer.method for answer in ask_everything(times)] == ["straight_line"] * 5
    assert times.covers(HERE)
    assert len(alerts) == 6
    assert "MemoryError: no room" in alerts[0]
    assert "straight-line" in alerts[0]
    assert times.map_version == "town-1"


class Moody:
    """Fails when told to; else as good as the straight line."""

    def __init__(self):
        self.well, self.roads = False, StraightLineTimes("town-1")

    def __getattr__(self, name):
        if not self.well:
            raise RuntimeError("nothing works")
        return getattr(self.roads, name)


def test_a_trouble_that_lasts_is_counted_each_time_and_said_now_and_then():
    alerts, failures, clock = [], [], [1000.0]
    roads = Moody()
    times = WithFallback(roads, StraightLineTimes(), alerts.append, failures.append, lambda: clock[0])
    for _ in range(100):
        times.covers(HERE)
    assert failures == ["covers"] * 100
    assert len(alerts) == 1
    assert times.failing == ["covers"]
    clock[0] += QUIET_S
    times.covers(HERE)
    times.covers(HERE)
    assert len(alerts) == 2
    assert alerts[1].endswith("straight-line estimates are shown instead, 101 so far.")
    times.route(HERE, THERE, "van")  # another kind of question is another trouble
    assert len(alerts) == 3
    assert times.failing == ["covers", "route"]
    roads.well = True
    times.covers(HERE)
    times.covers(HERE)
    assert alerts[3:] == [
        "Road times are available again (covers); 102 answers were straight-line estimates."
    ]
    assert times.failing == ["route"]
    roads.well = False
    times.covers(HERE)
    assert len(alerts) == 5, "a new trouble is said at once"


def test_every_question_of_the_port_has_its_fallback():
    asked = {name for name, kind in vars(TravelTimes).items() if callable(kind) and not name.startswith("_")}
    asked |= {name for name, kind in vars(Reach).items() if callable(kind) and not name.startswith("_")}
    assert asked == {"covers", "to_scene", "from_scene", "table", "route", "reach"}
    for roads in (WithFallback, StraightLineTimes, RoadTimes, LiveRoads):
        assert asked <= set(dir(roads))


def test_no_way_is_an_answer_and_not_a_failure(tmp_path):
    drawn = town("a-b-c e-f")
    alerts = []
    times = WithFallback(drawn.times(tmp_path), StraightLineTimes(), alerts.append)
    assert times.to_scene([drawn.at("a")], drawn.at("e"), "van") == [None]
    assert times.route(drawn.at("a"), drawn.at("e"), "van") is None
    assert times.to_scene([drawn.at("a")], drawn.at("b"), "van")[0].method == "road"
    assert alerts == []


def test_an_unknown_profile_is_the_askers_mistake_and_raises_no_alert(tmp_path):
    alerts = []
    times = WithFallback(town("a-b").times(tmp_path), StraightLineTimes(), alerts.append)
    with pytest.raises(ValueError, match="boat"):
        times.to_scene([HERE], THERE, "boat")
    assert alerts == []


def test_the_straight_line_is_lengthened_and_driven_at_an_average_speed():
    travel = StraightLineTimes().to_scene([HERE], THERE, "van")[0]
    assert travel.distance_m == pytest.approx(1106.2 * DETOUR, rel=1e-3)  # 0.01 degrees of latitude
    assert travel.duration_s == pytest.approx(travel.distance_m / 30 * 3.6)


def test_free_flow_on_the_straight_line_is_without_blue_light():
    times = StraightLineTimes()
    free = times.table([HERE], [THERE], "van", "free_flow")[0][0]
    assert free == times.to_scene([HERE], THERE, "van_normal")[0]
    assert free.duration_s > times.to_scene([HERE], THERE, "van")[0].duration_s
