"""E2: "Staffed vs physical vs blocked beds": 14 beds, 10 staffed -> 10 usable."""

from tests.desk_work import a_run
from tests.server import refused
from tests.ward_work import ICU


def test_of_fourteen_beds_the_ten_with_staff_may_be_promised(ward_desk):
    ward_desk.count("nam", {ICU: {"physical": 14, "staffed": 10, "occupied": 0}})
    beds = ward_desk.beds("nam", ICU)
    assert (beds["physical"], beds["staffed"], beds["free"]) == (14, 10, 10)
    ward_desk.count("nam", {ICU: {"physical": 14, "staffed": 10, "occupied": 6, "blocked": 3}})
    assert ward_desk.beds("nam", ICU)["free"] == 1
    ward_desk.send(ward_desk.incident(), "C1", hospital_id="nam", bed_kind=ICU)
    path = f"/incidents/{ward_desk.incident()['id']}/runs"
    body = a_run("C2", hospital_id="nam", bed_kind=ICU)
    assert refused(ward_desk.client.post(path, json=body), 409)["held_for"] == ["C1"]


def test_more_beds_with_staff_than_stand_there_cannot_be(ward_desk):
    body = {"beds": {ICU: {"physical": 9, "staffed": 10, "occupied": 0}}}
    refused(ward_desk.client.put("/hospitals/nam/beds", json=body), 422)
