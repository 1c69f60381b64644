"""A morning that anybody can reckon with pencil and paper, to the second.

Letter town: under blue light 100 m take a van 8 1/3 s, told to a tenth; on the way home 10 s. Crews are
rolling 60 s after the order. C1 stands at A, C2 at H, and there is nobody else.

    A-B-C-D-E-F-G-H     hospital at D
    I-J-K-L-M-N-O-P     and four more streets

1  P1 at C, 2 steps from C1. Opened at 60, rolling at 120, there at 136.7, left at 736.7, 1 step to the
   hospital: 745, 900 s until handover and 300 s until clear: 1945.
2  P2 at J, 7 steps from C2. Opened at 90, rolling at 150, there at 208.3, and done at 808.3: nobody is
   taken along.
3  P3 at A, opened at 560 when nobody is free. C2 is at 808.3, 2 steps away: rolling at 868.3, there at
   885, done at 1185. On its way home: 7 steps of 10 s.
4  P2 at H, opened at 1220. C2 has been driving for 35 s; after 30 s it reported from 3 steps on: 4 are
   left. Rolling at 1280, there at 1313.3, done at 1413.3.
5  P4 at B, rang at 1300, opened at 1360, and
6  P1 at G, rang at 1310, opened at 1370: both wait. At 1413.3 C2 takes the more urgent one, 1 step away:
   rolling at 1473.3, there at 1481.6, left at 1581.6, 3 steps to the hospital: 1606.6, and clear after
   100 s and 50 s: 1756.6. Then it takes 5, from D 2 steps: rolling at 1816.6, there at 1833.3, done at
   1933.3.
"""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from dispatch.application import memory_log, sqlite_log
from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from domain.run import Run
from domain.values import Position
from simulations.day import CallOfDay, Day
from simulations.ground.build import build_ground
from tests.integration.simulations.night import Night, roads_in
from tests.small_city import where, write_small_city

