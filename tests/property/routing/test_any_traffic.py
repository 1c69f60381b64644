"""Any town, any traffic: times are those of plain Dijkstra under it, weights those of the slow twin."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Polygon

from domain.traffic import Closure, Slowing, SpeedReport, Stretch, Traffic
from routing.dijkstra import DijkstraEngine
from routing.hierarchy.engine import HierarchyEngine
from routing.live import LiveRoads
from routing.profiles import PROFILES
from routing.road_map import RoadMap
from routing.traffic.streets import edges_of
from tests.drawn_by_chance import restricted_towns, towns
from tests.often import often
from tests.road_questions import assert_agree
from tests.towns import Town
from tests.traffic_in_towns import MINUTE, NOW, an_id, pair
from tests.traffic_twin import SlowStreets, slow_ms

SLOW = [HealthCheck.too_slow]
ANY_TOWN = towns() | restricted_towns()
EAST, SOUTH = st.integers(-60, 360), st.integers(-60, 360)
INSTANTS = st.integers(-30, 90).map(lambda minutes: NOW + minutes * MINUTE + timedelta(seconds=minutes % 60))


def built(drawn: Town) -> RoadMap:
    with TemporaryDirectory() as folder:
        return drawn.road_map(Path(folder))


@st.composite
def stretches(draw: st.DrawFn, drawn: Town) -> Stretch:
    corner = min(drawn.corners)
    kind = draw(st.sampled_from(["point", "line", "area"]))
    count = {"point": 1, "line": draw(st.integers(2, 4)), "area": draw(st.integers(3, 6))}[kind]
    places = draw(st.lists(st.tuples(EAST, SOUTH), min_size=count, max_size=count, unique=True))
    # on no corner and along no street, where rounding would decide
    points = tuple(pair(drawn.at(corner, x + 0.3, -y - 0.3)) for x, y in places)
    return Stretch(kind, points, draw(st.sampled_from([5.4, 15.4, 60.4])))


@st.composite
def traffics(draw: st.DrawFn, drawn: Town, version: int = 1) -> Traffic:
    def some(thing: st.SearchStrategy) -> tuple:
        return tuple(draw(st.lists(thing, max_size=3)))

    where, until, share = stretches(drawn), st.none() | INSTANTS, st.floats(0.05, 1)
    who = st.sampled_from([(), ("van",), ("motorbike",), ("van", "motorbike")])
    return Traffic(
        version,
        some(st.builds(lambda s, p, u: Closure(an_id(s, p, u), s, "flood", p, u), where, who, until)),
        some(st.builds(lambda s, x, u: Slowing(an_id(s, x, u), s, x, "jam", u), where, share, until)),
        some(st.builds(SpeedReport, where, st.floats(0, 150), INSTANTS, st.none() | st.floats(0, 359))),
    )


@settings(max_examples=often(40), deadline=None, suppress_health_check=SLOW)
@given(drawn=ANY_TOWN, data=st.data(), luck=st.integers(0, 2**32))
def test_every_answer_under_any_traffic_is_that_of_plain_dijkstra(drawn: Town, data, luck: int) -> None:
    if not drawn.ways:
        return
    road_map, generator = built(drawn), np.random.default_rng(luck)
    plain, fast = DijkstraEngine(road_map), HierarchyEngine(road_map)
    roads = LiveRoads(road_map, fast)
    for version in (1, 2):
        roads.use(data.draw(traffics(drawn, version)), NOW)
        for profile in ("van", "motorbike_normal"):
            weights = roads.still()._live[profile]
            assert_agree(road_map, (plain, fast), weights, generator, searches=1, asked=6)


@settings(max_examples=often(60), deadline=None, suppress_health_check=SLOW)
@given(drawn=ANY_TOWN, data=st.data(), at=INSTANTS, profile=st.sampled_from(PROFILES))
def test_weights_under_any_traffic_are_those_of_the_slow_twin(drawn: Town, data, at, profile: str) -> None:
    if not drawn.ways:
        return
    road_map = built(drawn)
    traffic = data.draw(traffics(drawn))
    arcs = 2 * road_map.streets.edges
    found = LiveRoads(road_map).roads_under(traffic, at)._live[profile].arc_ms[:arcs]
    expected = slow_ms(road_map, traffic, at, profile)
    # the twin adds in another order: a half may be rounded up here and down there
    assert np.abs(found.astype(np.int64) - expected).max() <= 1


@settings(max_examples=often(40), deadline=None, suppress_health_check=SLOW)
@given(drawn=ANY_TOWN, data=st.data(), luck=st.integers(0, 2**32))
def test_whatever_came_between_and_in_whatever_order_the_same_traffic_gives_the_same_bits(
    drawn: Town, data, luck: int
) -> None:
    if not drawn.ways:
        return
    road_map, chance = built(drawn), np.random.default_rng(luck)
    first, between = data.draw(traffics(drawn, 1)), data.draw(traffics(drawn, 2))
    roads, others = LiveRoads(road_map), LiveRoads(road_map)
    roads.use(first, NOW)
    before = roads.still()
    roads.use(between, NOW + 20 * MINUTE)
    roads.use(Traffic(3), NOW + 20 * MINUTE)
    _same(roads, others.still(), roads.still())
    assert roads.traffic_version == "free_flow"
    shuffled = Traffic(
        1,
        *(
            tuple(things[i] for i in chance.permutation(len(things)))
            for things in (first.closures, first.slowings, first.reports)
        ),
    )
    again = roads.roads_under(shuffled, NOW)
    assert again.traffic_version == before.traffic_version
    _same(roads, before, again)


def _same(roads: LiveRoads, one, other) -> None:
    """The same weights, and the same customized arrays, to the bit."""
    for profile in PROFILES:
        assert (one._live[profile].arc_ms == other._live[profile].arc_ms).all()
    mine = [roads._engine.epoch_of(other._live[profile]) for profile in PROFILES]
    fresh = HierarchyEngine(roads.road_map)
    for profile, epoch in zip(PROFILES, mine, strict=True):
        full = fresh.epoch_of(one._live[profile])
        for name in ("cost", "up", "down", "up_ms", "down_ms"):
            assert (getattr(epoch, name) == getattr(full, name)).all()


@settings(max_examples=often(80), deadline=None, suppress_health_check=SLOW)
@given(drawn=towns(), data=st.data())
def test_points_and_areas_mean_what_the_slow_twin_says(drawn: Town, data) -> None:
    if not drawn.ways:
        return
    road_map, stretch = built(drawn), data.draw(stretches(drawn))
    if stretch.kind == "line":
        return
    twin = SlowStreets(road_map, float(np.mean([lat for lat, _ in stretch.points])))
    if stretch.kind == "area" and not Polygon(stretch.points).is_valid:
        return  # the inside of a bow tie is a matter of taste
    assert edges_of(road_map, stretch).tolist() == twin.meant(stretch)
