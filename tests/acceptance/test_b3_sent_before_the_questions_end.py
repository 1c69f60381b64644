"""B3: Dispatch-first: send on life threat before questions end, then up/downgrade: unit assigned <30 s while
card continues; downgrade frees units."""

import time
from datetime import UTC, datetime, timedelta

from tests.desk_work import point
from tests.server import ok
from tests.small_city import where


def triage(desk, call, protocol, **answers):
    body = {"protocol": protocol, "answers": answers}
    return ok(desk.client.put(f"/calls/{call['id']}/triage", json=body))


def opened(desk, call, **facts):
    body = {"call_id": call["id"], "position": point(where("H")), **facts}
    return ok(desk.client.post("/incidents", json=body), 201)


def send_first(desk, incident, number=1):
    """The first of the advice is sent, again and again."""
    sent = []
    for _ in range(number):
        advice = ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))
        first = next(unit for unit in advice["units"] if unit.get("free_in_s") is None)
        sent.append({**desk.send(incident, first["unit_id"]), "callsign": first["callsign"]})
    return sent


def test_a_unit_is_on_the_way_while_the_card_goes_on(desk):
    began = time.monotonic()
    call = desk.call(complaint="không thở")
    first = triage(desk, call, "general", conscious="no")
    assert first["send_now"] is True
    assert first["next_questions"] == ["breathing"], "only what could still change it is asked"
    incident = opened(desk, call)
    (run,) = send_first(desk, incident)
    assert time.monotonic() - began < 30
    assert desk.row("incidents", incident["id"])["runs"][0]["callsign"] == run["callsign"]

    worse = triage(desk, call, "general", conscious="no", breathing="none")
    assert (worse["determinant"], worse["settled"], worse["next_questions"]) == ("cardiac_arrest", True, [])
    assert worse["incident"]["move"] == "apply"
    row = desk.row("incidents", incident["id"])
    assert (row["determinant"], row["plan"], row["priority"]) == ("cardiac_arrest", "arrest", "P1")


def test_a_late_answer_takes_back_no_cardiac_arrest(desk):
    call = desk.call(complaint="nằm bất động")
    said = {"protocol": "general", "answers": {"conscious": "no"}, "at": soon(1)}
    more = {"protocol": "general", "answers": {"conscious": "no", "breathing": "none"}, "at": soon(2)}
    assert ok(desk.client.put(f"/calls/{call['id']}/triage", json=more))["determinant"] == "cardiac_arrest"
    late = desk.client.put(f"/calls/{call['id']}/triage", json=said)
    assert (late.status_code, late.json()["type"]) == (409, "urn:vigil:OlderAnswers")
    assert desk.row("calls", call["id"])["determinant"] == "cardiac_arrest"
    # A desk whose clock is fast shuts nobody out.
    ok(desk.client.put(f"/calls/{call['id']}/triage", json={**said, "at": soon(3600)}))
    assert triage(desk, call, "general", conscious="no", breathing="none")["determinant"] == "cardiac_arrest"


def soon(seconds):
    """Of the last ten seconds, and then of what is ahead."""
    return (datetime.now(UTC) - timedelta(seconds=10 - seconds)).isoformat()


def test_what_is_not_certain_does_not_pretend_to_be(desk):
    outcome = triage(desk, desk.call(), "chest_pain", age=70, pain="on_movement")
    assert (outcome["priority"], outcome["send_now"]) == ("P1", True)
    outcome = triage(desk, desk.call(), "chest_pain", age=20, pain="on_movement")
    assert (outcome["priority"], outcome["send_now"], outcome["settled"]) == ("P1", False, False)


def test_an_upgrade_counts_at_once_and_says_what_is_missing(desk):
    call = desk.call(complaint="mệt")
    triage(desk, call, "general", problem="unwell")
    incident = opened(desk, call)
    assert incident["priority"] == "P3"
    said = triage(desk, call, "general", problem="unwell", breathing="hard")["incident"]
    assert (said["move"], said["was"], said["priority"]) == ("apply", "P3", "P1")
    assert "carry" in {part["role"] for part in said["missing"]}
    row = desk.row("incidents", incident["id"])
    assert (row["priority"], row["needs"]["capabilities"][0]) == ("P1", "ALS")
    told = [entry["text"]["vi"] for entry in ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))]
    assert any("từ P3 sang P1" in line and "theo câu trả lời" in line for line in told)


