"""C16: run cards, alarm levels, multi-unit plans: a crash with three casualties has its plan filled, and what
is short is said with its reason.
C4: capability match: a wrong-capability unit never stands above the right one unless flagged."""

from uuid import uuid4

import pytest

from tests.acceptance.test_b1_a_card_is_edited import card
from tests.desk_work import DeskWork, a_run, point
from tests.server import ok
from tests.small_city import callsigns, where

__all__ = ["card"]


def advice(desk: DeskWork, incident: dict) -> dict:
    return ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))


def everybody_at(desk: DeskWork, corner: str) -> None:
    desk.stand(dict.fromkeys(callsigns(), where(corner)))


def the_runs_of(plan: dict) -> list[dict]:
    return [a_run(slot["unit"]["unit_id"]) for slot in plan["slots"] if slot["unit"] is not None]


def test_c16_three_casualties_get_two_vans_by_one_order(desk):
    everybody_at(desk, "K")
    incident = desk.incident(where("T"), patients=3)
    told = advice(desk, incident)
    plan = told["plan"]
    assert [slot["role"] for slot in plan["slots"]] == ["carry", "carry"]
    assert plan["complete"]
    assert plan["shortfalls"] == []
    chosen = [slot["unit"]["callsign"] for slot in plan["slots"]]
    assert len(set(chosen)) == 2
    body = {"response_id": str(uuid4()), "decision_id": told["decision_id"], "runs": the_runs_of(plan)}
    path = f"/incidents/{incident['id']}/responses"
    sent = ok(desk.client.post(path, json=body), 201)
    assert [run["callsign"] for run in sent["runs"]] == chosen
    again = ok(desk.client.post(path, json=body), 201)
    assert (again["repeated"], again["runs"]) == (True, sent["runs"])
    after = advice(desk, incident)["plan"]
    assert [slot["filled_by"] for slot in after["slots"]] == chosen
    assert {slot["filled_by_run"] for slot in after["slots"]} == {run["run_id"] for run in sent["runs"]}
    assert after["complete"]


def test_c16_a_higher_alarm_level_asks_for_more_and_stands_in_the_timeline(desk):
    everybody_at(desk, "K")
    incident = desk.incident(where("T"))
    path = f"/incidents/{incident['id']}/alarm-level"
    assert ok(desk.client.post(path, json={"level": 3, "reason": "cháy nhà"}))["alarm_level"] == 3
    plan = advice(desk, incident)["plan"]
    assert plan["alarm_level"] == 3
    assert [slot["role"] for slot in plan["slots"]] == ["carry", "more", "most", "most"]
    assert desk.row("incidents", incident["id"])["alarm_level"] == 3
    told = ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))
    assert "Đổi cấp báo động từ 1 sang 3: cháy nhà." in [entry["text"]["vi"] for entry in told]
    refused = desk.client.post(path, json={"level": 4, "reason": "nhiều hơn"})
    assert (refused.status_code, refused.json()["type"].rsplit(":", 1)[-1]) == (422, "BadAlarmLevel")


def test_c16_what_a_level_asks_for_is_read_before_it_is_raised(desk):
    everybody_at(desk, "K")
    incident = desk.incident(where("T"), patients=3)
    told = ok(desk.client.get(f"/incidents/{incident['id']}/alarm-levels"))
    assert told["now"] == 1
    adds = {
        row["level"]: [(each["role"], each["count"], each["vi"]) for each in row["adds"]]
        for row in told["levels"]
    }
    assert adds == {
        1: [("carry", 2, "xe cứu thương")],
        2: [("more", 1, "xe tăng cường")],
        3: [("most", 2, "xe tăng cường")],
    }
    path = f"/incidents/{incident['id']}/alarm-level"
    ok(desk.client.post(path, json={"level": 2, "reason": "cháy nhà"}))
    assert ok(desk.client.get(f"/incidents/{incident['id']}/alarm-levels"))["now"] == 2
    roles = [slot["role"] for slot in advice(desk, incident)["plan"]["slots"]]
    assert roles == ["carry", "carry", "more"], "the plan asks for what was announced"


