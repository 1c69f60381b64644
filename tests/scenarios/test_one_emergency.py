"""One emergency in Ho Chi Minh City, from the telephone to the closed file, over HTTP on the real streets."""

import json
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from dispatch import inputs
from domain.values import Position
from tests.desk_work import DeskWork
from tests.postgres import fresh_database
from tests.server import all_events, hcmc_ground, ok, running_server, vigil

BEN_THANH = Position(10.7725, 106.6980)
SCENE = {"lat": BEN_THANH.lat, "lon": BEN_THANH.lon}


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request, tmp_path):
    ground = hcmc_ground()
    with ExitStack() as stack:
        database = stack.enter_context(fresh_database()) if request.param == "postgresql" else None
        yield stack.enter_context(running_server(ground, tmp_path, database))


def moment():
    """An instant after all that was told and before all that will be."""
    time.sleep(0.02)
    then = datetime.now(UTC)
    time.sleep(0.02)
    return then.isoformat()


def expected_order(client, units, capability):
    """Free vans with this skill and a position, soonest first, by our own question to POST /travel-times."""
    able = [
        row
        for row in units
        if row["duty"] == "on_duty" and row["run_id"] is None and row["kind"] == "van"
        if capability in row["capabilities"] and row["position"] is not None
    ]
    body = {
        "profile": "van",
        "origins": [[row["position"]["lat"], row["position"]["lon"]] for row in able],
        "destinations": [[SCENE["lat"], SCENE["lon"]]],
    }
    table = ok(client.post("/travel-times", json=body))
    times = [(line[0], row["callsign"]) for line, row in zip(table["durations_s"], able, strict=True)]
    return sorted(each for each in times if each[0] is not None)


def beds_of(picture, hospital_id, kind):
    return next(row for row in picture["hospitals"] if row["id"] == hospital_id)["beds"][kind]


def only(rows, row_id):
    return next((row for row in rows if row["id"] == row_id), None)


