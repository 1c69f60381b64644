"""Hours are stretches of the day on a hospital's wall; what is said for now counts before them."""

from datetime import time

import pytest

from domain.care_errors import BadHours
from domain.service_hours import open_by_hours, read_hours


@pytest.mark.parametrize(
    ("hours", "open_at", "closed_at"),
    [
        (["07:00-17:00"], ["07:00", "16:59"], ["06:59", "17:00", "02:00"]),
        (["22:00-06:00"], ["22:00", "00:00", "05:59"], ["06:00", "21:59"]),
        (["07:00-11:30", "13:00-17:00"], ["11:29", "13:00"], ["12:00"]),
        (["00:00-24:00"], ["00:00", "23:59"], []),
        ([], [], ["00:00", "12:00"]),
    ],
)
def test_a_service_is_open_within_its_stretches_of_the_day(hours, open_at, closed_at):
    read = read_hours(hours)
    assert all(open_by_hours(read, time.fromisoformat(clock)) for clock in open_at)
    assert not any(open_by_hours(read, time.fromisoformat(clock)) for clock in closed_at)


@pytest.mark.parametrize(
    "text", ["7-17", "07:00", "25:00-26:00", "07:00-07:00", "07:60-08:00", "10:00-24:01", ""]
)
def test_what_is_no_stretch_of_a_day_is_refused(text):
    with pytest.raises(BadHours):
        read_hours([text])
