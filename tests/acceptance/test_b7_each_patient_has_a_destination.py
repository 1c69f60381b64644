"""B7: "N patients per incident, each with own destination": 3 patients -> 3 hospitals,
all clocks separate."""

from uuid import uuid4

from tests.server import ok, refused
from tests.ward_work import ED, HOSPITALS, ICU


def patient(desk, tagged):
    return ok(desk.client.get(f"/patients/{tagged['id']}"))


def test_three_patients_go_to_three_hospitals_each_by_a_clock_of_its_own(ward_desk):
    incident = ward_desk.incident(patients=3)
    tagged = ward_desk.tag(incident, {"age_band": "adult", "sex": "F"}, {}, {"age_band": "child"})
    client = ward_desk.client
    runs = []
    for each, unit, hospital_id in zip(tagged, ("C1", "C2", "T1"), HOSPITALS, strict=True):
        body = {"hospital_id": hospital_id, "bed_kind": ED}
        ok(client.put(f"/patients/{each['id']}/destination", json=body))
        assert ward_desk.beds(hospital_id)["held"] == 1
        run = ward_desk.send(incident, unit, hospital_id=hospital_id, bed_kind=ED)
        refused(client.put(f"/patients/{each['id']}/run", json={"run_id": run["run_id"]}), 409)
        ward_desk.report(run, "en_route", "on_scene")
        ok(client.put(f"/patients/{each['id']}/run", json={"run_id": run["run_id"]}))
        assert ward_desk.beds(hospital_id)["held"] == 1  # theirs alone, none for the run beside it
        runs.append(run)
    first, second, third = runs
    ward_desk.report(first, "transporting", "at_hospital", "handed_over", "clear")
    ward_desk.report(second, "transporting")
    states = [patient(ward_desk, each)["state"] for each in tagged]
    assert states == ["handed_over", "on_the_way", "aboard"]
    ward_desk.report(third, "transporting", "at_hospital")
    ward_desk.report(second, "at_hospital")
    rows = [patient(ward_desk, each) for each in tagged]
    assert [row["hospital_id"] for row in rows] == list(HOSPITALS)
    arrivals = [row["times"]["at_hospital"] for row in rows]
    assert len(set(arrivals)) == 3
    assert arrivals[0] < arrivals[2] < arrivals[1]
    for hospital_id in HOSPITALS:
        beds = ward_desk.beds(hospital_id)
        assert (beds["held"], beds["occupied"]) == (0, 1)
    (coming,) = [row for row in ward_desk.board("nam") if row["run_id"] == third["run_id"]]
    assert [each["tag"] for each in coming["tagged"]] == [tagged[2]["tag"]]


def test_a_run_without_tags_works_as_ever(ward_desk):
    run = ward_desk.carry(ward_desk.incident(), "C1", "bac")
    assert ward_desk.beds("bac")["held"] == 1
    ward_desk.report(run, "at_hospital")
    beds = ward_desk.beds("bac")
    assert (beds["held"], beds["occupied"]) == (0, 1)


def test_who_has_no_destination_takes_over_that_of_the_run_and_its_bed(ward_desk):
    incident = ward_desk.incident()
    (tagged,) = ward_desk.tag(incident)
    run = ward_desk.send(incident, "C1", hospital_id="nam", bed_kind=ED)
    ward_desk.report(run, "en_route", "on_scene")
    ok(ward_desk.client.put(f"/patients/{tagged['id']}/run", json={"run_id": run["run_id"]}))
    row = patient(ward_desk, tagged)
    assert (row["hospital_id"], row["hold_until"] is not None) == ("nam", True)
    assert ward_desk.beds("nam")["held"] == 1
    ward_desk.report(run, "transporting")
    body = {"hospital_id": "dong", "bed_kind": ED, "reason": "gần hơn"}
    ok(ward_desk.client.put(f"/runs/{run['run_id']}/destination", json=body))
    assert patient(ward_desk, tagged)["hospital_id"] == "dong"
    assert (ward_desk.beds("nam")["held"], ward_desk.beds("dong")["held"]) == (0, 1)


def test_colours_follow_from_start_and_jumpstart(ward_desk):
    one, two, three = ward_desk.tag(ward_desk.incident(), {}, {}, {"age_band": "child"})
    path = "/patients/{}/triage".format
    sort = ward_desk.client.put
    told = ok(sort(path(one["id"]), json={"start": {"walks": False, "breathing": True, "rate": 34}}))
    assert told["category"] == "red"
    asked = refused(sort(path(two["id"]), json={"start": {"walks": False, "breathing": True}}), 422)
    assert asked["finding"] == "rate"
    ok(sort(path(two["id"]), json={"category": "yellow"}))
    ok(sort(path(three["id"]), json={"jumpstart": {"walks": True}}))
    refused(sort(path(three["id"]), json={"category": "green", "start": {"walks": True}}), 422)
    found = [patient(ward_desk, each) for each in (one, two, three)]
    assert [row["category"] for row in found] == ["red", "yellow", "green"]
    assert [row["triage"]["method"] for row in found] == ["start", "said", "jumpstart"]


def test_said_twice_a_patient_is_entered_once_and_no_tag_is_given_twice(ward_desk):
    incident = ward_desk.incident()
    path = f"/incidents/{incident['id']}/patients"
    body = {"id": str(uuid4()), "patients": [{"tag": "A-17"}, {}]}
    first = ok(ward_desk.client.post(path, json=body), 201)
    again = ok(ward_desk.client.post(path, json=body), 201)
    assert (first["patients"], again["repeated"]) == (again["patients"], True)
    refused(ward_desk.client.post(path, json={"patients": [{"tag": "A-17"}]}), 422)
    assert ok(ward_desk.client.get(path))["in_all"] == 2
    told = ok(ward_desk.client.get(f"/incidents/{incident['id']}/timeline"))
    assert any("A-17" in entry["text"]["vi"] for entry in told)


