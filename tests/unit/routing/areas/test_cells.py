"""A map in cells: every street in one, the demand shared out, and the times between them as roads have it."""

from datetime import UTC, datetime
from uuid import uuid4

import numpy as np
import pytest

from domain.coverage import NO_WAY_S
from domain.traffic import Closure, Stretch, Traffic
from domain.values import OnStreet, Position
from routing.areas.cells import draw_cells, middles
from routing.areas.grid import RoadGrid
from routing.areas.ground import DEMAND
from routing.live import LiveRoads
from routing.times import RoadTimes
from tests.small_city import letter_town
from tests.towns import town

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

# Two rows of houses on both banks of a river, joined by one bridge in the east: a and e look at each other.
RIVER = """
a-b-c-d
      |
e-f-g-h
"""


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    return letter_town().road_map(tmp_path_factory.mktemp("letters"))


@pytest.fixture(scope="module")
def banks(tmp_path_factory):
    return town(RIVER).road_map(tmp_path_factory.mktemp("banks"))


def seconds_of(times):
    size = len(times.cells.weights)
    return np.frombuffer(times.seconds, np.uint16).reshape(size, size)


def drawn(road_map, most):
    roads = RoadTimes(road_map)
    return (
        roads,
        roads.areas.ground(0),
        draw_cells(road_map, roads._engine, roads._live["van"], roads.areas.ground(0), most),
    )


def test_every_street_is_in_a_cell_and_no_demand_is_lost(letters):
    _, ground, cells = drawn(letters, 8)
    assert len(cells) == 8
    assert (cells.edge_cell >= 0).all()
    assert cells.weights.sum() == pytest.approx(1.0)
    for number in range(8):
        inside = ground.weights[cells.edge_cell == number, DEMAND].sum()
        assert cells.weights[number] == pytest.approx(inside / ground.demand)


def test_cells_hold_about_the_same_demand(letters):
    _, _, cells = drawn(letters, 8)
    assert cells.weights.max() < 3 * cells.weights.min()


def test_there_are_no_more_cells_than_streets(banks):
    _, _, cells = drawn(banks, 512)
    assert len(cells) <= banks.streets.edges


def test_a_river_runs_between_cells(banks):
    """Whose bank a street lies on decides, not which place is nearer in a straight line."""
    _, _, cells = drawn(banks, 4)
    lat, _ = middles(banks)
    north = lat > (lat.min() + lat.max()) / 2
    bridge = np.abs(lat - (lat.min() + lat.max()) / 2) < 1e-6
    for edge in np.flatnonzero(~bridge & (np.abs(lat - lat.mean()) > 1e-4)):
        place = cells.places.edge[cells.edge_cell[edge]]
        if not bridge[place]:
            assert north[place] == north[edge]


def test_the_middle_of_a_street_lies_half_way(letters):
    lat, lon = middles(letters)
    streets = letters.streets
    for edge in range(0, streets.edges, 7):
        tail, head = streets.tail[edge], streets.head[edge]
        assert lat[edge] == pytest.approx((streets.node_lat[tail] + streets.node_lat[head]) / 2, abs=1e-9)
        assert lon[edge] == pytest.approx((streets.node_lon[tail] + streets.node_lon[head]) / 2, abs=1e-9)


def test_the_times_between_cells_are_those_of_the_roads_rounded_up(letters):
    live = LiveRoads(letters)
    grid = RoadGrid(live.still)
    assert grid.times is None
    assert grid.cells_of([Position(10.75, 106.65)]) == [-1]
    assert grid.renew()
    times = grid.times
    assert times is not None
    places = list(times["van"].cells.places)
    for profile in ("van", "motorbike"):
        table = live.table(places, places, profile)
        found = seconds_of(times[profile])
        for i in range(0, len(places), 5):
            for j in range(0, len(places), 3):
                way = table[i][j]
                assert way is not None
                assert way.duration_s <= found[i, j] < way.duration_s + 1


def test_nothing_is_worked_out_twice_until_traffic_changes(letters):
    live = LiveRoads(letters)
    grid = RoadGrid(live.still)
    assert grid.renew()
    before = grid.times
    assert not grid.renew()
    assert grid.times is before
    assert not grid.stale
    north_west = letter_town().at("A")
    shut = Closure(uuid4(), Stretch("point", ((north_west.lat, north_west.lon),), 40.0), "ngập")
    live.use(Traffic(version=1, closures=(shut,)), NOON)
    assert grid.stale
    assert grid.times is before  # the old ones serve meanwhile
    assert grid.renew()
    assert not grid.stale
    assert grid.times["van"].traffic_version == live.traffic_version
    assert (seconds_of(grid.times["van"]) != NO_WAY_S).all()  # a closed street is reached at its edge


def test_a_place_is_in_the_cell_of_its_street(letters):
    live = LiveRoads(letters)
    grid = RoadGrid(live.still)
    grid.renew()
    cells = live.still().cells
    drawing = letter_town()
    for edge in range(0, letters.streets.edges, 9):
        lat, lon = (float(each[edge]) for each in middles(letters))
        told = OnStreet(lat, lon, letters.version, edge, 1.0, 0, 0.0)
        assert grid.cells_of([Position(lat, lon), told]) == [cells.edge_cell[edge]] * 2
    far_away = Position(11.5, 107.5)
    assert grid.cells_of([far_away, drawing.at("A")])[0] == -1
    stranger = OnStreet(far_away.lat, far_away.lon, "another-map", 3, 1.0, 0, 0.0)
    assert grid.cells_of([stranger]) == [-1]


def test_calls_of_the_past_draw_the_weights_to_where_they_came_from(letters):
    live = LiveRoads(letters)
    grid = RoadGrid(live.still)
    grid.renew()
    before = grid.times["van"].cells
    assert before.demand == "streets"
    corner = letter_town().at("A")
    (cell,) = grid.cells_of([corner])
    grid.learn([corner] * 30)
    assert grid.renew(shrink_calls=10.0)
    assert not grid.renew(shrink_calls=10.0)
    after = grid.times["van"].cells
    assert (after.demand, after.calls) == ("calls", 30)
    assert sum(after.weights) == pytest.approx(1.0)
    assert after.weights[cell] == pytest.approx((30 + 10 * before.weights[cell]) / 40)
