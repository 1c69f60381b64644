"""Traffic on Ho Chi Minh City: what stretches mean there, a closed bridge, a flooded district."""

from dataclasses import replace
from threading import Event, Thread
from time import perf_counter

import numpy as np
import pytest

from domain.traffic import Stretch, Traffic
from domain.values import Position
from routing.dijkstra import DijkstraEngine
from routing.hierarchy.engine import HierarchyEngine
from routing.live import LiveRoads
from routing.profiles import PROFILES
from routing.traffic.streets import edges_of, touched
from routing.week import load_week, neutral_week
from tests.real_maps import real_map
from tests.road_questions import assert_agree
from tests.traffic_in_towns import MINUTE, NOW, closed, measured, slowed, traffic
from tests.traffic_twin import SlowStreets

# Cầu Sài Gòn, both bridges with two carriageways each, from one bank to the other
SAIGON_BRIDGE = Stretch("line", ((10.7999, 106.7322), (10.7980, 106.7225)), 40)
EAST_BANK = Position(10.8020, 106.7400)
WEST, NORTH, CENTRE = Position(10.8010, 106.7110), Position(10.8500, 106.7650), Position(10.7769, 106.7009)


@pytest.fixture(scope="module")
def city():
    return real_map("hcmc-2018")


@pytest.fixture(scope="module")
def engine(city):
    return HierarchyEngine(city)


def ring(middle: tuple[float, float], radius: float, corners: int, waves: int = 7) -> Stretch:
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    out = radius * (1 + 0.2 * np.sin(waves * angle))
    lat, lon = middle[0] + out * np.sin(angle), middle[1] + out * np.cos(angle)
    return Stretch("area", tuple(zip(lat.tolist(), lon.tolist(), strict=True)))


def ranked(roads) -> list[Position]:
    places = [WEST, NORTH, CENTRE]
    seconds = [travel.duration_s for travel in roads.to_scene(places, EAST_BANK, "van")]
    return sorted(places, key=lambda place: seconds[places.index(place)])


def test_a_line_over_the_bridge_means_the_bridge_and_nothing_else(city):
    told = touched(city, SAIGON_BRIDGE)
    assert set(told.names) == {"Cầu Sài Gòn 1", "Cầu Sài Gòn 2", "Xa Lộ Hà Nội"}
    lengths = sorted(city.streets.edge_m[edges_of(city, SAIGON_BRIDGE)].tolist())
    # two carriageways each, from bank to bank, and 10 m of the road where the line begins before the bridge
    assert lengths == [pytest.approx(10, abs=1)] + [pytest.approx(1_110, abs=40)] * 4


def test_closing_the_bridge_ranks_units_anew_and_opening_it_restores_the_ranking(city, engine):
    roads = LiveRoads(city, engine)
    before, weights = ranked(roads), {profile: roads.still()._live[profile] for profile in PROFILES}
    assert before == [WEST, CENTRE, NORTH]
    roads.use(traffic(1, closed(SAIGON_BRIDGE)), NOW)
    assert ranked(roads) == [NORTH, WEST, CENTRE]
    roads.use(Traffic(2), NOW)
    assert ranked(roads) == before
    for profile in PROFILES:
        assert (roads.still()._live[profile].arc_ms == weights[profile].arc_ms).all()


def test_a_flooded_district_is_resolved_in_well_under_a_tenth_of_a_second(city):
    for corners in (40, 500):
        district = ring((10.7769, 106.69), 0.03, corners)  # some 30 km²
        edges_of(city, district)
        took = []
        for _ in range(5):
            began = perf_counter()
            edges = edges_of(city, district)
            took.append(perf_counter() - began)
        assert len(edges) > 10_000
        assert min(took) < 0.1


@pytest.mark.parametrize("kind", ["point", "area", "line"])
def test_stretches_mean_what_the_slow_twin_says(city, kind):
    generator = np.random.default_rng([7, len(kind)])
    twin, streets = SlowStreets(city, 10.78), city.streets
    found = 0
    for _ in range(6):
        node = int(generator.integers(streets.nodes))
        lat, lon = float(streets.node_lat[node]), float(streets.node_lon[node])
        if kind == "point":
            stretch = Stretch("point", ((lat + 1e-4, lon),), float(generator.uniform(5, 60)))
        elif kind == "area":
            stretch = ring((lat, lon), float(generator.uniform(0.001, 0.01)), int(generator.integers(3, 60)))
        else:
            stretch = _line_along(city, generator)
        mine, slow = set(edges_of(city, stretch).tolist()), set(twin.meant(stretch))
        for edge in mine ^ slow:  # a line is sampled: a street that is half on it may fall either way
            assert kind == "line"
            assert twin.metres_from_half(edge, stretch) < 2.5
        found += len(slow)
    assert found > 6


