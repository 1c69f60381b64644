"""What is near, asked over HTTP of a centre on files and of one on PostgreSQL: both say the same."""

import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from domain.values import Position
from tests.desk_work import DeskWork, ago
from tests.map_tables import map_database
from tests.server import Server, letter_town_ground, ok, refused, running_server
from tests.small_city import where

HALF_STREET = 0.00045
"""Degrees, some 50 m."""


@pytest.fixture(scope="module", params=["memory", "postgis"])
def centre(request, tmp_path_factory) -> Iterator[Server]:
    with ExitStack() as stack:
        address = stack.enter_context(map_database()) if request.param == "postgis" else None
        data = tmp_path_factory.mktemp(request.param)
        yield stack.enter_context(
            running_server(letter_town_ground(), data, address, also=("--arrivals", "none"))
        )


@pytest.fixture(scope="module")
def answering(centre, request) -> str:
    """Who has to answer here."""
    return "postgis" if centre.database else "memory"


@pytest.fixture(scope="module")
def client(centre) -> Iterator[httpx.Client]:
    with centre.client() as client:
        DeskWork(client).everybody_on_duty()
        yield client


@pytest.fixture
def desk(client) -> Iterator[DeskWork]:
    desk = DeskWork(client)
    yield desk
    desk.clear_the_board()


def around(*letters: str) -> dict:
    """A MultiPolygon with a square of 100 m around each of these corners."""
    return {"type": "MultiPolygon", "coordinates": [[_square(where(letter))] for letter in letters]}


def _square(at: Position) -> list[list[float]]:
    south, north, west, east = _edges(at)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def _edges(at: Position) -> tuple[float, float, float, float]:
    return at.lat - HALF_STREET, at.lat + HALF_STREET, at.lon - HALF_STREET, at.lon + HALF_STREET


def settled(ask, wanted):
    """The answer as soon as it is as wanted: on PostgreSQL a ping is on the map within a second or two."""
    end = time.monotonic() + 15.0
    while (answer := ask()) != wanted and time.monotonic() < end:
        time.sleep(0.1)
    return answer


def line(*letters: str) -> list[list[float]]:
    return [[where(letter).lat, where(letter).lon] for letter in letters]


def test_units_within_an_area_are_named_in_order(client, desk, answering):
    desk.ping("C2", where("T"))
    desk.ping("C6", where("T"))
    desk.ping("C3", where("b"))

    def within(*letters):
        return ok(client.post("/near/units", json={"within": around(*letters)}))

    both = {"found": 2, "answered_by": answering, "units": ["C2", "C6"]}
    assert settled(lambda: within("T"), both) == both
    three = {"found": 3, "answered_by": answering, "units": ["C2", "C3", "C6"]}
    assert settled(lambda: within("T", "b"), three) == three
    few = ok(client.post("/near/units", json={"within": around("T", "b"), "most": 1}))
    assert (few["found"], few["units"]) == (3, ["C2"])


def test_the_units_within_an_isochrone_are_those_it_reaches(client, desk, answering):
    desk.ping("C4", where("A"))
    desk.ping("C5", where("w"))
    origin = f"{where('A').lat},{where('A').lon}"
    (feature,) = ok(client.get("/isochrone", params={"from": origin, "minutes": "0.5"}))["features"]

    def named():
        found = ok(client.post("/near/units", json={"within": feature["geometry"], "most": 1000}))
        assert found["answered_by"] == answering
        return {"C4", "C5"} & set(found["units"])

    assert settled(named, {"C4"}) == {"C4"}


def test_incidents_along_a_line_come_nearest_first_with_their_metres(client, desk, answering):
    on_it, beside, far = (desk.incident(where(letter)) for letter in ("S", "L", "o"))
    asked = {"along": line("R", "T"), "within_m": 150}
    body = ok(client.post("/near/incidents", json=asked))
    assert body["answered_by"] == answering
    near = {row["incident_id"]: row["distance_m"] for row in body["incidents"]}
    assert near[on_it["id"]] == pytest.approx(0, abs=1)
    assert near[beside["id"]] == pytest.approx(100, abs=2)
    assert far["id"] not in near
    assert list(near.values()) == sorted(near.values())
    assert body["found"] == len(near)
    first = body["incidents"][0]
    assert (first["number"], first["status"]) == (
        desk.row("incidents", first["incident_id"])["number"],
        "waiting",
    )
    assert len(ok(client.post("/near/incidents", json=asked | {"most": 1}))["incidents"]) == 1


def test_incidents_are_limited_to_those_opened_in_a_time(client, desk):
    incident = desk.incident(where("e"))
    asked = {"along": line("d", "f"), "within_m": 20}

    def ids(**times):
        return [
            row["incident_id"] for row in ok(client.post("/near/incidents", json=asked | times))["incidents"]
        ]

    assert incident["id"] in ids()
    assert incident["id"] in ids(opened_from=ago(600), opened_before=ago(-600))
    assert incident["id"] not in ids(opened_before=ago(600))
    assert incident["id"] not in ids(opened_from=ago(-600))


