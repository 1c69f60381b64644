import pytest

from domain.unit import Unit
from domain.values import Duty, Milestone
from tests.histories import ED, World
from tests.unit.projections.folding import after, row_of, views_of


@pytest.fixture
def world():
    world = World()
    world.sign("C1")
    return world


def test_a_unit_that_never_came_on_duty_is_not_in_service(world):
    row = row_of(world, "units", "T2")
    assert (row["status"], row["duty"], row["since"]) == ("NS", "off_duty", after())
    assert row["unit_id"] == str(Unit.create_id("T2"))
    assert row["capabilities"] == ["ALS"]


def test_a_unit_on_duty_without_a_run_is_available(world):
    assert row_of(world, "units", "C1")["status"] == "AV"


def test_a_unit_out_of_service_says_why_and_forgets_it_when_it_comes_back(world):
    world.sign("C1", Duty.OUT_OF_SERVICE, "hỏng phanh")
    row = row_of(world, "units", "C1")
    assert (row["status"], row["duty"], row["reason"]) == ("NS", "out_of_service", "hỏng phanh")
    world.sign("C1")
    row = row_of(world, "units", "C1")
    assert (row["status"], row["reason"]) == ("AV", None)


def test_an_assigned_unit_shows_its_run_incident_and_hospital(world):
    incident = world.open(world.call())
    world.wait(minutes=1)
    run = world.send("C1", incident, "cho-ray", ED)
    row = row_of(world, "units", "C1")
    assert row["run_id"] == str(run.id)
    assert row["incident_id"] == str(incident.id)
    assert (row["incident_number"], row["hospital_id"]) == (1, "cho-ray")
    assert (row["status"], row["since"]) == ("DP", after(minutes=1))


def test_the_status_follows_the_milestones_of_the_run(world):
    run = world.send("C1", world.open(world.call()), "cho-ray", ED)
    shown = []
    for milestone in ("accepted", "en_route", "on_scene", "patient_contact", "transporting", "at_hospital"):
        world.progress(run, Milestone(milestone))
        shown.append(row_of(world, "units", "C1")["status"])
    assert shown == ["DP", "EN", "SC", "SC", "TR", "HP"]
    world.progress(run, Milestone.HANDED_OVER)
    assert row_of(world, "units", "C1")["status"] == "HP"


@pytest.mark.parametrize("end", ["declined", "stood_down"])
def test_a_unit_whose_run_ended_is_available_and_on_no_run(world, end):
    run = world.send("C1", world.open(world.call()), "cho-ray", ED)
    world.wait(minutes=2)
    world.progress(run, Milestone(end))
    row = row_of(world, "units", "C1")
    assert (row["status"], row["since"]) == ("AV", after(minutes=2))
    assert [
        row[name] for name in ("run_id", "incident_id", "incident_number", "hospital_id", "milestone")
    ] == ([None] * 5)


def test_a_milestone_heard_late_counts_from_when_it_happened(world):
    run = world.send("C1", world.open(world.call()))
    happened_at = world.now
    world.wait(minutes=10)
    world.progress(run, Milestone.EN_ROUTE, at=happened_at)
    assert row_of(world, "units", "C1")["since"] == after()


def test_a_corrected_time_moves_since_only_for_the_milestone_the_unit_stands_at(world):
    run = world.send("C1", world.open(world.call()))
    world.wait(minutes=4)
    world.progress(run, Milestone.EN_ROUTE)
    world.correct(run, Milestone.ASSIGNED, run.times["assigned"])
    assert row_of(world, "units", "C1")["since"] == after(minutes=4)
    world.correct(run, Milestone.EN_ROUTE, run.times["assigned"])
    assert row_of(world, "units", "C1")["since"] == after()


def test_news_of_an_old_run_leaves_the_unit_on_its_new_run_alone(world):
    first = world.send("C1", world.open(world.call()))
    world.wait(minutes=1)
    world.progress(first, Milestone.EN_ROUTE)
    world.progress(first, Milestone.STOOD_DOWN)
    second = world.send("C1", world.open(world.call()))
    world.progress(second, Milestone.EN_ROUTE)
    before = row_of(world, "units", "C1")
    world.correct(first, Milestone.EN_ROUTE, first.times["assigned"])
    assert row_of(world, "units", "C1") == before


def test_a_redirected_unit_shows_where_it_goes_now(world):
    run = world.send("C1", world.open(world.call()), "cho-ray", ED)
    world.redirect(run, "nhi-dong", ED)
    assert row_of(world, "units", "C1")["hospital_id"] == "nhi-dong"


def test_seq_is_the_last_event_that_changed_the_row(world):
    seq = world.log[-1][0]
    world.sign("T2")
    views = views_of(world)
    assert views.row("units", "C1")["seq"] == seq
    assert views.row("units", "T2")["seq"] == seq + 1
