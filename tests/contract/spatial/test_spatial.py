"""Questions about places, asked of memory and of PostGIS: what they promise, and that both say the same."""

from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta
from math import cos, radians
from uuid import UUID

import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some

from domain.values import Position
from projections.postgis.geometry import point
from projections.postgis.spatial import SpatialInPostgis
from projections.postgis.writing import write_rows
from projections.rows import moment
from projections.spatial import KINDS, BadQuestion, Near, SpatialInMemory, SpatialQuestions, area_of
from tests.map_tables import emptied, map_tables

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
M = 1 / 111_195  # degrees of latitude in a metre, on the sphere
SAIGON = (10.7769, 106.7009)


class Town:
    """units, hospitals: {id: (lat, lon)}; incidents: {id: (lat, lon, opened_at)}"""

    def __init__(self, units=None, incidents=None, hospitals=None) -> None:
        self.units, self.incidents = units or {}, incidents or {}
        self.hospitals = hospitals or {}


class Answering(ABC):
    @abstractmethod
    def about(self, town: Town) -> SpatialQuestions: ...


class InMemory(Answering):
    def about(self, town: Town) -> SpatialQuestions:
        return SpatialInMemory(
            {name: Position(*at) for name, at in town.units.items()},
            [
                {"id": name, "position": {"lat": lat, "lon": lon}, "opened_at": moment(at)}
                for name, (lat, lon, at) in town.incidents.items()
            ],
            [
                {"id": name, "position": at and {"lat": at[0], "lon": at[1]}}
                for name, at in town.hospitals.items()
            ],
        )


class InPostgis(Answering):
    def __init__(self, connection) -> None:
        self.connection = connection

    def about(self, town: Town) -> SpatialQuestions:
        emptied(self.connection)
        write_rows(self.connection, "unit_positions", [_unit(*each) for each in town.units.items()])
        write_rows(self.connection, "incidents", [_incident(*each) for each in town.incidents.items()])
        write_rows(self.connection, "hospitals", [_hospital(*each) for each in town.hospitals.items()])
        return SpatialInPostgis(self.connection)


def _unit(name, at):
    place = point({"lat": at[0], "lon": at[1]})
    return {"callsign": name, "position": place, "at": moment(NOON), "source": "telemetry"}


def _incident(name, told):
    lat, lon, at = told
    place, opened_at = point({"lat": lat, "lon": lon}), moment(at)
    return {
        "id": name,
        "number": 1,
        "status": "waiting",
        "capabilities": [],
        "calls": 1,
        "runs": 0,
        "seq": 1,
        "folded": {},
        "position": place,
        "opened_at": opened_at,
    }


def _hospital(name, at):
    place = at and point({"lat": at[0], "lon": at[1]})
    return {
        "id": name,
        "specialities": [],
        "diverted": False,
        "diverted_services": [],
        "inbound": 0,
        "arrived": 0,
        "seq": 1,
        "folded": {},
        "position": place,
    }


@pytest.fixture(scope="module")
def connection():
    with map_tables() as open_connection:
        yield open_connection


@pytest.fixture(params=["memory", "postgis"])
def answering(request) -> Answering:
    if request.param == "memory":
        return InMemory()
    return InPostgis(request.getfixturevalue("connection"))


def square(lat: float, lon: float, half_m: float) -> list[tuple[float, float]]:
    tall, wide = half_m * M, half_m * M / cos(radians(lat))
    return [
        (lat - tall, lon - wide),
        (lat - tall, lon + wide),
        (lat + tall, lon + wide),
        (lat + tall, lon - wide),
    ]


def its_id(number: int) -> str:
    return str(UUID(int=number))


# --- what is promised -----------------------------------------------------------------------


def test_units_within_an_area_are_named_in_order_and_holes_are_not_within(answering):
    lat, lon = SAIGON
    town = Town({"C2": (lat, lon), "A1": (lat + 300 * M, lon), "B9": (lat + 2000 * M, lon)})
    ask = answering.about(town)
    assert ask.units_within([[square(lat, lon, 500)]]) == ["A1", "C2"]
    assert ask.units_within([[square(lat, lon, 500), square(lat, lon, 100)]]) == ["A1"]
    assert ask.units_within([[square(lat, lon, 50)], [square(lat + 2000 * M, lon, 50)]]) == ["B9", "C2"]
    assert ask.units_within([]) == []