def test_c16_what_is_short_is_said_with_its_reason(desk):
    everybody_at(desk, "K")
    incident = desk.incident(where("T"), patients=40)
    plan = advice(desk, incident)["plan"]
    filled = [slot for slot in plan["slots"] if slot["unit"] is not None]
    assert len(plan["slots"]) == 20
    assert len(filled) == 14  # every van of the town; motorbikes carry nobody
    assert not plan["complete"]
    assert len(plan["shortfalls"]) == 6
    assert plan["shortfalls"][0]["en"].startswith("ambulance: none left of 14")
    assert "không còn trong 14" in plan["shortfalls"][0]["vi"]


def test_c16_one_that_cannot_go_stops_the_whole_order(desk):
    everybody_at(desk, "K")
    first, second = desk.incident(where("T")), desk.incident(where("U"))
    desk.send(first, "C1")
    body = {"response_id": str(uuid4()), "runs": [a_run("C2"), a_run("C1")], "override_reason": "other"}
    refused = desk.client.post(f"/incidents/{second['id']}/responses", json=body)
    assert refused.status_code == 409
    assert refused.json()["callsign"] == "C1"
    assert desk.row("incidents", second["id"])["status"] == "waiting"
    assert desk.row("units", "C2")["status"] == "AV"


def test_c4_who_lacks_something_never_stands_above_who_has_it_unless_flagged(desk):
    everybody_at(desk, "K")
    desk.stand({"T1": where("T"), "M1": where("T")})
    incident = desk.incident(where("T"), priority="P1")
    told = advice(desk, incident)
    assert told["needs"]["capabilities"] == ["ALS", "transport"]
    assert {row["callsign"][0] for row in told["units"]} == {"C"}
    assert all(row["flags"] == [] for row in told["units"])
    rejected = {row["callsign"]: row["code"] for row in told["rejected"]}
    assert rejected["T1"] == "lacks_capability"
    assert rejected["M1"] == "lacks_capability"


def test_c4_where_nobody_who_has_it_is_free_somebody_is_offered_and_flagged(desk):
    everybody_at(desk, "K")
    other = desk.incident(where("Q"))
    for callsign in (name for name in callsigns() if name.startswith("C")):
        desk.send(other, callsign)
    told = advice(desk, desk.incident(where("T"), priority="P1"))
    assert told["units"]
    assert {row["callsign"][0] for row in told["units"]} <= {"T", "M"}
    assert all("lacks_capability" in row["flags"] for row in told["units"])
    assert told["plan"]["shortfalls"][0]["en"].startswith("ambulance: none left of 8 (8 busy)")


@pytest.mark.parametrize(
    ("capability", "callsign", "words"),
    [
        ("neonatal", "T6", "thiếu hồi sức sơ sinh"),
        ("isolation", "T5", "thiếu cách ly"),
        ("bariatric", "T4", "thiếu chở người quá cân"),
    ],
)
def test_c4_what_few_can_do_is_asked_for_by_a_card_and_found(ward_desk, card, capability, callsign, words):
    text = card().replace('"ALS", "transport"', f'"{capability}", "transport"')
    ok(ward_desk.client.post(f"/protocols/{card.name}/versions", json={"text": text}), 201)

    def judged():
        call = ward_desk.call(complaint="cần xe riêng")
        answers = {"protocol": card.name, "answers": {"stings": 99}}
        ok(ward_desk.client.put(f"/calls/{call['id']}/triage", json=answers))
        body = {"call_id": call["id"], "position": point(where("T"))}
        return ok(ward_desk.client.post("/incidents", json=body), 201)

    everybody_at(ward_desk, "K")
    ward_desk.stand({callsign: where("w")})
    first = judged()
    told = advice(ward_desk, first)
    assert [row["callsign"] for row in told["units"]] == [callsign], "the only one, though the farthest"
    assert told["units"][0]["flags"] == []
    passed_over = {row["callsign"]: row for row in told["rejected"]}
    assert passed_over["C1"]["code"] == "lacks_capability"
    assert passed_over["C1"]["reason_vi"] == words
    ward_desk.send(first, callsign, decision_id=told["decision_id"])
    second = advice(ward_desk, judged())
    assert second["units"]
    assert all("lacks_capability" in row["flags"] for row in second["units"])
    assert not second["plan"]["complete"]
    assert "none left of 1 (1 busy)" in second["plan"]["shortfalls"][0]["en"]
