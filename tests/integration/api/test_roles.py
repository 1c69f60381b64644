"""Who may do and see what: each role its own field, and nobody without a token."""

import json

import pytest

from api import lens
from domain.values import Position
from tests.desk_work import a_call, a_run, now, point
from tests.feed_reader import listening
from tests.server import ok, refused
from tests.small_city import where

NOBODY = "00000000-0000-4000-8000-000000000000"
PHONE, NAME, WORDS = "0912 000 111", "Chị Hồng", "té cầu thang trong hẻm"

WRITES = [
    ("POST", "/calls", a_call()),
    ("PUT", f"/calls/{NOBODY}/triage", {"protocol": "general", "answers": {}}),
    ("POST", "/incidents", {"call_id": NOBODY, "position": point(where("T")), "priority": "P1"}),
    ("POST", f"/incidents/{NOBODY}/runs", a_run("C1")),
    ("POST", f"/incidents/{NOBODY}/close", {"reason": "x"}),
    ("POST", f"/runs/{NOBODY}/milestones", {"milestone": "accepted"}),
    ("POST", "/units/C1/duty", {"status": "on_duty"}),
    ("POST", "/pings", []),
    ("PUT", "/hospitals/bac/beds", {"beds": {"AdultICU": {"staffed": 1, "occupied": 0}}}),
    ("DELETE", "/hospitals/bac/diversion", None),
    ("POST", "/travel-times", {"origins": [[10.75, 106.65]], "destinations": [[10.75, 106.65]]}),
]
READS = [
    "/me",
    "/city",
    "/city/points",
    "/protocols",
    "/units",
    "/calls",
    "/incidents",
    "/hospitals",
    "/runs",
    "/snapshot",
    "/events",
]


@pytest.mark.parametrize("path", READS)
def test_nobody_reads_without_a_token(path, server):
    with server.client(None) as client:
        assert "sign in" in refused(client.get(path), 401)["detail"].lower()
        headers = {"Authorization": "Bearer made-up"}
        refused(client.get(path, headers=headers), 401)


@pytest.mark.parametrize(("method", "path", "body"), WRITES, ids=[f"{m} {p}" for m, p, _ in WRITES])
def test_nobody_writes_without_a_token(method, path, body, server, nothing_stored):
    with server.client(None, language="vi") as client:
        assert "đăng nhập" in refused(client.request(method, path, json=body), 401)["detail"].lower()


@pytest.mark.parametrize(
    ("account", "allowed"),
    [
        ("planner", {"/travel-times"}),
        ("hospital", {"/hospitals/bac/beds", "/hospitals/bac/diversion"}),
        ("clinician", {f"/calls/{NOBODY}/triage", f"/incidents/{NOBODY}/close"}),
        ("crew", {"/units/C1/duty", "/pings", f"/runs/{NOBODY}/milestones", "/travel-times"}),
    ],
)
def test_each_role_writes_in_its_own_field_alone(account, allowed, server, nothing_stored):
    with server.client(account) as client:
        for method, path, body in WRITES:
            if path not in allowed:
                refused(client.request(method, path, json=body), 403)


def test_a_hospital_counts_its_own_beds_and_no_others(server):
    beds = {"beds": {"EmergencyDepartment": {"staffed": 40, "occupied": 12}}}
    with server.client("hospital") as client:
        assert ok(client.get("/me"))["hospital_id"] == "bac"
        ok(client.put("/hospitals/bac/beds", json=beds))
        before = server.position()
        refused(client.put("/hospitals/nam/beds", json=beds), 403)
        diversion = {"reason": "full", "until": "2199-01-01T00:00:00Z"}
        refused(client.put("/hospitals/nam/diversion", json=diversion), 403)
        refused(client.delete("/hospitals/nam/diversion"), 403)
        refused(client.put("/hospitals/moon/beds", json=beds), 403)
    assert server.told_since(before) == []


def test_a_crew_speaks_for_its_own_unit_alone(desk, server):
    own = desk.send(desk.incident(), "C1")
    other = desk.send(desk.incident(), "C2")
    with server.client("crew") as client:
        moment = now().isoformat()
        ok(client.post(f"/runs/{own['run_id']}/milestones", json={"milestone": "accepted", "at": moment}))
        before = server.position()
        path = f"/runs/{other['run_id']}"
        refused(client.post(f"{path}/milestones", json={"milestone": "accepted", "at": moment}), 403)
        refused(client.put(f"{path}/destination", json={"hospital_id": "bac"}), 403)
        correction = {"milestone": "assigned", "at": moment, "reason": "x"}
        refused(client.post(f"{path}/corrections", json=correction), 403)
        refused(client.post("/units/C2/duty", json={"status": "off_duty"}), 403)
        pings = [{"callsign": each, "at": moment, **point(where("A"))} for each in ("C1", "C2")]
        refused(client.post("/pings", json=pings), 403)
        assert {row["callsign"] for row in ok(client.get("/units"))} == {"C1"}
        assert {row["callsign"] for row in ok(client.get("/runs"))} == {"C1"}
        assert all(row["inbound"] == [] for row in ok(client.get("/hospitals")))
        assert ok(client.get("/calls")) == []
        refused(client.get(f"/incidents/{other['incident_id']}"), 404)
    assert server.told_since(before) == []


