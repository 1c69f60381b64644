"""D13: Ownership class of station (centre/hospital/shared) and commitment as data: hospital can withdraw its
car; coverage updates at once."""

from datetime import timedelta

from tests.desk_work import now
from tests.server import ok, refused
from tests.small_city import where
from tests.waiting import wait_for

REASON = {"reason": "chuyển viện nội bộ"}


def ranked(desk, incident):
    advice = ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))
    return [row["callsign"] for row in advice["units"]]


def covered(desk):
    """Whom the coverage counts, and what share of the demand they reach within twelve seconds."""
    told = ok(desk.client.get("/coverage", params={"minutes": 0.2}))
    return set(told["units"]), told["demand_share"]


def unit(desk, callsign):
    return desk.row("units", callsign)


def test_a_hospital_takes_its_car_and_gives_it_back_and_ranking_and_coverage_know_at_once(
    quick_server, quick_desk
):
    desk = quick_desk
    desk.stand({"C5": where("g")})  # alone in its corner of the town
    incident = desk.incident(where("A"), priority="P3")
    assert "C5" in ranked(desk, incident)
    counted, share = covered(desk)
    assert "C5" in counted
    with quick_server.client("hospital") as hospital:
        ok(hospital.post("/units/C5/withdraw", json=REASON))
        assert "C5" not in ranked(desk, incident)
        left, less = covered(desk)
        assert "C5" not in left
        assert less < share
        row = unit(desk, "C5")
        assert row["duty"] == "out_of_service"
        assert row["withdrawn"]["reason"] == REASON["reason"]
        sign_on = desk.client.post("/units/C5/duty", json={"status": "on_duty"})
        assert refused(sign_on, 409)["type"] == "urn:vigil:UnitWithdrawn"
        (station,) = ok(hospital.get("/stations"))
        mine = next(each for each in station["units"] if each["callsign"] == "C5")
        assert mine["withdrawn"]["reason"] == REASON["reason"]
        ok(hospital.post("/units/C5/return", json={}))
        twice = refused(hospital.post("/units/C5/return", json={}), 409)
        assert twice["type"] == "urn:vigil:UnitNotWithdrawn"
    assert unit(desk, "C5")["duty"] == "on_duty"
    assert unit(desk, "C5")["withdrawn"] is None
    assert "C5" in ranked(desk, incident)
    again, as_before = covered(desk)
    assert "C5" in again
    assert as_before > less
    ok(desk.client.post(f"/incidents/{incident['id']}/close", json={"reason": "thử nghiệm"}))


def test_no_car_is_withdrawn_in_the_middle_of_a_run(quick_server, quick_desk):
    run = quick_desk.send(quick_desk.incident(where("A"), priority="P4"), "C5")
    with quick_server.client("hospital") as hospital:
        busy = refused(hospital.post("/units/C5/withdraw", json=REASON), 409)
        assert busy["type"] == "urn:vigil:UnitBusy"
    assert quick_desk.row("runs", run["run_id"])["status"] == "assigned"


def test_nobody_withdraws_the_car_of_another_station(quick_server, quick_desk):
    with quick_server.client("hospital") as hospital, quick_server.client("crew") as crew:
        refused(hospital.post("/units/C2/withdraw", json=REASON), 403)
        refused(crew.post("/units/C1/withdraw", json=REASON), 403)


def test_a_car_withdrawn_until_a_moment_comes_back_by_itself(quick_desk):
    gone = {**REASON, "until": (now() - timedelta(minutes=1)).isoformat()}
    refused(quick_desk.client.post("/units/C5/withdraw", json=gone), 422)
    soon = {**REASON, "until": (now() + timedelta(seconds=1.5)).isoformat()}
    ok(quick_desk.client.post("/units/C5/withdraw", json=soon))
    assert unit(quick_desk, "C5")["withdrawn"]["until"] is not None
    wait_for(lambda: unit(quick_desk, "C5")["withdrawn"] is None)
    assert unit(quick_desk, "C5")["duty"] == "on_duty"


def test_stations_say_whose_they_are_and_how_far_the_centre_may_count_on_them(quick_server, quick_desk):
    rows = {row["id"]: row for row in ok(quick_desk.client.get("/stations"))}
    assert (rows["tay-bac"]["ownership"], rows["tay-bac"]["commitment"]) == ("hospital", "loose")
    assert (rows["dong-bac"]["ownership"], rows["dong-bac"]["commitment"]) == ("centre", "full")
    assert rows["tay-bac"]["commitment_assumed"]
    with quick_server.client("crew") as crew:
        assert all(row["days"] == [] for row in ok(crew.get("/stations"))), "between stations and the centre"
