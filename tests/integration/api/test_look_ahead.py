"""The live state carried on as a simulation: advice for a dispatcher, and live is as it was."""

import hashlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from uuid import uuid4

import pytest

from simulations.fork.look_ahead import LEAST
from tests.server import ok, refused
from tests.small_city import where

FEW = {"futures": LEAST}
"""As many as are played on the slowest machine."""


@pytest.fixture
def waiting(desk):
    """Two vans by an incident that waits, one of them at its corner; nobody else has been seen for long."""
    desk.stand({"C1": where("B"), "C2": where("E")})
    return desk.incident(where("A"), "P1")


def everything(client) -> list[dict]:
    found, place = [], 0
    while page := ok(client.get("/events", params={"after": place}))["events"]:
        found += page
        place = page[-1]["seq"]
    return found


def hash_of(events: list[dict]) -> str:
    return hashlib.sha256(json.dumps(events, sort_keys=True).encode()).hexdigest()


def test_the_first_units_of_the_advice_are_compared_on_the_same_futures(shared_client, waiting):
    path = f"/incidents/{waiting['id']}"
    told = ok(shared_client.get(f"{path}/look-ahead", params=FEW))
    advised = ok(shared_client.get(f"{path}/recommendation"))["units"]
    assert [row["callsign"] for row in told["units"]] == [row["callsign"] for row in advised][:3]
    assert (told["futures"], told["hours"]) == (LEAST, 1.0)
    first, second = told["units"][:2]
    assert first["arrival_s"] == advised[0]["eta_s"] + advised[0]["parts"]["turnout"]
    assert first["late"] is False
    assert first["against"] is None
    assert second["against"]["low"] <= second["against"]["mean"] <= second["against"]["high"]
    for row in told["units"]:
        assert 0 <= row["others_late"]["low"] <= row["others_late"]["mean"] <= told["calls_expected"]


def test_the_policy_that_a_supervisor_chose_is_the_one_of_the_futures(shared_client, server, waiting):
    path = f"/incidents/{waiting['id']}/look-ahead"
    assert ok(shared_client.get(path, params=FEW))["policies"]["P3"] == "closest"
    with server.client("supervisor") as supervisor:
        ok(supervisor.put("/policy", json={"P3": "dmexclp", "reason": "trial"}))
        told = ok(shared_client.get(path, params=FEW))
        ok(supervisor.put("/policy", json={"P3": "closest", "reason": "over"}))
    assert told["policies"] == {"P1": "closest", "P2": "closest", "P3": "dmexclp", "P4": "closest"}
    assert told["moves_made"] is False


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_thousand_looks_leave_the_log_as_it_was(shared_client, server, waiting):
    before, known = server.position(), hash_of(everything(shared_client))
    for _ in range(1000):
        ok(shared_client.get(f"/incidents/{waiting['id']}/look-ahead", params=FEW))
    assert server.told_since(before) == []
    assert hash_of(everything(shared_client)[:before]) == known


def test_orders_placed_while_others_look_ahead_are_all_the_log_gets(shared_client, server, desk, waiting):
    """Two desks look on and on while a third takes calls: the log has its facts, one after another, and none
    of theirs."""
    path = f"/incidents/{waiting['id']}/look-ahead"
    ok(shared_client.get(path, params=FEW))  # kernels are loaded
    place, over, looked = server.position(), Event(), []

    def look(account):
        with server.client(account) as client:
            while not over.is_set():
                looked.append(client.get(path, params=FEW).status_code)

    desks = [Thread(target=look, args=(account,)) for account in ("supervisor", "admin")]
    for each in desks:
        each.start()
    opened = []
    while len(opened) < 10 or len(looked) < 10:
        if len(opened) < 30:
            opened.append(desk.incident(where("A"), "P3"))
        else:
            time.sleep(0.05)
    over.set()
    for each in desks:
        each.join(60)
    assert looked
    assert set(looked) == {200}
    added = ok(shared_client.get("/events", params={"after": place, "limit": 1000}))["events"]
    alone = server.position()
    desk.incident(where("A"), "P3")
    of_one = ok(shared_client.get("/events", params={"after": alone}))["events"]
    told = [each["topic"] for each in added if each["actor"] == "dispatcher"]
    assert told == [each["topic"] for each in of_one] * len(opened)
    # The clock of the service may tell of somebody who waits; those who look leave nothing.
    assert {each["actor"] for each in added}.isdisjoint({"supervisor", "admin"})


def test_a_desk_that_asks_again_before_it_was_answered_hears_a_sentence(server, waiting):
    path, many = f"/incidents/{waiting['id']}/look-ahead", {"futures": 1000, "hours": 4}
    with ThreadPoolExecutor(6) as asking, server.client("dispatcher", "vi") as client:
        found = list(asking.map(lambda _: client.get(path, params=many), range(6)))
    answers = [each.status_code for each in found]
    assert set(answers) == {200, 429}
    (sentence, *_) = (refused(each, 429)["detail"] for each in found if each.status_code == 429)
    assert sentence == "Bàn này đang có một lượt nhìn trước chưa tính xong; vui lòng chờ kết quả."


def test_live_is_untouched_by_a_look_ahead(shared_client, server, waiting):
    before, known = server.position(), everything(shared_client)
    rows = ok(shared_client.get("/snapshot"))
    for _ in range(3):
        ok(shared_client.get(f"/incidents/{waiting['id']}/look-ahead", params=FEW))
    assert server.told_since(before) == []
    assert everything(shared_client)[: len(known)] == known
    again = ok(shared_client.get("/snapshot"))
    assert {name: again[name] for name in ("incidents", "runs", "hospitals")} == {
        name: rows[name] for name in ("incidents", "runs", "hospitals")
    }


def test_an_incident_that_is_served_or_not_there_is_refused_with_a_sentence(shared_client, desk, waiting):
    desk.send(waiting, "C1")
    problem = refused(shared_client.get(f"/incidents/{waiting['id']}/look-ahead"), 409)
    assert f"Incident {waiting['number']} does not wait" in problem["detail"]
    refused(shared_client.get(f"/incidents/{uuid4()}/look-ahead"), 404)
    refused(shared_client.get(f"/incidents/{waiting['id']}/look-ahead", params={"futures": 5}), 422)
