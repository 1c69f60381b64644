"""The unit board by area: every area there is, and in which of them each unit and each open incident is."""

from tests.server import ok
from tests.small_city import where


def areas(desk):
    return ok(desk.client.get("/areas"))


def test_every_station_is_a_neighbourhood_also_where_nobody_is(desk):
    city = ok(desk.client.get("/city"))
    assert areas(desk)["stations"] == sorted(station["name"] for station in city["stations"])


def test_each_unit_and_each_open_incident_has_its_area(desk):
    incident = desk.incident(where("T"))
    found = areas(desk)
    units = {row["id"] for row in ok(desk.client.get("/units"))}
    assert {row["id"] for row in found["units"]} == units
    assert all(row["station"] in found["stations"] for row in [*found["units"], *found["incidents"]])
    assert incident["id"] in {row["id"] for row in found["incidents"]}
    for row in [*found["units"], *found["incidents"]]:
        assert row["ward"] is None or row["ward"] in found["wards"]
        assert row["district"] is None or row["district"] in found["districts"]


def test_a_closed_incident_is_in_no_area(desk):
    incident = desk.incident(where("T"))
    ok(desk.client.post(f"/incidents/{incident['id']}/close", json={"reason": "over"}))
    assert incident["id"] not in {row["id"] for row in areas(desk)["incidents"]}


def test_a_hospital_sees_no_unit_and_no_incident_by_area(desk, server):
    desk.incident(where("T"))
    with server.client("hospital") as ward:
        found = ok(ward.get("/areas"))
    assert (found["units"], found["incidents"]) == ([], [])
