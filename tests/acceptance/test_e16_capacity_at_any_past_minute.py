"""E16: "Capacity at any past minute": "ICU beds known to dispatch at 14:07:33"."""

from time import sleep

from tests.desk_work import now
from tests.server import ok, refused
from tests.ward_work import ICU


def test_the_beds_known_at_an_instant_are_told_as_they_were_known_then(ward_desk):
    ward_desk.count("nam", {ICU: {"staffed": 4, "occupied": 1}})
    sleep(0.05)
    then = now().isoformat()
    sleep(0.05)
    run = ward_desk.send(ward_desk.incident(), "C1", hospital_id="nam", bed_kind=ICU)
    ward_desk.count("nam", {ICU: {"staffed": 4, "occupied": 3}})
    assert ward_desk.beds("nam", ICU)["free"] == 0
    client = ward_desk.client
    past = {row["id"]: row for row in ok(client.get("/hospitals", params={"at": then}))}
    known = past["nam"]["beds"][ICU]
    assert (known["staffed"], known["occupied"], known["held"], known["free"]) == (4, 1, 0, 3)
    one = ok(client.get("/hospitals/nam", params={"at": then}))
    assert one["beds"][ICU] == known
    assert one["inbound"] == []
    assert ok(client.get("/hospitals/nam"))["inbound"][0]["run_id"] == run["run_id"]
    refused(client.get("/hospitals/moon"), 404)


def test_a_hospital_looks_into_its_own_past_alone(ward_server, ward_desk):
    then = now().isoformat()
    with ward_server.client("hospital") as client:
        assert [row["id"] for row in ok(client.get("/hospitals", params={"at": then}))] == ["bac"]
        refused(client.get("/hospitals/nam", params={"at": then}), 404)