def test_who_stands_on_the_edge_is_within(answering):
    ask = answering.about(Town({"C1": (10.0, 106.5), "C2": (10.5, 106.5)}))
    assert ask.units_within([[[(10.0, 106.0), (10.0, 107.0), (11.0, 107.0), (11.0, 106.0)]]]) == ["C1", "C2"]


def test_an_area_that_crosses_itself_holds_what_it_encloses(answering):
    bow_tie = [(10.0, 106.0), (10.2, 106.2), (10.2, 106.0), (10.0, 106.2)]
    ask = answering.about(Town({"C1": (10.03, 106.1), "C2": (10.17, 106.1), "C3": (10.1, 106.02)}))
    assert ask.units_within([[bow_tie]]) == ["C1", "C2"]


def test_incidents_along_a_road_are_told_with_their_metres_nearest_first(answering):
    lat, lon = SAIGON
    road = [(lat, lon), (lat, lon + 0.01), (lat + 0.01, lon + 0.01)]
    incidents = {
        its_id(1): (lat + 80 * M, lon + 0.004, NOON),
        its_id(2): (lat - 30 * M, lon + 0.005, NOON),
        its_id(3): (lat - 250 * M, lon + 0.005, NOON),
        its_id(4): (lat, lon - 60 * M, NOON),
    }
    found = answering.about(Town(incidents=incidents)).incidents_along(road, 100.0)
    assert [near.id for near in found] == [its_id(2), its_id(4), its_id(1)]
    assert [near.far for near in found] == [pytest.approx(each, abs=1.5) for each in (30, 59, 80)]


def test_far_from_the_equator_a_metre_is_more_degrees_of_longitude(answering):
    lat, lon = 60.0, 25.0
    beside = lon + 90 * M / cos(radians(lat))
    ask = answering.about(Town(incidents={its_id(1): (lat, beside, NOON)}))
    found = ask.incidents_along([(lat - 0.01, lon), (lat + 0.01, lon)], 100.0)
    assert [near.far for near in found] == [pytest.approx(90, abs=0.1)]


def test_metres_are_those_of_the_sphere_where_the_spheroid_has_fewer(answering):
    lat, lon = 10.0, 106.5  # northwards a degree is 110,608 m on the spheroid and 111,195 m on the sphere
    ask = answering.about(Town(incidents={its_id(1): (lat + 1_003 * M, lon, NOON)}))
    road = [(lat, lon - 0.01), (lat, lon + 0.01)]
    assert ask.incidents_along(road, 1_000.0) == []
    assert [near.far for near in ask.incidents_along(road, 1_004.0)] == [pytest.approx(1_003, abs=0.2)]


def test_incidents_can_be_limited_to_those_opened_in_a_time(answering):
    lat, lon = SAIGON
    incidents = {its_id(n): (lat, lon + n / 1e5, NOON + timedelta(hours=n)) for n in range(5)}
    ask = answering.about(Town(incidents=incidents))
    road = [(lat, lon - 0.001), (lat, lon + 0.001)]
    found = ask.incidents_along(road, 50, NOON + timedelta(hours=1), NOON + timedelta(hours=3))
    assert sorted(near.id for near in found) == [its_id(1), its_id(2)]
    assert len(ask.incidents_along(road, 50, opened_from=NOON + timedelta(hours=2))) == 3
    assert len(ask.incidents_along(road, 50, opened_before=NOON + timedelta(hours=2))) == 2


def test_hospitals_in_reach_are_those_within_the_area_that_the_roads_told(answering):
    lat, lon = SAIGON
    town = Town(hospitals={"cho-ray": (lat, lon), "far": (lat + 1, lon), "nowhere": None})
    assert answering.about(town).hospitals_in_reach([[square(lat, lon, 900)]]) == ["cho-ray"]


