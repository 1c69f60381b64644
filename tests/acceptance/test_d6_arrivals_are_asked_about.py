"""D6: Geofence prompts (arrived/cleared) with confirm: prompt within 15 s of arrival."""

from datetime import datetime, timedelta

import pytest

from tests.desk_work import now, point
from tests.server import ok, refused
from tests.small_city import where
from tests.waiting import wait_for

EACH_S = 5
"""How often a tracker tells its place."""
CREWS = iter(("C2", "C3", "C4", "C5"))
"""One a test: positions are told a little ahead of the clock, and what comes before those is late."""


def stand(desk, callsign, corner, begin, lasts_s):
    """A position each five seconds at a corner; when the last of them was."""
    moments = [begin + timedelta(seconds=ahead) for ahead in range(0, lasts_s + 1, EACH_S)]
    pings = [
        {"callsign": callsign, "at": at.isoformat(), "accuracy_m": 5.0, **point(where(corner))}
        for at in moments
    ]
    ok(desk.client.post("/pings", json=pings), 202)
    return moments[-1]


def prompt(desk, run):
    return desk.row("runs", run["run_id"])["prompt"]


@pytest.fixture
def driving(desk):
    """A crew on its way to T, sent a moment ago."""
    return on_its_way(desk, next(CREWS))


def on_its_way(desk, callsign):
    run = desk.send(desk.incident(where("T")), callsign, hospital_id="dong")
    desk.report(run, "accepted", "en_route")
    return run


def test_fifteen_seconds_after_the_arrival_the_desk_is_asked_and_confirms_its_time(desk, driving):
    came = now()
    last = stand(desk, driving["callsign"], "T", came, 15)
    assert (last - came).total_seconds() == 15
    asked = wait_for(lambda: prompt(desk, driving))
    assert (asked["move"], asked["milestone"]) == ("arrived_scene", "on_scene")
    assert datetime.fromisoformat(asked["at"]) == came, "the time of the arrival"
    assert driving["run_id"] in [row["run_id"] for row in ok(desk.client.get("/prompts"))]
    assert "on_scene" not in desk.row("runs", driving["run_id"])["milestones"], "never by itself"

    ok(desk.client.post(f"/runs/{driving['run_id']}/prompt/confirm", json={}))
    row = desk.row("runs", driving["run_id"])
    assert datetime.fromisoformat(row["milestones"]["on_scene"]) >= came, "not of the click"
    assert datetime.fromisoformat(row["milestones"]["on_scene"]) - came < timedelta(seconds=1)
    assert row["prompt"] is None
    assert driving["run_id"] not in [row["run_id"] for row in ok(desk.client.get("/prompts"))]
    again = desk.client.post(f"/runs/{driving['run_id']}/prompt/confirm", json={})
    assert refused(again, 409)["type"] == "urn:vigil:NothingToPrompt"


def test_what_is_dismissed_is_not_asked_again(desk, driving):
    last = stand(desk, driving["callsign"], "T", now(), 15)
    wait_for(lambda: prompt(desk, driving))
    ok(desk.client.post(f"/runs/{driving['run_id']}/prompt/dismiss", json={"reason": "đèn đỏ"}))
    assert prompt(desk, driving) is None
    stand(desk, driving["callsign"], "T", last + timedelta(seconds=EACH_S), 10)
    row = desk.row("runs", driving["run_id"])
    assert (row["status"], row["prompt"]) == ("en_route", None)


def test_who_reports_what_is_asked_has_answered(desk, driving):
    stand(desk, driving["callsign"], "T", now(), 15)
    wait_for(lambda: prompt(desk, driving))
    desk.report(driving, "on_scene")
    assert prompt(desk, driving) is None


def test_leaving_the_scene_is_asked_about_too(desk, driving):
    came = now()
    stand(desk, driving["callsign"], "T", came, 10)
    wait_for(lambda: prompt(desk, driving))
    ok(desk.client.post(f"/runs/{driving['run_id']}/prompt/confirm", json={}))
    stand(desk, driving["callsign"], "S", came + timedelta(seconds=14), 0)
    stand(desk, driving["callsign"], "R", came + timedelta(seconds=18), 10)
    asked = wait_for(lambda: prompt(desk, driving))
    assert (asked["move"], asked["milestone"]) == ("left_scene", "transporting")
    ok(desk.client.post(f"/runs/{driving['run_id']}/prompt/confirm", json={}))
    assert desk.row("runs", driving["run_id"])["status"] == "transporting"


def test_a_crew_confirms_its_own_arrival_and_no_other(server, desk):
    driving = on_its_way(desk, "C1")
    stand(desk, "C1", "T", now(), 15)
    wait_for(lambda: prompt(desk, driving))
    other = desk.send(desk.incident(where("D")), "C8")
    with server.client("crew") as crew:
        refused(crew.post(f"/runs/{other['run_id']}/prompt/confirm", json={}), 403)
        ok(crew.post(f"/runs/{driving['run_id']}/prompt/confirm", json={}))
    assert desk.row("runs", driving["run_id"])["status"] == "on_scene"
