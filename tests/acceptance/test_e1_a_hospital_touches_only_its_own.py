"""E1: "Hospital portal: beds by type, ED status, diversion": a hospital user can touch only its own data."""

from datetime import timedelta

from tests.desk_work import now
from tests.server import ok, refused
from tests.ward_work import ED


def test_a_hospital_account_counts_diverts_opens_and_reads_its_own_house_and_no_other(ward_server, ward_desk):
    own = ward_desk.carry(ward_desk.incident(), "C1", "bac")
    other = ward_desk.carry(ward_desk.incident(), "C2", "nam")
    until = (now() + timedelta(hours=1)).isoformat()
    orders = {
        "beds": {"beds": {ED: {"staffed": 20, "occupied": 3}}},
        "diversion": {"reason": "quá tải", "until": until},
        "hours": {"hours": {"pci": ["07:00-17:00"]}},
        "services": {"service": "pci", "open": False, "until": until},
    }
    with ward_server.client("hospital") as client:
        for name, body in orders.items():
            ok(client.put(f"/hospitals/bac/{name}", json=body))
        ok(client.post(f"/runs/{own['run_id']}/acceptance", json={"answer": "accept"}))
        assert [row["run_id"] for row in ok(client.get("/hospitals/bac/inbound"))["expected"]]
        ok(client.get("/hospitals/bac/handovers"))
        before = ward_server.position()
        for name, body in orders.items():
            refused(client.put(f"/hospitals/nam/{name}", json=body), 403)
        refused(client.delete("/hospitals/nam/diversion"), 403)
        refused(client.post(f"/runs/{other['run_id']}/acceptance", json={"answer": "accept"}), 403)
        naming = {"answer": "accept", "hospital_id": "nam"}
        refused(client.post(f"/runs/{other['run_id']}/acceptance", json=naming), 403)
        refused(client.get("/hospitals/nam/inbound"), 403)
        refused(client.get("/hospitals/nam/handovers"), 403)
        refused(client.put("/transfer-mode", json={"mode": "wartime", "reason": "x"}), 403)
        assert [row["id"] for row in ok(client.get("/hospitals"))] == ["bac"]
    assert ward_server.told_since(before) == []


def test_a_hospital_reads_none_of_the_words_of_desk_and_crews_about_a_run(ward_server, ward_desk):
    told = "BN HIV, kíp C2 từ chối"
    run = ward_desk.send(ward_desk.incident(), "C1", hospital_id="bac", bed_kind=ED, override_reason=told)
    correction = {"milestone": "assigned", "at": now().isoformat(), "reason": told}
    ok(ward_desk.client.post(f"/runs/{run['run_id']}/corrections", json=correction), 201)
    assert ward_desk.row("runs", run["run_id"])["override_reason"] == told
    with ward_server.client("hospital") as client:
        runs = client.get("/runs")
        assert run["run_id"] in [row["id"] for row in ok(runs)]
        for answer in (runs, client.get("/snapshot")):
            assert ok(answer)
            assert "HIV" not in answer.text


def test_what_it_said_shows_in_its_row(ward_desk):
    ward_desk.count("bac", {ED: {"staffed": 20, "occupied": 7, "blocked": 2}})
    row = ward_desk.hospital("bac")
    assert row["beds"][ED]["free"] == 11
    assert row["diversion"] is None
