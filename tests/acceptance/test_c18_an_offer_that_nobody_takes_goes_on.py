"""C18: Crew accept/decline, auto-escalate to next: decline or 45 s silence -> next unit offered."""

import threading
from datetime import datetime, timedelta

import pytest

from projections.rows import moment
from tests.desk_work import now, point
from tests.feed_reader import listening
from tests.server import ok, refused
from tests.small_city import where
from tests.waiting import wait_for

NEAR = {"C2": "G", "C3": "p", "C4": "u", "C6": "O"}
"""Crews of the three stations that are the centre's own, each at a corner."""


@pytest.fixture
def waiting_crews(quick_desk):
    for callsign, corner in NEAR.items():
        quick_desk.ping(callsign, where(corner))
    return quick_desk


def sent_by_advice(desk, place="H"):
    """An incident, and the run of the unit that was recommended first among ours."""
    incident = desk.incident(where(place), priority="P2")
    advice = ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))
    first = next(row["callsign"] for row in advice["units"] if row["callsign"] in NEAR)
    facts = {"decision_id": advice["decision_id"], "override_reason": "nearest"}
    return incident, desk.send(incident, first, **facts), advice


def run_row(desk, run):
    return desk.row("runs", run["run_id"])


def passed_on(desk, run):
    return wait_for(lambda: (row := run_row(desk, run))["offer"]["settled"] and row)


def said(desk, incident):
    return [entry["text"]["en"] for entry in ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))]


def test_silence_withdraws_the_order_and_the_next_of_the_advice_is_offered_it(waiting_crews):
    desk = waiting_crews
    incident, run, advice = sent_by_advice(desk)
    offer = run_row(desk, run)["offer"]
    assert (offer["state"], offer["asked"], offer["turn"], offer["within_s"]) == ("open", "crew", 1, 2.0)
    timers = {timer["name"]: timer for timer in run_row(desk, run)["timers"]}
    assert timers["answer"]["red_at"] == offer["until"]

    row = passed_on(desk, run)
    assert (row["status"], row["offer"]["state"]) == ("stood_down", "lapsed")
    callsign = row["offer"]["next_callsign"]
    ranked = [unit["callsign"] for unit in advice["units"] if unit["kind"] == "van"]
    assert callsign == ranked[ranked.index(run["callsign"]) + 1], "the next of the stored ranking"
    following = desk.row("runs", row["offer"]["next_run_id"])
    assert following["offer"]["turn"] == 2
    assert following["assigned_by"] == "offers"
    assert following["decision_id"] == advice["decision_id"]
    assert desk.row("units", run["callsign"])["status"] == "AV"
    told = said(desk, incident)
    assert f"{run['callsign']} did not answer within 2 s; the order was withdrawn." in told
    assert f"Offered to {callsign}." in told


def test_what_lapsed_and_went_on_is_not_undone_beside_the_next_unit(waiting_crews):
    desk = waiting_crews
    _, run, _ = sent_by_advice(desk)
    row = passed_on(desk, run)
    assert row["undo"] is None, "no screen offers it"
    problem = refused(desk.client.post(f"/runs/{run['run_id']}/undo", json={"of": "last"}), 409)
    assert problem["type"] == "urn:vigil:OfferWentOn"
    assert row["offer"]["next_callsign"] in problem["detail"]
    assert desk.row("units", run["callsign"])["run_id"] is None
    assert desk.row("runs", run["run_id"])["status"] == "stood_down"


def test_a_refusal_goes_to_the_next_at_once_with_its_reason(waiting_crews):
    desk = waiting_crews
    incident, run, _ = sent_by_advice(desk)
    declined = {"answer": "declined", "reason": "xe đang nạp oxy"}
    ok(desk.client.post(f"/runs/{run['run_id']}/answer", json=declined))
    row = passed_on(desk, run)
    assert (row["status"], row["offer"]["state"], row["reason"]) == (
        "declined",
        "declined",
        "xe đang nạp oxy",
    )
    assert row["offer"]["next_callsign"] not in (None, run["callsign"])
    assert f"{run['callsign']} declined. Reason: xe đang nạp oxy." in said(desk, incident)


