"""The hours of a week and the spells in it, as people write them: "Mon-Fri 06:30-18:30"."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from routing.arrays import Float64s, Int64s

HOURS: Final = 168
MINUTES: Final = HOURS * 60
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ALL_WEEK: Final = ("Mon-Sun 00:00-24:00",)

_SPELL = re.compile(r"(\w{3})(?:-(\w{3}))? (\d\d):(\d\d)-(\d\d):(\d\d)")
_MIDNIGHT = 24 * 60


def hour_name(hour: int) -> str:
    """0 is the first hour of Monday: "Mon 00:00"."""
    return f"{DAYS[hour // 24]} {hour % 24:02d}:00"


HOUR_NAMES: Final = tuple(hour_name(hour) for hour in range(HOURS))


def minutes_of(spell: str) -> Iterator[tuple[int, int]]:
    """Minutes of the week from which to which it lasts, one for each of its days; what goes over midnight may
    end after the week. Raises ValueError with a sentence."""
    found = _SPELL.fullmatch(spell)
    if found is None or found[1] not in DAYS or (found[2] or found[1]) not in DAYS:
        raise ValueError(f"'{spell}' is no spell such as 'Mon-Fri 06:30-18:30'")
    first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
    begins, ends = int(found[3]) * 60 + int(found[4]), int(found[5]) * 60 + int(found[6])
    if begins >= _MIDNIGHT or ends > _MIDNIGHT or int(found[4]) > 59 or int(found[6]) > 59:
        raise ValueError(f"'{spell}' has a time that is on no clock")
    if ends == begins:
        raise ValueError(f"'{spell}' has no length; a whole day is 00:00-24:00")
    lasts = ends - begins if ends > begins else ends + _MIDNIGHT - begins
    for day in range(first, last + 1 if last >= first else last + 8):
        begin = day % 7 * _MIDNIGHT + begins
        yield begin, begin + lasts


def in_week(spells: Sequence[str]) -> np.ndarray:
    """bool[minutes of a week], whether it is in one of the spells. Raises ValueError."""
    inside = np.zeros(MINUTES, np.bool_)
    for spell in spells:
        for begin, end in minutes_of(spell):
            inside[np.arange(begin, end) % MINUTES] = True
    return inside


def hours_of(spells: Sequence[str]) -> list[int]:
    """Those whole hours that are in the spells. Raises ValueError where one begins or ends within an hour."""
    inside = in_week(spells).reshape(HOURS, 60)
    if (inside.any(axis=1) != inside.all(axis=1)).any():
        raise ValueError("it begins or ends within an hour; here only whole hours can be said")
    return np.flatnonzero(inside.all(axis=1)).tolist()


def clock(begins: datetime, hours: float) -> tuple[Float64s, Int64s]:
    """Where each hour on the clocks begins, seconds since `begins`, the first at or before 0, and which hour
    of the week it is. A clock that is put back has an hour twice, one that is put forward has one less."""
    since, ends = begins.astimezone(UTC), begins.astimezone(UTC) + timedelta(hours=hours)
    at = since - timedelta(minutes=begins.minute, seconds=begins.second, microseconds=begins.microsecond)
    starts, numbers = [], []
    while at < ends:
        local = at.astimezone(begins.tzinfo)
        starts.append((at - since).total_seconds())
        numbers.append(local.weekday() * 24 + local.hour)
        at += timedelta(hours=1)
    return np.array(starts), np.array(numbers, np.int64)
