import asyncio
import json
from dataclasses import replace
from itertools import pairwise

import httpx
import pytest

from simulations.living_demo.chance import Chance
from simulations.living_demo.crew import Crew
from simulations.living_demo.driver import Place, metres, moved
from simulations.living_demo.habits import Habits
from simulations.living_demo.notebook import Notebook
from simulations.living_demo.picture import Picture, place_of
from simulations.living_demo.run_of_duty import RunOfDuty
from tests.unit.living_demo.demo_parts import (
    HandClock,
    Line,
    a_run,
    a_unit,
    an_incident,
    in_incident,
    problem,
)

STATION = Place(10.0, 106.0)
SCENE = place_of(an_incident())
WEST = Place(10.0, 105.99)
STEADY = replace(Habits(), declined=0.0, cancelled=0.0, stays=0.0, redirected=0.0)


class Shift:
    """One crew on one run; what it reports goes into the picture, as the server would."""

    def __init__(self, run=None, kind="van", habits=STEADY, speed=1.0):
        self.picture, self.clock, self.said = Picture(), HandClock(speed), []
        self.line = Line({("GET", "/route"): self.route, "POST": self.heard, "PUT": self.heard})
        unit = a_unit(kind=kind, status="DP" if run else "AV", run_id=run["id"] if run else None)
        self.picture.change({"units": [unit], "incidents": [an_incident()], "runs": [run] if run else []})
        self.crew = Crew(unit, STATION, None, self.line.client(), self.clock, self.picture, Chance(1), habits)
        self.notebook = Notebook()
        self.duty = RunOfDuty(self.crew, {"west": WEST}, self.notebook, self.said.append)
        self.told, self.places, self.seq = [], [], 1

    def route(self, request):
        start, goal = (
            [float(number) for number in request.url.params[end].split(",")] for end in ("from", "to")
        )
        return httpx.Response(200, json={"geometry": [start, goal], "duration_s": 100.0, "steps": []})

    def heard(self, request):
        body = json.loads(request.content)
        if "milestone" in body:
            self.told.append(body["milestone"])
            self.places.append(Place(**body["position"]))
            self.moves_on(body["milestone"])
        return httpx.Response(200, json={})

    def moves_on(self, milestone, **changes):
        self.seq += 1
        run = {**self.picture.runs["r1"], "status": milestone, "seq": self.seq, **changes}
        over = milestone in ("clear", "declined", "stood_down")
        unit = {**self.picture.units["C1"], "run_id": None if over else "r1", "seq": self.seq}
        self.picture.change({"runs": [run], "units": [unit]})

    def works(self, times=1):
        async def work():
            for _ in range(times):
                await self.duty.work()

        asyncio.run(work())
        return self.told


def test_a_crew_tells_every_milestone_from_where_it_happened():
    shift = Shift(a_run())
    assert shift.works() == [
        "accepted", "en_route", "on_scene", "patient_contact",
        "transporting", "at_hospital", "handed_over", "clear",
    ]  # fmt: skip
    assert metres(shift.places[0], STATION) < 1
    assert metres(shift.places[2], SCENE) < 1
    assert metres(shift.places[5], WEST) < 1


def test_afterwards_it_drives_home_without_blue_light():
    shift = Shift(a_run())
    shift.works(2)
    assert metres(shift.crew.place(), STATION) < 1
    assert shift.line.asked[-1][1] == "/route"


def test_at_home_it_stays_although_the_station_lies_off_the_street():
    shift = Shift(a_run())
    gate = moved(STATION, 80, 0)

    def route(request):
        start = [float(number) for number in request.url.params["from"].split(",")]
        return httpx.Response(
            200, json={"geometry": [start, [gate.lat, gate.lon]], "duration_s": 60.0, "steps": []}
        )

    shift.works(1)
    shift.line.answers["GET", "/route"] = route
    shift.works(1)
    asked = len(shift.line.asked)
    shift.works(20)
    assert len(shift.line.asked) == asked


def test_it_takes_up_a_run_where_it_stands():
    assert Shift(a_run(status="at_hospital")).works() == ["handed_over", "clear"]


def test_stood_down_on_the_way_it_stops_and_tells_nothing_more():
    shift = Shift(a_run(status="en_route"))
    passed = shift.clock.sleep

    async def sleep(city_s):
        await passed(city_s)
        if shift.clock.city_s() > 50 and "r1" in shift.picture.runs:
            shift.moves_on("stood_down")

    shift.clock.sleep = sleep
    assert shift.works() == []
    assert 0 < metres(shift.crew.place(), STATION) < metres(SCENE, STATION)