def test_hospitals_within_minutes_go_by_the_roads_and_come_soonest_first(client, answering):
    here = where("D")
    asked = {"from": f"{here.lat},{here.lon}", "minutes": 60}
    body = ok(client.get("/near/hospitals", params=asked))
    assert (body["answered_by"], body["methods"], body["found"]) == (answering, ["road"], 3)
    rows = ok(client.get("/hospitals"))
    destinations = [[row["position"]["lat"], row["position"]["lon"]] for row in rows]
    table = {"origins": [[here.lat, here.lon]], "destinations": destinations}
    (times,) = ok(client.post("/travel-times", json=table))["durations_s"]
    by_road = dict(zip([row["id"] for row in rows], times, strict=True))
    found = {row["hospital_id"]: row["duration_s"] for row in body["hospitals"]}
    assert found == pytest.approx(by_road)
    assert list(found.values()) == sorted(found.values())
    assert body["map_version"]
    assert body["traffic_version"]
    soonest, second, _ = body["hospitals"]
    between = (soonest["duration_s"] + second["duration_s"]) / 2
    nearer = ok(client.get("/near/hospitals", params=asked | {"minutes": between / 60}))
    assert [row["hospital_id"] for row in nearer["hospitals"]] == [soonest["hospital_id"]]


CROSSING = [[106.65 + 0.01 * (n * 7 % 31), 10.75 + 0.01 * (n * 11 % 31)] for n in range(31)]


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("units", {"within": {"coordinates": [[[[106.6, 10.7], [106.7, 10.7]]]]}}, "three corners"),
        ("units", {"within": {"coordinates": [[CROSSING]]}}, "cross each other"),
        ("units", {"within": {"coordinates": [[[[0, 0], [106, 0], [106, 10]]]]}}, "too far apart"),
        (
            "units",
            {"within": {"coordinates": [[[[10.7, 106.6], [10.8, 106.6], [10.8, 106.7]]]]}},
            "at most 90",
        ),
        ("units", {"within": {"type": "Polygon", "coordinates": []}}, "MultiPolygon"),
        ("units", {"within": {"coordinates": [[[[106.6, 10.7]] * 6000]] * 2}}, "at most 10000 corners"),
        ("units", {"within": around("T"), "most": 1001}, "at most 1000"),
        ("incidents", {"along": [[10.75, 106.65]], "within_m": 10}, "at least 2"),
        ("incidents", {"along": [[10.75, 106.65]] * 501, "within_m": 10}, "at most 500"),
        ("incidents", {"along": [[10.75, 106.65], [13.0, 106.65]], "within_m": 10}, "too far apart"),
        ("incidents", {"along": [[10.75, 106.65], [10.76, 106.65]], "within_m": 60_000}, "at most 50000"),
        ("incidents", {"along": [[10.75, 106.65], [10.76, 106.65]], "within_m": -1}, "at least 0"),
    ],
)
def test_a_question_without_sense_is_refused_in_a_sentence(client, path, body, words):
    assert words in refused(client.post(f"/near/{path}", json=body), 422)["detail"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"from": "here"}, "latitude and a longitude"),
        ({"from": "50.0,8.0"}, "map"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 121}, "at most 120"),
        ({"profile": "boat"}, "must be one of"),
    ],
)
def test_hospitals_of_a_question_without_sense_are_refused_in_a_sentence(client, changes, words):
    asked = {"from": f"{where('D').lat},{where('D').lon}", "minutes": 5, **changes}
    assert words in refused(client.get("/near/hospitals", params=asked), 422)["detail"]


def test_a_sentence_comes_in_vietnamese_too(centre):
    with centre.client(language="vi") as client:
        body = {"within": {"coordinates": [[CROSSING]]}}
        assert "cắt nhau" in refused(client.post("/near/units", json=body), 422)["detail"]


def test_each_role_asks_in_its_own_field_alone(centre, client, desk):
    desk.ping("C1", where("U"))
    desk.ping("M2", where("U"))
    units, incidents = {"within": around("U")}, {"along": line("R", "T"), "within_m": 150}
    hospitals = {"from": f"{where('D').lat},{where('D').lon}", "minutes": 5}
    assert settled(lambda: ok(client.post("/near/units", json=units))["found"], 2) == 2
    with centre.client("crew") as crew:
        assert ok(crew.post("/near/units", json=units))["units"] == ["C1"]
        assert ok(crew.get("/near/hospitals", params=hospitals))["found"] > 0
        refused(crew.post("/near/incidents", json=incidents), 403)
    with centre.client("planner") as planner:
        assert ok(planner.post("/near/units", json=units))["found"] == 2
        refused(planner.post("/near/incidents", json=incidents), 403)
    for account, status in (("hospital", 403), (None, 401)):
        with centre.client(account) as other:
            refused(other.post("/near/units", json=units), status)
            refused(other.post("/near/incidents", json=incidents), status)
            refused(other.get("/near/hospitals", params=hospitals), status)
