"""Who could go, and from where: the soon free, and those nobody sees any more."""

from dataclasses import replace

import pytest

from dispatch.policies.choice import LACKING, POSITION_LOST
from dispatch.policies.comfort import comfort_penalties
from dispatch.policies.fleet import Shift, Task
from dispatch.policies.send import SendRules, rank_units
from dispatch.policies.whereabouts import clears_in_s, metres_between
from domain.values import Needs, Position, Travel
from tests.builders import HERE, NOON, a_unit_now, minutes

BLS = Needs(("BLS", "transport"))
RULES = SendRules()
NEXT_DOOR, FAR = Travel(30.0, 300.0), Travel(720.0, 9_000.0)
HOME = Position(10.80, 106.70)


def a_task(milestone: str, since_min: float, **other) -> Task:
    task = Task("run", "incident", "P3", BLS, HERE, milestone, minutes(-since_min), "bac", HERE)
    return replace(task, **other)


def ranking(units, ways, needs=BLS, priority="P2", rules=RULES):
    return rank_units(units, ways, needs, rules, NOON, priority)


def test_a_unit_clearing_in_two_minutes_next_door_beats_a_free_one_twelve_minutes_away():
    soon = a_unit_now("C1", incident_number=7, task=a_task("handed_over", 3))  # five minutes to get ready
    free = a_unit_now("C2")
    rows = ranking([soon, free], {"C1": NEXT_DOOR, "C2": FAR}).units
    assert [(row.callsign, row.free_in_s) for row in rows] == [("C1", 120.0), ("C2", None)]
    assert rows[0].parts == {"travel": 30.0, "turnout": 60.0, "free_in": 120.0}
    assert rows[0].score == 210.0
    assert {"en": "free in ~2 min, predicted", "vi": "dự kiến rảnh sau ~2 phút"} in rows[0].reasons


def test_a_free_unit_next_door_beats_one_that_is_about_to_be_free():
    soon = a_unit_now("C1", incident_number=7, task=a_task("handed_over", 3))
    rows = ranking([soon, a_unit_now("C2")], {"C1": NEXT_DOOR, "C2": NEXT_DOOR}).units
    assert [row.callsign for row in rows] == ["C2", "C1"]


@pytest.mark.parametrize(
    ("task", "seconds"),
    [
        (a_task("at_hospital", 0), 1500.0),  # the city's handover, and getting ready
        (a_task("at_hospital", 10), 900.0),
        (a_task("at_hospital", 60), 300.0),  # long overdue: any moment, and then getting ready
        (a_task("at_hospital", 5, handover_s=400.0), 400.0),  # as long as it lately took there
        (a_task("handed_over", 2), 180.0),
        (a_task("handed_over", 20), 60.0),  # never sooner than the least
    ],
)
def test_free_in_is_what_is_left_of_a_usual_handover_and_of_getting_ready(task, seconds):
    assert clears_in_s(task, RULES, NOON) == seconds


@pytest.mark.parametrize("milestone", ["en_route", "on_scene", "transporting"])
def test_who_is_not_at_a_hospital_yet_is_busy_and_not_soon_free(milestone):
    unit = a_unit_now("C1", incident_number=7, task=a_task(milestone, 3))
    found = ranking([unit, a_unit_now("C2")], {"C1": NEXT_DOOR, "C2": FAR})
    assert [row.code for row in found.rejected] == ["busy"]


def test_a_silent_unit_at_its_station_is_offered_below_all_others_and_says_so():
    lost = a_unit_now("C1", position=HOME, station=HOME, position_at=minutes(-10))
    rows = ranking([lost, a_unit_now("C2")], {"C1": NEXT_DOOR, "C2": FAR}).units
    assert [row.callsign for row in rows] == ["C2", "C1"]
    assert rows[0].score > rows[1].score
    assert (rows[1].tier, rows[1].flags) == (POSITION_LOST, ("position_lost",))
    assert rows[1].parts["position_lost"] == RULES.lost_penalty_s
    said = {"en": "position lost, counted from its station", "vi": "mất vị trí, tính từ trạm của xe"}
    assert said in rows[1].reasons


