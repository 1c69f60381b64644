"""A9: ambiguous/wrong geocode is blocked or confirmed aloud: low-confidence match cannot be dispatched
without confirm; original text always sent to crew."""

from uuid import uuid4

import pytest

from tests.desk_work import a_run, point
from tests.server import ok, refused
from tests.small_city import where

SAID = "hẻm 47/3 gần chợ, đường Nguyễn Trãi"
DOUBTFUL = {"place_source": "gazetteer", "confidence": 0.4, "ambiguous": False}
AMBIGUOUS = {"place_source": "gazetteer", "confidence": 0.95, "ambiguous": True}
SURE = {"place_source": "gazetteer", "confidence": 0.95, "ambiguous": False}


def an_incident(desk, place, **facts):
    call = desk.call(address=SAID, complaint="té cầu thang", position=point(where("T")), **place)
    body = {"call_id": call["id"], "position": point(where("T")), "priority": "P2", **facts}
    return ok(desk.client.post("/incidents", json=body), 201), call


@pytest.mark.parametrize("place", [DOUBTFUL, AMBIGUOUS])
def test_nobody_is_sent_to_a_place_in_doubt_until_somebody_confirms_it(desk, place):
    incident, _ = an_incident(desk, place)
    row = desk.row("incidents", incident["id"])
    assert (row["place_confirmed"], row["place"]["ambiguous"]) == (False, place["ambiguous"])
    sent = desk.client.post(f"/incidents/{incident['id']}/runs", json=a_run("C1"))
    assert "confirm" in refused(sent, 409)["detail"]
    whole = {"response_id": str(uuid4()), "runs": [a_run("C1"), a_run("C2")]}
    planned = desk.client.post(f"/incidents/{incident['id']}/responses", json=whole)
    assert "confirm" in refused(planned, 409)["detail"]
    assert desk.row("units", "C1")["run_id"] is None
    ok(desk.client.post(f"/incidents/{incident['id']}/place", json={"confirmed": True}))
    assert desk.row("incidents", incident["id"])["place_confirmed"]
    desk.send(incident, "C1")


def test_one_token_in_the_order_confirms_and_sends(desk):
    incident, _ = an_incident(desk, DOUBTFUL)
    desk.send(incident, "C1", confirm_place=True)
    assert desk.row("incidents", incident["id"])["place_confirmed"]


def test_the_callers_words_travel_with_the_crew_whatever_the_address_is_corrected_to(server, desk):
    incident, call = an_incident(desk, DOUBTFUL)
    place = {"confirmed": True, "position": point(where("L")), "address": "47/3 Nguyễn Trãi, P. 2, Q. 5"}
    ok(desk.client.post(f"/incidents/{incident['id']}/place", json=place))
    row = desk.row("incidents", incident["id"])
    assert (row["address"], row["position"]) == (place["address"], place["position"])
    assert row["caller_words"] == [{"call_id": call["id"], "address": SAID, "complaint": "té cầu thang"}]
    advice = ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))
    assert advice["caller_words"] == row["caller_words"]
    run = desk.send(incident, "C1")
    assert desk.row("runs", run["run_id"])["caller_words"] == {"address": SAID, "complaint": "té cầu thang"}
    with server.client("crew") as crew:  # of C1
        mine = next(each for each in ok(crew.get("/runs")) if each["id"] == run["run_id"])
        assert mine["caller_words"]["address"] == SAID
        ours = next(each for each in ok(crew.get("/incidents")) if each["id"] == incident["id"])
        assert (ours["address"], ours["caller_words"]) == (place["address"], row["caller_words"])
    told = ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))
    briefed = [entry["text"]["vi"] for entry in told if entry["topic"] == "Run.Briefed"]
    assert len(briefed) == 1
    assert SAID in briefed[0]


def test_words_are_kept_where_the_address_is_the_gazetteers_own(desk):
    call = desk.call(
        address="47/3 Nguyễn Trãi, Phường 2", address_said=SAID, position=point(where("T")), **SURE
    )
    body = {"call_id": call["id"], "position": point(where("T")), "priority": "P2"}
    incident = ok(desk.client.post("/incidents", json=body), 201)
    row = desk.row("incidents", incident["id"])
    assert (row["address"], row["caller_words"][0]["address"]) == ("47/3 Nguyễn Trãi, Phường 2", SAID)
    assert row["place_confirmed"]


def test_a_better_place_said_while_they_talk_lifts_the_doubt_and_a_worse_one_raises_it(desk):
    incident, call = an_incident(desk, DOUBTFUL)
    better = {"position": point(where("K")), **SURE}
    ok(desk.client.put(f"/calls/{call['id']}/position", json=better))
    assert desk.row("incidents", incident["id"])["place_confirmed"]
    worse = {"position": point(where("T")), **AMBIGUOUS}
    ok(desk.client.put(f"/calls/{call['id']}/position", json=worse))
    assert not desk.row("incidents", incident["id"])["place_confirmed"]
    ok(desk.client.put(f"/calls/{call['id']}/position", json={"position": point(where("M"))}))
    assert desk.row("incidents", incident["id"])["place_confirmed"], (
        "a pin put there by hand is somebody's word"
    )


def test_clients_that_say_nothing_of_it_work_as_before(desk):
    incident = desk.incident()
    row = desk.row("incidents", incident["id"])
    assert (row["place"], row["place_confirmed"]) == (None, True)
    desk.send(incident, "C1")


@pytest.mark.parametrize("wrong", [{"place_source": "guess"}, {"place_source": "map", "confidence": 1.5}])
def test_a_source_nobody_knows_and_an_impossible_confidence_are_refused(desk, wrong):
    body = {"phone": "0900 000 900", "complaint": "x", "position": point(where("T")), **wrong}
    refused(desk.client.post("/calls", json=body), 422)
