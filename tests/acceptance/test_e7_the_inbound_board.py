"""E7: "Inbound board with live ETA + pre-alert packet". That four of five arrivals
are told to within two minutes on replayed drives is tested in tests/unit/api/test_inbound_times.py."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.desk_work import now
from tests.server import ok
from tests.ward_work import ED, place, soon

VITALS = {
    "rate": 26, "spo2": 91, "on_oxygen": True, "systolic": 88, "pulse": 132,
    "consciousness": "V", "temperature_c": 38.4,
}  # fmt: skip


def test_a_hospital_sees_who_comes_with_what_and_when(ward_server, ward_desk):
    incident = ward_desk.incident(place("D"), priority="P1", determinant="heart_attack")
    run = ward_desk.carry(incident, "C1", "nam", ED)
    ward_desk.unit_at("C1", "D")
    body = {"age_years": 61, "sex": "M", "avpu": "V", "vitals": VITALS, "condition": "ST chênh lên"}
    with ward_server.client("crew") as crew:  # the crew of C1
        ok(crew.post(f"/runs/{run['run_id']}/pre-alert", json=body))
    (row,) = ward_desk.board("nam")
    assert (row["callsign"], row["status"], row["priority"]) == ("C1", "transporting", "P1")
    assert row["title"]["vi"]
    assert row["pre_alert"]["age_years"] == 61
    assert row["pre_alert"]["news2"] == {"score": 18, "risk": "high"}
    assert (row["by"], row["hold_until"] is not None) == ("road", True)
    assert 0 < row["eta_s"] < 600
    told = row["pre_alert"]
    assert (told["sex"], told["vitals"]["systolic"], told["vitals"]["on_oxygen"]) == ("M", 88, True)


@pytest.mark.parametrize(
    "body", [{"vitals": {"pulse": 132, "on_oxygen": True}}, {"age_years": 9, "vitals": VITALS}]
)
def test_some_measurements_alone_and_a_childs_are_told_without_a_score(ward_server, ward_desk, body):
    ward_desk.carry(ward_desk.incident(place("D")), "C1", "nam", ED)
    run_id = ward_desk.board("nam")[0]["run_id"]
    with ward_server.client("crew") as crew:
        ok(crew.post(f"/runs/{run_id}/pre-alert", json=body))
    told = ward_desk.board("nam")[0]["pre_alert"]
    assert (told["vitals"]["pulse"], told["news2"]) == (132, None)


def test_the_arrival_is_told_from_the_newest_position(ward_desk):
    run = ward_desk.carry(ward_desk.incident(place("A")), "C7", "nam")
    begins = now()  # whatever earlier tests told of the unit is older
    ward_desk.ping("C7", place("A"), at=begins.isoformat())  # a jump is believed with the second report
    times = []
    for driven, corner in enumerate("AIQY"):  # down the western street, 100 m each in five seconds
        at = begins + timedelta(seconds=5 + 5 * driven)
        ward_desk.ping("C7", place(corner), at=at.isoformat())
        row = soon(
            lambda: ward_desk.board("nam")[0],
            lambda row, at=at: row["position_at"] and datetime.fromisoformat(row["position_at"]) == at,
        )
        times.append(row["eta_s"])
    assert all(before > after + 3 for before, after in pairwise(times)), times
    ward_desk.report(run, "at_hospital")
    (row,) = ward_desk.board("nam")
    assert (row["arrived"], row["eta_at"]) == (True, None)


def test_who_does_not_carry_the_patient_yet_is_expected_by_way_of_the_scene(ward_desk):
    run = ward_desk.send(ward_desk.incident(place("D")), "C3", hospital_id="nam", bed_kind=ED)
    ward_desk.unit_at("C3", "A")
    ward_desk.report(run, "en_route")
    (row,) = ward_desk.board("nam")
    assert row["by"] == "via_scene"
    assert row["eta_s"] > 600  # the time on scene is assumed
    arrives = datetime.fromisoformat(row["eta_at"])
    assert 600 < (arrives - now()).total_seconds() < 1200
