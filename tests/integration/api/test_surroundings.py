"""Health, figures, documents, the base map, the past: what stands around the orders."""

import re
from datetime import timedelta

import httpx
import pytest

from tests.desk_work import now
from tests.server import ok, refused
from tests.small_city import where


@pytest.fixture(scope="module")
def outside(server):
    """Paths that do not stand under /api/v1; nobody signed in."""
    with httpx.Client(base_url=server.url, trust_env=False, timeout=20) as client:
        yield client


def test_it_says_that_it_is_alive_and_ready(outside, server):
    assert ok(outside.get("/healthz"))["status"] == "alive"
    ready = ok(outside.get("/readyz"))
    assert ready["status"] == "ready"
    assert ready["fault"] is None
    assert ready["map_version"].startswith("letters-")


def test_it_counts_what_it_does(outside, desk):
    desk.incident()
    answer = outside.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    figures = dict(re.findall(r"^(\S+) ([0-9.e+]+)$", answer.text, re.MULTILINE))
    assert float(figures['vigil_order_seconds_count{order="OpenIncident",outcome="done"}']) >= 1
    assert float(figures["vigil_log_position"]) > 0
    assert float(figures["vigil_view_lag_events"]) == 0


def test_the_documents_are_served(outside):
    assert "text/html" in outside.get("/docs").headers["content-type"]
    assert ok(outside.get("/openapi.json"))["info"]["title"] == "Vigil"


def test_the_base_map_is_served_by_range(outside, desk):
    path = ok(desk.client.get("/city"))["map"]["basemap_url"]
    whole = outside.get(path)
    assert whole.status_code == 200
    assert whole.content[:7] == b"PMTiles"
    part = outside.get(path, headers={"Range": "bytes=0-126"})
    assert part.status_code == 206
    assert part.headers["content-range"] == f"bytes 0-126/{len(whole.content)}"
    assert part.content == whole.content[:127]
    beyond = outside.get(path, headers={"Range": f"bytes={len(whole.content) + 5}-"})
    assert beyond.status_code == 416
    missing = outside.get("/basemap/nowhere.pmtiles")
    assert refused(missing, 404)["detail"] == "There is no base map nowhere."
    assert missing.headers["content-type"].startswith("application/problem+json")


def test_before_the_first_fact_the_picture_is_empty(desk):
    past = ok(desk.client.get("/snapshot", params={"at": "2001-01-01T00:00:00+07:00"}))
    assert past["seq"] == 0
    for view in ("units", "incidents", "hospitals", "calls", "runs"):
        assert past[view] == []


def test_the_future_looks_as_it_does_now(desk, server):
    desk.ping("C1", where("T"))
    ahead = (now() + timedelta(days=300)).isoformat()
    picture = ok(desk.client.get("/snapshot", params={"at": ahead}))
    assert picture["seq"] == server.position()
    assert len(picture["units"]) == 16
    assert next(unit for unit in picture["units"] if unit["callsign"] == "C1")["position"]["stale"] is False


def test_a_moment_ago_shows_what_was_known_then(desk):
    incident = desk.incident()
    then = now().isoformat()
    desk.send(incident, "C1")
    past = ok(desk.client.get("/snapshot", params={"at": then}))
    row = next(row for row in past["incidents"] if row["id"] == incident["id"])
    assert (row["status"], row["runs"]) == ("waiting", [])
    # It stands at the last fact that a view knows of; the order's receipt comes behind it.
    assert row["seq"] <= past["seq"] <= incident["seq"]
    assert desk.row("incidents", incident["id"])["status"] == "assigned"


@pytest.mark.parametrize(
    "at", ["2026-01-01T10:00:00", "yesterday", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", ""]
)
def test_a_moment_that_is_none_is_refused_or_answered_never_a_fault(at, server):
    for language, lead in (("en", "Not understood"), ("vi", "Không hiểu")):
        with server.client(language=language) as client:
            answer = client.get("/snapshot", params={"at": at})
        if at.startswith(("9999", "0001")):
            ok(answer)  # before all history, after all history: far away, but a moment
        else:
            assert refused(answer, 422)["detail"].startswith(lead)


@pytest.mark.parametrize(
    "query",
    [
        {"from": "10.75,106.65", "to": "north"},
        {"from": "0,0", "to": "10.75,106.65"},
        {"from": "999,10", "to": "10.75,106.65"},
        {"from": "10.75,106.65", "to": "10.749,106.652", "profile": "boat"},
        {"to": "10.749,106.652"},
    ],
)
def test_a_way_between_no_places_is_refused(query, shared_client):
    refused(shared_client.get("/route", params=query), 422)


def test_road_times_can_be_checked_by_eye(shared_client):
    """From A to H are seven streets of 100 m, 10 s each for a van that keeps the limits."""
    here, there = [10.75, 106.65], [10.75, 106.65 + 700 / 109_377.9]
    body = {"profile": "van_normal", "origins": [here], "destinations": [there], "traffic": "free_flow"}
    table = ok(shared_client.post("/travel-times", json=body))
    assert table["distances_m"][0][0] == pytest.approx(700, abs=2)
    assert table["durations_s"][0][0] == pytest.approx(70, abs=3)
    for bad in ([["a", 1]], [[1]], [], [[10.75, "NaN"]], [[True, 106.65]], [[0, 0]]):
        refused(shared_client.post("/travel-times", json={**body, "origins": bad}), 422)


def operations(outside):
    described = ok(outside.get("/openapi.json"))
    for path, methods in described["paths"].items():
        for method, facts in methods.items():
            yield f"{method.upper()} {path}", facts


def test_every_route_describes_its_answers_and_its_refusals(outside):
    for name, facts in operations(outside):
        assert facts.get("summary"), name
        good = [status for status in facts["responses"] if status.startswith("2")]
        assert good, name
        if "/api/v1/" not in name:
            continue
        for status in facts["responses"]:
            if not status.startswith("2"):
                content = facts["responses"][status].get("content", {})
                assert list(content) == ["application/problem+json"], f"{name} {status}"
        if not name.endswith("/logout"):
            assert "401" in facts["responses"], name
        if "requestBody" in facts:
            assert {"413", "422"} <= set(facts["responses"]), name
        if "{" in name:
            assert "404" in facts["responses"], name


def test_operation_ids_are_unique(outside):
    ids = [facts["operationId"] for _, facts in operations(outside)]
    assert len(ids) == len(set(ids))


def test_nobody_else_on_the_machine_reads_what_is_kept(server):
    kept = [path for path in server.data.iterdir() if path.suffix == ".sqlite"]
    assert {path.name for path in kept} >= {
        "events.sqlite",
        "views.sqlite",
        "telemetry.sqlite",
        "accounts.sqlite",
    }
    assert [path.name for path in kept if path.stat().st_mode & 0o077] == []