@pytest.fixture
def private_emergency(desk):
    """An emergency of somebody who has a name and a telephone."""
    call = desk.call(phone=PHONE, caller_name=NAME, complaint=WORDS, address="12/3 hẻm Bà Tám")
    body = {"call_id": call["id"], "position": point(where("T")), "priority": "P2"}
    incident = ok(desk.client.post("/incidents", json=body), 201)
    run = desk.send(incident, "C3", hospital_id="bac", bed_kind="EmergencyDepartment")
    elsewhere = desk.send(desk.incident(), "C4", hospital_id="nam", bed_kind="EmergencyDepartment")
    return incident, run, elsewhere


def everything_seen(client):
    """All that an account can read of the live picture, as text."""
    pages = ["/units", "/calls", "/incidents", "/hospitals", "/runs", "/snapshot"]
    return json.dumps([ok(client.get(path)) for path in pages], ensure_ascii=False)


@pytest.mark.parametrize("account", ["hospital", "planner"])
def test_hospitals_and_planners_see_no_caller(account, server, private_emergency):
    incident, _, _ = private_emergency
    with server.client(account) as client:
        seen = everything_seen(client)
        for private in (PHONE, NAME, WORDS, "hẻm Bà Tám"):
            assert private not in seen
        refused(client.get(f"/incidents/{incident['id']}/timeline"), 403)
        refused(client.get(f"/incidents/{incident['id']}/recommendation"), 403)
        refused(client.get("/events"), 403)
        past = ok(client.get("/snapshot", params={"at": now().isoformat()}))
        assert past["calls"] == []
        assert PHONE not in json.dumps(past)


def test_a_hospital_sees_who_comes_to_it_and_nothing_of_other_hospitals(server, private_emergency):
    _, run, elsewhere = private_emergency
    with server.client("hospital") as client:
        assert [row["id"] for row in ok(client.get("/hospitals"))] == ["bac"]
        coming = [row["run_id"] for row in ok(client.get("/hospitals"))[0]["inbound"]]
        assert run["run_id"] in coming
        runs = {row["id"] for row in ok(client.get("/runs"))}
        assert run["run_id"] in runs
        assert elsewhere["run_id"] not in runs
        assert ok(client.get("/incidents")) == []
        assert ok(client.get("/units")) == []


def test_a_planner_sees_places_to_a_hundred_metres(server, private_emergency):
    incident, _, _ = private_emergency
    with server.client("planner") as client:
        row = next(row for row in ok(client.get("/incidents")) if row["id"] == incident["id"])
        assert row["complaint"] == ""
        assert row["address"] is None
        assert row["position"] == {"lat": round(where("T").lat, 3), "lon": round(where("T").lon, 3)}
        assert ok(client.get("/calls")) == []
        assert len(ok(client.get("/units"))) == 16


def test_a_planner_finds_no_scene_through_the_unit_that_stands_there(desk, server):
    exactly = Position(where("T").lat + 0.00034, where("T").lon + 0.00034)
    desk.stand({"C5": exactly, "C6": exactly})
    around = [
        (0.0001 * north, 0.0001 * east) for north, east in ((-1, -1), (-1, 1), (1, 1), (1, -1), (-1, -1))
    ]
    ring = [[exactly.lon + east, exactly.lat + north] for north, east in around]
    area = {"within": {"type": "MultiPolygon", "coordinates": [[ring]]}}
    with server.client("planner") as client:
        before = now().isoformat()
        desk.report(desk.send(desk.incident(), "C5"), "accepted", "en_route", "on_scene")
        after = now().isoformat()
        pages = [{"units": ok(client.get("/units"))}] + [
            ok(client.get("/snapshot", params=params)) for params in ({}, {"at": before}, {"at": after})
        ]
        told = [{row["callsign"]: row["position"] for row in page["units"]} for page in pages]
        assert [page["C5"] is None for page in told] == [True, True, False, True]
        rounded = lens.coarse(exactly)
        for place in (page["C6"] for page in told):
            assert (place["lat"], place["lon"]) == (rounded.lat, rounded.lon)
            assert place["street"] is None
            assert place["by_now"] is None
        assert ok(client.post("/near/units", json=area))["units"] == []
    assert {"C5", "C6"} <= set(ok(desk.client.post("/near/units", json=area))["units"])
    with listening(server.socket_url("planner")) as feed:
        feed.until(lambda frame: frame["type"] == "positions")
    heard = {place[0]: tuple(place[1:3]) for frame in feed.of("positions") for place in frame["positions"]}
    assert "C5" not in heard
    assert heard["C6"] == (rounded.lat, rounded.lon)


def test_a_session_that_was_ended_is_over(server):
    with server.client(None) as client:
        token = ok(client.post("/login", json={"username": "planner", "password": "demo"}))["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        assert ok(client.get("/me"))["role"] == "planner"
        ok(client.post("/logout"), 204)
        refused(client.get("/me"), 401)


def test_a_wrong_password_is_a_sentence_in_both_languages(server):
    body = {"username": "dispatcher", "password": "guess"}
    told = set()
    for language in ("vi", "en"):
        with server.client(None, language=language) as client:
            told.add(refused(client.post("/login", json=body), 401)["detail"])
    assert len(told) == 2
