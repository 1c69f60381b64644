from datetime import timedelta

import pytest

from dispatch.of_rows import hospital_now
from domain.values import Milestone
from tests.histories import ED, ICU, World
from tests.unit.projections.folding import after, row_of


@pytest.fixture
def world():
    world = World()
    for callsign in world.callsigns:
        world.sign(callsign)
    return world


@pytest.fixture
def incident(world):
    return world.open(world.call())


def beds(world, kind=ED, hospital_id="cho-ray"):
    return row_of(world, "hospitals", hospital_id)["beds"][kind]


def inbound(world, hospital_id="cho-ray"):
    return row_of(world, "hospitals", hospital_id)["inbound"]


def go(world, run, *milestones):
    for milestone in milestones:
        world.progress(run, Milestone(milestone))


def test_a_hospital_is_listed_whole_although_its_beds_were_opened_first(world):
    row = row_of(world, "hospitals", "cho-ray")
    assert row["name"] == "Bệnh viện Chợ Rẫy"
    assert row["position"] == {"lat": 10.7575, "lon": 106.6596}
    assert row["specialities"] == ["trauma", "stroke"]
    assert set(row["beds"]) == {ED, ICU}


def test_beds_of_the_city_file_are_an_assumption_until_the_hospital_speaks(world):
    assumed = beds(world)
    assert (assumed["staffed"], assumed["free"], assumed["assumed"]) == (3, 3, True)
    assert (assumed["reported_at"], assumed["reported_by"]) == (None, None)
    world.wait(minutes=5)
    world.count_beds("cho-ray", ED, staffed=10, occupied=6, blocked=1)
    told = beds(world)
    assert (told["staffed"], told["occupied"], told["blocked"], told["free"]) == (10, 6, 1, 3)
    assert (told["assumed"], told["reported_at"], told["reported_by"]) == (False, after(minutes=5), "nurse")


def test_a_held_bed_is_not_free(world, incident):
    world.send("C1", incident, "cho-ray", ED)
    assert (beds(world)["held"], beds(world)["free"]) == (1, 2)


def test_on_arrival_the_held_bed_becomes_an_occupied_one(world, incident):
    run = world.send("C1", incident, "cho-ray", ED)
    go(world, run, "en_route", "on_scene", "transporting", "at_hospital")
    now = beds(world)
    assert (now["held"], now["occupied"], now["free"]) == (0, 1, 2)


def test_a_hold_that_ran_out_is_free_again_though_the_unit_still_comes(world, incident):
    run = world.send("C1", incident, "cho-ray", ED)
    world.wait(minutes=31)
    world.expire("cho-ray")
    assert (beds(world)["held"], beds(world)["free"]) == (0, 3)
    assert [(entry["run_id"], entry["hold_until"]) for entry in inbound(world)] == [(str(run.id), None)]


def test_free_falls_below_zero_where_a_hospital_counts_fewer_beds_than_we_hold(world, incident):
    world.send("C1", incident, "cho-ray", ED)
    world.count_beds("cho-ray", ED, staffed=2, occupied=2)
    assert beds(world)["free"] == -1


def test_the_hospital_sees_who_comes_for_which_bed_and_until_when_it_is_held(world, incident):
    run = world.send("C1", incident, "cho-ray", ED)
    assert inbound(world) == [
        {
            "run_id": str(run.id),
            "callsign": "C1",
            "incident_id": str(incident.id),
            "incident_number": 1,
            "bed_kind": ED,
            "hold_until": after(minutes=30),
            "arrived": False,
            "arrived_at": None,
            "since": after(),
        }
    ]


def test_an_arrived_unit_stays_on_the_list_until_handover(world, incident):
    run = world.send("C1", incident, "cho-ray", ED)
    go(world, run, "en_route", "on_scene", "transporting", "at_hospital")
    assert [(entry["arrived"], entry["hold_until"]) for entry in inbound(world)] == [(True, None)]
    go(world, run, "handed_over")
    assert inbound(world) == []


