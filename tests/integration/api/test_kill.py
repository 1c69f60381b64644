"""`kill -9` in the middle of a storm: what was promised is there once, what was not may be said again."""

import json
import threading
import time
from random import Random

import pytest

from tests.desk_work import DeskWork
from tests.integration.api.storm import Ledger, facts_in, until_promised, work
from tests.server import all_events, ok, vigil
from tests.small_city import callsigns

DESKS = 4
ACCOUNTS = ("dispatcher", "supervisor", "admin", "dispatcher")


def units_of(desk):
    """Each desk has vans of its own, so that no order is refused."""
    vans = [callsign for callsign in callsigns() if not callsign.startswith("M")]
    return vans[desk::DESKS]


def storm(server, pause_s):
    """Orders from four desks, and a kill; the ledger and how long they rained."""
    ledger = Ledger()
    for account in ACCOUNTS:
        server.token(account)
    desks = [
        threading.Thread(
            target=work,
            args=(lambda account=ACCOUNTS[desk]: server.client(account), units_of(desk), ledger),
        )
        for desk in range(DESKS)
    ]
    for desk in desks:
        desk.start()
    began = time.monotonic()
    until_promised(ledger, 12)
    time.sleep(pause_s)
    server.kill()
    lasted = time.monotonic() - began
    ledger.stopped.set()
    for desk in desks:
        desk.join()
    assert ledger.refused == []
    return ledger, lasted


def say_again(ledger, client):
    """Each order without an answer, under its own ids, twice; how many had been stored before the kill."""
    stored_before = 0
    for order in ledger.unanswered:
        first, second = order.send(client), order.send(client)
        assert first.is_success, first.text
        stored_before += first.json()["repeated"]
        assert second.json()["repeated"]
        same = [
            {k: v for k, v in told.json().items() if k not in ("seq", "repeated", "nearby")}
            for told in (first, second)
        ]
        assert same[0] == same[1]
        ledger.promised.append((order, first.json()))
    return stored_before


@pytest.mark.timeout(900)
@pytest.mark.parametrize("rounds", [5, pytest.param(40, marks=pytest.mark.slow)])
def test_no_promise_is_lost_or_kept_twice_when_the_process_is_killed(rounds, own_server):
    chance = Random(115)
    promised, orders, lasted, unanswered, stored_before = [], 0, 0.0, 0, 0
    client = own_server.client()
    beds = {"EmergencyDepartment": {"staffed": 90_000, "occupied": 0}}
    ok(client.put("/hospitals/bac/beds", json={"beds": beds}))
    for _ in range(rounds):
        ledger, seconds = storm(own_server, chance.uniform(0.2, 1.5))
        orders, lasted = orders + len(ledger.promised), lasted + seconds
        unanswered += len(ledger.unanswered)
        own_server.start()
        stored_before += say_again(ledger, client)
        promised += ledger.promised
        DeskWork(client).clear_the_board()
    events = all_events(client)
    seqs = [event["seq"] for event in events]
    assert seqs == list(range(1, own_server.position() + 1)), "the log has a hole"
    counts = facts_in(events)
    assert [fact for fact, count in counts.items() if count > 1] == [], "stored twice"
    lost = [order.fact for order, _ in promised if counts[order.fact] != 1]
    assert lost == [], "promised, and lost"
    by_seq = {event["seq"]: event for event in events}
    for _, told in promised:
        assert told["seq"] in by_seq
    picture = ok(client.get("/snapshot"))
    assert picture["seq"] == own_server.position()
    assert all(row["run_id"] is None for row in picture["units"])
    north = next(row for row in picture["hospitals"] if row["id"] == "bac")["beds"]["EmergencyDepartment"]
    arrived = sum(fact[-1] == "at_hospital" for fact in counts)
    assert (north["held"], north["occupied"]) == (0, arrived), "each patient has one bed"
    numbers = [row["number"] for row in picture["incidents"]]
    assert len(numbers) == len(set(numbers))
    client.close()
    own_server.stop()
    checked = vigil("rebuild", "--check", "--json", "--data", own_server.data)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    told = json.loads(checked.stdout)
    assert told["views"] == told["stored"]
    print(
        f"{rounds} kills survived; {orders} orders at {orders / lasted:.0f}/s from {DESKS} desks; "
        f"{unanswered} without an answer, {stored_before} of them stored before the kill"
    )