@pytest.mark.timeout(600)
def test_one_emergency_from_the_call_to_the_closed_file(server):
    client = server.client()
    desk = DeskWork(client)
    city = ok(client.get("/city"))
    stations = {station["id"]: station["position"] for station in city["stations"]}
    desk.everybody_on_duty()
    units = ok(client.get("/units"))
    for row in units:
        place = stations[row["station_id"]]
        desk.ping(row["callsign"], Position(place["lat"], place["lon"]))

    # The call, the questions, the incident.
    before_all = moment()
    call_id, incident_id, run_id = (str(uuid4()) for _ in range(3))
    call = {"id": call_id, "phone": "0908 115 115", "complaint": "Méo miệng, nói khó", "position": SCENE}
    ok(client.post("/calls", json=call), 201)
    ringing = moment()
    answers = {"conscious": "yes", "breathing": "normal", "problem": "stroke"}
    triage = ok(client.put(f"/calls/{call_id}/triage", json={"protocol": "general", "answers": answers}))
    assert triage["determinant"] == "stroke"
    opening = {
        "id": incident_id,
        "call_id": call_id,
        "position": SCENE,
        "determinant": triage["determinant"],
    }
    incident = ok(client.post("/incidents", json=opening), 201)
    assert incident["priority"] == triage["priority"]
    waiting = moment()

    # Whom to send: the advice is the minimum of the road times.
    advice = ok(client.get(f"/incidents/{incident_id}/recommendation"))
    skill = advice["needs"]["capabilities"][0]
    ranked = expected_order(client, ok(client.get("/units")), skill)
    assert len(ranked) > 3
    first = advice["units"][0]
    assert first["eta_s"] == pytest.approx(min(eta for eta, _ in ranked), abs=0.11)
    assert [row["callsign"] for row in advice["units"]] == [callsign for _, callsign in ranked]
    assert first["method"] == "road"
    hospital = advice["hospitals"][0]
    assert (
        "stroke" in next(h for h in city["hospitals"] if h["id"] == hospital["hospital_id"])["specialities"]
    )
    kind = advice["needs"]["bed_kind"]
    free = hospital["free"]

    # One unit, one bed.
    order = {
        "run_id": run_id,
        "unit_id": first["unit_id"],
        "hospital_id": hospital["hospital_id"],
        "bed_kind": kind,
        "decision_id": advice["decision_id"],
    }
    run = ok(client.post(f"/incidents/{incident_id}/runs", json=order), 201)
    assigned = moment()
    desk.report(run, "accepted", "en_route")
    desk.ping(run["callsign"], BEN_THANH)
    under_way = moment()
    desk.report(run, "on_scene", "patient_contact", "transporting")
    transporting = moment()
    desk.report(run, "at_hospital")
    arrived = moment()
    desk.report(run, "handed_over", "clear")
    ok(client.post(f"/incidents/{incident_id}/close", json={"reason": "đã bàn giao"}))
    closed = moment()

    # As it was known then.
    seen = {}
    for name, at in (
        ("before", before_all),
        ("ringing", ringing),
        ("waiting", waiting),
        ("assigned", assigned),
        ("under way", under_way),
        ("transporting", transporting),
        ("arrived", arrived),
        ("closed", closed),
    ):
        picture = ok(client.get("/snapshot", params={"at": at}))
        unit = next(row for row in picture["units"] if row["callsign"] == run["callsign"])
        beds = beds_of(picture, hospital["hospital_id"], kind)
        its_call = only(picture["calls"], call_id)
        its_incident = only(picture["incidents"], incident_id)
        its_run = only(picture["runs"], run_id)
        seen[name] = (
            its_call and its_call["status"],
            its_incident and its_incident["status"],
            its_run and its_run["status"],
            unit["status"],
            beds["held"],
            beds["occupied"],
            beds["free"],
        )
    assert seen == {
        "before": (None, None, None, "AV", 0, 0, free),
        "ringing": ("open", None, None, "AV", 0, 0, free),
        "waiting": ("in_incident", "waiting", None, "AV", 0, 0, free),
        "assigned": ("in_incident", "assigned", "assigned", "DP", 1, 0, free - 1),
        "under way": ("in_incident", "en_route", "en_route", "EN", 1, 0, free - 1),
        "transporting": ("in_incident", "transporting", "transporting", "TR", 1, 0, free - 1),
        "arrived": ("in_incident", "at_hospital", "at_hospital", "HP", 0, 1, free - 1),
        "closed": ("in_incident", "closed", "clear", "AV", 0, 1, free - 1),
    }

    # What is on file: the advice with all that made it, and every step in its order.
    events = all_events(client)
    decision = next(e["data"] for e in events if e["topic"].startswith("Decision"))
    assert decision["advice"]["decision_id"] == advice["decision_id"]
    (weighed,) = [unit for unit in inputs.read(decision["advice"]).fleet if unit.callsign == run["callsign"]]
    stood = stations[next(row["station_id"] for row in units if row["callsign"] == run["callsign"])]
    assert (weighed.position.lat, weighed.position.lon) == (stood["lat"], stood["lon"])
    told = [entry["topic"] for entry in ok(client.get(f"/incidents/{incident_id}/timeline"))]
    wanted = ["Call.Received", "Call.Triaged", "Incident.Opened", "Run.Assigned", "Incident.Closed"]
    assert [topic for topic in told if topic in wanted] == wanted
    assert told.count("Run.Progressed") == 8

    # And the log alone tells it all again.
    position = server.position()
    client.close()
    server.stop()
    checked = vigil("rebuild", "--check", "--json", "--data", server.data, *server.db)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    rebuilt = vigil("rebuild", "--json", "--data", server.data, *server.db)
    assert rebuilt.returncode == 0, rebuilt.stderr
    before, after = json.loads(checked.stdout), json.loads(rebuilt.stdout)
    assert before["views"] == before["stored"] == after["views"] == after["stored"]
    assert before["position"] == after["position"] == position
