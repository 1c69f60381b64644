"""D9: Crew panic + welfare/PAR timers: missed check alarms."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.acceptance.test_c18_an_offer_that_nobody_takes_goes_on import listening_to
from tests.desk_work import ago, point
from tests.feed_reader import listening
from tests.server import ok, refused
from tests.small_city import where
from tests.waiting import wait_for


def alarm_of(desk, callsign, kind="sos"):
    standing = [row for row in ok(desk.client.get("/crew-alarms")) if row["status"] != "closed"]
    return next((row for row in standing if (row["callsign"], row["kind"]) == (callsign, kind)), None)


def lines(frame):
    return {alarm["code"]: alarm for alarm in frame["alarms"]} if frame["type"] == "alarms" else {}


def settle(desk, alarm, outcome="safe"):
    ok(desk.client.post(f"/crew-alarms/{alarm['id']}/acknowledge"))
    ok(desk.client.post(f"/crew-alarms/{alarm['id']}/close", json={"outcome": outcome}))


def test_a_call_for_help_stands_before_every_desk_until_it_is_closed_with_an_outcome(server, desk):
    incident = desk.incident(where("T"))
    run = desk.send(incident, "C1")
    desk.report(run, "en_route", "on_scene")
    with listening_to(desk) as feed, server.client("crew") as crew:
        sos = {"id": str(uuid4()), "position": point(where("T")), "note": "bị hành hung"}
        ok(crew.post("/units/C1/sos", json=sos), 201)
        line = lines(feed.until(lambda frame: "sos" in lines(frame)))["sos"]
        assert "C1" in line["text"]["vi"]
        pressed_again = {"position": point(where("S"))}
        again = ok(crew.post("/units/C1/sos", json=pressed_again), 201)
        assert again["alarm_id"] == sos["id"], "pressed twice it is one alarm"
        alarm = alarm_of(desk, "C1")
        assert (alarm["presses"], alarm["status"], alarm["run_id"]) == (2, "sounding", run["run_id"])
        assert alarm["position"] == point(where("S")), "the newest place counts"

        early = desk.client.post(f"/crew-alarms/{alarm['id']}/close", json={"outcome": "safe"})
        assert refused(early, 409)["type"] == "urn:vigil:AlarmUnanswered"
        ok(desk.client.post(f"/crew-alarms/{alarm['id']}/acknowledge"))
        feed.until(lambda frame: "in hand" in lines(frame).get("sos", {"text": {"en": ""}})["text"]["en"])
        nonsense = desk.client.post(f"/crew-alarms/{alarm['id']}/close", json={"outcome": "whatever"})
        refused(nonsense, 422)
        ok(desk.client.post(f"/crew-alarms/{alarm['id']}/close", json={"outcome": "police_sent"}))
        feed.until(lambda frame: frame["type"] == "alarms" and "sos" not in lines(frame))
    told = [entry["text"]["en"] for entry in ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))]
    assert "C1 calls for help (SOS)." in told
    assert "The alarm of C1 was closed: handed to the police." in told


def test_no_crew_presses_for_another_and_none_reads_of_anothers_alarm(server, desk):
    with server.client("crew") as crew:
        refused(crew.post("/units/C2/sos", json={}), 403)
        ok(desk.client.post("/units/C2/sos", json={}), 201)
        assert all(row["callsign"] == "C1" for row in ok(crew.get("/crew-alarms")))
    settle(desk, alarm_of(desk, "C2"), "false_alarm")


def test_a_crew_at_a_scene_that_becomes_dangerous_hears_of_it_at_once(server, desk):
    """Its own row comes anew: what runs on it, the next check of its crew, is sooner now."""
    incident = desk.incident(where("T"))
    run = desk.send(incident, "C1")
    desk.report(run, "en_route", "on_scene")
    calm = check_of(desk.row("runs", run["run_id"]))
    with listening(server.socket_url("crew")) as feed:
        place = feed.read()["seq"]
        ok(desk.client.put(f"/incidents/{incident['id']}/danger", json={"danger": "có dao"}))
        rows = feed.until(lambda frame: run["run_id"] in own_runs(frame))
        assert check_of(own_runs(rows)[run["run_id"]]) < calm
    with listening(server.socket_url("crew", after=place)) as feed:
        late = feed.until(lambda frame: run["run_id"] in own_runs(frame))
        assert check_of(own_runs(late)[run["run_id"]]) < calm, "who was cut off meanwhile hears it too"
    ok(desk.client.put(f"/incidents/{incident['id']}/danger", json={"danger": None}))
    assert check_of(desk.row("runs", run["run_id"])) == calm


def own_runs(frame):
    rows = frame["rows"].get("runs", ()) if frame["type"] == "rows" else ()
    return {row["id"]: row for row in rows}


def check_of(run_row):
    return next(timer["amber_at"] for timer in run_row["timers"] if timer["name"] == "welfare")


def test_two_crews_whose_phones_chose_the_same_id_are_both_heard(desk):
    chosen = {"id": str(uuid4())}
    first, second, again = [
        ok(desk.client.post(f"/units/{callsign}/sos", json=chosen), 201) for callsign in ("C2", "C3", "C3")
    ]
    assert first["alarm_id"] == chosen["id"]
    assert second["alarm_id"] == again["alarm_id"] != chosen["id"]
    for callsign in ("C2", "C3"):
        settle(desk, alarm_of(desk, callsign), "false_alarm")


def test_a_missed_check_at_a_dangerous_scene_alarms_and_an_answer_ends_it(quick_desk):
    desk = quick_desk
    incident = desk.incident(where("T"), priority="P4")
    run = desk.send(incident, "C6")
    desk.report(run, "en_route", "on_scene")
    timers = {timer["name"]: timer for timer in desk.row("runs", run["run_id"])["timers"]}
    assert timers["welfare"]["amber_at"] < timers["welfare"]["red_at"]
    ok(desk.client.put(f"/incidents/{incident['id']}/danger", json={"danger": "có dao"}))
    alarm = wait_for(lambda: alarm_of(desk, "C6", "welfare"))
    assert (alarm["status"], alarm["run_id"]) == ("sounding", run["run_id"])
    ok(desk.client.put(f"/incidents/{incident['id']}/danger", json={"danger": None}))
    ok(desk.client.post(f"/runs/{run['run_id']}/welfare", json={"ok": True}))
    assert alarm_of(desk, "C6", "welfare") is None
    told = [entry["text"]["en"] for entry in ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))]
    assert "C6 missed a safety check." in told
    assert "C6 says that all is well." in told
    row = desk.row("runs", run["run_id"])
    (welfare,) = [timer for timer in row["timers"] if timer["name"] == "welfare"]
    assert welfare["since"] == row["checked_at"]


def test_a_crew_that_is_not_well_says_so_and_that_is_an_alarm(quick_desk):
    run = quick_desk.send(quick_desk.incident(where("T"), priority="P4"), "C7")
    early = quick_desk.client.post(f"/runs/{run['run_id']}/welfare", json={"ok": True})
    assert refused(early, 409)["type"] == "urn:vigil:NotOnScene"
    quick_desk.report(run, "en_route", "on_scene")
    ok(quick_desk.client.post(f"/runs/{run['run_id']}/welfare", json={"ok": False, "note": "cần công an"}))
    alarm = alarm_of(quick_desk, "C7")
    assert alarm["note"] == "cần công an"
    settle(quick_desk, alarm, "helped")


def test_an_alarm_stands_after_a_restart(quick_server, quick_desk):
    ok(quick_desk.client.post("/units/C8/sos", json={}), 201)
    quick_server.kill()
    quick_server.start()
    with listening_to(quick_desk) as feed:
        assert "C8" in lines(feed.until(lambda frame: "sos" in lines(frame)))["sos"]["text"]["en"]
    settle(quick_desk, alarm_of(quick_desk, "C8"))


@pytest.mark.parametrize(
    "broken",
    [
        lambda: {"at": ago(-60)},
        lambda: {"at": "1970-01-01T00:00:00Z"},
        lambda: {"at": "soon"},
        lambda: {"position": {"lat": 0, "lon": 0}},
    ],
    ids=["a minute fast", "of 1970", "no time", "no satellites"],
)
def test_no_clock_and_no_satellite_keeps_a_call_for_help_away(desk, broken):
    ok(desk.client.post("/units/C3/sos", json={"id": str(uuid4()), **broken()}), 201)
    alarm = alarm_of(desk, "C3")
    assert abs((datetime.now(UTC) - datetime.fromisoformat(alarm["since"])).total_seconds()) < 30
    assert alarm["position"] is None
    settle(desk, alarm)


def test_a_check_answered_with_no_is_heard_from_a_fast_phone(server, desk):
    run = desk.send(desk.incident(where("T")), "C1")
    desk.report(run, "en_route", "on_scene")
    with server.client("crew") as crew:
        ok(crew.post(f"/runs/{run['run_id']}/welfare", json={"ok": False, "at": ago(-60)}))
    settle(desk, alarm_of(desk, "C1"))
