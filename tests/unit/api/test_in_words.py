"""What a refusal says to people: words for codes, and the clock on the wall of the city."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from api.in_words import CODES, number, sentence
from api.misunderstood import sentence as misunderstood
from api.planning.errors import TooManyHours
from domain.care_errors import NotYoursToApprove
from domain.errors import (
    FromTheFuture,
    IllegalMilestone,
    NoBedFree,
    OutsideMap,
    Refused,
    UnitBusy,
    UnitNotOnDuty,
)
from domain.values import BedKind, Duty, Milestone

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def said(refusal: Refused, language: str = "vi") -> str:
    return sentence(refusal, language, SAIGON, NOW)


def test_milestones_beds_duties_and_modes_are_told_in_words():
    jump = IllegalMilestone(
        callsign="C1", status="accepted", milestone="at_hospital", allowed="en_route, stood_down"
    )
    assert said(jump) == (
        "C1 đang ở mốc xác nhận; không thể chuyển sang đến bệnh viện. Có thể: xuất phát, rút về."
    )
    assert jump.facts["allowed"] == "en_route, stood_down", "programs go on reading codes"
    full = NoBedFree(hospital="Bắc", kind="AdultICU", staffed=4, occupied=4, blocked=0, held=0)
    assert said(full).startswith("Bắc không còn giường hồi sức người lớn:")
    assert said(full, "en").startswith("Bắc has no adult intensive care bed free:")
    assert said(UnitNotOnDuty(callsign="C1", duty="off_duty")) == "C1 không trực (hết ca)."
    mode = NotYoursToApprove(mode="wartime", approver="coordinator", approver_vi="điều phối viên")
    assert "wartime" not in said(mode)


@pytest.mark.parametrize(("name", "codes"), [("milestone", Milestone), ("kind", BedKind), ("duty", Duty)])
def test_every_code_there_is_has_words(name, codes):
    assert set(CODES[name]) == {code.value for code in codes}


def test_times_are_told_by_the_clock_of_the_city_and_the_day_where_it_is_another():
    ahead = FromTheFuture(at="2026-03-03T18:02:16.924104+00:00", now="2026-03-02T18:00:00+00:00")
    assert said(ahead) == "01:02:16 04/03/2026 chưa đến: bây giờ là 01:00:00."
    assert said(ahead, "en").startswith("01:02:16 04/03/2026 has not come yet")
    first = FromTheFuture(at="0001-01-01T00:00:00+14:00", now="soon, Tuesday the 3rd")
    assert said(first, "en") == "0001-01-01T00:00:00+14:00 has not come yet: it is soon, Tuesday the 3rd."


def test_nobody_is_read_an_id_of_a_run():
    busy = UnitBusy(callsign="C1", run_id="0b6b", incident_number=7)
    assert "0b6b" not in said(busy) + said(busy, "en")


def test_numbers_are_written_as_their_reader_writes_them():
    hours = TooManyHours(field="hours", most=336.0, said=400.5)
    assert said(hours) == "Mỗi lần mô phỏng nhiều nhất 336 giờ; yêu cầu là 400,5 giờ."
    assert said(hours, "en") == "At most 336 hours are simulated at once; 400.5 were asked for."
    assert number(float("inf"), "vi") == "không giới hạn"
    place = OutsideMap(lat=10.5, lon=106.25, map="demo")
    assert said(place).startswith("10.50000, 106.25000"), "places as they are typed"
    assert misunderstood([{"type": "greater_than", "loc": ("hours",), "ctx": {"gt": 0.5}}], "vi").endswith(
        "hours: phải lớn hơn 0,5."
    )
