import pytest

from domain.values import Milestone, Position
from tests.histories import ED, World
from tests.unit.projections.folding import after, row_of


@pytest.fixture
def world():
    world = World()
    for callsign in world.callsigns:
        world.sign(callsign)
    return world


@pytest.fixture
def incident(world):
    return world.open(world.call("Đau ngực", address="12 Lý Thường Kiệt"), "P1")


def test_a_new_incident_waits_since_it_was_opened(world, incident):
    row = row_of(world, "incidents", incident.id)
    assert (row["number"], row["priority"], row["status"]) == (1, "P1", "waiting")
    assert row["opened_at"] == row["waiting_since"] == after()
    assert row["needs"] == {"capabilities": ["BLS", "transport"], "bed_kind": ED, "speciality": "general"}
    assert row["address"] == "12 Lý Thường Kiệt"


def test_nobody_waits_while_a_unit_is_on_the_way(world, incident):
    world.wait(minutes=1)
    run = world.send("C1", incident, "cho-ray", ED, eta_s=300)
    row = row_of(world, "incidents", incident.id)
    assert (row["status"], row["waiting_since"]) == ("assigned", None)
    assert row["runs"] == [
        {
            "run_id": str(run.id),
            "callsign": "C1",
            "status": "assigned",
            "hospital_id": "cho-ray",
            "assigned_at": after(minutes=1),
            "eta_at": after(minutes=6),
            "ended_at": None,
        }
    ]


def test_an_unknown_travel_time_gives_no_time_of_arrival(world, incident):
    world.send("C1", incident, eta_s=None)
    assert row_of(world, "incidents", incident.id)["runs"][0]["eta_at"] is None


def test_the_status_is_that_of_the_most_advanced_run(world, incident):
    first, second = world.send("C1", incident), world.send("T2", incident)
    world.progress(first, Milestone.EN_ROUTE)
    assert row_of(world, "incidents", incident.id)["status"] == "en_route"
    world.progress(second, Milestone.EN_ROUTE)
    world.progress(second, Milestone.ON_SCENE)
    assert row_of(world, "incidents", incident.id)["status"] == "on_scene"
    world.progress(second, Milestone.STOOD_DOWN)
    assert row_of(world, "incidents", incident.id)["status"] == "en_route"


def test_after_a_decline_the_incident_waits_since_the_decline(world, incident):
    run = world.send("C1", incident)
    world.wait(minutes=3)
    world.progress(run, Milestone.DECLINED)
    row = row_of(world, "incidents", incident.id)
    assert (row["status"], row["waiting_since"]) == ("waiting", after(minutes=3))


def test_with_two_runs_the_wait_begins_when_the_last_one_ended(world, incident):
    first, second = world.send("C1", incident), world.send("T2", incident)
    world.wait(minutes=1)
    world.progress(second, Milestone.STOOD_DOWN)
    assert row_of(world, "incidents", incident.id)["waiting_since"] is None
    world.wait(minutes=1)
    world.progress(first, Milestone.STOOD_DOWN)
    assert row_of(world, "incidents", incident.id)["waiting_since"] == after(minutes=2)


def test_a_correction_of_the_decline_corrects_the_wait(world, incident):
    run = world.send("C1", incident)
    world.wait(minutes=3)
    world.progress(run, Milestone.DECLINED)
    world.correct(run, Milestone.DECLINED, run.times["assigned"])
    assert row_of(world, "incidents", incident.id)["waiting_since"] == after()


def test_after_care_the_incident_is_done_and_nobody_waits(world, incident):
    run = world.send("C1", incident)
    for milestone in ("en_route", "on_scene", "clear"):
        world.progress(run, Milestone(milestone))
    row = row_of(world, "incidents", incident.id)
    assert (row["status"], row["waiting_since"]) == ("done", None)


def test_a_closed_incident_says_when_and_why(world, incident):
    world.wait(minutes=9)
    world.close(incident, "bệnh nhân tự đi")
    row = row_of(world, "incidents", incident.id)
    assert (row["status"], row["closed_at"], row["closed_reason"]) == (
        "closed",
        after(minutes=9),
        "bệnh nhân tự đi",
    )
    assert row["waiting_since"] is None


def test_a_second_call_joins_once(world, incident):
    other = world.call()
    world.join(other, incident)
    assert row_of(world, "incidents", incident.id)["call_ids"] == [
        str(incident.call_ids[0]),
        str(other.id),
    ]


def test_priority_needs_and_place_follow_the_dispatcher(world, incident):
    world.reprioritise(incident, "P2")
    world.relocate(incident, Position(10.7, 106.7))
    row = row_of(world, "incidents", incident.id)
    assert (row["priority"], row["needs"]["capabilities"]) == ("P2", ["ALS"])
    assert row["position"] == {"lat": 10.7, "lon": 106.7}
    assert row["address"] == "12 Lý Thường Kiệt"  # a new point keeps the words


def test_a_note_is_no_news_for_the_list(world, incident):
    before = row_of(world, "incidents", incident.id)
    world.note(incident)
    assert row_of(world, "incidents", incident.id) == before
