"""E10: "Diversion with reason, auto-expiry, fairness rule": expires unless renewed; the
all-divert rule fires."""

from datetime import timedelta

from tests.desk_work import ago, now
from tests.server import ok, refused
from tests.ward_work import ED, HOSPITALS, place, soon


def divert(desk, hospital_id, seconds=3600.0, **facts):
    body = {"reason": "quá tải", "until": (now() + timedelta(seconds=seconds)).isoformat(), **facts}
    return desk.client.put(f"/hospitals/{hospital_id}/diversion", json=body)


def test_a_diversion_ends_by_itself_unless_it_is_said_again(ward_desk):
    ok(divert(ward_desk, "bac", 2.0))
    ok(divert(ward_desk, "nam", 2.0))
    ok(divert(ward_desk, "nam", 3600.0))
    soon(lambda: ward_desk.hospital("bac")["diversion"], lambda diversion: diversion is None)
    assert ward_desk.hospital("nam")["diversion"]["reason"] == "quá tải"
    refused(divert(ward_desk, "bac", 25 * 3600.0), 422)
    body = {"until": (now() + timedelta(hours=1)).isoformat()}
    refused(ward_desk.client.put("/hospitals/bac/diversion", json=body), 422)


def test_what_waited_for_a_line_does_not_undo_what_was_said_since(ward_desk):
    path, waited = "/hospitals/bac/diversion", ago(30)
    ok(divert(ward_desk, "bac", at=now().isoformat()))
    told = refused(divert(ward_desk, "bac", reason="cũ", at=waited), 409)
    assert "comes too late" in told["detail"]
    refused(ward_desk.client.delete(path, params={"at": waited}), 409)
    assert ward_desk.hospital("bac")["diversion"]["reason"] == "quá tải"
    refused(divert(ward_desk, "bac", at=ago(-600)), 422)
    ended = now().isoformat()
    ok(ward_desk.client.delete(path, params={"at": ended}))
    assert ward_desk.hospital("bac")["diversion"] is None
    refused(divert(ward_desk, "bac", at=waited), 409)


def test_where_all_divert_the_least_loaded_is_offered_and_flagged(ward_desk):
    ward_desk.count("bac", {ED: {"staffed": 20, "occupied": 18}})
    ward_desk.count("dong", {ED: {"staffed": 20, "occupied": 4}})
    ward_desk.count("nam", {ED: {"staffed": 20, "occupied": 12}})
    incident = ward_desk.incident(place("D"))
    for hospital_id in ("bac", "nam"):
        ok(divert(ward_desk, hospital_id))
    assert [row["hospital_id"] for row in ward_desk.advice(incident)["hospitals"]] == ["dong"]
    assert ward_desk.advice(incident)["hospitals"][0]["flags"] == []
    ok(divert(ward_desk, "dong"))
    advice = ward_desk.advice(incident)
    assert [(row["hospital_id"], row["flags"]) for row in advice["hospitals"]] == [
        ("dong", ["all_diverting"])
    ]
    assert advice["hospitals"][0]["reasons"][0]["vi"].startswith("mọi nơi phù hợp đều ngưng nhận")
    assert {row["code"] for row in advice["hospitals_rejected"]} == {"diverting"}


def test_where_no_bed_is_left_the_least_loaded_is_offered_and_no_bed_promised(ward_desk):
    """Nobody drives round in circles: one is named, marked, and may be ordered as it stands."""
    for hospital_id, staffed in (("bac", 20), ("dong", 10), ("nam", 30)):
        ward_desk.count(hospital_id, {ED: {"staffed": staffed, "occupied": staffed}})
    ward_desk.carry(ward_desk.incident(), "C2", "nam", None)
    incident = ward_desk.incident(place("D"))
    advice = ward_desk.advice(incident)
    (row,) = advice["hospitals"]
    assert (row["hospital_id"], row["flags"], row["bed_kind"]) == ("bac", ["all_full"], None)
    assert row["reasons"][0]["vi"].startswith("không nơi phù hợp nào còn giường")
    assert {each["code"] for each in advice["hospitals_rejected"]} == {"no_bed"}
    run = ward_desk.send(incident, "C1", hospital_id=row["hospital_id"], bed_kind=row["bed_kind"])
    assert ward_desk.row("runs", run["run_id"])["hospital_id"] == "bac"
    assert ward_desk.beds("bac")["held"] == 0

    ward_desk.count("dong", {ED: {"staffed": 10, "occupied": 9}})
    assert [each["hospital_id"] for each in ward_desk.advice(incident)["hospitals"]] == ["dong"]


def test_a_dispatcher_is_never_blocked_by_a_diversion_and_the_reason_is_kept(ward_desk):
    for hospital_id in HOSPITALS:
        ok(divert(ward_desk, hospital_id))
    told = "bệnh nhân ngừng tim ngay trước cổng"
    run = ward_desk.send(ward_desk.incident(), "C1", hospital_id="bac", bed_kind=ED, override_reason=told)
    assert ward_desk.row("runs", run["run_id"])["override_reason"] == told
