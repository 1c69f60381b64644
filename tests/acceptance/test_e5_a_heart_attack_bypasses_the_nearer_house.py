"""E5: "Destination ranking: ETA + capability + beds + queue + handover delay": STEMI bypasses the nearer
non-PCI; the reason is shown."""

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
