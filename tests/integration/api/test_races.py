"""Two want the same thing in the same instant: one gets it, the other is told who has it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from tests.desk_work import a_call, a_run
from tests.server import all_events, ok, refused
from tests.small_city import where

ROUNDS = 20


@pytest.fixture(scope="module")
def two_desks(server):
    """Two dispatchers, and two lines: supervisor and dispatcher."""
    with server.client("dispatcher") as one, server.client("supervisor") as other:
        yield one, other


def at_once(*acts):
    """The answers of acts begun in the same instant."""
    barrier = Barrier(len(acts))

    def begin(act):
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [job.result() for job in [pool.submit(begin, act) for act in acts]]


def sending(client, incident, **run):
    return lambda: client.post(f"/incidents/{incident['id']}/runs", json=a_run(**run))


def posting(client, path, body, headers=None):
    return lambda: client.post(path, json=body, headers=headers)


def test_two_dispatchers_send_the_same_unit_and_exactly_one_does(desk, two_desks):
    one, other = two_desks
    incidents = [desk.incident(), desk.incident()]
    for turn in range(ROUNDS):
        unit = f"C{turn % 8 + 1}"
        desk.ping(unit, where("A"))
        desk.ping("T6", where("A"))
        answers = at_once(sending(one, incidents[0], unit=unit), sending(other, incidents[1], unit=unit))
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        won = next(answer for answer in answers if answer.status_code == 201)
        lost = refused(next(answer for answer in answers if answer.status_code == 409), 409)
        winner = ("dispatcher", "supervisor")[answers.index(won)]
        held_for = incidents[answers.index(won)]
        assert lost["callsign"] == unit
        assert lost["by"] == winner
        assert lost["incident_id"] == held_for["id"]
        assert lost["incident_number"] == held_for["number"]
        assert lost["run_id"] == won.json()["run_id"]
        assert lost["since"] == desk.row("runs", lost["run_id"])["milestones"]["assigned"]
        assert lost["next"]["callsign"] != unit
        assert str(held_for["number"]) in lost["detail"]
        desk.report(won.json(), "stood_down")


def test_one_order_sent_five_times_at_once_is_one_run(desk, two_desks, server):
    for keyed in (True, False):
        incident = desk.incident()
        before = server.position()
        body = a_run("T1")
        headers = {"Idempotency-Key": str(uuid4())} if keyed else {}
        path = f"/incidents/{incident['id']}/runs"
        answers = at_once(*[posting(two_desks[0], path, body, headers)] * 5)
        told = [ok(answer, 201) for answer in answers]
        assert sum(not each["repeated"] for each in told) == 1
        outcomes = [{k: v for k, v in each.items() if k not in ("seq", "repeated")} for each in told]
        assert all(outcome == outcomes[0] for outcome in outcomes)
        topics = [event["topic"] for event in all_events(desk.client, before)]
        assert topics.count("Run.Assigned") == topics.count("Unit.Assigned") == 1
        assert len(desk.row("incidents", incident["id"])["runs"]) == 1
        desk.report(told[0], "stood_down")


def test_one_call_sent_five_times_at_once_is_one_call(desk, two_desks, server):
    before = server.position()
    body = a_call(id=str(uuid4()))
    answers = at_once(*[posting(two_desks[0], "/calls", body)] * 5)
    assert {ok(answer, 201)["id"] for answer in answers} == {body["id"]}
    topics = [event["topic"] for event in all_events(desk.client, before)]
    assert topics.count("Call.Received") == 1


def test_the_last_bed_is_promised_once(desk, two_desks):
    one, other = two_desks
    incidents = [desk.incident(), desk.incident()]
    for turn in range(ROUNDS // 2):
        count = {"AdultICU": {"staffed": 4, "occupied": 3}}
        ok(one.put("/hospitals/dong/beds", json={"beds": count}))
        units = (f"C{turn % 4 + 1}", f"C{turn % 4 + 5}")
        bed = {"hospital_id": "dong", "bed_kind": "AdultICU"}
        answers = at_once(
            sending(one, incidents[0], unit=units[0], **bed),
            sending(other, incidents[1], unit=units[1], **bed),
        )
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        won = next(answer for answer in answers if answer.status_code == 201).json()
        lost = refused(next(answer for answer in answers if answer.status_code == 409), 409)
        assert (
            "has no adult intensive care bed free: 4 staffed, 3 occupied, 0 blocked, 1 held" in lost["detail"]
        )
        assert lost["held_for"] == [won["callsign"]]
        beds = desk.row("hospitals", "dong")["beds"]["AdultICU"]
        assert (beds["held"], beds["free"]) == (1, 0)
        without = units[1 - units.index(won["callsign"])]
        assert desk.row("units", without)["run_id"] is None
        desk.report(won, "stood_down")
        assert desk.row("hospitals", "dong")["beds"]["AdultICU"]["held"] == 0


def test_many_desks_open_incidents_at_once_and_each_gets_its_own_number(desk, two_desks):
    calls = [desk.call() for _ in range(12)]
    position = a_call()["position"]

    bodies = [{"call_id": call["id"], "position": position, "priority": "P3"} for call in calls]
    acts = [posting(two_desks[place % 2], "/incidents", body) for place, body in enumerate(bodies)]
    numbers = [ok(answer, 201)["number"] for answer in at_once(*acts)]
    assert len(set(numbers)) == len(numbers)
