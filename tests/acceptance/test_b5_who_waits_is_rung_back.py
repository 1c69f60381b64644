"""B5: Waiting-call re-triage timers and safety call-back: P2 waiting > X min rings a clinician queue."""

from uuid import uuid4

import pytest

from tests.desk_work import ago
from tests.feed_reader import listening
from tests.server import ok, refused
from tests.waiting import wait_for


@pytest.fixture
def clinician(quick_server):
    with quick_server.client("clinician") as client:
        yield client


def waiting(clinician, incident):
    rows = ok(clinician.get("/clinician/queue"))
    return next((row for row in rows if row["id"] == incident["id"]), None)


def rung(clinician, incident, **facts):
    body = {"id": str(uuid4()), "finding": "unchanged", **facts}
    return ok(clinician.post(f"/incidents/{incident['id']}/safety-call", json=body), 201)


def test_an_urgent_incident_that_waits_too_long_rings_and_a_call_back_stops_it(quick_desk, clinician):
    """The quick city lets a P2 wait for three seconds."""
    incident = quick_desk.incident(priority="P2")
    assert waiting(clinician, incident) is None
    row = wait_for(lambda: waiting(clinician, incident))
    assert (row["kind"], row["why"], row["priority"]) == ("incident", "waiting", "P2")
    assert row["phone"] == "0901 234 567"
    assert row["waited_s"] >= 3

    note = "Vẫn tỉnh, đau ít hơn"
    rung(clinician, incident, finding="better", note=note)
    assert waiting(clinician, incident) is None, "its clock begins anew"
    kept = quick_desk.row("incidents", incident["id"])["safety_call"]
    assert (kept["finding"], kept["note"], kept["by"]) == ("better", note, "clinician")
    told = [e["text"]["vi"] for e in ok(clinician.get(f"/incidents/{incident['id']}/timeline"))]
    assert f"Gọi lại hỏi thăm bệnh nhân: đỡ hơn. Ghi chú: {note}." in told
    assert wait_for(lambda: waiting(clinician, incident))["last_finding"] == "better"


def test_it_rings_on_the_clinicians_screen_and_on_no_crews(quick_desk, quick_server, clinician):
    def rings(frame):
        codes = [alarm["code"] for alarm in frame.get("alarms", [])]
        return frame["type"] == "alarms" and "clinician_queue" in codes

    with (
        listening(quick_server.socket_url("clinician")) as screen,
        listening(quick_server.socket_url("crew")) as telephone,
    ):
        incident = quick_desk.incident(priority="P2")
        frame = screen.until(rings)
        line = next(alarm for alarm in frame["alarms"] if alarm["code"] == "clinician_queue")
        assert line["text"]["vi"].startswith("Chờ bác sĩ gọi lại")
        telephone.until(lambda frame: frame["type"] == "heartbeat")
        assert not any(rings(frame) for frame in telephone.frames)
    rung(clinician, incident)


def test_worse_on_the_call_back_is_judged_as_on_the_call_itself(quick_desk, clinician):
    incident = quick_desk.incident(priority="P3")
    triage = {"protocol": "general", "answers": {"conscious": "no"}}
    found = rung(clinician, incident, finding="worse", triage=triage)["triage"]
    assert (found["priority"], found["send_now"]) == ("P1", True)
    assert found["incident"]["move"] == "apply"
    assert quick_desk.row("incidents", incident["id"])["priority"] == "P1"


def test_somebody_on_the_way_and_a_life_threat_are_not_for_the_clinician(quick_desk, clinician):
    served, critical = quick_desk.incident(priority="P2"), quick_desk.incident(priority="P1")
    quick_desk.report(quick_desk.send(served, "C2"), "accepted")
    ring = quick_desk.incident(priority="P2")
    wait_for(lambda: waiting(clinician, ring))
    assert waiting(clinician, served) is None
    assert waiting(clinician, critical) is None


def test_a_triaged_call_that_nobody_made_an_incident_of_rings_too(desk, server):
    call = desk.call(complaint="mệt", at=ago(601))
    body = {"protocol": "general", "answers": {"problem": "injury"}}
    ok(desk.client.put(f"/calls/{call['id']}/triage", json=body))
    with server.client("clinician") as clinician:
        row = waiting(clinician, call)
    assert (row["kind"], row["why"], row["determinant_title"]["en"]) == ("call", "waiting", "Injury")


def test_a_finding_that_is_none_is_refused_and_nothing_is_noted(desk):
    incident = desk.incident()
    body = {"finding": "so-so"}
    refused(desk.client.post(f"/incidents/{incident['id']}/safety-call", json=body), 422)
    assert desk.row("incidents", incident["id"])["safety_call"] is None


def test_a_hospital_does_not_see_the_queue(server):
    with server.client("hospital") as hospital:
        refused(hospital.get("/clinician/queue"), 403)


def test_who_rings_a_referred_caller_is_seen_by_the_other_clinicians(quick_desk, clinician):
    call = quick_desk.call(complaint="Đau lưng")
    ok(quick_desk.client.post(f"/calls/{call['id']}/refer", json={"reason": "hỏi thuốc"}))
    row = wait_for(lambda: waiting(clinician, call))
    assert (row["kind"], row["why"], row["claimed_by"]) == ("call", "referred", None)
    ok(clinician.post(f"/calls/{call['id']}/claim", json={}))
    assert wait_for(lambda: waiting(clinician, call)["claimed_by"]) == "clinician"
    assert refused(quick_desk.client.post(f"/calls/{call['id']}/claim", json={}), 409)["by"] == "clinician"
    ok(clinician.post(f"/calls/{call['id']}/release", json={}))
    ok(clinician.post(f"/calls/{call['id']}/close", json={"outcome": "advice_only"}))
    assert waiting(clinician, call) is None
