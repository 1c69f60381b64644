"""The road engine breaks inside a running centre: dispatching goes on by straight line, and says so.
And where there is no way at all, that is said as such."""

import sys

import httpx
import pytest

from tests import server as servers
from tests.desk_work import DeskWork
from tests.roads_that_fail import SWITCH
from tests.server import ROOT, ok, refused, running_server
from tests.small_city import where

A, T = where("A"), where("T")
pytestmark = pytest.mark.timeout(300)  # each test starts a service of its own
WAY = {"from": f"{A.lat},{A.lon}", "to": f"{T.lat},{T.lon}"}
TABLE = {"origins": [[A.lat, A.lon]], "destinations": [[T.lat, T.lon]]}


@pytest.fixture
def fragile(tmp_path, monkeypatch):
    """A server whose roads fail while the switch lies there; the server, the desk, and the switch."""
    switch = tmp_path / "roads-fail"
    monkeypatch.setenv(SWITCH, str(switch))
    ground = servers.letter_town_ground()
    monkeypatch.setattr(servers, "VIGIL", [sys.executable, str(ROOT / "tests" / "roads_that_fail.py")])
    with running_server(ground, tmp_path / "data") as server, server.client() as client:
        desk = DeskWork(client)
        desk.everybody_on_duty()
        desk.ping("C1", A)
        desk.ping("C2", T)
        yield server, desk, switch


def advice(desk, incident):
    return ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))


def shut(begin, end):
    """A closure of one street of the town."""
    a, b = where(begin), where(end)
    middle = [(a.lat + b.lat) / 2, (a.lon + b.lon) / 2]
    return {"stretch": {"points": [middle], "width_m": 10}, "reason": "cây đổ"}


def methods(told):
    return {unit["method"] for unit in told["units"]} | {place["method"] for place in told["hospitals"]}


def metric(server, question):
    text = httpx.get(f"{server.url}/metrics", timeout=10, trust_env=False).text
    lines = [line for line in text.splitlines() if line.startswith("vigil_straight_line_total{")]
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if f'question="{question}"' in line)


def test_a_broken_engine_does_not_stop_the_desk(fragile):
    server, desk, switch = fragile
    incident = desk.incident(T)
    before = advice(desk, incident)
    assert methods(before) == {"road"}
    switch.touch()
    for _ in range(20):
        during = advice(desk, incident)
    assert methods(during) == {"straight_line"}
    assert [unit["callsign"] for unit in during["units"]] == ["C2", "C1"]
    assert "straight line estimate" in during["units"][1]["reasons"][0]["en"]
    assert "đường chim bay" in during["units"][1]["reasons"][0]["vi"]
    assert during["map_version"] == before["map_version"]
    assert ok(desk.client.get("/route", params=WAY))["method"] == "straight_line"
    assert ok(desk.client.post("/travel-times", json=TABLE))["methods"] == ["straight_line"]
    around = ok(desk.client.get("/isochrone", params={"from": WAY["from"], "minutes": "5"}))
    assert (around["method"], around["demand"]) == ("straight_line", "unknown")
    assert around["features"][0]["properties"]["street_km"] is None
    covered = ok(desk.client.get("/coverage", params={"minutes": "5"}))
    assert (covered["method"], covered["demand_share"]) == ("straight_line", None)
    assert covered["area_km2"] > 0
    run = desk.send(incident, "C2", decision_id=during["decision_id"])
    assert run["run_id"]
    for question in ("to_scene", "from_scene", "route", "table", "reach"):
        assert metric(server, question) >= 1, question
    said = [line for line in server.said().splitlines() if "Road times are not available" in line]
    assert len([line for line in said if "to_scene" in line]) == 1, "twenty failures are said once"
    assert len(said) <= 6
    switch.unlink()
    after = advice(desk, desk.incident(T))
    assert methods(after) == {"road"}
    assert ok(desk.client.get("/route", params=WAY))["method"] == "road"
    assert "Road times are available again (to_scene)" in server.said()


def test_a_unit_that_no_road_connects_is_named_with_that_reason(fragile):
    _, desk, _ = fragile
    incident = desk.incident(T)
    assert [unit["callsign"] for unit in advice(desk, incident)["units"]] == ["C2", "C1"]
    ok(desk.client.put("/traffic", json={"closures": [shut(*street) for street in ("BC", "BJ", "IJ", "IQ")]}))
    told = advice(desk, incident)
    assert [unit["callsign"] for unit in told["units"]] == ["C2"]
    (cut_off,) = [unit for unit in told["rejected"] if unit["callsign"] == "C1"]
    assert cut_off["code"] == "no_way"
    assert cut_off["reason"] == "no way to the scene by road"
    assert cut_off["reason_vi"] == "không có đường tới hiện trường"
    assert "no way by road" in refused(desk.client.get("/route", params=WAY), 404)["detail"]
    assert ok(desk.client.post("/travel-times", json=TABLE))["durations_s"] == [[None]]
    ok(desk.client.put("/traffic", json={}))
    assert [unit["callsign"] for unit in advice(desk, incident)["units"]] == ["C2", "C1"]
