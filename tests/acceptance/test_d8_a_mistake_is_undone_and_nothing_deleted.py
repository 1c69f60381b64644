"""D8: Undo / correct time without losing original: correction event; report shows both."""

from datetime import datetime

from tests.server import all_events, ok, refused
from tests.small_city import where

ED = "EmergencyDepartment"


def undo(desk, run, of="last", **facts):
    return desk.client.post(f"/runs/{run['run_id']}/undo", json={"of": of, **facts})


def row_of(desk, run):
    return desk.row("runs", run["run_id"])


def beds(desk, hospital="bac"):
    return desk.row("hospitals", hospital)["beds"][ED]


def topics_of(desk, run):
    said = [event for event in all_events(desk.client) if event["data"].get("run_id") == run["run_id"]]
    return [event["topic"] for event in said]


def test_a_milestone_pressed_by_mistake_is_taken_back_and_stays_in_the_log(desk):
    incident = desk.incident(where("T"))
    run = desk.send(incident, "C1")
    desk.report(run, "en_route", "on_scene")
    offered = row_of(desk, run)["undo"]
    assert offered["milestone"] == "on_scene"
    answer = ok(undo(desk, run, offered["of"], reason="bấm nhầm"))
    assert (answer["undone"], answer["milestone"]) == ("on_scene", "en_route")
    row = row_of(desk, run)
    assert (row["status"], list(row["milestones"])) == ("en_route", ["assigned", "en_route"])
    (taken_back,) = row["undone"]
    assert (taken_back["milestone"], taken_back["reason"]) == ("on_scene", "bấm nhầm")
    assert desk.row("units", "C1")["status"] == "EN"
    assert desk.row("incidents", incident["id"])["status"] == "en_route"
    assert topics_of(desk, run).count("Run.Progressed") == 2, "nothing was deleted"
    told = [entry["text"]["en"] for entry in ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))]
    assert any(text.startswith("“on scene” of C1 undone") for text in told)
    desk.report(run, "on_scene")


def test_sent_twice_one_step_is_undone(desk):
    run = desk.send(desk.incident(where("T")), "C1")
    desk.report(run, "en_route", "on_scene")
    of = row_of(desk, run)["undo"]["of"]
    assert [ok(undo(desk, run, of))["repeated"] for _ in range(2)] == [False, True]
    assert row_of(desk, run)["status"] == "en_route"
    other = refused(undo(desk, run, of + 100_000), 409)
    assert other["type"] == "urn:vigil:NothingToUndo"


def test_only_the_last_step_is_undone(desk):
    run = desk.send(desk.incident(where("T")), "C1")
    desk.report(run, "en_route")
    first = row_of(desk, run)["undo"]["of"]
    desk.report(run, "on_scene")
    assert refused(undo(desk, run, first), 409)["type"] == "urn:vigil:NotTheLast"


def test_an_end_undone_binds_the_unit_and_holds_the_bed_again(desk):
    incident = desk.incident(where("T"))
    run = desk.send(incident, "C1", hospital_id="bac", bed_kind=ED)
    held = beds(desk)["held"]
    desk.report(run, "en_route", "stood_down")
    assert beds(desk)["held"] == held - 1
    ok(undo(desk, run))
    unit = desk.row("units", "C1")
    assert (unit["run_id"], unit["status"]) == (run["run_id"], "EN")
    assert beds(desk)["held"] == held
    served = desk.row("incidents", incident["id"])
    assert (served["status"], served["waiting_since"]) == ("en_route", None)
    assert run["run_id"] in [each["run_id"] for each in desk.row("hospitals", "bac")["inbound"]]


def test_an_arrival_undone_empties_the_bed_and_promises_it_again(desk):
    run = desk.send(desk.incident(where("T")), "C1", hospital_id="bac", bed_kind=ED)
    desk.report(run, "en_route", "on_scene", "transporting")
    before = beds(desk)
    desk.report(run, "at_hospital")
    assert beds(desk)["occupied"] == before["occupied"] + 1
    ok(undo(desk, run))
    after = beds(desk)
    assert (after["occupied"], after["held"]) == (before["occupied"], before["held"])
    (inbound,) = [each for each in desk.row("hospitals", "bac")["inbound"] if each["run_id"] == run["run_id"]]
    assert not inbound["arrived"]


