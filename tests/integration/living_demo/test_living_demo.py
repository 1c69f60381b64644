"""The simulated city on the real service: the same process, the same HTTP, only faster than life."""

import asyncio
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest

from simulations.living_demo import watch
from simulations.living_demo.chance import Chance
from simulations.living_demo.client import Client
from simulations.living_demo.clock import Clock
from simulations.living_demo.habits import Habits
from simulations.living_demo.life import Life
from simulations.living_demo.run_of_duty import COURSE
from tests.server import Server, letter_town_ground, ok, running_server
from tests.small_city import where

SPEED = 60.0
BUSY = replace(
    Habits(), call_every_s=40.0, usual_fleet=1, emergencies=0.6, for_people=0.0, for_people_p1=0.0,
    queued=0.0, first_responder=0.5,
)  # fmt: skip
FAULT = re.compile(r"\S+: \w+(Error|Exception): ")
"""How the demo tells of a fault of its own."""
NO_CALLS = replace(BUSY, call_every_s=1e9, opening_calls=0)


@pytest.fixture(scope="module")
def one_server(tmp_path_factory) -> Iterator[Server]:
    with running_server(letter_town_ground(), tmp_path_factory.mktemp("living") / "data") as running:
        yield running


@pytest.fixture
def server(one_server) -> Server:
    """The same for all tests of this file, running: a start takes seconds."""
    if one_server.process is None or one_server.process.poll() is not None:
        one_server.start()
    return one_server


@contextmanager
def a_living_city(server: Server, habits: Habits, speed: float = SPEED) -> Iterator[list[str]]:
    """The demo in a thread of its own; what it says is collected."""
    said: list[str] = []
    stop = threading.Event()
    client = Client(server.url, "demo", per_second=200.0)
    life = Life(client, Clock(speed), Chance(9), habits, said.append)
    thread = threading.Thread(target=lambda: asyncio.run(life.live(stop)))
    thread.start()
    try:
        yield said
    finally:
        stop.set()
        thread.join(30)
    assert not thread.is_alive()
    assert not [line for line in said if FAULT.match(line)], said