MORNING = datetime(2026, 3, 3, 7, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
CALLS = (  # rang, at, priority, scene_s, transported, handover_s, clear_s
    (0, "C", "P1", 600, True, 900, 300),
    (30, "J", "P2", 600, False, 0, 0),
    (500, "A", "P3", 300, False, 0, 0),
    (1160, "H", "P2", 100, False, 0, 0),
    (1300, "B", "P4", 100, False, 0, 0),
    (1310, "G", "P1", 100, True, 100, 50),
)
BY_HAND = (  # unit, sent, on scene, left, at hospital, clear
    ("C1", 60, 136.7, 736.7, 745, 1945),
    ("C2", 90, 208.3, 808.3, None, 808.3),
    ("C2", 808.3, 885, 1185, None, 1185),
    ("C2", 1220, 1313.3, 1413.3, None, 1413.3),
    ("C2", 1756.6, 1833.3, 1933.3, None, 1933.3),
    ("C2", 1413.3, 1481.6, 1581.6, 1606.6, 1756.6),
)
FIRST_RUN = (
    (60, "assigned"),
    (65, "accepted"),
    (120, "en_route"),
    (136.7, "on_scene"),
    (136.7, "patient_contact"),
    (736.7, "transporting"),
    (745, "at_hospital"),
    (1645, "handed_over"),
    (1945, "clear"),
)
FACTS_OF_A_CALL = {
    "Call.Received": 1,
    "Call.Joined": 1,
    "Incident.Opened": 1,
    "Incident.RunOpened": 1,
    "Incident.RunEnded": 1,
    "Run.Assigned": 1,
    "Unit.Assigned": 1,
    "Unit.Freed": 1,
    "Decision.Made": 1,
}


@pytest.fixture(scope="module")
def morning(tmp_path_factory) -> Night:
    folder = tmp_path_factory.mktemp("morning")
    write_small_city(folder)
    files = folder / "cities" / "letters"
    city = load_city(files)
    city = replace(city, units=tuple(unit for unit in city.units if unit.callsign in ("C1", "C2")))
    roads = roads_in(folder)
    calls = tuple(_call(*row) for row in CALLS)
    ground = build_ground(
        roads,
        list(dict.fromkeys(Position(call.lat, call.lon) for call in calls)),
        [hospital.position for hospital in city.hospitals],
        [station.position for station in city.stations],
        grid_m=10.0,  # every report from where the vehicle really is
    )
    day = Day("letters", MORNING, "by hand", calls)
    return Night(day, city, load_rules(files, city.targets), roads, ground)


def _call(
    rang: float,
    corner: str,
    priority: str,
    scene_s: float,
    transported: bool,
    handover_s: float,
    clear_s: float,
) -> CallOfDay:
    at = where(corner)
    return CallOfDay(
        float(rang),
        at.lat,
        at.lon,
        priority,
        1,
        60.0,
        float(scene_s),
        transported,
        float(handover_s),
        float(clear_s),
    )


def _runs(log) -> dict[int, dict[str, float]]:
    """By the number of its incident: which unit went, and when what was reported."""
    runs: dict[int, dict] = {}
    of_run = {}
    for _, fact in log.select(1, 10**6):
        moment = round((fact.act.at - MORNING).total_seconds(), 1)
        if isinstance(fact, Run.Assigned):
            of_run[fact.originator_id] = runs[fact.incident_number] = {
                "unit": fact.callsign,
                "assigned": moment,
            }
        elif isinstance(fact, Run.Progressed):
            of_run[fact.originator_id][str(fact.milestone)] = moment
    return runs


@pytest.mark.parametrize("live", [True, False], ids=["the live log", "the quick log"])
def test_the_full_path_reports_what_a_pencil_says(morning, live):
    runs = _runs(morning.full(log=memory_log() if live else None).log)
    for number, (unit, sent, on_scene, left, at_hospital, clear) in enumerate(BY_HAND, 1):
        run = runs[number]
        assert (run["unit"], run["assigned"], run["on_scene"]) == (unit, sent, on_scene), number
        assert run.get("transporting", left) == left, number
        assert (run.get("at_hospital"), run["clear"]) == (at_hospital, clear), number
    first = runs[1]
    assert [(first[name], name) for _, name in FIRST_RUN] == list(FIRST_RUN)


def test_the_lean_path_says_the_same(morning):
    served, units = morning.lean().served, ("C1", "C2")
    for number, (unit, *moments) in enumerate(BY_HAND):
        told = (served.sent_s, served.on_scene_s, served.left_s, served.at_hospital_s, served.clear_s)
        seconds = [round(float(column[number]), 1) for column in told]
        assert units[served.unit[number]] == unit
        assert [None if each == float("inf") else each for each in seconds] == moments, number


def test_every_call_leaves_the_facts_that_a_live_desk_leaves(morning):
    log = morning.full().log
    counted = dict.fromkeys(FACTS_OF_A_CALL, 0)
    for _, fact in log.select(1, 10**6):
        name = type(fact).__qualname__
        if name in counted:
            counted[name] += 1
    assert counted == {name: count * len(CALLS) for name, count in FACTS_OF_A_CALL.items()}


@pytest.fixture(scope="module")
def kept(morning, tmp_path_factory) -> Path:
    """A data folder with the log of that morning."""
    folder = tmp_path_factory.mktemp("kept")
    log = sqlite_log(str(folder / "events.sqlite"))
    morning.full().log.write_to(log)
    log.close()
    return folder


def _at(kept: Path, seconds: float, *more: str):
    moment = (MORNING + timedelta(seconds=seconds)).isoformat()
    return CliRunner().invoke(app, ["replay", "--data", str(kept), "--at", moment, *more])


@pytest.mark.parametrize(
    ("seconds", "crews"),
    [
        (59, {}),
        (100, {"C1": "accepted", "C2": "accepted"}),
        (140, {"C1": "patient_contact", "C2": "accepted"}),
        (740, {"C1": "transporting", "C2": "patient_contact"}),
        (1000, {"C1": "at_hospital", "C2": "patient_contact"}),
        (1440, {"C1": "at_hospital", "C2": "accepted"}),
        (2000, {}),
    ],
)
def test_any_instant_of_the_morning_is_shown_again(kept, seconds, crews):
    told = _at(kept, seconds, "--json")
    assert told.exit_code == 0, told.output
    rows = json.loads(told.output)
    under_way = [run for each in rows["incidents"] for run in each["runs"] if run["ended_at"] is None]
    assert {run["callsign"]: run["status"] for run in under_way} == crews


def test_a_past_instant_is_told_in_words_and_a_bad_one_is_refused_with_a_sentence(kept):
    told = _at(kept, 1400).output
    assert "Incidents under way: 4." in told
    assert "P1  waiting       nobody" in told
    for moment, sentence in (
        ("noon", "is no moment"),
        ("2026-03-03T07:00", "by which clock"),
        (
            "1999-01-01T00:00+07:00",
            "Nothing was known yet at 1999-01-01T00:00:00+07:00: the log",
        ),
    ):
        wrong = CliRunner().invoke(app, ["replay", "--data", str(kept), "--at", moment])
        assert (wrong.exit_code, sentence in wrong.output) == (2, True), wrong.output
    neither = CliRunner().invoke(app, ["replay", "--data", str(kept)])
    assert (neither.exit_code, "a decision or a moment" in neither.output) == (2, True)
