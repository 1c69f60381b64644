"""Where a unit is by now: straight on along its street, at most for half a minute, never round a corner."""

from itertools import pairwise
from math import cos, hypot, radians

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from routing.matching.follow import Follower
from routing.matching.reckon import LONGEST_S, TURN, Reckoner
from routing.profiles import profile_index
from tests.towns import town

STEP_M = 100.0
DRAWING = """
a-b-c-d-e
  |     |
f-g-h i-j
"""
VAN = profile_index("van")


@pytest.fixture(scope="module")
def drawn():
    return town(DRAWING)


@pytest.fixture(scope="module")
def road_map(drawn, tmp_path_factory):
    return drawn.road_map(tmp_path_factory.mktemp("reckoned"))


@pytest.fixture(scope="module")
def follow(road_map):
    return Follower(road_map, VAN)


@pytest.fixture(scope="module")
def reckon(road_map, follow):
    return Reckoner(road_map, follow.roads)


def metres_apart(one, other):
    return hypot(one.lat - other.lat, (one.lon - other.lon) * cos(radians(one.lat))) * 111_195


def seen(drawn, follow, corner, east_m=0.0, north_m=0.0, heading=90.0):
    at = drawn.at(corner, east_m=east_m, north_m=north_m)
    return follow(at.lat, at.lon, heading, 10.0, 5.0)


def test_it_drives_on_along_its_street_and_over_crossings(drawn, follow, reckon):
    found = reckon(seen(drawn, follow, "a", east_m=20), 10.0, 15.0)
    assert metres_apart(found, drawn.at("b", east_m=70)) < 2
    assert found.ahead_m == pytest.approx(150, abs=0.1)


def test_westwards_as_well_as_eastwards(drawn, follow, reckon):
    found = reckon(seen(drawn, follow, "d", east_m=30, heading=270.0), 10.0, 20.0)
    assert metres_apart(found, drawn.at("b", east_m=30)) < 2


def test_where_every_street_turns_off_it_waits_at_the_junction(drawn, follow, reckon):
    found = reckon(seen(drawn, follow, "d", east_m=50), 10.0, 20.0)
    assert metres_apart(found, drawn.at("e")) < 2
    assert found.ahead_m == pytest.approx(50, abs=1)


def test_at_the_end_of_a_street_it_stays(drawn, follow, reckon):
    found = reckon(seen(drawn, follow, "g", east_m=60), 10.0, 20.0)
    assert metres_apart(found, drawn.at("h")) < 2


def test_after_half_a_minute_nothing_more_is_guessed(drawn, follow, reckon):
    last = seen(drawn, follow, "a", east_m=10)
    assert reckon(last, 10.0, LONGEST_S).ahead_m > 200
    assert reckon(last, 10.0, LONGEST_S + 0.1) == (last.lat, last.lon, 0.0)


@pytest.mark.parametrize("speed", [None, 0.0, 1.0])
def test_who_stands_or_does_not_tell_its_speed_is_where_it_was_seen(drawn, follow, reckon, speed):
    last = seen(drawn, follow, "a", east_m=20)
    assert reckon(last, speed, 20.0) == (last.lat, last.lon, 0.0)


def test_who_may_drive_either_way_is_where_it_was_seen(drawn, follow, reckon):
    last = seen(drawn, follow, "a", east_m=20, heading=None)
    assert last.direction == 0
    assert reckon(last, 10.0, 20.0) == (last.lat, last.lon, 0.0)


def test_a_clock_that_is_behind_reckons_nothing_backwards(drawn, follow, reckon):
    last = seen(drawn, follow, "b", east_m=20)
    assert reckon(last, 10.0, -5.0).ahead_m == 0.0


CORNERS = "abcdefghj"


@settings(max_examples=200, deadline=None)
@given(
    corner=some.sampled_from(CORNERS),
    east_m=some.floats(-60, 60),
    north_m=some.floats(-60, 60),
    heading=some.floats(0, 360),
    metres=some.floats(0, 290),
)
def test_it_goes_where_a_slow_walker_goes(
    drawn, road_map, follow, reckon, corner, east_m, north_m, heading, metres
):
    last = seen(drawn, follow, corner, east_m, north_m, heading)
    if last.direction == 0:
        return
    found = reckon(last, 10.0, metres / 10)
    lat, lon, walked_m = slow_walk(road_map.streets, last, metres)
    assert (found.lat, found.lon) == (pytest.approx(lat, abs=1e-6), pytest.approx(lon, abs=1e-6))
    assert found.ahead_m == pytest.approx(walked_m, abs=0.01)


def slow_walk(streets, last, metres):
    """Street by street in plain words: all neighbours are looked at in the list of all edges."""
    edge, forwards, along = last.edge, last.direction > 0, last.along_m
    walked = 0.0
    while True:
        rest = streets.edge_m[edge] - along if forwards else along
        if metres - walked <= rest:
            along += (metres - walked) * (1 if forwards else -1)
            return *place_on(streets, edge, along), metres
        walked += rest
        node = streets.head[edge] if forwards else streets.tail[edge]
        came = compass(streets, edge, forwards, at_end=True)
        ways = []
        for other in range(streets.edges):
            for its_forwards in (True, False):
                if other != edge and (streets.tail if its_forwards else streets.head)[other] == node:
                    goes = compass(streets, other, its_forwards, at_end=False)
                    ways.append((came[0] * goes[0] + came[1] * goes[1], other, its_forwards))
        best = max(ways, default=(0.0, -1, True))
        if best[0] <= TURN:
            return *place_on(streets, edge, streets.edge_m[edge] if forwards else 0.0), walked
        _, edge, forwards = best
        along = 0.0 if forwards else streets.edge_m[edge]


def points_of(streets, edge):
    shape = slice(streets.shape_first[edge], streets.shape_first[edge + 1])
    return list(zip(streets.shape_lat[shape], streets.shape_lon[shape], streets.shape_m[shape], strict=True))


def place_on(streets, edge, along):
    points = points_of(streets, edge)
    for (lat, lon, m), (next_lat, next_lon, next_m) in pairwise(points):
        if along <= next_m:
            share = (along - m) / (next_m - m)
            return lat + share * (next_lat - lat), lon + share * (next_lon - lon)
    return points[-1][:2]


def compass(streets, edge, forwards, at_end):
    """The way a street points at its beginning or its end as it is driven: north and east, of length one."""
    points = points_of(streets, edge)
    if not forwards:
        points.reverse()
    one, other = points[-2:] if at_end else points[:2]
    north, east = other[0] - one[0], (other[1] - one[1]) * cos(radians(one[0]))
    return north / hypot(north, east), east / hypot(north, east)