def test_hospitals_in_time_go_by_the_times_from_the_roads_and_not_by_nearness(answering):
    lat, lon = SAIGON
    town = Town(
        hospitals={"near": (lat, lon), "far": (lat + 0.1, lon), "island": (lat, lon + 0.01), "nowhere": None}
    )
    times = {"near": 900.0, "far": 300.0, "island": None, "closed down": 10.0, "nowhere": 10.0}
    assert answering.about(town).hospitals_in_time(times, 900.0) == [Near("far", 300.0), Near("near", 900.0)]
    assert answering.about(town).hospitals_in_time(times, 299.0) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_nearest_are_told_with_their_metres_and_ties_by_name(answering, kind):
    lat, lon = 60.0, 25.0  # where a degree of longitude is half as long
    places = {its_id(1): (lat, lon + 0.01), its_id(2): (lat + 0.008, lon), its_id(3): (lat, lon - 0.01)}
    if kind == "incidents":
        town = Town(incidents={name: (*at, NOON) for name, at in places.items()})
    else:
        town = Town(**{kind: places})
    ask = answering.about(town)
    found = ask.nearest(kind, Position(lat, lon), 2)
    assert [near.id for near in found] == [its_id(1), its_id(3)]
    assert found[0].far == pytest.approx(556, abs=1)
    assert [near.id for near in ask.nearest(kind, Position(lat, lon), 9)] == [its_id(1), its_id(3), its_id(2)]
    assert ask.nearest(kind, Position(lat, lon), 0) == []


def test_where_nothing_is_nothing_is_found(answering):
    ask = answering.about(Town())
    assert ask.units_within([[square(*SAIGON, 500)]]) == []
    assert ask.incidents_along([SAIGON, (10.8, 106.7)], 100) == []
    assert ask.nearest("hospitals", Position(*SAIGON), 3) == []


def test_questions_without_sense_are_refused_in_a_sentence(answering):
    ask = answering.about(Town())
    with pytest.raises(BadQuestion, match="three corners"):
        ask.units_within([[[(10.0, 106.0), (10.1, 106.0)]]])
    with pytest.raises(BadQuestion, match="two points"):
        ask.incidents_along([SAIGON], 100)
    for metres in (-1.0, 1e9, float("nan")):
        with pytest.raises(BadQuestion, match="metres"):
            ask.incidents_along([SAIGON, (10.8, 106.7)], metres)


# --- both say the same ----------------------------------------------------------------------

LATS, LONS = some.floats(10.70, 10.80), some.floats(106.60, 106.70)
PLACES = some.tuples(LATS, LONS)
RINGS = some.lists(PLACES, min_size=3, max_size=7)
ANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def named(places):
    return {its_id(n): at for n, at in enumerate(places, start=1)}


@ANY
@given(some.lists(PLACES, max_size=25), some.lists(some.lists(RINGS, min_size=1, max_size=2), max_size=2))
def test_any_area_holds_the_same_units(connection, places, polygons):
    edges = area_of(polygons).boundary or shapely.MultiPoint()
    # Who stands on the edge to a hair's breadth may be counted either way.
    assume(not any(edges.distance(shapely.Point(lon, lat)) <= 1e-9 for lat, lon in places))
    town = Town(named(places))
    memory, postgis = InMemory().about(town), InPostgis(connection).about(town)
    assert memory.units_within(polygons) == postgis.units_within(polygons)


@ANY
@given(some.lists(PLACES, max_size=25), some.lists(PLACES, min_size=2, max_size=6), some.floats(0, 5_000))
def test_any_road_has_the_same_incidents_along_it(connection, places, road, within_m):
    town = Town(incidents={name: (*at, NOON) for name, at in named(places).items()})
    memory = InMemory().about(town).incidents_along(road, within_m)
    postgis = InPostgis(connection).about(town).incidents_along(road, within_m)
    far = {near.id: near.far for near in (*memory, *postgis)}
    for its in {near.id for near in memory} ^ {near.id for near in postgis}:
        assert far[its] == pytest.approx(within_m, abs=0.01)
    both = {near.id: near.far for near in postgis}
    for near in memory:
        assert both.get(near.id, near.far) == pytest.approx(near.far, abs=0.01)


@ANY
@given(some.lists(PLACES, max_size=40), PLACES, some.integers(0, 12), some.sampled_from(KINDS))
def test_the_nearest_of_any_are_the_same(connection, places, here, most, kind):
    told = named(places)
    town = (
        Town(incidents={name: (*at, NOON) for name, at in told.items()})
        if kind == "incidents"
        else Town(**{kind: told})
    )
    memory = InMemory().about(town).nearest(kind, Position(*here), most)
    postgis = InPostgis(connection).about(town).nearest(kind, Position(*here), most)
    assert [near.far for near in memory] == [pytest.approx(near.far, abs=0.001) for near in postgis]
    if len({round(near.far, 2) for near in memory}) == len(memory):
        assert [near.id for near in memory][:-1] == [near.id for near in postgis][:-1]
