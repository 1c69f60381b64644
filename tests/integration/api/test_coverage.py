"""Isochrones and coverage over HTTP, in a town of 100 m squares where a van drives 12 m a second."""

from datetime import UTC, datetime, timedelta

import pytest
from shapely.geometry import Point, shape

from tests.desk_work import DeskWork
from tests.server import ok, refused
from tests.small_city import where

CORNER = where("T")
HERE = f"{CORNER.lat},{CORNER.lon}"


def now():
    return datetime.now(UTC)


@pytest.fixture
def stood(shared_client, desk):
    """Put units on corners, just now; every other unit has not been heard of for long."""

    def put(**corners):
        pings = [
            {
                "callsign": callsign,
                "at": now().isoformat(),
                "lat": where(corner).lat,
                "lon": where(corner).lon,
            }
            for callsign, corner in corners.items()
        ]
        ok(shared_client.post("/pings", json=pings), 202)

    return put


def test_an_isochrone_is_geojson_with_its_figures(shared_client):
    body = ok(shared_client.get("/isochrone", params={"from": HERE, "minutes": "0.5,0.25"}))
    assert body["type"] == "FeatureCollection"
    assert (body["direction"], body["method"], body["demand"]) == ("from", "road", "streets")
    quarter, half = body["features"]
    assert [f["properties"]["minutes"] for f in (quarter, half)] == [0.25, 0.5]
    assert 0 < quarter["properties"]["street_km"] < half["properties"]["street_km"]
    small, large = shape(quarter["geometry"]), shape(half["geometry"])
    assert small.is_valid
    assert large.is_valid
    assert small.area < large.area
    assert large.buffer(1e-4).contains(small)
    assert small.contains(Point(CORNER.lon, CORNER.lat))


