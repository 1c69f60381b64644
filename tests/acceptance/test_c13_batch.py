"""C13: Batch assignment when calls > units: 100 calls/40 units in at most 100 ms (`vigil bench dispatch`),
no P2 served at the expense of a P1."""

from uuid import uuid4

import pytest

from tests.server import ok, refused
from tests.small_city import where
from tests.standing_crews import stand


@pytest.fixture
def desk_alone(tight_desk):
    """Nobody waits but those of this test."""
    for row in ok(tight_desk.client.get("/incidents")):
        if row["status"] == "waiting":
            ok(tight_desk.client.post(f"/incidents/{row['id']}/close", json={"reason": "dọn bàn"}))
    return tight_desk


def batch(desk, **asked):
    return ok(desk.client.post("/dispatch/batch", json=asked))


def test_the_most_urgent_is_served_though_another_is_at_the_door(desk_alone):
    stand(desk_alone, T1="A")
    near, far = desk_alone.incident(where("A"), "P3"), desk_alone.incident(where("w"), "P2")
    found = batch(desk_alone)
    assert [(pair["incident_id"], pair["callsign"]) for pair in found["pairs"]] == [(far["id"], "T1")]
    (left,) = found["unserved"]
    assert (left["incident_id"], left["code"]) == (near["id"], "more_urgent")
    assert left["reason"]["vi"] == "các xe đáp ứng được đều đi vụ khẩn cấp hơn"


def test_together_they_are_there_sooner_than_one_after_the_other(desk_alone):
    """The first in the queue would take T1, who is nearest; then T2 would cross the whole town for the
    other."""
    stand(desk_alone, T1="C", T2="A")
    east, west = desk_alone.incident(where("D"), "P2"), desk_alone.incident(where("B"), "P2")
    found = batch(desk_alone)
    assert {pair["incident_id"]: pair["callsign"] for pair in found["pairs"]} == {
        east["id"]: "T1",
        west["id"]: "T2",
    }
    assert found["unserved"] == []
    for pair in found["pairs"]:
        assert pair["arrival_s"] == pytest.approx(pair["eta_s"] + 60, abs=0.11)


def test_who_cannot_be_served_by_anybody_is_told(desk_alone):
    stand(desk_alone, M1="A")
    desk_alone.incident(where("B"), "P2")
    (left,) = batch(desk_alone)["unserved"]
    assert left["code"] == "nobody_can"


def test_only_those_named_are_served_and_nothing_is_ordered(desk_alone):
    stand(desk_alone, T1="A", T2="B")
    first, second = desk_alone.incident(where("A"), "P2"), desk_alone.incident(where("B"), "P2")
    before = ok(desk_alone.client.get("/runs"))
    found = batch(desk_alone, incident_ids=[second["id"]])
    assert [pair["incident_id"] for pair in found["pairs"]] == [second["id"]]
    assert ok(desk_alone.client.get("/runs")) == before
    assert desk_alone.row("incidents", first["id"])["status"] == "waiting"


def test_each_pair_can_be_sent_as_it_stands(desk_alone):
    stand(desk_alone, T1="A", T2="w", C1="D")
    incidents = [desk_alone.incident(where(corner), "P2") for corner in "BuH"]
    found = batch(desk_alone)
    assert len({pair["callsign"] for pair in found["pairs"]}) == 3
    for pair in found["pairs"]:
        incident = next(each for each in incidents if each["id"] == pair["incident_id"])
        desk_alone.send(incident, pair["callsign"])
    refused(desk_alone.client.post("/dispatch/batch", json={}), 422)


def test_an_unknown_incident_is_said_to_be_unknown(tight_desk):
    refused(tight_desk.client.post("/dispatch/batch", json={"incident_ids": [str(uuid4())]}), 404)
