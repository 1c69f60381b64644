"""B10: Clinician desk: hear-and-treat / refer, no ambulance: outcome "advice only" is first class in KPIs."""

import pytest

from tests.desk_work import ago, now
from tests.server import ok, refused


@pytest.fixture
def clinician(server):
    with server.client("clinician") as client:
        yield client


def queue(clinician):
    return {row["id"]: row for row in ok(clinician.get("/clinician/queue"))}


def counted(desk):
    """The figures of the last hour, all groups together."""
    asked = {"from": ago(3600), "to": now().isoformat()}
    return ok(desk.client.get("/figures", params=asked))["total"]


def test_a_caller_without_an_emergency_is_advised_by_a_clinician_and_counted_so(desk, clinician):
    call = desk.call(complaint="hỏi về thuốc")
    body = {"protocol": "general", "answers": {"problem": "no_emergency"}}
    outcome = ok(desk.client.put(f"/calls/{call['id']}/triage", json=body))
    assert outcome["urgency"] == {
        "code": "no_emergency",
        "vi": "Không phải cấp cứu",
        "en": "Not an emergency",
    }
    row = queue(clinician)[call["id"]]
    assert (row["why"], row["phone"]) == ("no_emergency", "0901 234 567")

    before = counted(desk)["phone"]["closed"].get("advice_only", 0)
    ending = {"outcome": "advice_only", "reason": "Hướng dẫn uống thuốc, theo dõi"}
    ok(clinician.post(f"/calls/{call['id']}/close", json=ending))
    assert call["id"] not in queue(clinician)
    row = desk.row("calls", call["id"])
    assert (row["status"], row["outcome"]) == ("closed", "advice_only")
    assert counted(desk)["phone"]["closed"]["advice_only"] == before + 1


def test_a_taker_refers_a_call_and_it_waits_for_a_clinician_at_once(desk, clinician):
    call = desk.call(complaint="trẻ sốt")
    reason = {"reason": "Mẹ lo, chưa rõ nặng nhẹ"}
    ok(desk.client.post(f"/calls/{call['id']}/refer", json=reason))
    row = queue(clinician)[call["id"]]
    assert (row["why"], row["reason"]) == ("referred", reason["reason"])
    assert desk.row("calls", call["id"])["referral"]["by"] == "dispatcher"
    ok(clinician.post(f"/calls/{call['id']}/close", json={"outcome": "referred"}))
    assert call["id"] not in queue(clinician)


def test_a_referral_of_a_call_in_an_incident_ends_with_the_call_back(desk, clinician):
    incident = desk.incident(priority="P2")
    call_id = desk.row("incidents", incident["id"])["call_ids"][0]
    ok(desk.client.post(f"/calls/{call_id}/refer", json={}))
    row = queue(clinician)[incident["id"]]
    assert (row["why"], row["call_id"], row["number"]) == ("referred", call_id, incident["number"])
    ok(clinician.post(f"/incidents/{incident['id']}/safety-call", json={"finding": "unchanged"}), 201)
    assert incident["id"] not in queue(clinician)


@pytest.mark.parametrize("outcome", ["advice_only", "referred", "self_transport", "no_ambulance_needed"])
def test_an_incident_ends_without_an_ambulance_and_says_how(desk, clinician, outcome):
    before = counted(desk)["outcomes"].get(outcome, 0)
    incident = desk.incident(priority="P3")
    ok(clinician.post(f"/incidents/{incident['id']}/close", json={"outcome": outcome}))
    row = desk.row("incidents", incident["id"])
    assert (row["status"], row["outcome"]) == ("closed", outcome)
    assert row["closed_reason"]
    assert counted(desk)["outcomes"][outcome] == before + 1, "an end like any other, under its own name"


def test_an_outcome_that_is_none_is_refused_with_those_that_are(desk):
    incident = desk.incident()
    said = refused(desk.client.post(f"/incidents/{incident['id']}/close", json={"outcome": "fine"}), 422)
    assert "advice_only" in said["detail"]
    refused(desk.client.post(f"/incidents/{incident['id']}/close", json={}), 422)
    assert desk.row("incidents", incident["id"])["status"] == "waiting"


def test_a_clinician_advises_and_sends_nobody(desk, clinician):
    incident = desk.incident()
    order = {"run_id": incident["id"], "unit_id": "C1"}
    refused(clinician.post(f"/incidents/{incident['id']}/runs", json=order), 403)
    refused(clinician.post("/units/C1/duty", json={"status": "off_duty"}), 403)


def test_the_score_of_a_patient_is_worked_out_with_its_parts(clinician):
    body = {
        "age_years": 70,
        "rate": 25,
        "spo2": 91,
        "on_oxygen": True,
        "systolic": 90,
        "pulse": 131,
        "consciousness": "U",
        "temperature_c": 35.0,
    }
    found = ok(clinician.post("/clinical/news2", json=body))
    assert (found["score"], found["risk"]) == (20, "high")
    assert found["parts"]["oxygen"] == 2
    refused(clinician.post("/clinical/news2", json={**body, "age_years": 12}), 422)
