"""E5: "Destination ranking: ETA + capability + beds + queue + handover delay": STEMI bypasses the nearer
non-PCI; the reason is shown."""

from datetime import timedelta

from tests.desk_work import now
from tests.feed_reader import listening
from tests.server import ok
from tests.ward_work import ED, place

AT_THE_EAST = "W"  # the corner beside the eastern hospital, which has no cath lab


def test_a_heart_attack_beside_a_house_without_a_cath_lab_goes_past_it(ward_desk):
    incident = ward_desk.incident(place(AT_THE_EAST), priority="P1", determinant="heart_attack")
    advice = ward_desk.advice(incident)
    assert advice["needs"]["speciality"] == "pci"
    first = advice["hospitals"][0]
    assert first["hospital_id"] != "dong"
    passed = next(row for row in advice["hospitals_rejected"] if row["hospital_id"] == "dong")
    assert (passed["code"], passed["reason"]) == ("lacks_speciality", "no pci")
    assert {
        "en": "bypasses Bệnh viện Đông, which is nearer: no pci",
        "vi": "bỏ qua Bệnh viện Đông gần hơn: không có chuyên khoa pci",
    } in first["reasons"]
    injured = ward_desk.incident(place(AT_THE_EAST), priority="P2")
    assert ward_desk.advice(injured)["hospitals"][0]["hospital_id"] == "dong"


def test_a_crowd_at_the_door_and_on_the_way_is_counted_in_the_score(ward_desk):
    incident = ward_desk.incident(place(AT_THE_EAST))
    quiet = next(row for row in ward_desk.advice(incident)["hospitals"] if row["hospital_id"] == "dong")
    assert "queue" not in quiet["parts"]
    for unit in ("C1", "C2"):
        ward_desk.report(ward_desk.carry(ward_desk.incident(), unit, "dong"), "at_hospital")
    ward_desk.carry(ward_desk.incident(), "C3", "dong")
    busy = next(row for row in ward_desk.advice(incident)["hospitals"] if row["hospital_id"] == "dong")
    assert busy["parts"]["queue"] == 2 * 120 + 60
    assert busy["score"] - quiet["score"] >= 295
    assert {"en": "2 waiting at the door, 1 on the way", "vi": "2 đang chờ bàn giao, 1 đang đến"} in busy[
        "reasons"
    ]
    assert busy["free"] == quiet["free"] - 3


def test_the_last_beds_of_a_house_weigh(ward_desk):
    ward_desk.count("dong", {ED: {"staffed": 20, "occupied": 19}})
    incident = ward_desk.incident(place(AT_THE_EAST))
    row = next(row for row in ward_desk.advice(incident)["hospitals"] if row["hospital_id"] == "dong")
    assert row["parts"]["scarce"] == 40


def test_who_is_bound_for_a_house_that_will_not_do_any_more_is_marked_at_once(ward_server, ward_desk):
    """The questions go on while the crew drives: what they find may want another hospital."""
    incident = ward_desk.incident(place(AT_THE_EAST), priority="P2")
    run = ward_desk.carry(incident, "C1", "dong")
    assert ward_desk.row("runs", run["run_id"])["destination_lacks"] is None
    with listening(ward_server.socket_url(after=ward_server.position())) as feed:
        answers = {"conscious": "yes", "breathing": "normal", "age": 61}
        triage = {"protocol": "chest_pain", "answers": answers}
        (call_id,) = ward_desk.row("incidents", incident["id"])["call_ids"]
        ok(ward_desk.client.put(f"/calls/{call_id}/triage", json=triage))
        feed.until_rows(ward_server.position())
        told = feed.rows("runs")[run["run_id"]]
    assert told["destination_lacks"]["code"] == "lacks_speciality"
    body = {"hospital_id": "bac", "bed_kind": ED, "reason": "cần can thiệp mạch vành"}
    ok(ward_desk.client.put(f"/runs/{run['run_id']}/destination", json=body))
    assert ward_desk.row("runs", run["run_id"])["destination_lacks"] is None


def test_a_cath_lab_that_closes_marks_those_on_the_way_there(ward_server, ward_desk):
    incident = ward_desk.incident(place("D"), priority="P1", determinant="heart_attack")
    run = ward_desk.carry(incident, "C1", "bac")
    until = (now() + timedelta(hours=2)).isoformat()
    shut = {"service": "pci", "open": False, "until": until, "reason": "máy hỏng"}
    before = ward_server.position()
    ok(ward_desk.client.put("/hospitals/bac/services", json=shut))
    with listening(ward_server.socket_url(after=before)) as feed:
        feed.until_rows(ward_server.position())
        missed = feed.rows("runs")[run["run_id"]]
    assert missed["destination_lacks"]["code"] == "service_closed", "a desk that was cut off hears it, too"
    assert ward_desk.row("runs", run["run_id"])["destination_lacks"]["code"] == "service_closed"
    ok(ward_desk.client.put("/hospitals/bac/services", json={"service": "pci"}))
    assert ward_desk.row("runs", run["run_id"])["destination_lacks"] is None