def until(true: Callable[[], Any], within_s: float = 150.0) -> Any:
    """What becomes true, waited for."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.2)
    raise AssertionError(f"not within {within_s:.0f} s")


def test_calls_become_incidents_that_are_served_and_closed(server):
    dispatcher = server.client()

    def closed() -> list[dict[str, Any]]:
        return [row for row in ok(dispatcher.get("/incidents")) if row["status"] == "closed"]

    with a_living_city(server, BUSY) as said:
        until(lambda: len(closed()) >= 3)
        calls = until(lambda: [row for row in ok(dispatcher.get("/calls")) if row["status"] == "closed"])
    assert calls[0]["closed_reason"]
    runs = ok(dispatcher.get("/runs"))
    for run in runs:
        told = sorted(run["milestones"], key=COURSE.index)
        times = [datetime.fromisoformat(run["milestones"][milestone]) for milestone in told]
        assert all(one <= other for one, other in pairwise(times)), run
    assert any("handed_over" in run["milestones"] for run in runs)
    units = ok(dispatcher.get("/units"))
    assert all(unit["duty"] == "on_duty" for unit in units)
    assert not any(unit["position"]["stale"] for unit in units)
    assert all(
        count["reported_at"] for row in ok(dispatcher.get("/hospitals")) for count in row["beds"].values()
    )
    assert "Traceback" not in server.said()
    assert not [line for line in said if "impossible" in line]


def test_a_unit_that_a_person_sends_is_driven_by_its_crew(server):
    """Without a hospital: the crew finds one."""
    dispatcher = server.client()
    with a_living_city(server, NO_CALLS):
        until(lambda: all(unit["position"] for unit in ok(dispatcher.get("/units"))))
        incident = an_incident_of_a_person(dispatcher)
        run_id = str(uuid4())
        ok(dispatcher.post(f"/incidents/{incident}/runs", json={"run_id": run_id, "unit_id": "T1"}), 201)
        run = until(lambda: the_run(dispatcher, run_id, "clear"))
    assert "on_scene" in run["milestones"]
    assert ("transporting" in run["milestones"]) == (run["hospital_id"] is not None)


def test_a_person_may_stand_a_unit_down_and_send_another(server):
    dispatcher = server.client()
    with a_living_city(server, NO_CALLS, speed=10.0):
        until(lambda: all(unit["position"] for unit in ok(dispatcher.get("/units"))))
        incident = an_incident_of_a_person(dispatcher)
        first, second = str(uuid4()), str(uuid4())
        ok(dispatcher.post(f"/incidents/{incident}/runs", json={"run_id": first, "unit_id": "T1"}), 201)
        until(lambda: the_run(dispatcher, first, "accepted", "en_route"))
        ok(dispatcher.post(f"/runs/{first}/milestones", json={"milestone": "stood_down"}))
        ok(dispatcher.post(f"/incidents/{incident}/runs", json={"run_id": second, "unit_id": "T2"}), 201)
        until(lambda: the_run(dispatcher, second, "on_scene", "patient_contact"))
        runs = [row for row in ok(dispatcher.get("/runs")) if row["incident_id"] == incident]
    assert {run["callsign"] for run in runs} == {"T1", "T2"}


def test_beds_that_people_report_are_left_to_them(server):
    """Intensive care, for nobody is taken there by the runs of the other tests."""
    hospital = server.client("hospital")
    with a_living_city(server, NO_CALLS, speed=100.0):
        until(lambda: beds_of(hospital, "bac")["AdultICU"]["reported_at"])
        ok(hospital.put("/hospitals/bac/beds", json={"beds": {"AdultICU": {"staffed": 9, "occupied": 1}}}))
        time.sleep(6)  # ten city minutes: everybody else reports
        told = beds_of(hospital, "bac")["AdultICU"]
    assert (told["staffed"], told["occupied"], told["reported_by"]) == (9, 1, "hospital")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_it_lives_through_a_restart_of_the_server(server, monkeypatch):
    monkeypatch.setattr(watch, "SERVER_GONE_S", 200.0)  # a start may be slow on a busy machine
    dispatcher = server.client()
    with a_living_city(server, NO_CALLS, speed=20.0):
        until(lambda: all(unit["position"] for unit in ok(dispatcher.get("/units"))))
        incident = an_incident_of_a_person(dispatcher)
        run_id = str(uuid4())
        ok(dispatcher.post(f"/incidents/{incident}/runs", json={"run_id": run_id, "unit_id": "T1"}), 201)
        until(lambda: the_run(dispatcher, run_id, "accepted", "en_route"))
        server.kill()
        time.sleep(2)
        server.start()
        run = until(lambda: the_run(dispatcher, run_id, "patient_contact", "transporting", "clear"))
    assert sorted(run["milestones"], key=run["milestones"].__getitem__) == list(
        COURSE[: len(run["milestones"])]
    )


@pytest.mark.slow
def test_it_ends_by_itself_when_the_server_stays_away(server, monkeypatch):
    monkeypatch.setattr(watch, "SERVER_GONE_S", 2.0)
    with a_living_city(server, NO_CALLS) as said:
        until(lambda: any("16 units" in line for line in said))
        server.stop()
        until(lambda: any("no answer" in line for line in said), within_s=8.0)


def an_incident_of_a_person(dispatcher) -> str:
    call, incident = str(uuid4()), str(uuid4())
    place = {"lat": where("T").lat, "lon": where("T").lon}
    ok(
        dispatcher.post("/calls", json={"id": call, "phone": "0283", "complaint": "té", "position": place}),
        201,
    )
    body = {"id": incident, "call_id": call, "position": place, "priority": "P2"}
    ok(dispatcher.post("/incidents", json=body), 201)
    return incident


def the_run(dispatcher, run_id: str, *statuses: str) -> dict[str, Any] | None:
    rows = ok(dispatcher.get("/runs"))
    return next((row for row in rows if row["id"] == run_id and row["status"] in statuses), None)


def beds_of(client, hospital_id: str) -> dict[str, Any]:
    return next(row["beds"] for row in ok(client.get("/hospitals")) if row["id"] == hospital_id)
