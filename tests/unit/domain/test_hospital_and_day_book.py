"""A diversion always has an end; incidents are numbered by the day."""

import pytest

from domain.day_book import DayBook
from domain.errors import BadDiversion, NotDiverting
from tests.builders import a_hospital, an_act, happened, minutes

DAY = 24 * 60


@pytest.mark.parametrize("until", [-1, 0, DAY + 0.1])
def test_a_diversion_ends_within_a_day_and_after_now(until):
    hospital = a_hospital()
    with pytest.raises(BadDiversion, match="24 hours"):
        hospital.divert("quá tải", (), minutes(until), an_act())
    assert happened(hospital) == ["Listed"]


@pytest.mark.parametrize("until", [0.1, DAY])
def test_a_diversion_of_a_minute_or_a_day_is_fine(until):
    hospital = a_hospital()
    hospital.divert("quá tải", (), minutes(until), an_act())
    assert hospital.diverting_until == minutes(until)


def test_a_diversion_still_needed_is_said_again():
    hospital = a_hospital()
    hospital.divert("quá tải", (), minutes(60), an_act())
    hospital.divert("quá tải", ("trauma",), minutes(120), an_act(minutes(50)))
    hospital.expire_diversion(an_act(minutes(60)))
    assert hospital.diverting_until == minutes(120)


def test_a_diversion_ends_by_itself_at_its_minute():
    hospital = a_hospital()
    hospital.divert("quá tải", (), minutes(60), an_act())
    hospital.expire_diversion(an_act(minutes(59.9)))
    assert hospital.diverting_until is not None
    hospital.expire_diversion(an_act(minutes(60)))
    hospital.expire_diversion(an_act(minutes(61)))
    assert hospital.diverting_until is None
    assert happened(hospital) == ["Listed", "DiversionStarted", "DiversionEnded"]
    assert hospital.pending_events[-1].cause == "expired"  # type: ignore[attr-defined]


def test_a_diversion_is_ended_by_people_once():
    hospital = a_hospital()
    with pytest.raises(NotDiverting, match="Chợ Rẫy"):
        hospital.end_diversion(an_act())
    hospital.divert("quá tải", (), minutes(60), an_act())
    hospital.end_diversion(an_act())
    with pytest.raises(NotDiverting):
        hospital.end_diversion(an_act())
    assert hospital.pending_events[-1].cause == "ended"  # type: ignore[attr-defined]


def test_numbers_follow_each_other_without_holes():
    book = DayBook(day="2026-03-02", act=an_act())
    assert [book.next_number(an_act()) for _ in range(3)] == [1, 2, 3]
    assert happened(book) == ["Begun", "Numbered", "Numbered", "Numbered"]


def test_each_day_has_its_own_book():
    assert DayBook.create_id("2026-03-02") != DayBook.create_id("2026-03-03")