def test_a_crew_reads_whom_it_may_sort_and_hears_why_it_may_not_speak_of_others(ward_server, ward_desk):
    incident, elsewhere = ward_desk.incident(), ward_desk.incident(patients=2)
    (ours,), (theirs,) = ward_desk.tag(incident), ward_desk.tag(elsewhere)
    ward_desk.report(ward_desk.send(incident, "C1"), "en_route", "on_scene")
    with ward_server.client("crew") as crew:  # of C1
        ok(crew.put(f"/patients/{ours['id']}/triage", json={"category": "yellow"}))
        assert ok(crew.get(f"/patients/{ours['id']}"))["category"] == "yellow"
        for answer in (
            crew.get(f"/patients/{theirs['id']}"),
            crew.put(f"/patients/{theirs['id']}/triage", json={"category": "red"}),
            crew.post(f"/incidents/{elsewhere['id']}/casualties", json={"red": 1}),
        ):
            assert f"incident {elsewhere['number']}" in refused(answer, 403)["detail"]
        refused(crew.get(f"/patients/{uuid4()}"), 404)


def test_patients_of_a_chain_of_merged_incidents_are_those_of_the_last(ward_desk):
    client = ward_desk.client
    first, second, last = (ward_desk.incident(priority="P1") for _ in range(3))
    rides, waits = ward_desk.tag(first, {"category": "red"}, {"category": "red"})
    for incident, into in ((first, second), (second, last)):
        ok(client.post(f"/incidents/{incident['id']}/merge", json={"into": into["id"]}))
    of_last = ok(client.get(f"/incidents/{last['id']}/patients"))["patients"]
    assert {each["id"] for each in of_last} == {rides["id"], waits["id"]}
    problem = refused(client.get(f"/incidents/{first['id']}/distribution"), 409)
    assert str(second["number"]) in problem["detail"]
    proposed = ok(client.get(f"/incidents/{last['id']}/distribution"))["sent"]
    assert {each["patient_id"] for each in proposed} == {rides["id"], waits["id"]}
    sent = [{"patient_id": each["patient_id"], "hospital_id": "nam", "bed_kind": ICU} for each in proposed]
    ok(client.post(f"/incidents/{last['id']}/distribution", json={"sent": sent}), 201)
    assert ward_desk.beds("nam", ICU)["held"] == 2
    run = ward_desk.send(last, "C1")
    ward_desk.report(run, "en_route", "on_scene")
    ok(client.put(f"/patients/{rides['id']}/run", json={"run_id": run["run_id"]}))
    ward_desk.report(run, "transporting", "at_hospital", "handed_over", "clear")
    assert patient(ward_desk, rides)["state"] == "handed_over"
    ok(client.post(f"/incidents/{last['id']}/close", json={"reason": "xong"}))
    assert patient(ward_desk, waits)["state"] == "ended"
    beds = ward_desk.beds("nam", ICU)
    assert (beds["held"], beds["occupied"]) == (0, 1)


def test_two_incidents_stay_one_while_a_patient_is_aboard_a_run_of_the_other(ward_desk):
    client = ward_desk.client
    gone, stays = ward_desk.incident(), ward_desk.incident()
    (tagged,) = ward_desk.tag(gone)
    ok(client.post(f"/incidents/{gone['id']}/merge", json={"into": stays["id"]}))
    run = ward_desk.send(stays, "C1")
    ward_desk.report(run, "en_route", "on_scene")
    ok(client.put(f"/patients/{tagged['id']}/destination", json={"hospital_id": "dong", "bed_kind": ICU}))
    ok(client.put(f"/patients/{tagged['id']}/run", json={"run_id": run["run_id"]}))
    problem = refused(client.post(f"/incidents/{gone['id']}/unmerge"), 409)
    assert "C1" in problem["detail"]
    ward_desk.report(run, "transporting", "at_hospital")
    assert ward_desk.beds("dong", ICU)["occupied"] == 1
    ward_desk.report(run, "handed_over", "clear")
    ok(client.post(f"/incidents/{gone['id']}/unmerge"))
    ok(client.post(f"/incidents/{gone['id']}/close", json={"reason": "xong"}))
    assert patient(ward_desk, tagged)["state"] == "handed_over"


def test_a_crew_neither_takes_nor_turns_nor_ends_the_patient_aboard_another_crews_vehicle(
    ward_server, ward_desk
):
    incident = ward_desk.incident(patients=2)
    theirs, nobodys = ward_desk.tag(incident, {}, {})
    own, other = (ward_desk.send(incident, unit, hospital_id="nam") for unit in ("C1", "C2"))
    for run in (own, other):
        ward_desk.report(run, "en_route", "on_scene")
    ok(ward_desk.client.put(f"/patients/{theirs['id']}/run", json={"run_id": other["run_id"]}))
    with ward_server.client("crew") as crew:  # the crew of C1
        path = f"/patients/{theirs['id']}"
        for run_id in (None, own["run_id"]):
            problem = refused(crew.put(f"{path}/run", json={"run_id": run_id}), 403)
            assert problem["type"] == "urn:vigil:NotYourUnit"
        refused(crew.put(f"{path}/destination", json={"hospital_id": "bac"}), 403)
        refused(crew.put(f"{path}/outcome", json={"outcome": "refused"}), 403)
        ok(crew.put(f"/patients/{nobodys['id']}/run", json={"run_id": own["run_id"]}))
        ok(crew.put(f"/patients/{nobodys['id']}/run", json={"run_id": None}))
    assert patient(ward_desk, theirs)["run_id"] == other["run_id"]
