"""The ranking goes by the street a unit drives on, not by the nearest one."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from api.picture import Picture
from api.telemetry import Telemetry
from api.unit_streets import UnitStreets
from api.units_with_positions import unit_rows
from domain.values import OnStreet, Position
from projections.positions import LatestPositions, Ping
from routing.dijkstra import DijkstraEngine
from routing.live import LiveRoads
from routing.times import RoadTimes
from tests.towns import town

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Views:
    names = ("units",)
    position = 0

    def rows(self, view):
        if view != "units":
            return []
        return [{"unit_id": "1", "callsign": "C1", "kind": "van", "capabilities": [], "duty": "on_duty",
                 "station_id": "tram", "incident_id": None, "hospital_id": None,
                 "incident_number": None}]  # fmt: skip


class NoHistory:
    def latest(self):
        return []


@pytest.fixture
def motorway(tmp_path):
    """Eastwards from a to b and, 16 m to the south, westwards from c to d; one turns at the ends alone."""
    drawn = town("a>b\n| |\nd<c")
    drawn.corners.update({"b": (30, 0), "c": (30, 0.16), "d": (0, 0.16)})
    return drawn, drawn.road_map(tmp_path)


def _ping(drawn, east_m, seconds, heading=90.0, speed=12.0, north_m=-9):
    at = drawn.at("a", east_m=east_m, north_m=north_m)
    return Ping("C1", NOON + timedelta(seconds=seconds), at.lat, at.lon, speed, heading, 5.0)


def test_the_time_to_a_scene_is_by_the_carriageway_driven(motorway):
    drawn, road_map = motorway
    streets = UnitStreets(road_map, lambda callsign: "van")
    scene = drawn.at("b")
    for times in (RoadTimes(road_map), RoadTimes(road_map, DijkstraEngine(road_map)), LiveRoads(road_map)):
        for _ in range(2):  # as it is worked out, and as it is remembered
            here = streets.place(_ping(drawn, 1_500, 0))
            back = streets.place(_ping(drawn, 1_500, 10, heading=270.0))
            plain = Position(here.lat, here.lon)
            ahead, around, nearest = (
                each.distance_m for each in times.to_scene([here, back, plain], scene, "van")
            )
            assert ahead == pytest.approx(1_500, abs=20)
            assert around == nearest == pytest.approx(4_530, abs=40)


def test_pings_become_places_in_the_picture(motorway):
    drawn, road_map = motorway
    streets = UnitStreets(road_map, lambda callsign: "van")
    telemetry = Telemetry(LatestPositions(), NoHistory(), streets.hear)
    picture = Picture(Views(), telemetry.positions, streets.place)
    assert picture.units_now()[0].position is None
    telemetry.take([_ping(drawn, 1_400, 0), _ping(drawn, 1_460, 5)], NOON + timedelta(seconds=5))
    moving = picture.units_now()[0].position
    assert isinstance(moving, OnStreet)
    assert moving.map_version == road_map.version
    stopped = _ping(drawn, 1_470, 10, heading=None, speed=0.0)
    telemetry.take([stopped], NOON + timedelta(seconds=10))
    still = picture.units_now()[0].position
    assert (still.edge, still.direction) == (moving.edge, moving.direction)
    assert (still.lat, still.lon) == (stopped.lat, stopped.lon)


@pytest.mark.parametrize(
    ("silent_s", "stale_s", "guessed"),
    [(29, 60, True), (31, 60, False), (7_200, 9_999, False), (21, 20, False)],
)
def test_where_a_unit_is_is_guessed_for_half_a_minute_and_never_once_it_is_stale(
    motorway, silent_s, stale_s, guessed
):
    drawn, road_map = motorway
    streets = UnitStreets(road_map, lambda callsign: "van")
    telemetry = Telemetry(LatestPositions(), NoHistory(), streets.hear)
    telemetry.take([_ping(drawn, 1_000, 0)], NOON)
    limit = SimpleNamespace(amber_s=10, red_s=stale_s)
    city = SimpleNamespace(targets=SimpleNamespace(unit_position=limit))
    centre = SimpleNamespace(views=Views(), telemetry=telemetry, streets=streets, city=city)
    (row,) = unit_rows(centre, NOON + timedelta(seconds=silent_s))
    assert (row["position"]["by_now"] is not None) is guessed


def test_after_a_long_silence_the_former_street_is_forgotten(motorway):
    drawn, road_map = motorway
    streets = UnitStreets(road_map, lambda callsign: "van")
    first = streets.place(_ping(drawn, 1_400, 0))
    later = streets.place(_ping(drawn, 1_410, 600, heading=None, speed=0.0))
    assert later.edge != first.edge


def test_an_unknown_unit_and_a_place_off_the_map_stay_as_they_are(motorway):
    drawn, road_map = motorway
    ping = _ping(drawn, 1_400, 0)
    assert UnitStreets(road_map, lambda callsign: None).place(ping) == Position(ping.lat, ping.lon)
    far = Ping("C1", NOON, 51.5, -0.1, 12.0, 90.0)
    assert UnitStreets(road_map, lambda callsign: "van").place(far) == Position(51.5, -0.1)


def test_another_map_goes_by_latitude_and_longitude(motorway):
    drawn, road_map = motorway
    here = UnitStreets(road_map, lambda callsign: "van").place(_ping(drawn, 1_500, 0))
    elsewhere = OnStreet(here.lat, here.lon, "another", here.edge, here.along_m, 1, 9.0)
    times = RoadTimes(road_map)
    assert times.to_scene([elsewhere], drawn.at("b"), "van") == times.to_scene(
        [Position(here.lat, here.lon)], drawn.at("b"), "van"
    )
