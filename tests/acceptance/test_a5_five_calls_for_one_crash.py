"""A5: duplicate-call detection (space+time+type), one-key merge, un-merge: 5 calls within 150 m/5 min propose
one incident; un-merge restores both histories."""

from datetime import timedelta

from domain.values import Position
from tests.desk_work import a_run, now, point
from tests.server import ok, refused
from tests.small_city import where

METRE = 1 / 111_195
HISTORY = ("seq",)


def near(metres, east=0.0):
    here = where("T")
    return Position(here.lat + metres * METRE, here.lon + east * METRE)


def without(row, *names):
    return {name: fact for name, fact in row.items() if name not in (*HISTORY, *names)}


def topics(desk, incident):
    return [entry["topic"] for entry in ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))]


def test_five_calls_within_150_metres_and_five_minutes_propose_one_incident(desk):
    first = desk.call(complaint="tai nạn xe máy và xe tải", position=point(near(0)))
    body = {"call_id": first["id"], "position": point(near(0)), "priority": "P1"}
    crash = ok(desk.client.post("/incidents", json=body), 201)
    elsewhere = desk.incident(where("h"), priority="P3")
    said = ("xe tải đụng xe máy", "có tai nạn", "đụng xe, người nằm giữa đường", "tai nan giao thong")
    for i, complaint in enumerate(said, start=1):
        position = point(near(30 * i, east=-15 * i))
        call = desk.call(phone=f"0907 000 00{i}", complaint=complaint, position=position)
        proposed = call["nearby"]
        assert proposed[0]["incident_id"] == crash["id"]
        assert proposed[0]["distance_m"] <= 150
        assert proposed[0]["reasons"][0]["vi"].startswith("cách ")
        assert all(one["score"] <= proposed[0]["score"] for one in proposed)
        ok(desk.client.post(f"/calls/{call['id']}/join", json={"incident_id": crash["id"]}))
    row = desk.row("incidents", crash["id"])
    assert len(row["call_ids"]) == 5
    assert [words["complaint"] for words in row["caller_words"]][1:] == list(said)
    assert len(desk.row("incidents", elsewhere["id"])["call_ids"]) == 1


def test_calls_that_nobody_made_an_incident_of_propose_each_other(desk):
    first = desk.call(phone="0907 100 001", complaint="cháy nhà", position=point(near(0, east=-90)))
    second = desk.call(phone="0907 100 002", complaint="nhà cháy lớn", position=point(near(40, east=-90)))
    found = ok(desk.client.get(f"/calls/{second['id']}/nearby"))
    assert first["id"] in {call["call_id"] for call in found["calls"]}


def test_the_same_telephone_means_the_same_emergency_even_without_a_place(desk):
    call = desk.call(phone="0907 200 300", position=point(where("b")))
    body = {"call_id": call["id"], "position": point(where("b")), "priority": "P2"}
    incident = ok(desk.client.post("/incidents", json=body), 201)
    again = desk.call(phone="+84 907 200 300", complaint="sao xe chưa đến", position=None)
    assert again["nearby"][0]["incident_id"] == incident["id"]
    assert again["nearby"][0]["reasons"][0]["en"] == "the same telephone"


def test_a_call_joined_by_mistake_is_separated_and_opens_an_incident_of_its_own(desk):
    incident = desk.incident(where("A"), priority="P2")
    before = desk.row("incidents", incident["id"])
    call = desk.call(phone="0907 300 400", complaint="sốt cao", position=point(where("B")))
    call_before = desk.row("calls", call["id"])
    ok(desk.client.post(f"/calls/{call['id']}/join", json={"incident_id": incident["id"]}))
    ok(desk.client.post(f"/calls/{call['id']}/separate"))
    assert without(desk.row("incidents", incident["id"])) == without(before)
    assert without(desk.row("calls", call["id"])) == without(call_before)
    assert "Incident.CallSeparated" in topics(desk, incident)
    ok(desk.client.post(f"/calls/{call['id']}/join", json={"incident_id": incident["id"]}))
    assert desk.row("calls", call["id"])["incident_id"] == incident["id"], (
        "joined anew, by an order without a key"
    )
    ok(desk.client.post(f"/calls/{call['id']}/separate"))
    body = {"call_id": call["id"], "position": point(where("B")), "priority": "P3"}
    own = ok(desk.client.post("/incidents", json=body), 201)
    assert desk.row("calls", call["id"])["incident_id"] == own["id"]
    refused(desk.client.post(f"/calls/{before['call_ids'][0]}/separate"), 409)


def test_what_a_caller_answered_before_joining_raises_the_incident_at_once(desk):
    incident = desk.incident(where("T"), priority="P3")
    call = desk.call(phone="0911 222 333", complaint="đau ngực", position=point(where("T")))
    answers = {"protocol": "chest_pain", "answers": {"conscious": "no"}}
    ok(desk.client.put(f"/calls/{call['id']}/triage", json=answers))
    joined = ok(desk.client.post(f"/calls/{call['id']}/join", json={"incident_id": incident["id"]}))
    assert (joined["incident"]["move"], joined["incident"]["was"]) == ("apply", "P3")
    row = desk.row("incidents", incident["id"])
    assert (row["priority"], row["determinant"]) == ("P1", "unconscious")
    assert "ALS" in row["needs"]["capabilities"]
    advice = ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))
    assert advice["units"], "whom to send is asked anew for what it is now"
    assert "Incident.Reprioritised" in topics(desk, incident)


