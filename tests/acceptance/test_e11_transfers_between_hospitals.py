"""E11: "Inter-facility transfer workflow, peacetime/wartime approval": switch the mode, approvals change, the
history is kept."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.desk_work import a_run, now
from tests.server import ok, refused
from tests.ward_work import ICU, soon


def asked(client, status=201, **facts):
    body = {
        "from_hospital_id": "nam", "to_hospital_id": "bac", "bed_kind": ICU, "priority": "P2",
        "phone": "028 3855 4137", "packet": {"age_years": 54, "sex": "F", "condition": "thở máy"}, **facts,
    }  # fmt: skip
    return ok(client.post("/transfers", json=body), status)


def row_of(desk, transfer):
    return next(row for row in ok(desk.client.get("/transfers")) if row["id"] == transfer["id"])


@pytest.fixture
def peace(ward_desk):
    """Whatever the test switched, peace comes after it."""
    yield ward_desk
    ok(ward_desk.client.put("/transfer-mode", json={"mode": "peacetime", "reason": "hết báo động"}))


def test_in_peacetime_the_receiving_hospital_says_yes_and_an_incident_with_runs_follows(ward_server, peace):
    transfer = asked(peace.client)
    assert transfer["state"] == "requested"
    with ward_server.client("hospital") as client:  # of the receiving house
        said = ok(client.post(f"/transfers/{transfer['id']}/decision", json={"approved": True}))
    assert said["state"] == "begun"
    row = row_of(peace, transfer)
    assert (row["mode"], row["voice"], row["decided_by"]) == ("peacetime", "hospital", "hospital")
    incident = ok(peace.client.get(f"/incidents/{row['incident_id']}"))
    assert (incident["priority"], incident["needs"]["bed_kind"]) == ("P2", ICU)
    assert "thở máy" in incident["complaint"]
    assert incident["position"] == peace.hospital("nam")["position"]
    run = peace.carry(incident, "C1", "bac", ICU)
    assert peace.beds("bac", ICU)["held"] == 1
    peace.report(run, "at_hospital", "handed_over", "clear")
    assert peace.beds("bac", ICU)["occupied"] == 1
    refused(peace.client.post(f"/transfers/{transfer['id']}/decision", json={"approved": True}), 409)


def test_the_bed_is_promised_with_the_yes_and_its_run_takes_it_over(ward_server, peace):
    peace.count("bac", {ICU: {"staffed": 1, "occupied": 0}})
    transfer = asked(peace.client)
    with ward_server.client("hospital") as client:
        ok(client.post(f"/transfers/{transfer['id']}/decision", json={"approved": True}))
    assert (peace.beds("bac", ICU)["held"], peace.beds("bac", ICU)["free"]) == (1, 0)
    row = row_of(peace, transfer)
    number = ok(peace.client.get(f"/incidents/{row['incident_id']}"))["number"]
    told = [
        entry["text"]["en"] for entry in ok(peace.client.get(f"/incidents/{row['incident_id']}/timeline"))
    ]
    assert any(f"held for #{number}" in line for line in told)
    other = a_run("C2", hospital_id="bac", bed_kind=ICU)
    problem = peace.client.post(f"/incidents/{peace.incident()['id']}/runs", json=other)
    assert refused(problem, 409)["held_for"] == [f"#{number}"], "the last bed is the transfer's"

    incident = {"id": row["incident_id"]}
    called_off = peace.send(incident, "C1", hospital_id="bac", bed_kind=ICU)
    assert peace.beds("bac", ICU)["held"] == 1, "its run has the bed now, not one more"
    peace.report(called_off, "stood_down")
    assert peace.beds("bac", ICU)["held"] == 1, "and gives it back to the transfer, not to anybody"
    run = peace.carry(incident, "C1", "bac", ICU)
    peace.report(run, "at_hospital")
    assert (peace.beds("bac", ICU)["held"], peace.beds("bac", ICU)["occupied"]) == (0, 1)
    peace.report(run, "handed_over", "clear")


def test_a_transfer_that_is_closed_or_goes_elsewhere_gives_its_bed_back(ward_server, peace):
    for ends in ("closed", "elsewhere"):
        transfer = asked(peace.client)
        with ward_server.client("hospital") as client:
            ok(client.post(f"/transfers/{transfer['id']}/decision", json={"approved": True}))
        assert peace.beds("bac", ICU)["held"] == 1
        incident = {"id": row_of(peace, transfer)["incident_id"]}
        if ends == "closed":
            ok(peace.client.post(f"/incidents/{incident['id']}/close", json={"reason": "bệnh nhân ổn định"}))
        else:
            peace.send(incident, "C1", hospital_id="dong", bed_kind=ICU)
        assert peace.beds("bac", ICU)["held"] == 0, ends


def test_a_yes_without_a_free_bed_is_a_yes(ward_server, peace):
    peace.count("bac", {ICU: {"staffed": 1, "occupied": 1}})
    transfer = asked(peace.client)
    with ward_server.client("hospital") as client:
        said = ok(client.post(f"/transfers/{transfer['id']}/decision", json={"approved": True}))
    assert (said["state"], peace.beds("bac", ICU)["held"]) == ("begun", 0)


def test_in_wartime_the_coordinator_says_yes_and_the_history_is_kept(ward_server, peace):
    before = len(ok(peace.client.get("/transfer-mode"))["history"])
    with ward_server.client("dispatcher") as client:
        refused(client.put("/transfer-mode", json={"mode": "wartime", "reason": "x"}), 403)
    reason = "thảm họa hàng loạt"
    ok(peace.client.put("/transfer-mode", json={"mode": "wartime", "reason": reason}))
    transfer = asked(peace.client)
    path = f"/transfers/{transfer['id']}/decision"
    with ward_server.client("hospital") as client:
        assert refused(client.post(path, json={"approved": True}), 409)["mode"] == "wartime"
    assert ok(peace.client.post(path, json={"approved": True}))["state"] == "begun"
    assert (row_of(peace, transfer)["mode"], row_of(peace, transfer)["voice"]) == ("wartime", "coordinator")
    ok(peace.client.put("/transfer-mode", json={"mode": "peacetime", "reason": "hết báo động"}))
    history = ok(peace.client.get("/transfer-mode"))["history"][before:]
    assert [(each["mode"], each["was"], each["by"]) for each in history] == [
        ("wartime", "peacetime", "supervisor"),
        ("peacetime", "wartime", "supervisor"),
    ]
    assert history[0]["reason"] == reason


def test_a_transfer_for_tonight_becomes_an_incident_when_it_may_leave(ward_server, ward_desk):
    later = asked(ward_desk.client, not_before=(now() + timedelta(hours=3)).isoformat())
    soonish = asked(ward_desk.client, not_before=(now() + timedelta(minutes=30, seconds=2)).isoformat())
    with ward_server.client("hospital") as client:
        for transfer in (later, soonish):
            said = ok(client.post(f"/transfers/{transfer['id']}/decision", json={"approved": True}))
            assert said["state"] == "approved"
    soon(lambda: row_of(ward_desk, soonish)["state"], lambda state: state == "begun")
    assert row_of(ward_desk, later)["state"] == "approved"
    ok(ward_desk.client.post(f"/transfers/{later['id']}/cancel", json={"reason": "đã khá hơn"}))
    assert row_of(ward_desk, later)["state"] == "cancelled"


def test_a_refusal_needs_a_reason_and_a_retry_is_one_transfer(ward_server, ward_desk):
    its_id = str(uuid4())
    one, again = asked(ward_desk.client, id=its_id), asked(ward_desk.client, id=its_id)
    assert (one["repeated"], again["repeated"]) == (False, True)
    path = f"/transfers/{its_id}/decision"
    with ward_server.client("hospital") as client:
        refused(client.post(path, json={"approved": False}), 422)
        ok(client.post(path, json={"approved": False, "reason": "hết máy thở"}))
        body = {"from_hospital_id": "nam", "to_hospital_id": "bac", "bed_kind": ICU, "phone": "0283855"}
        refused(client.post("/transfers", json=body), 403)  # it asks for its own patients alone
        assert its_id in [row["id"] for row in ok(client.get("/transfers"))]
    row = row_of(ward_desk, one)
    assert (row["state"], row["reason"]) == ("rejected", "hết máy thở")
    asked(ward_desk.client, 422, to_hospital_id="nam")
