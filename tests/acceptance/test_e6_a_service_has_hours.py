"""E6: "Specialty registry with hours": a cath lab that is closed at night is not offered at 02:00."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.acceptance.test_b1_a_card_is_edited import card
from tests.desk_work import now, point
from tests.server import ok, refused
from tests.ward_work import place

__all__ = ["card"]


def offered(desk) -> set[str]:
    incident = desk.incident(place("D"), priority="P1", determinant="heart_attack")
    return {row["hospital_id"] for row in desk.advice(incident)["hospitals"]}


def hours_without(moment) -> list[str]:
    """All day but the hour around this moment, by the clock on the wall of the town."""
    here = moment.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    first, last = here + timedelta(minutes=30), here - timedelta(minutes=30)
    return [f"{first:%H:%M}-{last:%H:%M}"]


def test_outside_its_hours_a_cath_lab_is_not_offered_and_within_them_it_is(ward_desk):
    assert offered(ward_desk) == {"bac", "nam"}
    client = ward_desk.client
    ok(client.put("/hospitals/bac/hours", json={"hours": {"pci": hours_without(now())}}))
    assert offered(ward_desk) == {"nam"}
    incident = ward_desk.incident(place("D"), priority="P1", determinant="heart_attack")
    advice = ward_desk.advice(incident)
    passed = {row["hospital_id"]: row["code"] for row in advice["hospitals_rejected"]}
    assert passed["bac"] == "service_closed"
    open_all_day = {"pci": ["00:00-24:00"]}
    ok(client.put("/hospitals/bac/hours", json={"hours": open_all_day}))
    assert offered(ward_desk) == {"bac", "nam"}
    assert ward_desk.hospital("bac")["hours"] == open_all_day


def test_what_a_hospital_says_for_now_counts_until_its_end(ward_desk):
    client, until = ward_desk.client, (now() + timedelta(hours=2)).isoformat()
    shut = {"service": "pci", "open": False, "until": until, "reason": "máy hỏng"}
    ok(client.put("/hospitals/nam/services", json=shut))
    assert offered(ward_desk) == {"bac"}
    ok(client.put("/hospitals/nam/services", json={"service": "pci"}))
    assert offered(ward_desk) == {"bac", "nam"}
    for wrong in ({**shut, "service": "teleport"}, {**shut, "until": "2199-01-01T00:00:00Z"}):
        refused(client.put("/hospitals/nam/services", json=wrong), 422)
    refused(client.put("/hospitals/nam/hours", json={"hours": {"pci": ["7 to 5"]}}), 422)


def test_where_every_cath_lab_is_closed_a_house_that_keeps_one_is_named_and_marked(ward_desk):
    shut = {"service": "pci", "open": False, "until": (now() + timedelta(hours=2)).isoformat()}
    for hospital_id in ("bac", "nam"):
        ok(ward_desk.client.put(f"/hospitals/{hospital_id}/services", json={**shut, "reason": "đêm"}))
    incident = ward_desk.incident(place("D"), priority="P1", determinant="heart_attack")
    advice = ward_desk.advice(incident)
    first = advice["hospitals"][0]
    assert first["hospital_id"] in ("bac", "nam", "dong")
    assert set(first["flags"]) & {"all_closed", "all_lack"}
    assert first["reasons"][0]["vi"].endswith("gọi báo trước")
    run = ward_desk.send(incident, "C1", hospital_id=first["hospital_id"], bed_kind=first["bed_kind"])
    assert ward_desk.row("runs", run["run_id"])["hospital_id"] == first["hospital_id"]


@pytest.mark.parametrize(
    ("speciality", "hospital"), [("ecmo", "bac"), ("dialysis", "nam"), ("dengue", "dong")]
)
def test_what_one_hospital_alone_can_do_is_sought_there(ward_desk, card, speciality, hospital):
    text = card().replace('plan = "poison"', f'plan = "poison"\nspeciality = "{speciality}"')
    ok(ward_desk.client.post(f"/protocols/{card.name}/versions", json={"text": text}), 201)
    call = ward_desk.call(complaint="chuyển đến nơi chuyên khoa")
    answers = {"protocol": card.name, "answers": {"stings": 99}}
    ok(ward_desk.client.put(f"/calls/{call['id']}/triage", json=answers))
    body = {"call_id": call["id"], "position": point(place("T"))}
    advice = ward_desk.advice(ok(ward_desk.client.post("/incidents", json=body), 201))
    assert advice["needs"]["speciality"] == speciality
    assert [row["hospital_id"] for row in advice["hospitals"]] == [hospital]
    others = {row["code"] for row in advice["hospitals_rejected"]}
    assert others == {"lacks_speciality"}
