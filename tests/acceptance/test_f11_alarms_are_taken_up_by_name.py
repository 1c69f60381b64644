"""F11: alerts are ranked, taken up by name, and told to the supervisor when nobody does; none is repeated."""

from datetime import timedelta

from tests.acceptance.test_c18_an_offer_that_nobody_takes_goes_on import listening_to
from tests.acceptance.test_d9_a_crew_that_calls_for_help_is_heard import alarm_of, settle
from tests.desk_work import now
from tests.server import ok, refused
from tests.small_city import where
from tests.waiting import wait_for


def untaken(desk, incident):
    rows = [row for row in ok(desk.client.get("/desk-alarms")) if row["incident_id"] == incident["id"]]
    return next((row for row in rows if row["kind"] == "untaken" and row["status"] != "ended"), None)


def declined_by_all(desk, incident):
    """Whoever is offered it says no; at last nobody is."""
    for row in ok(desk.client.get("/runs")):
        if row["incident_id"] == incident["id"] and row["status"] == "assigned":
            body = {"milestone": "declined", "at": now().isoformat()}
            desk.client.post(f"/runs/{row['id']}/milestones", json=body)  # or it lapsed a moment ago
    return untaken(desk, incident)


def topics(desk, incident):
    return [entry["topic"] for entry in ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))]


def test_what_nobody_takes_alarms_is_escalated_once_and_is_over_with_its_cause(quick_server, quick_desk):
    desk = quick_desk
    incident = desk.incident(where("T"), priority="P2")
    desk.send(incident, "C1")
    alarm = wait_for(lambda: declined_by_all(desk, incident), 60)
    assert (alarm["level"], alarm["status"]) == ("red", "sounding")
    alarm = wait_for(lambda: (row := untaken(desk, incident)) and row["escalated_at"] and row)
    with quick_server.client("supervisor") as supervisor:
        ok(supervisor.post(f"/desk-alarms/{alarm['id']}/acknowledge"))
    ok(desk.client.post(f"/desk-alarms/{alarm['id']}/acknowledge"))
    alarm = untaken(desk, incident)
    assert (alarm["status"], alarm["acknowledged_by"]) == ("acknowledged", "supervisor"), "the first stands"

    far = {"until": (now() + timedelta(days=1)).isoformat(), "reason": "chờ xe"}
    assert refused(desk.client.put(f"/desk-alarms/{alarm['id']}/shelf", json=far), 422)
    soon = {"until": (now() + timedelta(seconds=2)).isoformat(), "reason": "chờ xe tỉnh bạn"}
    ok(desk.client.put(f"/desk-alarms/{alarm['id']}/shelf", json=soon))
    assert untaken(desk, incident)["status"] == "shelved"
    wait_for(lambda: untaken(desk, incident)["status"] == "sounding")
    ok(desk.client.post(f"/desk-alarms/{alarm['id']}/acknowledge"))
    assert untaken(desk, incident)["status"] == "acknowledged", "back from the shelf it is taken up anew"

    ok(desk.client.post(f"/incidents/{incident['id']}/close", json={"reason": "gọi nhầm"}))
    wait_for(lambda: untaken(desk, incident) is None)
    over = desk.client.post(f"/desk-alarms/{alarm['id']}/acknowledge")
    assert refused(over, 409)["type"] == "urn:vigil:DeskAlarmOver"
    told = topics(desk, incident)
    for fact in ("Raised", "Shelved", "Returned", "Ended"):
        assert told.count(f"DeskAlarm.{fact}") == 1, fact


def test_a_crew_nobody_answers_is_told_to_the_supervisor_once(quick_desk):
    desk = quick_desk
    with listening_to(desk) as feed:
        ok(desk.client.post("/units/C5/sos", json={}), 201)
        alarm = alarm_of(desk, "C5")
        told = feed.until(lambda frame: frame.get("topic") == "CrewSafety.AlarmEscalated")
        assert told["data"]["callsign"] == "C5"
    assert alarm_of(desk, "C5")["escalated_at"] is not None
    settle(desk, alarm, "false_alarm")


def test_those_who_plan_or_care_for_patients_elsewhere_hear_of_no_alarm(quick_server):
    for user in ("planner", "hospital", "crew"):
        with quick_server.client(user) as client:
            assert ok(client.get("/desk-alarms")) == []