def test_a_corrected_handover_is_how_long_that_crew_stood_at_the_door(world, incident):
    run = world.send("C1", incident, "cho-ray", ED)
    go(world, run, "en_route", "on_scene", "transporting", "at_hospital")
    came = world.now
    world.wait(minutes=50)
    go(world, run, "handed_over")
    assert hospital_now(row_of(world, "hospitals", "cho-ray")).handover_s == 50 * 60
    world.wait(minutes=1)
    world.correct(run, Milestone.HANDED_OVER, came + timedelta(minutes=12))
    assert hospital_now(row_of(world, "hospitals", "cho-ray")).handover_s == 12 * 60


def test_a_corrected_arrival_is_since_when_a_unit_stands_at_the_door(world, incident):
    run = world.send("C1", incident, "cho-ray", ED)
    go(world, run, "en_route", "on_scene", "transporting")
    world.wait(minutes=9)
    go(world, run, "at_hospital")
    world.correct(run, Milestone.AT_HOSPITAL, world.now - timedelta(minutes=4))
    assert inbound(world)[0]["arrived_at"] == (world.now - timedelta(minutes=4)).isoformat()


def test_a_correction_puts_the_handovers_in_the_order_they_were_done(world):
    first, second = (world.send(name, world.open(world.call()), "cho-ray") for name in ("C1", "T2"))
    for run in (first, second):
        go(world, run, "en_route", "on_scene", "transporting", "at_hospital")
    for run in (first, second):
        world.wait(minutes=5)
        go(world, run, "handed_over")
    world.correct(second, Milestone.HANDED_OVER, world.now - timedelta(minutes=7))
    told = row_of(world, "hospitals", "cho-ray")["handovers"]
    assert [entry["run_id"] for entry in told] == [str(second.id), str(first.id)]


@pytest.mark.parametrize("end", [["declined"], ["stood_down"], ["en_route", "on_scene", "clear"]])
def test_a_unit_that_will_not_come_leaves_the_list_and_its_bed(world, incident, end):
    run = world.send("C1", incident, "cho-ray", ED)
    go(world, run, *end)
    assert inbound(world) == []
    assert beds(world)["free"] == 3


def test_a_redirected_unit_moves_from_one_hospital_to_the_other(world, incident):
    run = world.send("C1", incident, "cho-ray", ED)
    world.redirect(run, "nhi-dong", ICU)
    assert inbound(world) == []
    assert [(e["callsign"], e["bed_kind"]) for e in inbound(world, "nhi-dong")] == [("C1", ICU)]
    assert beds(world)["free"] == 3
    assert beds(world, ICU, "nhi-dong")["free"] == 0


def test_another_bed_in_the_same_hospital_is_one_entry_not_two(world, incident):
    run = world.send("C1", incident, "cho-ray", ED)
    world.redirect(run, "cho-ray", ICU)
    assert [(e["run_id"], e["bed_kind"]) for e in inbound(world)] == [(str(run.id), ICU)]


def test_a_diversion_tells_reason_services_and_end(world):
    world.divert("cho-ray", hours=2, services=("stroke",))
    assert row_of(world, "hospitals", "cho-ray")["diversion"] == {
        "reason": "quá tải",
        "services": ["stroke"],
        "until": after(hours=2),
        "since": after(),
    }
    world.end_diversion("cho-ray")
    assert row_of(world, "hospitals", "cho-ray")["diversion"] is None


def test_a_diversion_said_again_in_time_goes_on_since_its_first_hour(world):
    world.divert("cho-ray", hours=2)
    world.wait(hours=1)
    world.divert("cho-ray", hours=2)
    diversion = row_of(world, "hospitals", "cho-ray")["diversion"]
    assert (diversion["since"], diversion["until"]) == (after(), after(hours=3))


def test_a_diversion_said_after_the_last_one_ran_out_is_a_new_one(world):
    world.divert("cho-ray", hours=2)
    world.wait(hours=3)
    world.divert("cho-ray", hours=2)
    assert row_of(world, "hospitals", "cho-ray")["diversion"]["since"] == after(hours=3)


def test_what_happens_at_one_hospital_leaves_the_other_alone(world, incident):
    before = row_of(world, "hospitals", "nhi-dong")
    world.send("C1", incident, "cho-ray", ED)
    world.divert("cho-ray")
    assert row_of(world, "hospitals", "nhi-dong") == before