def test_who_takes_it_in_time_keeps_it(waiting_crews):
    desk = waiting_crews
    _, run, _ = sent_by_advice(desk)
    ok(desk.client.post(f"/runs/{run['run_id']}/answer", json={"answer": "accepted"}))
    until = datetime.fromisoformat(run_row(desk, run)["offer"]["until"])
    wait_for(lambda: (now() - until).total_seconds() > 1.5)
    row = run_row(desk, run)
    assert (row["status"], row["offer"]["state"], row["offer"]["settled"]) == ("accepted", "accepted", False)


def test_who_answers_too_late_hears_that_it_is_over(waiting_crews):
    desk = waiting_crews
    _, run, _ = sent_by_advice(desk)
    passed_on(desk, run)
    problem = refused(desk.client.post(f"/runs/{run['run_id']}/answer", json={"answer": "accepted"}), 409)
    assert problem["detail"].startswith(f"{run['callsign']} did not answer within 2 s")
    assert problem["type"] == "urn:vigil:OfferOver"


def test_an_answer_and_the_end_of_the_time_meet_and_exactly_one_wins(waiting_crews):
    """A crew presses at the very moment: whatever happened, both sides tell the same story."""
    desk = waiting_crews
    _, run, _ = sent_by_advice(desk)
    until = datetime.fromisoformat(run_row(desk, run)["offer"]["until"])
    answers = []

    def press():
        wait_for(lambda: (until - now()).total_seconds() < 0.15)
        path = f"/runs/{run['run_id']}/milestones"
        for _ in range(12):
            answers.append(desk.client.post(path, json={"milestone": "accepted"}).status_code)

    crew = threading.Thread(target=press)
    crew.start()
    crew.join()
    taken = 200 in answers
    row = wait_for(lambda: (row := run_row(desk, run))["status"] != "assigned" and row)
    assert row["status"] == ("accepted" if taken else "stood_down")
    others = [
        each
        for each in ok(desk.client.get("/runs"))
        if each["incident_id"] == row["incident_id"] and each["id"] != row["id"]
    ]
    if taken:
        assert others == [], "nobody else was sent"
    else:
        wait_for(lambda: run_row(desk, run)["offer"]["settled"])


def driving(desk, callsign, corner):
    """It was seen there, and a moment later still; nobody drives a hundred metres in less than a second."""
    since = now()
    wait_for(lambda: (now() - since).total_seconds() > 1.6)
    for _ in range(2):
        desk.ping(callsign, where(corner))


def parked(desk, callsign, corner):
    """It has stood there for longer than anybody looks back."""
    desk.stand({callsign: where(corner)})
    since = now()
    wait_for(lambda: (now() - since).total_seconds() > 2.2)
    desk.ping(callsign, where(corner))


def test_a_crew_that_drives_to_the_scene_without_pressing_anything_keeps_its_order(waiting_crews):
    desk = waiting_crews
    parked(desk, "C3", "p")
    incident = desk.incident(where("T"), priority="P3")
    run = desk.send(incident, "C3")
    assert run_row(desk, run)["offer"]["state"] == "open"
    driving(desk, "C3", "h")
    row = wait_for(lambda: (row := run_row(desk, run))["offer"]["state"] != "open" and row)
    assert (row["status"], row["offer"]["state"], row["offer"]["by_moving"]) == ("accepted", "accepted", True)
    assert "C3 is driving to the scene (100 m so far): the order counts as accepted." in said(desk, incident)
    ok(desk.client.post(f"/runs/{run['run_id']}/answer", json={"answer": "accepted"}))  # pressed after all
    assert run_row(desk, run)["milestones"] == row["milestones"]


def test_a_crew_that_drives_away_from_the_scene_has_not_answered(waiting_crews):
    desk = waiting_crews
    parked(desk, "C6", "O")
    run = desk.send(desk.incident(where("T"), priority="P3"), "C6")
    driving(desk, "C6", "P")
    row = passed_on(desk, run)
    assert (row["offer"]["state"], row["offer"]["by_moving"]) == ("lapsed", False)


