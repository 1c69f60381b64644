"""What is read of the hours that a map gives, and what is not."""

import pytest

from routing.opening_hours import DAY, hours

MONDAY, SATURDAY, SUNDAY = 7 * 60 + 30, 5 * DAY + 7 * 60 + 30, 6 * DAY + 7 * 60 + 30


@pytest.mark.parametrize("condition", ["PH 08:00-10:00", "PH,SH", "SH 07:00-09:00; PH"])
def test_what_is_said_of_holidays_alone_never_holds(condition):
    read = hours(condition)
    assert read.understood
    assert read.leaves_out_holidays
    assert not any(read.hold(minute) for minute in range(0, 7 * DAY, 10))


@pytest.mark.parametrize(
    "condition",
    ["06:00-09:00; Sa,Su off", "Mo-Su 06:00-09:00; Sa-Su off", "06:00-09:00; PH,Sa,Su closed"],
)
def test_days_that_are_off_are_taken_out(condition):
    read = hours(condition)
    assert read.understood
    assert [read.hold(minute) for minute in (MONDAY, SATURDAY, SUNDAY)] == [True, False, False]


def test_what_is_said_after_a_day_was_off_holds():
    read = hours("06:00-09:00; Su off; Su 07:00-08:00")
    assert read.hold(SUNDAY)
    assert not read.hold(SUNDAY + 60)


def test_a_night_that_began_before_the_day_off_runs_on():
    read = hours("22:00-08:00; Su off")
    assert read.hold(SUNDAY)
    assert not read.hold(6 * DAY + 23 * 60)
    assert not read.hold(MONDAY)


@pytest.mark.parametrize(
    "condition", ["PH off", "PH SH off; Mo 06:00-09:00", "PH, SH off; Mo - Fr 06:00-09:00"]
)
def test_holidays_that_are_off_are_left_out(condition):
    read = hours(condition)
    assert read.understood == ("Mo" in condition)
    assert read.hold(MONDAY)


@pytest.mark.parametrize("condition", ["", "off", "Sa,Su off", "Sa 06:00-09:00 off", "in the rain", "Xy off"])
def test_what_cannot_be_read_holds_always(condition):
    read = hours(condition)
    assert not read.understood
    assert read.hold(MONDAY)
    assert read.hold(SUNDAY)