def test_without_geometry_only_figures_come(shared_client):
    body = ok(shared_client.get("/isochrone", params={"to": HERE, "minutes": "1", "geometry": "false"}))
    (feature,) = body["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["area_km2"] > 0
    assert body["direction"] == "to"


def test_coverage_counts_the_free_units_with_a_fresh_position(shared_client, stood):
    stood(C1="A", C2="w")
    before = ok(shared_client.get("/coverage", params={"minutes": 0.25}))
    assert {"C1", "C2"} <= set(before["units"])
    assert before["units_counted"] == len(before["units"])
    assert 0 < before["demand_share"] < 1
    assert before["map_version"]
    assert before["traffic"] == "live"
    assert before["traffic_version"]
    assert before["attribution"].startswith("© OpenStreetMap contributors")
    assert before["geometry"] is None
    wide = ok(shared_client.get("/coverage", params={"minutes": 10, "geometry": "true"}))
    assert wide["demand_share"] == 1
    assert wide["area_km2"] > before["area_km2"]
    assert shape(wide["geometry"]).contains(Point(CORNER.lon, CORNER.lat))


def test_a_unit_that_is_sent_covers_no_more(own_server):
    with own_server.client() as client:
        desk = DeskWork(client)
        place = where("A")
        ping = {"callsign": "C1", "at": now().isoformat(), "lat": place.lat, "lon": place.lon}
        ok(client.post("/pings", json=[ping]), 202)
        asked_at = now()
        before = ok(client.get("/coverage", params={"minutes": 0.2}))
        assert before["units"] == ["C1"]
        desk.send(desk.incident(), "C1")
        after = ok(client.get("/coverage", params={"minutes": 0.2}))
        assert after["units"] == []
        assert (after["area_km2"], after["demand_share"]) == (0, 0)
        assert after["not_counted"]["busy"] == 1
        assert after["not_counted"]["no_position"] > 0
        motorbikes = ok(client.get("/coverage", params={"minutes": 5, "profile": "motorbike"}))
        assert motorbikes["units"] == []
        then = ok(client.get("/coverage", params={"minutes": 0.2, "at": asked_at.isoformat()}))
        assert then["units"] == ["C1"]
        assert then["demand_share"] == before["demand_share"]
        long_ago = (now() - timedelta(days=1)).isoformat()
        assert ok(client.get("/coverage", params={"minutes": 5, "at": long_ago}))["units"] == []


@pytest.mark.parametrize(
    ("path", "asked", "sentence"),
    [
        ("/isochrone", {"minutes": "8"}, "either from or to"),
        ("/isochrone", {"from": HERE, "to": HERE, "minutes": "8"}, "either from or to"),
        ("/isochrone", {"from": HERE, "minutes": "0"}, "'0' is not understood"),
        ("/isochrone", {"from": HERE, "minutes": "nan"}, "'nan' is not understood"),
        ("/isochrone", {"from": HERE, "minutes": "1,2,3,4,5,6,7"}, "at most 6 may be named"),
        ("/isochrone", {"from": HERE, "minutes": "121"}, "at most 120"),
        ("/isochrone", {"from": HERE, "minutes": "eight"}, "'eight' is not understood"),
        ("/isochrone", {"from": HERE}, "minutes: is missing"),
        (
            "/isochrone",
            {"from": "here", "minutes": "8"},
            "from: must be a latitude and a longitude such as 10.77,106.70",
        ),
        ("/isochrone", {"from": "95,106.65", "minutes": "8"}, "is not a place"),
        ("/isochrone", {"from": "11.9,106.65", "minutes": "8"}, "outside the map"),
        (
            "/isochrone",
            {"from": HERE, "minutes": "8", "profile": "boat"},
            "profile: must be one of van, motorbike",
        ),
        ("/isochrone", {"from": HERE, "minutes": "8", "traffic": "none"}, "traffic"),
        ("/coverage", {"minutes": "8,15"}, "at most 1 may be named"),
        ("/coverage", {}, "minutes: is missing"),
        ("/coverage", {"minutes": "-1"}, "'-1' is not understood"),
        ("/coverage", {"minutes": "8", "at": "yesterday"}, "at:"),
    ],
)
def test_a_question_that_makes_no_sense_gets_a_sentence(shared_client, path, asked, sentence):
    assert sentence in refused(shared_client.get(path, params=asked), 422)["detail"]


def test_the_sentence_comes_in_vietnamese_too(server):
    with server.client(language="vi") as client:
        assert "Không hiểu" in refused(client.get("/coverage", params={"minutes": "x"}), 422)["detail"]


@pytest.mark.parametrize(
    ("account", "status"), [("planner", 200), ("crew", 200), ("hospital", 403), (None, 401)]
)
def test_who_may_ask_for_roads_may_ask_for_areas(server, account, status):
    with server.client(account) as client:
        assert client.get("/coverage", params={"minutes": 8}).status_code == status
        asked = {"from": HERE, "minutes": "1", "geometry": "false"}
        assert client.get("/isochrone", params=asked).status_code == status


def test_a_crew_sees_how_many_units_but_not_which(server, stood):
    stood(C1="A", C2="w", C3="T")
    with server.client("crew") as client:
        body = ok(client.get("/coverage", params={"minutes": 8}))
    assert body["units_counted"] >= 3
    assert len(body["units"]) <= 1


def test_free_flow_names_no_state_of_the_traffic(shared_client, desk):
    street = {"points": [[CORNER.lat, CORNER.lon]], "width_m": 15}
    body = ok(desk.client.post("/traffic/closures", json={"stretch": street, "reason": "flood"}), 201)
    closed = body["traffic_version"]
    assert closed != "free_flow"
    try:
        for asked, version in (("live", closed), ("free_flow", "free_flow")):
            area = {"from": HERE, "minutes": "1", "geometry": "false", "traffic": asked}
            table = {"origins": [[CORNER.lat, CORNER.lon]], "destinations": [[CORNER.lat, CORNER.lon]]}
            for answer in (
                ok(shared_client.get("/isochrone", params=area)),
                ok(shared_client.get("/coverage", params={"minutes": 1, "traffic": asked})),
                ok(shared_client.post("/travel-times", json={**table, "traffic": asked})),
            ):
                assert (answer["traffic"], answer["traffic_version"]) == (asked, version)
    finally:
        ok(desk.client.delete(f"/traffic/closures/{body['id']}", params={"reason": "over"}))


@pytest.mark.parametrize(
    ("path", "asked", "status", "title", "sentence"),
    [
        ("/isochrone", {"from": "x", "minutes": "8"}, 422, "Không hiểu", "cần vĩ độ và kinh độ"),
        ("/coverage", {"minutes": "8,9"}, 422, "Không hiểu", "nhiều nhất 1 giá trị"),
        ("/nowhere", {}, 404, "Không tìm thấy", "Không có gì ở địa chỉ này."),
    ],
)
def test_title_and_sentence_come_in_the_language_asked(server, path, asked, status, title, sentence):
    with server.client(language="vi") as client:
        body = refused(client.get(path, params=asked), status)
    assert body["title"] == title
    assert sentence in body["detail"]
    assert "^" not in body["detail"]


def test_a_body_too_large_is_refused_in_the_language_asked(server):
    with server.client(language="vi") as client:
        body = refused(client.post("/pings", content=b" " * 2_000_001), 413)
    assert (body["title"], body["detail"]) == ("Quá lớn", "Một yêu cầu được mang nhiều nhất 2 MB.")


def test_a_planner_reads_the_coverage_while_crews_are_in_sight(server, stood):
    stood(C1="A", C2="T")
    with server.client("planner") as planner:
        assert ok(planner.get("/coverage/cells", params={"cells": False}))["units_counted"] > 0