def test_an_assignment_made_by_mistake_is_undone_with_all_it_bound(desk):
    incident = desk.incident(where("T"))
    run = desk.send(incident, "C2", hospital_id="bac", bed_kind=ED)
    held = beds(desk)["held"]
    ok(undo(desk, run, reason="nhầm xe"))
    assert row_of(desk, run)["status"] == "stood_down"
    assert row_of(desk, run)["undone"][0]["milestone"] == "assigned"
    assert desk.row("units", "C2")["status"] == "AV"
    assert beds(desk)["held"] == held - 1
    assert desk.row("incidents", incident["id"])["status"] == "waiting"


def test_an_end_undone_has_its_patient_aboard_again_and_the_bed_they_come_to_is_theirs(desk):
    incident = desk.incident(where("T"))
    run = desk.send(incident, "C1", hospital_id="bac", bed_kind=ED)
    desk.report(run, "en_route", "on_scene", "patient_contact")
    path = f"/incidents/{incident['id']}/casualties"
    (tagged,) = ok(desk.client.post(path, json={"red": 1}), 201)["patients"]
    ok(desk.client.put(f"/patients/{tagged['id']}/run", json={"run_id": run["run_id"]}))
    before = (ok(desk.client.get(f"/patients/{tagged['id']}")), beds(desk))
    desk.report(run, "clear")
    assert ok(desk.client.get(f"/patients/{tagged['id']}"))["state"] == "at_scene"

    ok(undo(desk, run, reason="bấm nhầm"))
    after = (ok(desk.client.get(f"/patients/{tagged['id']}")), beds(desk))
    told = ("state", "run_id", "callsign", "hospital_id", "bed_kind", "times")
    assert [after[0][name] for name in told] == [before[0][name] for name in told]
    assert (after[0]["state"], after[0]["callsign"]) == ("aboard", "C1")
    assert (after[1]["held"], after[1]["free"]) == (before[1]["held"], before[1]["free"])

    desk.report(run, "transporting", "at_hospital")
    there = beds(desk)
    assert (there["occupied"], there["held"]) == (before[1]["occupied"] + 1, before[1]["held"] - 1)
    desk.report(run, "handed_over", "clear")
    ok(desk.client.post(f"/incidents/{incident['id']}/close", json={"reason": "xong"}))
    assert ok(desk.client.get(f"/patients/{tagged['id']}"))["state"] == "handed_over"
    assert beds(desk)["occupied"] == there["occupied"], "nobody is given the bed they lie in"


def test_nothing_is_undone_over_what_was_built_on_it(desk):
    incident = desk.incident(where("T"))
    run = desk.send(incident, "C1")
    desk.report(run, "en_route", "stood_down")
    again = desk.send(desk.incident(where("D")), "C1")
    busy = refused(undo(desk, run), 409)
    assert (busy["type"], busy["run_id"]) == ("urn:vigil:UnitBusy", again["run_id"])
    desk.report(again, "stood_down")
    ok(desk.client.post(f"/incidents/{incident['id']}/close", json={"reason": "xong"}))
    assert refused(undo(desk, run), 409)["type"] == "urn:vigil:IncidentOver"
    assert row_of(desk, run)["status"] == "stood_down"


def test_a_wrong_time_is_corrected_and_both_are_shown(desk):
    run = desk.send(desk.incident(where("T")), "C1")
    assigned = datetime.fromisoformat(row_of(desk, run)["milestones"]["assigned"])
    desk.report(run, "en_route")
    was = row_of(desk, run)["milestones"]["en_route"]
    right = (assigned + (datetime.fromisoformat(was) - assigned) / 2).isoformat()
    body = {"milestone": "en_route", "at": right, "reason": "bấm trễ"}
    ok(desk.client.post(f"/runs/{run['run_id']}/corrections", json=body), 201)
    row = row_of(desk, run)
    assert datetime.fromisoformat(row["milestones"]["en_route"]) == datetime.fromisoformat(right)
    (correction,) = row["corrections"]
    assert (correction["was"], correction["reason"]) == (was, "bấm trễ")