def _line_along(city, generator) -> Stretch:
    """A line as somebody draws it: along a way through the town, some metres off."""
    streets = city.streets
    a, b = generator.integers(streets.nodes, size=2).tolist()
    places = [Position(float(streets.node_lat[node]), float(streets.node_lon[node])) for node in (a, b)]
    route = LiveRoads(city).route(*places, "motorbike")
    assert route is not None
    start = int(generator.integers(max(1, len(route.geometry) - 40)))
    drawn = route.geometry[start : start + 40]
    off = generator.normal(0, 2e-5, (len(drawn), 2))
    return Stretch(
        "line", tuple((lat + x, lon + y) for (lat, lon), (x, y) in zip(drawn, off.tolist(), strict=True))
    )


def test_under_traffic_the_whole_city_answers_as_plain_dijkstra_does(city, engine):
    roads, generator = LiveRoads(city, engine), np.random.default_rng(3)
    nodes = generator.integers(city.streets.nodes, size=60)
    spots = [
        Stretch("point", ((float(city.streets.node_lat[n]), float(city.streets.node_lon[n])),), 40.0)
        for n in nodes
    ]
    things = [
        measured(spot, float(generator.uniform(3, 60)), k * MINUTE) for k, spot in enumerate(spots[:40])
    ]
    flood, rain = ring((10.79, 106.70), 0.01, 30), ring((10.77, 106.68), 0.04, 20)
    roads.use(traffic(1, closed(SAIGON_BRIDGE), closed(flood, "van"), slowed(rain, 0.6), *things), NOW)
    for profile in ("van", "motorbike_normal"):
        weights = roads.still()._live[profile]
        assert assert_agree(city, (DijkstraEngine(city), engine), weights, generator, 1, 25) > 20
        fresh, partial = engine.epochs.first(weights, ""), engine.epoch_of(weights)
        np.testing.assert_array_equal(fresh.up, partial.up)
        np.testing.assert_array_equal(fresh.down, partial.down)


def test_who_asks_while_traffic_changes_is_answered_from_one_version(city, engine):
    roads = LiveRoads(city, engine)
    states = [
        traffic(0),
        traffic(0, closed(SAIGON_BRIDGE)),
        traffic(0, slowed(ring((10.79, 106.72), 0.03, 20), 0.5)),
        traffic(0, closed(SAIGON_BRIDGE), slowed(ring((10.79, 106.72), 0.03, 20), 0.5)),
    ]
    places = [WEST, NORTH, CENTRE]
    answers = [repr(_answer(roads.roads_under(state, NOW), places)) for state in states]
    expected, told = set(answers), {"free_flow": answers[0]}
    assert len(expected) == 4
    done, wrong, seen = Event(), [], set()

    def ask() -> None:
        while not done.is_set():
            held = roads.still()
            for each in (roads, held):
                answer = repr(_answer(each, places))
                seen.add(answer)
                if answer not in expected:
                    wrong.append(answer)
            if repr(_answer(held, places)) != told[held.traffic_version]:
                wrong.append(held.traffic_version)

    threads = [Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(1, 41):
        state = states[turn % 4]
        told[f"t{turn}"] = answers[turn % 4]
        roads.use(Traffic(turn, state.closures, state.slowings), NOW)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(seen) == 4


def _answer(roads, places):
    """One question: all its numbers belong together."""
    return roads.to_scene(places, EAST_BANK, "van")


def test_changes_without_end_take_no_more_memory(city):
    engine = HierarchyEngine(city)
    roads = LiveRoads(city, engine)
    sizes = []
    for turn in range(1, 30):
        roads.use(traffic(turn, *([closed(SAIGON_BRIDGE)] if turn % 2 else [])), NOW)
        roads.roads_under(traffic(1, slowed(SAIGON_BRIDGE, 0.5)), NOW)
        sizes.append(len(engine.epochs._lent))
    assert max(sizes[10:]) == sizes[10]
    assert max(sizes) <= 15


def test_a_week_of_one_speed_is_the_same_as_a_slow_down_of_the_whole_city(city, engine, tmp_path):
    half = replace(neutral_week(), share=neutral_week().share * np.float32(0.5))
    week = load_week(half.save(tmp_path))
    everywhere = ring((10.8, 106.7), 0.6, 4, waves=0)
    by_week = LiveRoads(city, engine, week=week, now=NOW).to_scene([WEST, NORTH], EAST_BANK, "van")
    told = LiveRoads(city, engine).roads_under(traffic(1, slowed(everywhere, 0.5)), NOW)
    for one, other in zip(by_week, told.to_scene([WEST, NORTH], EAST_BANK, "van"), strict=True):
        assert one.duration_s == pytest.approx(other.duration_s, abs=0.1)
        assert one.distance_m == pytest.approx(other.distance_m, abs=1)