def test_sent_to_another_hospital_on_the_way_it_turns():
    east = Place(10.0, 106.03)
    shift = Shift(a_run(status="transporting"))
    shift.duty._hospitals["east"] = east
    passed = shift.clock.sleep

    async def sleep(city_s):
        await passed(city_s)
        if 30 < shift.clock.city_s() < 40:
            shift.moves_on("transporting", hospital_id="east")

    shift.clock.sleep = sleep
    assert shift.works()[0] == "at_hospital"
    assert metres(shift.places[0], east) < 1


def test_a_milestone_somebody_else_told_is_not_told_again():
    shift = Shift(a_run())
    answers = [problem(409, "IllegalMilestone", "already accepted")]

    def heard(request):
        if answers:
            shift.moves_on("accepted")
            return answers.pop()
        return shift.heard(request)

    shift.line.answers["POST"] = heard
    assert shift.works()[0] == "en_route"
    assert any("already accepted" in line for line in shift.said)


def test_a_run_without_a_hospital_gets_one_before_the_transport():
    shift = Shift(a_run(status="patient_contact", hospital_id=None))
    advice = {"hospitals": [{"hospital_id": "west", "bed_kind": "EmergencyDepartment"}]}
    shift.line.answers["GET", "/incidents/i1/recommendation"] = httpx.Response(200, json=advice)
    shift.works()
    (path, body), *_ = shift.line.orders("PUT")
    assert path == "/runs/r1/destination"
    assert body["hospital_id"] == "west"


def test_some_crews_decline_with_a_reason():
    shift = Shift(a_run(), habits=replace(STEADY, declined=1.0))
    assert shift.works() == ["declined"]
    assert shift.line.orders("POST")[0][1]["reason"]


def test_a_caller_who_rings_off_ends_the_run_and_is_noted():
    shift = Shift(a_run(status="en_route"), habits=replace(STEADY, cancelled=1.0))
    shift.picture.change({"incidents": [an_incident(priority="P3", seq=2)]})
    assert shift.works() == ["stood_down"]
    assert "i1" in shift.notebook.cancelled


def test_a_motorbike_stays_until_the_van_is_with_the_patient_and_carries_nobody():
    shift = Shift(a_run(status="patient_contact", hospital_id=None), kind="motorbike")
    van = a_run("r2", callsign="C2", status="en_route")
    shift.picture.change({"incidents": [an_incident(runs=[in_incident(van)], seq=2)]})
    passed = shift.clock.sleep

    async def sleep(city_s):
        await passed(city_s)
        if shift.clock.city_s() > 120:
            there = in_incident({**van, "status": "patient_contact"})
            shift.picture.change({"incidents": [an_incident(runs=[there], seq=3)]})

    shift.clock.sleep = sleep
    assert shift.works() == ["clear"]
    assert 120 < shift.clock.city_s() < 400


def test_where_no_road_leads_the_crew_arrives_all_the_same():
    shift = Shift(a_run(status="en_route"))
    shift.line.answers["GET", "/route"] = problem(404, "HTTP", "no way")
    assert shift.works()[0] == "on_scene"


@pytest.mark.parametrize("speed", [1.0, 5.0, 20.0])
def test_pings_come_each_second_on_the_move_and_seldom_while_standing(speed):
    shift = Shift(speed=speed)
    pings = []

    async def a_minute():
        for _ in range(60):
            if ping := shift.crew.due_ping():
                pings.append(ping)
            await shift.clock.sleep(speed)

    asyncio.run(a_minute())
    assert 4 <= len(pings) <= 6
    assert all(metres(Place(ping["lat"], ping["lon"]), STATION) < 20 for ping in pings)


def test_who_is_off_duty_is_silent():
    shift = Shift()
    shift.picture.change({"units": [a_unit(duty="off_duty", seq=2)]})
    assert shift.crew.due_ping() is None


@pytest.mark.parametrize("speed", [1.0, 5.0, 20.0])
def test_a_fix_of_a_faster_city_says_how_blurred_it_is(speed):
    """No two fixes lie further apart than 70 m/s and what both accuracies excuse."""
    shift = Shift(speed=speed)
    pings = []

    async def drive():
        driving = asyncio.ensure_future(shift.crew.drive_to(moved(STATION, 0, 2000), "van", lambda: True))
        while not driving.done():
            if (ping := shift.crew.due_ping()) and shift.crew._drive:
                pings.append((shift.clock.real_s(), ping))
            await asyncio.sleep(0)
        await driving

    asyncio.run(drive())
    assert len(pings) > 3
    for (t1, one), (t2, two) in pairwise(pings):
        way = metres(Place(one["lat"], one["lon"]), Place(two["lat"], two["lon"]))
        assert way - one["accuracy_m"] - two["accuracy_m"] <= 70 * (t2 - t1) + 1
