"""The live state carried on as a simulation: advice for a dispatcher, and live is as it was."""

from uuid import uuid4

import pytest

from tests.server import ok, refused
from tests.small_city import where

FEW = {"futures": 40}


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


def test_the_first_units_of_the_advice_are_compared_on_the_same_futures(shared_client, waiting):
    path = f"/incidents/{waiting['id']}"
    told = ok(shared_client.get(f"{path}/look-ahead", params=FEW))
    advised = ok(shared_client.get(f"{path}/recommendation"))["units"]
    assert [row["callsign"] for row in told["units"]] == [row["callsign"] for row in advised][:3]
    assert (told["futures"], told["hours"]) == (40, 1.0)
    first, second = told["units"][:2]
    assert first["arrival_s"] == advised[0]["eta_s"] + advised[0]["parts"]["turnout"]
    assert first["late"] is False
    assert first["against"] is None
    assert second["against"]["low"] <= second["against"]["mean"] <= second["against"]["high"]
    for row in told["units"]:
        assert 0 <= row["others_late"]["low"] <= row["others_late"]["mean"] <= told["calls_expected"]


def test_live_is_untouched_by_a_look_ahead(shared_client, server, waiting):
    before, known = server.position(), everything(shared_client)
    rows = ok(shared_client.get("/snapshot"))
    for _ in range(3):
        ok(shared_client.get(f"/incidents/{waiting['id']}/look-ahead", params=FEW))
    assert server.position() == before
    assert everything(shared_client) == known
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