def test_two_incidents_become_one_with_their_runs_and_two_again_with_their_histories(desk):
    kept, gone = desk.incident(where("Q"), priority="P3"), desk.incident(where("R"), priority="P1")
    one, other = desk.send(kept, "T1"), desk.send(gone, "C2")
    desk.report(other, "accepted", "en_route")
    note = {"text": "cổng sau"}
    ok(desk.client.post(f"/incidents/{gone['id']}/notes", json=note), 201)
    kept_before, gone_before = desk.row("incidents", kept["id"]), desk.row("incidents", gone["id"])
    told_before = topics(desk, gone)

    merged = ok(desk.client.post(f"/incidents/{gone['id']}/merge", json={"into": kept["id"]}))
    assert merged["into_number"] == kept["number"]
    row = desk.row("incidents", kept["id"])
    assert {run["run_id"] for run in row["runs"]} == {one["run_id"], other["run_id"]}
    assert (row["priority"], row["status"], len(row["call_ids"])) == ("P1", "en_route", 2)
    assert desk.row("runs", other["run_id"])["incident_number"] == kept["number"]
    assert desk.row("units", "C2")["incident_number"] == kept["number"]
    away = desk.row("incidents", gone["id"])
    assert (away["status"], away["runs"], away["merged_into"]["number"]) == ("merged", [], kept["number"])
    assert "Incident.Noted" in topics(desk, kept), "what was noted there is read here"
    sent = desk.client.post(f"/incidents/{gone['id']}/runs", json=a_run("C3"))
    problem = refused(sent, 409)
    assert str(kept["number"]) in problem["detail"]
    later = desk.send(kept, "C3")

    ok(desk.client.post(f"/incidents/{gone['id']}/unmerge"))
    restored = desk.row("incidents", gone["id"])
    assert without(restored, "timers") == without(gone_before, "timers")
    row = desk.row("incidents", kept["id"])
    assert [run["run_id"] for run in row["runs"]] == [one["run_id"], later["run_id"]], "the later run stays"
    assert row["priority"] == "P3"
    assert without(row, "runs", "timers", "status") == without(kept_before, "runs", "timers", "status")
    assert desk.row("runs", other["run_id"])["incident_id"] == gone["id"]
    told = topics(desk, gone)
    assert told[: len(told_before)] == told_before
    assert "Incident.Unmerged" in told
    desk.report(other, "on_scene")
    assert desk.row("incidents", gone["id"])["status"] == "on_scene"
    refused(desk.client.post(f"/incidents/{gone['id']}/unmerge"), 409)


def test_danger_level_patients_and_what_it_is_go_with_a_merge_and_come_back(server, desk):
    kept = desk.incident(where("Q"), priority="P1")
    call = desk.call(phone="0911 333 444", position=point(where("R")))
    body = {"call_id": call["id"], "position": point(where("R")), "priority": "P1", "patients": 30}
    gone = ok(desk.client.post("/incidents", json={**body, "determinant": "heart_attack"}), 201)
    path = f"/incidents/{gone['id']}"
    ok(desk.client.put(f"{path}/danger", json={"danger": "chủ nhà cầm dao"}))
    ok(desk.client.post(f"{path}/alarm-level", json={"level": 3, "reason": "đông người"}))
    desk.report(desk.send(kept, "C1"), "accepted", "en_route")
    kept_before, gone_before = desk.row("incidents", kept["id"]), desk.row("incidents", gone["id"])

    ok(desk.client.post(f"{path}/merge", json={"into": kept["id"]}))
    row = desk.row("incidents", kept["id"])
    assert (row["danger"], row["alarm_level"], row["patients"]) == ("chủ nhà cầm dao", 3, 30)
    taken = ("determinant", "determinant_title", "plan", "needs")
    assert [row[name] for name in taken] == [gone_before[name] for name in taken]
    assert row["determinant"] == "heart_attack"
    with server.client("crew") as crew:  # of C1
        assert ok(crew.get(f"/incidents/{kept['id']}"))["danger"] == "chủ nhà cầm dao"

    ok(desk.client.post(f"{path}/unmerge"))
    for before in (kept_before, gone_before):
        assert without(desk.row("incidents", before["id"]), "timers") == without(before, "timers")


def test_what_rang_minutes_ago_counts_less_and_after_a_quarter_of_an_hour_nothing(desk):
    """At a spot of its own between two corners, all in the same words."""
    spot, words = point(near(-240, east=255)), "lật xe bồn chở xăng"

    def rang(minutes, phone):
        at = (now() - timedelta(minutes=minutes)).isoformat()
        return desk.call(phone=phone, complaint=words, position=spot, at=at)["id"]

    just_now, five, ten, long_ago = (
        rang(minutes, f"0907 500 00{n}") for n, minutes in enumerate((0, 5, 10, 16))
    )
    call = desk.call(phone="0907 500 009", complaint=words, position=spot)
    found = {one["call_id"]: one for one in ok(desk.client.get(f"/calls/{call['id']}/nearby"))["calls"]}
    assert found[just_now]["score"] > found[five]["score"] > found[ten]["score"]
    assert {"en": "5 min ago", "vi": "cách đây 5 phút"} in found[five]["reasons"]
    assert long_ago not in found


def test_what_is_told_in_other_words_counts_less_at_the_same_place(desk):
    spot = point(near(-240, east=-145))
    alike = desk.call(phone="0907 600 001", complaint="điện giật thợ sơn", position=spot)["id"]
    other = desk.call(phone="0907 600 002", complaint="sản phụ vỡ ối", position=spot)["id"]
    call = desk.call(phone="0907 600 003", complaint="thợ sơn bị điện giật", position=spot)
    found = {one["call_id"]: one for one in ok(desk.client.get(f"/calls/{call['id']}/nearby"))["calls"]}
    assert found[alike]["score"] > found[other]["score"] + 0.2
    assert {"en": "told in other words", "vi": "lời kể khác"} in found[other]["reasons"]
