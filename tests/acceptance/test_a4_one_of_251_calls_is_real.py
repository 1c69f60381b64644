"""A4: nuisance-caller scoring, soft-queue, 1-key close, never auto-drops: 251 calls/9.5 h from one number
never occupy >1 taker; a real emergency from it still reaches a human."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.desk_work import a_call, now, point
from tests.server import ok, refused
from tests.small_city import where
from tests.waiting import wait_for

NUMBER, CALLS, HOURS = "0938 115 251", 251, 9.5
REAL = 203
BURST = 9
"""Each so many calls the next one comes before anybody settled the last."""


@pytest.fixture
def lan(server):
    """A second taker."""
    with server.client("supervisor") as client:
        yield client


def queued(client, call_id):
    """The place of a call in the queue, and the entry it stands in."""
    entries = ok(client.get("/calls/queue"))
    for place, entry in enumerate(entries):
        if call_id in (entry["call"]["id"], *(row["id"] for row in entry["bundled"])):
            return place, entry
    raise AssertionError(f"{call_id} is not in the queue")


def takers(client, ids):
    """Who speaks with any of these calls just now."""
    rows = [row for row in ok(client.get("/calls")) if row["id"] in ids]
    return {row["claimed_by"] for row in rows if row["claimed_by"] is not None}


def test_251_calls_from_one_number_occupy_one_taker_and_the_real_one_becomes_an_incident(desk, lan):
    began, ids, standing = now() - timedelta(hours=HOURS), [], []
    incident = None
    for i in range(CALLS):
        at = (began + timedelta(hours=HOURS) * i / CALLS).isoformat()
        call = desk.call(phone=NUMBER, complaint="(cười)", at=at, position=None)
        ids.append(call["id"])
        standing.append(call["id"])
        ok(desk.client.post(f"/calls/{standing[0]}/claim", json={}))
        if i % BURST == 0 and i != REAL:
            continue  # the next one comes while they still speak
        if len(standing) > 1 and i > 50:
            other = lan.post(f"/calls/{standing[-1]}/claim", json={})
            assert refused(other, 409)["by"] == "dispatcher"
            assert takers(desk.client, standing) == {"dispatcher"}
            _, entry = queued(desk.client, standing[-1])
            assert entry["call"]["id"] == standing[0], "later calls ring nowhere else"
        if i == REAL:
            ok(desk.client.post(f"/calls/{call['id']}/raise", json={"reason": "khóc, kêu cứu"}))
            body = {"call_id": call["id"], "position": point(where("T")), "priority": "P1"}
            incident = ok(desk.client.post("/incidents", json=body), 201)
            standing.remove(call["id"])
        for left in standing:
            ok(desk.client.post(f"/calls/{left}/close", json={"outcome": "nuisance"}))
        standing = []

    assert len(ids) == len(set(ids)) == CALLS
    card = ok(desk.client.get(f"/callers/{NUMBER}"))
    assert (card["calls_known"], card["suspected"]) == (CALLS, True)
    assert card["score"] > 20
    said = {reason["en"] for reason in card["reasons"]}
    assert {"250 closed as nuisance", "1 real"} <= said
    run = desk.send(incident, "C1")
    assert desk.row("incidents", incident["id"])["runs"][0]["run_id"] == run["run_id"]


def test_251_calls_from_one_number_in_the_same_moment_are_all_taken_and_all_count(desk):
    """However many ring at once: no call is refused for the book of its number, and none is missing in it."""
    number = "0938 115 252"
    bodies = [a_call(id=str(uuid4()), phone=number, complaint="(cười)", position=None) for _ in range(CALLS)]

    def take(body):
        return desk.client.post("/calls", json=body).status_code

    with ThreadPoolExecutor(max_workers=50) as takers_at_once:
        assert Counter(takers_at_once.map(take, bodies)) == {201: CALLS}
    ids = {body["id"] for body in bodies}
    assert ids <= {row["id"] for row in ok(desk.client.get("/calls"))}
    card = wait_for(lambda: (card := card_of(desk, number))["calls_known"] == CALLS and card)
    assert "251 not settled yet" in reasons(card)

    closed = sorted(ids)[:40]

    def close(call_id):
        return desk.client.post(f"/calls/{call_id}/close", json={"outcome": "nuisance"}).status_code

    with ThreadPoolExecutor(max_workers=40) as takers_at_once:
        assert Counter(takers_at_once.map(close, closed)) == {200: len(closed)}
    wait_for(lambda: {"40 closed as nuisance", "211 not settled yet"} <= reasons(card_of(desk, number)))
    card = card_of(desk, number)
    assert card["suspected"]
    following = desk.call(phone=number, complaint="alo", position=None)
    suspicion = desk.row("calls", following["id"])["suspicion"]
    assert suspicion["score"] == pytest.approx(card["score"], rel=0.01)
    for call_id in sorted(ids)[40:]:
        ok(desk.client.post(f"/calls/{call_id}/close", json={"outcome": "nuisance"}))


def reasons(card):
    return {reason["en"] for reason in card["reasons"]}


def card_of(desk, number):
    return ok(desk.client.get(f"/callers/{number}"))


def test_a_suspected_call_waits_behind_others_for_a_minute_at_most_and_is_never_dropped(desk):
    number = "0938 115 000"
    for i in range(6):
        at = (now() - timedelta(minutes=30 - i)).isoformat()
        call = desk.call(phone=number, complaint="im lặng", at=at, position=None)
        ok(desk.client.post(f"/calls/{call['id']}/close", json={"outcome": "nuisance"}))
    suspected = desk.call(phone=number, complaint="alo", position=None)
    honest = desk.call(phone="0902 222 333", complaint="té xe", position=None)
    place, entry = queued(desk.client, suspected["id"])
    assert entry["behind"]
    assert place > queued(desk.client, honest["id"])[0]
    row = entry["call"]
    comes_up_at = datetime.fromisoformat(row["suspicion"]["comes_up_at"])
    assert comes_up_at - datetime.fromisoformat(row["received_at"]) <= timedelta(seconds=61)
    assert row["suspicion"]["reasons"][0]["vi"].startswith("6 cuộc trong")
    ok(desk.client.post(f"/calls/{suspected['id']}/raise", json={}))
    place, entry = queued(desk.client, suspected["id"])
    assert not entry["behind"]
    assert place < queued(desk.client, honest["id"])[0], "it came first, and stands first again"


def test_one_key_closes_a_nuisance_and_a_claim_is_released_or_taken_over(desk, lan):
    call = desk.call(phone="0938 115 777", complaint="gọi chơi", position=None)
    ok(desk.client.post(f"/calls/{call['id']}/claim", json={}))
    assert "dispatcher" in refused(lan.post(f"/calls/{call['id']}/claim", json={}), 409)["detail"]
    taken = ok(lan.post(f"/calls/{call['id']}/claim", json={"take_over": True}))
    assert taken["claimed_by"] == "supervisor"
    ok(desk.client.post(f"/calls/{call['id']}/release"))
    assert desk.row("calls", call["id"])["claimed_by"] is None
    ok(desk.client.post(f"/calls/{call['id']}/close", json={"outcome": "nuisance"}))
    row = desk.row("calls", call["id"])
    assert (row["status"], row["outcome"]) == ("closed", "nuisance")
    again = desk.client.post(f"/calls/{call['id']}/claim", json={}, headers={"Idempotency-Key": str(uuid4())})
    refused(again, 409)


def test_the_lines_we_work_with_are_never_suspected(desk):
    for i in range(8):
        at = (now() - timedelta(minutes=20 - i)).isoformat()
        call = ok(desk.client.post("/calls", json=a_call(phone="113", position=None, at=at)), 201)
        ok(desk.client.post(f"/calls/{call['id']}/close", json={"outcome": "no_emergency"}))
    handed_over = desk.call(phone="113", position=None)
    assert desk.row("calls", handed_over["id"])["suspicion"] is None