def test_where_nobody_is_left_the_desks_are_told(waiting_crews):
    desk = waiting_crews
    with listening_to(desk) as feed:
        incident, run, _ = sent_by_advice(desk)
        for _ in range(3):
            row = wait_for(lambda run=run: desk.row("runs", run["run_id"]))
            said_no = desk.client.post(f"/runs/{run['run_id']}/answer", json={"answer": "declined"})
            assert said_no.status_code in (200, 409), said_no.text  # its two seconds may be over already
            row = passed_on(desk, run)
            run = {"run_id": row["offer"]["next_run_id"]}
        assert row["offer"]["turn"] == 3
        assert row["offer"]["next_run_id"] is None
        frame = feed.until(
            lambda frame: frame["type"] == "alarms" and "offers" in {a["code"] for a in frame["alarms"]}
        )
        (line,) = [alarm for alarm in frame["alarms"] if alarm["code"] == "offers"]
        assert f"#{incident['number']}" in line["text"]["en"]
    assert desk.row("incidents", incident["id"])["status"] == "waiting"
    assert said(desk, incident)[-1] == "No other unit is offered it; a dispatcher decides."
    ok(desk.client.post(f"/incidents/{incident['id']}/close", json={"reason": "thử nghiệm"}))


def listening_to(desk):
    token = desk.client.headers["Authorization"].removeprefix("Bearer ")
    base = str(desk.client.base_url).replace("http://", "ws://").rstrip("/")
    return listening(f"{base}/live?token={token}")


def test_a_hospital_answers_for_its_own_station_and_for_no_other(quick_server, waiting_crews):
    desk = waiting_crews
    desk.ping("C1", where("A"))
    run = desk.send(desk.incident(where("A"), priority="P2"), "C1")
    offer = run_row(desk, run)["offer"]
    assert (offer["asked"], offer["hospital_id"], offer["within_s"]) == ("station", "bac", 62.0)
    other = desk.send(desk.incident(where("H"), priority="P2"), "C2")
    with quick_server.client("hospital") as hospital:
        assert run["run_id"] in [row["id"] for row in ok(hospital.get("/runs"))]
        refused(hospital.post(f"/runs/{other['run_id']}/answer", json={"answer": "accepted"}), 403)
        ok(hospital.post(f"/runs/{run['run_id']}/answer", json={"answer": "accepted"}))
        (station,) = ok(hospital.get("/stations"))
    assert station["id"] == "tay-bac"
    assert station["commitment"] == "loose"
    assert station["days"][0]["offered"] == 1
    assert station["days"][0]["accepted"] == 1


def test_what_is_offered_survives_a_restart(quick_server, waiting_crews):
    desk = waiting_crews
    _, run, _ = sent_by_advice(desk)
    quick_server.stop()
    quick_server.start()
    assert passed_on(desk, run)["offer"]["state"] == "lapsed"


def test_a_yes_tapped_while_the_service_was_dead_is_heard_after_its_time(quick_server, waiting_crews):
    """The phone keeps it, and sends it when it next tries, some seconds after the service is back."""
    desk = waiting_crews
    _, run, _ = sent_by_advice(desk)
    until = datetime.fromisoformat(run_row(desk, run)["offer"]["until"])
    quick_server.kill()
    tapped = until - timedelta(seconds=0.5)
    wait_for(lambda: now() > until)
    quick_server.start()
    back = now()
    wait_for(lambda: (now() - back).total_seconds() > 1.5)
    row = run_row(desk, run)
    assert (row["status"], row["offer"]["state"]) == ("assigned", "open")
    assert datetime.fromisoformat(row["offer"]["until"]) > now(), "what screens count to"
    yes = {"milestone": "accepted", "at": tapped.isoformat()}
    ok(desk.client.post(f"/runs/{run['run_id']}/milestones", json=yes))
    row = run_row(desk, run)
    assert (row["status"], row["offer"]["state"]) == ("accepted", "accepted")
    assert row["milestones"]["accepted"] == moment(tapped)


def test_a_run_of_a_priority_that_is_not_offered_waits_as_it_always_did(waiting_crews):
    desk = waiting_crews
    run = desk.send(desk.incident(where("T"), priority="P4"), "C2")
    assert run_row(desk, run)["offer"] is None
    problem = refused(desk.client.post(f"/runs/{run['run_id']}/answer", json={"answer": "accepted"}), 409)
    assert problem["type"] == "urn:vigil:NoOffer"
    assert point(where("T"))
