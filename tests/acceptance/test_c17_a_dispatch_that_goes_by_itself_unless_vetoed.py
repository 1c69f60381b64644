"""C17: Auto-dispatch with human veto window: off by default; veto in N s cancels cleanly."""

from datetime import datetime

from tests.desk_work import now, point
from tests.server import ok, refused
from tests.small_city import where
from tests.waiting import wait_for


def counting_down(desk, incident):
    rows = ok(desk.client.get("/auto-dispatch"))
    return next((row for row in rows if row["incident_id"] == incident["id"]), None)


def auto(desk, incident):
    return desk.row("incidents", incident["id"])["auto_dispatch"]


def test_nothing_goes_by_itself_where_nobody_switched_it_on(desk):
    desk.ping("C1", where("S"))
    incident = desk.incident(where("T"), priority="P1")
    assert ok(desk.client.get("/auto-dispatch")) == []
    assert auto(desk, incident) is None


def test_the_first_of_the_advice_is_proposed_and_sent_when_nobody_stops_it(quick_desk):
    quick_desk.ping("C3", where("S"))
    incident = quick_desk.incident(where("T"), priority="P1")
    proposed = wait_for(lambda: counting_down(quick_desk, incident))
    (callsign,) = proposed["callsigns"]
    assert proposed["veto_s"] == 2.0
    assert (datetime.fromisoformat(proposed["due_at"]) - now()).total_seconds() <= 2.0
    run = wait_for(
        lambda: next(
            (row for row in ok(quick_desk.client.get("/runs")) if row["incident_id"] == incident["id"]), None
        )
    )
    assert (run["callsign"], run["assigned_by"]) == (callsign, "auto"), "the facts say that no hand did it"
    assert run["decision_id"] == proposed["decision_id"], "by the advice that was proposed"
    assert run["hospital_id"] == proposed["hospital_id"]
    assert auto(quick_desk, incident)["state"] == "sent"
    late = quick_desk.client.post(f"/incidents/{incident['id']}/auto-dispatch/veto", json={})
    assert "it was sent already" in refused(late, 409)["detail"]


def test_a_veto_in_time_stops_it_for_good(quick_desk):
    quick_desk.ping("C4", where("S"))
    incident = quick_desk.incident(where("T"), priority="P1")
    (callsign,) = wait_for(lambda: counting_down(quick_desk, incident))["callsigns"]
    path = f"/incidents/{incident['id']}/auto-dispatch/veto"
    ok(quick_desk.client.post(path, json={"reason": "đã có xe dân đưa đi"}))
    assert counting_down(quick_desk, incident) is None
    since = now()
    wait_for(lambda: (now() - since).total_seconds() > 3.5)
    row = quick_desk.row("incidents", incident["id"])
    assert (row["runs"], row["status"]) == ([], "waiting")
    assert (row["auto_dispatch"]["state"], row["auto_dispatch"]["by"]) == ("vetoed", "dispatcher")
    assert quick_desk.row("units", callsign)["status"] == "AV"
    told = [e["text"]["en"] for e in ok(quick_desk.client.get(f"/incidents/{incident['id']}/timeline"))]
    assert any(text.startswith(f"{callsign} will be sent automatically at") for text in told)
    assert "Automatic dispatch stopped. Reason: đã có xe dân đưa đi." in told
    ok(quick_desk.client.post(f"/incidents/{incident['id']}/close", json={"reason": "thử nghiệm"}))


def doubted(desk, confidence):
    """A life threat at a place as the gazetteer guessed it."""
    place = {"place_source": "gazetteer", "confidence": confidence, "ambiguous": False}
    call = desk.call(address="hẻm 47", **place)
    body = {"call_id": call["id"], "position": point(where("T")), "priority": "P1"}
    return call, ok(desk.client.post("/incidents", json=body), 201)


def test_to_a_place_in_doubt_nobody_is_announced_until_it_is_confirmed(quick_desk):
    quick_desk.ping("C3", where("S"))
    _, incident = doubted(quick_desk, 0.4)
    since = now()
    wait_for(lambda: (now() - since).total_seconds() > 2.5)
    assert auto(quick_desk, incident) is None, "no countdown runs to an order that would be refused"
    ok(quick_desk.client.post(f"/incidents/{incident['id']}/place", json={"confirmed": True}))
    wait_for(lambda: quick_desk.row("incidents", incident["id"])["runs"])
    assert auto(quick_desk, incident)["state"] == "sent"


def test_a_doubt_that_comes_up_stops_the_countdown_and_says_so(quick_desk):
    quick_desk.ping("C4", where("S"))
    call, incident = doubted(quick_desk, 0.95)
    wait_for(lambda: counting_down(quick_desk, incident))
    worse = {"position": point(where("B")), "place_source": "gazetteer", "confidence": 0.3, "ambiguous": True}
    ok(quick_desk.client.put(f"/calls/{call['id']}/position", json=worse))
    dropped = wait_for(lambda: (part := auto(quick_desk, incident))["state"] == "dropped" and part)
    assert dropped["why"] == "place_in_doubt"
    assert quick_desk.row("incidents", incident["id"])["runs"] == []
    told = [e["text"]["en"] for e in ok(quick_desk.client.get(f"/incidents/{incident['id']}/timeline"))]
    assert "Automatic proposal dropped: the place is not confirmed." in told
    ok(quick_desk.client.post(f"/incidents/{incident['id']}/place", json={"confirmed": True}))
    wait_for(lambda: quick_desk.row("incidents", incident["id"])["runs"], patience_s=25)


def test_a_dispatcher_who_is_faster_is_not_sent_a_second_unit(quick_desk):
    quick_desk.ping("C4", where("S"))
    incident = quick_desk.incident(where("T"), priority="P1")
    wait_for(lambda: counting_down(quick_desk, incident))
    quick_desk.send(incident, "C2")
    dropped = wait_for(lambda: (part := auto(quick_desk, incident))["state"] == "dropped" and part)
    assert dropped["why"] == "by_hand"
    assert [run["callsign"] for run in quick_desk.row("incidents", incident["id"])["runs"]] == ["C2"]