def test_a_downgrade_waits_for_the_last_question_and_then_frees_who_is_too_many(desk):
    call = desk.call(complaint="đau ngực")
    triage(desk, call, "chest_pain")
    incident = opened(desk, call)
    sent = send_first(desk, incident, number=2)
    answers = {"conscious": "yes", "breathing": "normal", "age": 22, "pain": "on_movement", "pale": "no"}
    half = triage(desk, call, "chest_pain", **answers)["incident"]
    assert (half["move"], half["priority"]) == ("apply", "P1")
    assert desk.row("incidents", incident["id"])["priority"] == "P1"

    whole = triage(desk, call, "chest_pain", **answers, heart_disease="no")
    said = whole["incident"]
    assert (whole["priority"], said["move"], said["priority"]) == ("P2", "apply", "P2")
    (spare,) = said["surplus"]
    assert spare["callsign"] in {run["callsign"] for run in sent}
    run = next(run for run in sent if run["callsign"] == spare["callsign"])
    desk.report(run, "stood_down")
    assert desk.row("units", spare["callsign"])["status"] == "AV"


def test_what_a_person_decided_is_only_proposed_to_be_changed(desk):
    call = desk.call(complaint="mệt")
    triage(desk, call, "general", problem="unwell")
    incident = opened(desk, call)
    order = {"priority": "P2", "reason": "nghe giọng rất yếu"}
    ok(desk.client.put(f"/incidents/{incident['id']}/priority", json=order))
    said = triage(desk, call, "general", problem="chest_pain")["incident"]
    assert (said["move"], said["priority"]) == ("propose", "P2")
    assert (said["proposed"]["priority"], said["proposed"]["why"]) == ("P1", "set_by_hand")
    assert said["proposed"]["vi"]
    assert desk.row("incidents", incident["id"])["priority"] == "P2"


def test_opening_another_card_leaves_a_suspected_heart_attack_one(desk):
    call = desk.call(complaint="đau ngực")
    triage(desk, call, "chest_pain", conscious="yes", breathing="normal", age=55)
    incident = opened(desk, call)
    before = desk.row("incidents", incident["id"])
    assert before["needs"]["speciality"] == "pci"
    said = triage(desk, call, "stroke")["incident"]
    assert (said["move"], said["proposed"]["why"]) == ("propose", "other_card")
    assert "Thẻ câu hỏi khác" in said["proposed"]["vi"]
    after = desk.row("incidents", incident["id"])
    assert [after[k] for k in ("determinant", "needs", "plan")] == [
        before[k] for k in ("determinant", "needs", "plan")
    ]


def test_a_second_caller_may_make_it_worse_and_not_milder(desk):
    call = desk.call(complaint="đau ngực")
    triage(desk, call, "general", problem="chest_pain")
    incident = opened(desk, call)
    other = desk.call(complaint="có người mệt")
    ok(desk.client.post(f"/calls/{other['id']}/join", json={"incident_id": incident["id"]}))
    milder = triage(
        desk, other, "general", conscious="yes", breathing="normal", bleeding="no", problem="unwell"
    )
    assert (milder["incident"]["move"], milder["incident"]["proposed"]["why"]) == ("propose", "other_call")
    assert desk.row("incidents", incident["id"])["determinant"] == "chest_pain"
    as_bad = triage(desk, other, "general", breathing="none")["incident"]
    assert (as_bad["move"], as_bad["proposed"]["why"]) == ("propose", "other_picture")

    light = desk.call(complaint="té xe")
    triage(desk, light, "general", problem="injury")
    fall = opened(desk, light)
    ok(desk.client.post(f"/calls/{other['id']}/separate", json={}))
    ok(desk.client.post(f"/calls/{other['id']}/join", json={"incident_id": fall["id"]}))
    triage(desk, other, "general", breathing="none", conscious="no")
    row = desk.row("incidents", fall["id"])
    assert (row["determinant"], row["priority"], row["plan"]) == ("cardiac_arrest", "P1", "arrest")
