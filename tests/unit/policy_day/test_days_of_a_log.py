"""Of a long log only the part is read that tells of the days that are asked for."""

from datetime import date, datetime, time, timedelta

import pytest

from simulations.day import read_day, write_day
from simulations.experiment.alike import alike
from simulations.policy_day.from_log import NoSuchDay, day_of, facts_of, facts_of_days
from tests.builders import NOON, SAIGON, Room

ZONE = "Asia/Ho_Chi_Minh"
FIRST = NOON.astimezone(SAIGON).date()


def a_week_of_calls(days: int = 9) -> Room:
    """One call at noon of each day, and another an hour later on every second."""
    room = Room()
    for number in range(days):
        for hour in (0, 1) if number % 2 == 0 else (0,):
            room.incident("P2", at=NOON + timedelta(days=number, hours=hour))
    return room


def between(room: Room, first: date, last: date):
    begins, ends = (datetime.combine(each, time(), SAIGON) for each in (first, last + timedelta(days=1)))
    return facts_of_days(room.log, begins, ends)


def test_days_that_follow_one_another_are_one_day_of_many_hours(tmp_path):
    room, last = a_week_of_calls(), FIRST + timedelta(days=2)
    day = day_of(facts_of(room.log), "hcmc", ZONE, FIRST, last)
    assert day.days == 3
    assert [call.at_s / 3600 for call in day.calls] == [12, 13, 36, 60, 61]
    assert day.source.endswith(f"{FIRST.isoformat()} to {last.isoformat()}")
    write_day(day, tmp_path / "day.json")
    assert read_day(tmp_path / "day.json") == day


def test_what_is_read_of_the_log_is_its_part_and_the_calls_are_the_same():
    room = a_week_of_calls()
    for number in (0, 4, 8):
        first = FIRST + timedelta(days=number)
        some = list(between(room, first, first))
        assert len(some) < len(list(facts_of(room.log))) / 2
        whole = day_of(facts_of(room.log), "hcmc", ZONE, first)
        assert day_of(some, "hcmc", ZONE, first) == whole
        assert whole.calls


def test_days_of_which_the_log_tells_nothing_say_so_in_both_languages():
    room = a_week_of_calls()
    first = FIRST + timedelta(days=20)
    with pytest.raises(NoSuchDay, match=f"on {first.isoformat()}") as nobody:
        day_of(between(room, first, first), "hcmc", ZONE, first)
    assert first.strftime("%d/%m/%Y") in nobody.value.vi
    with pytest.raises(NoSuchDay, match=f"from {first.isoformat()} to"):
        day_of(between(room, first, first), "hcmc", ZONE, first, first + timedelta(days=1))
    with pytest.raises(NoSuchDay, match="no incident"):
        day_of([], "hcmc", ZONE)


def test_days_like_a_row_of_days_keep_each_call_near_its_own_day():
    day = day_of(facts_of(a_week_of_calls().log), "hcmc", ZONE, FIRST, FIRST + timedelta(days=2))
    hours = {12, 13, 36, 60, 61}
    for number in range(20):
        drawn = alike(day, 78 * 3600.0, 7, number)
        assert drawn.days == 3
        assert all(
            min(abs(call.at_s % (72 * 3600) - 3600 * hour) for hour in hours) <= 1800 for call in drawn.calls
        )
