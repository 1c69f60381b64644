"""C6: every candidate with its seconds, penalty and why rejected: "why not unit 12?" is answered from stored
data.
C8: override with one token and a reason: a reason is mandatory, and there is a weekly override report."""

from decimal import Decimal
from uuid import uuid4

from tests.desk_work import DeskWork, a_run
from tests.server import ok
from tests.small_city import callsigns, where


def advice(desk: DeskWork, incident: dict) -> dict:
    return ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))


def everybody_at(desk: DeskWork, corner: str) -> None:
    desk.stand(dict.fromkeys(callsigns(), where(corner)))


def test_c6_shown_parts_add_up_to_the_shown_score_to_the_last_digit(desk):
    everybody_at(desk, "K")
    told = advice(desk, desk.incident(where("T")))
    assert len(told["units"]) + len(told["rejected"]) == len(callsigns())
    for row in told["units"]:
        assert sum(Decimal(str(part)) for part in row["parts"].values()) == Decimal(str(row["score"]))
        assert row["parts"]["travel"] == row["eta_s"]
        assert "turnout" in row["parts"]


def test_c6_why_not_that_unit_is_answered_from_what_was_stored(desk):
    everybody_at(desk, "K")
    desk.stand({"C5": where("w")})
    busy = desk.incident(where("A"))
    desk.send(busy, "T2")
    incident = desk.incident(where("T"), priority="P2")
    told = advice(desk, incident)
    path = f"/decisions/{told['decision_id']}"
    desk.send(incident, told["units"][0]["callsign"], decision_id=told["decision_id"])
    everybody_at(desk, "A")  # the world moves on
    stored = ok(desk.client.get(path))
    assert stored["units"] == told["units"]
    assert stored["inputs"]["units"]
    far = ok(desk.client.get(f"{path}/why/C5"))
    ranks = [row["callsign"] for row in told["units"]]
    assert far["rank"] == ranks.index("C5") + 1 > 1
    assert far["first"] == ranks[0]
    assert far["behind_s"] > 0
    assert any(line.startswith("on the road: +") for line in far["en"])
    away = ok(desk.client.get(f"{path}/why/T2"))
    assert (away["rank"], away["vi"][0]) == (None, f"T2 không được chọn: đang phục vụ vụ {busy['number']}")
    assert desk.client.get(f"{path}/why/Z9").status_code == 404
    assert desk.client.get("/decisions/00000000-0000-4000-8000-000000000000").status_code == 404


def test_c8_sending_another_than_the_first_wants_a_reason_and_is_reported(desk):
    everybody_at(desk, "K")
    desk.stand({"C6": where("w")})
    incident = desk.incident(where("T"))
    told = advice(desk, incident)
    first = told["units"][0]["callsign"]
    path = f"/incidents/{incident['id']}/runs"
    refused = desk.client.post(path, json=a_run("C6", decision_id=told["decision_id"]))
    assert (refused.status_code, refused.json()["instead"]) == (422, first)
    assert desk.row("incidents", incident["id"])["status"] == "waiting"
    reason = "crew_knows: kíp C6 vừa chở bệnh nhân này"
    order = a_run("C6", decision_id=told["decision_id"], override_reason=reason)
    sent = ok(desk.client.post(path, json=order), 201)
    report = ok(desk.client.get("/reports/overrides"))
    (row,) = [each for each in report["overrides"] if each["run_id"] == sent["run_id"]]
    assert (row["callsign"], row["instead"], row["code"], row["reason"]) == (
        "C6",
        first,
        "crew_knows",
        reason,
    )
    scores = {each["callsign"]: each for each in told["units"]}
    assert row["given_up_s"] == round(scores["C6"]["eta_s"] - scores[first]["eta_s"], 1)
    assert report["count"] == len(report["overrides"])
    assert [each for each in report["by_reason"] if each["name"] == "crew_knows"]
    assert ok(desk.client.get("/reports/overrides", params={"to": "2020-01-01T00:00:00Z"}))["count"] == 0


def test_c8_following_the_advice_needs_no_reason_nor_does_the_next_where_the_first_is_gone(desk):
    everybody_at(desk, "K")
    incident, other = desk.incident(where("T")), desk.incident(where("U"))
    told = advice(desk, incident)
    first, second = (row["callsign"] for row in told["units"][:2])
    desk.send(other, first)
    desk.send(incident, second, decision_id=told["decision_id"])


def test_c8_units_that_stand_at_one_place_are_a_tie_and_no_reason_is_asked(desk):
    everybody_at(desk, "K")
    incident = desk.incident(where("T"))
    told = advice(desk, incident)
    first, other = told["units"][0]["callsign"], told["as_good"][-1]
    assert other != first
    before = ok(desk.client.get("/reports/overrides"))["count"]
    path = f"/incidents/{incident['id']}/runs"
    ok(desk.client.post(path, json=a_run(other, decision_id=told["decision_id"])), 201)
    assert ok(desk.client.get("/reports/overrides"))["count"] == before


def test_c8_the_codes_of_the_city_are_served_in_both_languages_and_no_other_is_taken(desk):
    served = ok(desk.client.get("/rules/override-codes"))
    assert served["owner"] is None, "this town keeps no list of its own"
    words = {each["code"]: (each["vi"], each["en"]) for each in served["codes"]}
    assert words["crew_rest"] == ("kíp xe cần nghỉ", "the crew must rest")
    assert list(words)[-1] == "other"
    everybody_at(desk, "K")
    desk.stand({"C6": where("w")})
    incident = desk.incident(where("T"))
    told = advice(desk, incident)
    last = "C6"
    path = f"/incidents/{incident['id']}/runs"
    refusal = desk.client.post(path, json=a_run(last, decision_id=told["decision_id"], override_code="roda"))
    assert (refusal.status_code, refusal.json()["type"]) == (422, "urn:vigil:UnknownOverrideCode")
    assert desk.row("incidents", incident["id"])["status"] == "waiting"
    order = a_run(last, decision_id=told["decision_id"], override_code="road", override_reason="cầu ngập")
    sent = ok(desk.client.post(path, json=order), 201)
    report = ok(desk.client.get("/reports/overrides"))
    (row,) = [each for each in report["overrides"] if each["run_id"] == sent["run_id"]]
    assert (row["code"], row["reason"]) == ("road", "road: cầu ngập")


def test_c8_of_a_whole_plan_one_code_serves_all_and_each_run_may_have_its_own(desk):
    everybody_at(desk, "K")
    incident = desk.incident(where("T"))
    told = advice(desk, incident)
    last, before = (row["callsign"] for row in told["units"][:-3:-1])
    runs = [a_run(last), a_run(before, override_code="skills")]
    body = {"response_id": str(uuid4()), "runs": runs, "decision_id": told["decision_id"]}
    path = f"/incidents/{incident['id']}/responses"
    unknown = desk.client.post(path, json={**body, "override_code": "mood"})
    assert (unknown.status_code, unknown.json()["type"]) == (422, "urn:vigil:UnknownOverrideCode")
    ok(desk.client.post(path, json={**body, "override_code": "no_answer"}), 201)
    reasons = {run: desk.row("runs", run)["override_reason"] for run in (each["run_id"] for each in runs)}
    assert list(reasons.values()) == ["no_answer", "skills"]
