"""What a refusal says to people: words for codes, and the clock on the wall of the city."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from api.in_words import CODES, number, sentence
from api.misunderstood import sentence as misunderstood
from api.planning.errors import TooManyHours
from domain.care_errors import NotYoursToApprove
from domain.errors import (
    BadText,
    FromTheFuture,
    IllegalMilestone,
    IncidentStillServed,
    NoBedFree,
    NotAChoice,
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
        "C1 đang ở mốc “nhận lệnh”, chưa thể báo “đến bệnh viện”. Kế tiếp có thể là: xuất phát, cho dừng."
    )
    assert jump.facts["allowed"] == "en_route, stood_down", "programs go on reading codes"
    full = NoBedFree(hospital="Bắc", kind="AdultICU", staffed=4, occupied=4, blocked=0, held=0)
    assert said(full).startswith("Bắc không còn giường hồi sức người lớn:")
    assert said(full, "en").startswith("Bắc has no adult intensive care bed free:")
    assert said(UnitNotOnDuty(callsign="C1", duty="off_duty")) == "C1 không trực (hết ca)."
    mode = NotYoursToApprove(mode="wartime", approver="coordinator", approver_vi="điều phối viên")
    assert "wartime" not in said(mode)


def test_where_nothing_can_come_next_nothing_is_promised():
    over = IllegalMilestone(callsign="C1", status="handed_over", milestone="redirected", allowed="-")
    assert said(over, "en") == "C1 is handed_over; from there it cannot be redirected."
    assert said(over) == "C1 đang ở mốc “bàn giao”, không thể “đổi bệnh viện” nữa."


def test_one_unit_is_and_several_are():
    one = IncidentStillServed(number=7, callsigns="T1")
    assert said(one, "en") == "Incident 7 cannot be closed: T1 is still on it."
    assert said(one) == "Chưa thể đóng vụ 7: T1 còn đang phục vụ."
    two = IncidentStillServed(number=7, callsigns="C1, T1")
    assert said(two, "en") == "Incident 7 cannot be closed: C1, T1 are still on it."


def test_what_was_typed_is_named_in_the_language_of_the_reader():
    assert said(BadText(field="complaint", limit=200)) == "Lý do gọi phải có từ 1 đến 200 ký tự."
    choice = NotAChoice(field="sex", value="X", known="F, M")
    assert said(choice) == "Giới tính không thể là 'X': chọn một trong F, M."


@pytest.mark.parametrize(("name", "codes"), [("milestone", Milestone), ("kind", BedKind), ("duty", Duty)])
def test_every_code_there_is_has_words(name, codes):
    assert set(CODES[name]) >= {code.value for code in codes}


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
