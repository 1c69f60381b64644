"""Units that are known to drive one way, on a street of 700 m with a dead end: 10 s for 100 m, 20 s to turn
round."""

import numpy as np
import pytest

from domain.values import OnStreet
from routing.dijkstra import DijkstraEngine
from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.units import Units
from routing.kernels import UNREACHED
from routing.metric import metric
from routing.paths import route_of
from routing.profiles import BLUE_LIGHT, PROFILES, VANS
from routing.snapping import snap_destinations, snap_origins
from routing.times import RoadTimes
from routing.turn_costs import VAN_BLUE, VAN_NORMAL, turn_seconds
from tests.towns import STREET, Town, Way

ENGINES = [HierarchyEngine, DijkstraEngine]


class Drawn:
    """A long street from a to h and a short one that crosses it at a; x and y are 100 m from a.

    The places on it are told by the letters between: b is 100 m from a, g is 600 m from it.
    """

    def __init__(self, folder, tags=STREET):
        corners = {"x": (0, 0), "a": (0, 1), "y": (0, 2), "h": (7, 1)}
        self.town = Town(corners, [Way("xa", STREET), Way("ay", STREET), Way("ah", tags)])
        self.road_map = self.town.road_map(folder)

    def at(self, letter, east_m=0.0):
        if letter in "xyh":
            return self.town.at(letter, east_m=east_m)
        return self.town.at("a", east_m=100 * (ord(letter) - ord("a")) + east_m)

    def unit(self, letter, end, east_m=0.0):
        """A unit that drives towards `end`; with end == letter it is not known which way."""
        at, streets = self.at(letter, east_m), self.road_map.streets
        place = snap_origins(self.road_map, [at], 0)
        edge = int(place.edge[0])
        eastwards = 1 if streets.node_lon[streets.head[edge]] > streets.node_lon[streets.tail[edge]] else -1
        direction = 0 if end == letter else eastwards * (1 if end == "h" else -1)
        return OnStreet(at.lat, at.lon, self.road_map.version, edge, float(place.along_m[0]), direction, 0.0)

    def seconds(self, engine, unit, scene, profile="van_normal"):
        times = RoadTimes(self.road_map, engine(self.road_map))
        way = times.to_scene([unit], self.at(scene), profile)[0]
        back = times.from_scene(unit, [self.at(scene)], profile)[0]
        table = times.table([unit], [self.at(scene)], profile)[0][0]
        route = times.route(unit, self.at(scene), profile)
        assert way == back == table
        assert (route.duration_s, route.distance_m) == (way.duration_s, way.distance_m)
        assert sum(step.duration_s for step in route.steps) == pytest.approx(way.duration_s)
        return way.duration_s


@pytest.fixture
def drawn(tmp_path):
    return Drawn(tmp_path)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("end", "scene", "seconds"),
    [
        ("h", "f", 20),  # ahead
        ("a", "x", 40),  # ahead, round the corner
        ("a", "d", 0),
        ("d", "b", 20),  # which way it drives is not known
        ("d", "x", 40),
        ("h", "b", 20 + VAN_NORMAL.u_turn),
        ("h", "x", 40 + VAN_NORMAL.u_turn),
        ("a", "f", 20 + VAN_NORMAL.u_turn),
    ],
)
def test_who_drives_away_from_the_scene_turns_round_first(drawn, engine, end, scene, seconds):
    assert drawn.seconds(engine, drawn.unit("d", end), scene) == pytest.approx(seconds, abs=0.02)


@pytest.mark.parametrize("engine", ENGINES)
def test_who_is_almost_at_the_next_corner_turns_there(drawn, engine):
    # 10 m to the dead end and back: 1 + 1 s, and 700 m and 100 m to x
    unit = drawn.unit("h", "h", east_m=-10)
    away = drawn.unit("g", "h", east_m=90)
    assert drawn.seconds(engine, unit, "x") == pytest.approx(79, abs=0.02)
    assert drawn.seconds(engine, away, "x") == pytest.approx(81, abs=0.02)


@pytest.mark.parametrize("engine", ENGINES)
def test_who_stands_on_a_corner_may_leave_it_by_any_street(drawn, engine):
    assert drawn.seconds(engine, drawn.unit("a", "h"), "x") == pytest.approx(10, abs=0.02)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_one_way_street_is_not_driven_back_by_turning_round(tmp_path, engine):
    drawn = Drawn(tmp_path, {**STREET, "oneway": "-1"})  # from h to a
    drawn.town.ways.append(Way("hx", STREET))  # and round to h again
    drawn.road_map = drawn.town.road_map(tmp_path)
    around = drawn.seconds(engine, drawn.unit("d", "a"), "f")
    assert around == drawn.seconds(engine, drawn.unit("d", "d"), "f")
    assert around > 100
    assert drawn.seconds(engine, drawn.unit("d", "a"), "x") == pytest.approx(40, abs=0.02)


@pytest.mark.parametrize("profile", range(len(PROFILES)))
def test_turning_round_costs_each_profile_its_own_u_turn(drawn, profile):
    name = PROFILES[profile]
    free, away = (drawn.seconds(HierarchyEngine, drawn.unit("d", end), "x", name) for end in ("d", "h"))
    assert away - free == pytest.approx(turn_seconds(profile, profile in BLUE_LIGHT).u_turn)


def test_a_van_turns_round_sooner_on_blue_light():
    assert 0 < VAN_BLUE.u_turn < VAN_NORMAL.u_turn
    assert set(VANS) & set(BLUE_LIGHT)


def test_moving_units_are_charged_for_turning_round_and_others_are_not(drawn):
    road_map, weights = drawn.road_map, metric(drawn.road_map, "van_normal")
    engine = HierarchyEngine(road_map)
    units = Units(road_map, engine.epoch_of(weights), 4)
    for row, end in enumerate("dha"):
        unit = drawn.unit("d", end)
        units.move(row, unit.edge, unit.along_m, unit.direction)
    for scene, seconds in (("x", [40, 60, 40]), ("b", [20, 40, 20]), ("f", [20, 20, 40])):
        place = snap_destinations(road_map, [drawn.at(scene)], weights.profile)
        found = units.times(int(place.edge[0]), float(place.along_m[0]))
        assert found.ms[:3].tolist() == pytest.approx([1000 * each for each in seconds], abs=20)
        assert found.ms[3] == UNREACHED
        nearest = units.nearest(int(place.edge[0]), float(place.along_m[0]), 3)
        assert nearest.ms.tolist() == sorted(found.ms[:3].tolist())
    units.relabel(engine.epoch_of(metric(road_map, "van")))
    place = snap_destinations(road_map, [drawn.at("x")], weights.profile)
    ms = units.times(int(place.edge[0]), float(place.along_m[0])).ms
    assert ms[1] - ms[0] == pytest.approx(1000 * VAN_BLUE.u_turn)
    with pytest.raises(ValueError, match="cannot stand"):
        units.move(0, 0, 0.0, 2)


def test_a_whole_town_is_reached_later_by_who_has_to_turn_round(drawn):
    weights = metric(drawn.road_map, "van_normal")
    places = snap_origins(drawn.road_map, [drawn.unit("d", "h")], weights.profile)
    fast, plain = HierarchyEngine(drawn.road_map), DijkstraEngine(drawn.road_map)
    ms = fast.to_every_node(weights, places)
    np.testing.assert_array_equal(ms, plain.to_every_node(weights, places))
    assert sorted((ms / 1000).tolist()) == pytest.approx([40, 50, 60, 60], abs=0.02)
    assert route_of(drawn.road_map, fast.path(weights, places, places)).duration_s == 0