def test_one_that_fell_silent_on_the_road_is_left_out_while_anybody_else_can_go():
    lost = a_unit_now("C1", station=HOME, position_at=minutes(-10))
    found = ranking([lost, a_unit_now("C2")], {"C1": NEXT_DOOR, "C2": FAR})
    assert [row.callsign for row in found.units] == ["C2"]
    assert [row.code for row in found.rejected] == ["stale_position"]


def test_where_no_other_is_left_the_silent_are_offered_from_where_they_were_seen():
    lost = a_unit_now("C1", station=HOME, position_at=minutes(-10))
    unseen = a_unit_now("C2", station=HOME, position=None, position_at=None)
    rows = ranking([lost, unseen], {"C1": NEXT_DOOR, "C2": FAR}).units
    assert [row.callsign for row in rows] == ["C1", "C2"]
    assert {row.tier for row in rows} == {POSITION_LOST}
    assert any("10 min ago" in each["en"] for each in rows[0].reasons)
    assert any("its station" in each["en"] for each in rows[1].reasons)


def test_where_the_only_one_in_sight_has_no_way_the_silent_are_offered():
    lost = a_unit_now("C1", station=HOME, position_at=minutes(-10))
    found = ranking([lost, a_unit_now("C2")], {"C1": NEXT_DOOR, "C2": None})
    assert [row.callsign for row in found.units] == ["C1"]
    assert [row.code for row in found.rejected] == ["no_way"]


def test_where_only_the_soon_free_are_left_the_silent_are_offered_too():
    soon = a_unit_now("C1", incident_number=7, task=a_task("handed_over", 3))
    lost = a_unit_now("C2", station=HOME, position_at=minutes(-10))
    rows = ranking([soon, lost], {"C1": FAR, "C2": FAR}).units
    assert [row.callsign for row in rows] == ["C1", "C2"]
    assert [row.free_in_s for row in rows] == [120.0, None]


def test_somebody_is_better_than_nobody_and_is_flagged():
    bls = a_unit_now("T1", capabilities=("BLS",))
    (row,) = ranking([bls], {"T1": NEXT_DOOR}, Needs(("ALS", "transport"))).units
    assert (row.tier, row.flags) == (LACKING, ("lacks_capability",))
    assert any(each["en"].startswith("lacks ALS") for each in row.reasons)


@pytest.mark.parametrize(
    ("left_min", "priority", "seconds"),
    [
        (31, "P3", None),
        (30, "P3", None),
        (10, "P3", 200.0),
        (10, "P1", 40.0),
        (0, "P3", 300.0),
        (-5, "P3", 300.0),
    ],
)
def test_the_end_of_a_shift_counts_the_more_the_nearer_it_is(left_min, priority, seconds):
    penalties, said = comfort_penalties(Shift(ends_at=minutes(left_min)), priority, RULES, NOON)
    assert penalties.get("shift_end") == seconds
    assert bool(said) == (seconds is not None)


def test_meal_and_long_duty_count_once_each():
    shift = Shift(on_since=minutes(-60 * 11), meal_due_at=minutes(-1))
    assert comfort_penalties(shift, "P2", RULES, NOON)[0] == {"meal": 30.0, "long_duty": 30.0}
    assert comfort_penalties(Shift(on_since=minutes(-60), meal_due_at=minutes(1)), "P2", RULES, NOON) == (
        {},
        [],
    )


def test_metres_on_a_flat_earth():
    assert metres_between(Position(10.0, 106.0), Position(10.001, 106.0)) == pytest.approx(111.2, abs=0.1)
    assert metres_between(Position(10.0, 106.0), Position(10.0, 106.001)) == pytest.approx(109.5, abs=0.1)
