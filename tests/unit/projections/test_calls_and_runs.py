from domain.values import Milestone, Position
from tests.histories import ED, World
from tests.unit.projections.folding import after, row_of


def test_a_call_goes_from_open_over_triaged_into_an_incident():
    world = World()
    call = world.call("Khó thở", caller_name="Bà Lan")
    row = row_of(world, "calls", call.id)
    assert (row["status"], row["caller_name"], row["received_at"]) == ("open", "Bà Lan", after())
    assert (row["phone"], row["actor"], row["position"]) == ("0900000001", "linh", None)
    world.triage(call, "P2")
    assert row_of(world, "calls", call.id)["status"] == "triaged"
    incident = world.open(call, "P2")
    row = row_of(world, "calls", call.id)
    assert (row["status"], row["priority"], row["incident_id"]) == ("in_incident", "P2", str(incident.id))


def test_answers_given_after_the_incident_was_opened_do_not_take_the_call_out_of_it():
    world = World()
    call = world.call()
    world.open(call)
    world.triage(call, "P1")
    row = row_of(world, "calls", call.id)
    assert (row["status"], row["priority"]) == ("in_incident", "P1")


def test_a_caller_who_is_located_keeps_the_address_he_gave():
    world = World()
    call = world.call(address="chợ Bến Thành")
    world.locate(call, Position(10.772, 106.698))
    row = row_of(world, "calls", call.id)
    assert (row["position"], row["address"]) == ({"lat": 10.772, "lon": 106.698}, "chợ Bến Thành")


def test_a_call_without_an_incident_ends_with_a_reason():
    world = World()
    call = world.call()
    world.close_call(call, "gọi nhầm")
    row = row_of(world, "calls", call.id)
    assert (row["status"], row["closed_reason"]) == ("closed", "gọi nhầm")


def test_a_run_keeps_the_time_of_each_milestone():
    world = World()
    world.sign("C1")
    incident = world.open(world.call())
    run = world.send("C1", incident, "cho-ray", ED, override_reason="gần nhất")
    world.wait(minutes=1)
    world.progress(run, Milestone.EN_ROUTE)
    world.wait(minutes=6)
    world.progress(run, Milestone.ON_SCENE)
    row = row_of(world, "runs", run.id)
    assert row["milestones"] == {
        "assigned": after(),
        "en_route": after(minutes=1),
        "on_scene": after(minutes=7),
    }
    assert (row["status"], row["callsign"], row["hospital_id"], row["bed_kind"]) == (
        "on_scene",
        "C1",
        "cho-ray",
        ED,
    )
    assert (row["incident_id"], row["incident_number"], row["override_reason"]) == (
        str(incident.id),
        1,
        "gần nhất",
    )


def test_a_corrected_run_shows_the_right_time_and_keeps_the_first_one():
    world = World()
    world.sign("C1")
    run = world.send("C1", world.open(world.call()))
    world.wait(minutes=5)
    world.progress(run, Milestone.EN_ROUTE)
    world.wait(minutes=1)
    world.correct(run, Milestone.EN_ROUTE, run.times["assigned"])
    row = row_of(world, "runs", run.id)
    assert row["milestones"]["en_route"] == after()
    assert row["corrections"] == [
        {
            "milestone": "en_route",
            "was": after(minutes=5),
            "at": after(),
            "reason": "bấm trễ",
            "actor": "linh",
            "recorded_at": after(minutes=6),
        }
    ]


def test_a_declined_run_says_why():
    world = World()
    world.sign("C1")
    run = world.send("C1", world.open(world.call()))
    world.progress(run, Milestone.DECLINED, reason="xe hỏng")
    row = row_of(world, "runs", run.id)
    assert (row["status"], row["reason"]) == ("declined", "xe hỏng")
