"""Where to take the patient: who can, who has a bed, how far, and how old that news is."""

from datetime import datetime

import pytest

from dispatch.policies.destination import (
    BedsNow,
    DestinationRules,
    HospitalNow,
    HospitalRanking,
    rank_hospitals,
)
from domain.values import Needs, Travel
from tests.builders import NOON, a_hospital_now, minutes

ED = "EmergencyDepartment"


def ranking(
    hospitals: list[HospitalNow], needs: Needs | None = None, **ways: float | None
) -> HospitalRanking:
    """ways : seconds of drive by hospital, 600 for those not named."""
    travel = {}
    for hospital in hospitals:
        way = ways.get(hospital.hospital_id, 600.0)
        travel[hospital.hospital_id] = None if way is None else Travel(way, way * 10)
    return rank_hospitals(hospitals, travel, needs or Needs(), DestinationRules(), NOON)


def why_rejected(hospital: HospitalNow, needs: Needs | None = None, **ways: float | None) -> str:
    (row,) = ranking([hospital], needs, **ways).rejected
    assert row.reason_vi
    return f"{row.code}: {row.reason}"


def counted(at: datetime | None, free: int = 2) -> dict[str, BedsNow]:
    return {ED: BedsNow(free, at)}


def test_the_nearest_goes_first_and_the_id_settles_ties():
    hospitals = [a_hospital_now(name) for name in ("c", "b", "a")]
    rows = ranking(hospitals, None, a=600.0, b=600.0, c=100.0).hospitals
    assert [row.hospital_id for row in rows] == ["c", "a", "b"]


def test_only_a_hospital_with_the_speciality_is_asked():
    needs = Needs(speciality="burns")
    assert why_rejected(a_hospital_now(), needs) == "lacks_speciality: no burns"
    assert ranking([a_hospital_now(specialities=("burns",))], needs).hospitals


def test_a_hospital_that_diverts_everything_is_passed_over_until_then():
    until = minutes(30)
    assert why_rejected(a_hospital_now(diverting_until=until)) == (
        "diverting: diverting until 2026-03-02T12:30+07:00"
    )
    assert ranking([a_hospital_now(diverting_until=NOON)]).hospitals


@pytest.mark.parametrize(
    ("needs", "services", "passed_over"),
    [
        (Needs(speciality="stroke"), ("stroke",), True),
        (Needs(speciality="stroke"), ("trauma",), False),
        (Needs(speciality=None), ("trauma",), False),
        (Needs(), (ED,), True),
        (Needs(bed_kind=None), (ED,), False),
        (Needs(bed_kind=None), (), True),
    ],
)
def test_a_diversion_of_some_services_concerns_only_those_who_need_them(needs, services, passed_over):
    hospital = a_hospital_now(diverting_until=minutes(30), diverted_services=services)
    assert bool(ranking([hospital], needs).rejected) == passed_over


@pytest.mark.parametrize("free", [0, -1])
def test_without_a_free_bed_a_hospital_is_passed_over(free):
    assert why_rejected(a_hospital_now(beds=counted(NOON, free))) == f"no_bed: no {ED} bed free"


def test_a_hospital_that_keeps_no_such_beds_is_passed_over():
    assert why_rejected(a_hospital_now(), Needs(bed_kind="Burn")) == "lacks_bed_kind: keeps no Burn beds"


def test_who_needs_no_bed_is_not_asked_for_one():
    (row,) = ranking([a_hospital_now(beds={})], Needs(bed_kind=None)).hospitals
    assert (row.bed_kind, row.free, row.parts) == (None, None, {"travel": 600.0})


def test_where_no_road_leads_no_patient_is_taken():
    assert why_rejected(a_hospital_now(), None, **{"cho-ray": None}) == "no_way: no way there by road"


@pytest.mark.parametrize(
    ("reported_at", "doubt_s"),
    [
        (NOON, 0),
        (minutes(-60), 0),
        (minutes(-61), 120),
        (minutes(-120), 120),
        (minutes(-121), 300),
        (None, 300),
        (minutes(5), 0),
    ],
)
def test_an_old_count_is_doubted_in_seconds_of_drive(reported_at, doubt_s):
    (row,) = ranking([a_hospital_now(beds=counted(reported_at))]).hospitals
    assert row.parts == {"travel": 600.0, "data_age": doubt_s}
    assert row.score == 600 + doubt_s


def test_a_fresh_count_a_little_further_goes_before_an_old_one():
    old = a_hospital_now("old", beds=counted(None))
    fresh = a_hospital_now("fresh")
    rows = ranking([old, fresh], None, old=600.0, fresh=800.0).hospitals
    assert [row.hospital_id for row in rows] == ["fresh", "old"]
    assert rows[1].reasons[-1] == {"en": "beds never reported", "vi": "chưa từng báo giường"}
    assert rows[1].reported_at is None


def test_the_reasons_say_distance_beds_and_age_of_the_count():
    (row,) = ranking([a_hospital_now(beds=counted(minutes(-12), free=3))]).hospitals
    assert [reason["en"] for reason in row.reasons] == ["6.0 km by road", "3 free", "counted 12 min ago"]


def test_an_estimate_is_called_so():
    ways = {"cho-ray": Travel(100, 1500, "straight_line")}
    (row,) = rank_hospitals([a_hospital_now()], ways, Needs(), DestinationRules(), NOON).hospitals
    assert row.reasons[0]["en"] == "1.5 km, straight line estimate"
