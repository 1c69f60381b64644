"""Days and hours as a scenario says them: "day 3 18:30". Day 1 begins at its first midnight."""

import re
from typing import Final

DAY_S: Final = 86_400.0
HOUR_S: Final = 3_600.0

_MOMENT = re.compile(r"day (\d{1,3}) (\d\d):(\d\d)")
_HOURS = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")

Spell = tuple[float, float]
"""From when until when, seconds since the first midnight; the end is no part of it."""


def read_moment(said: str) -> float:
    """Seconds since the first midnight. Raises ValueError with a sentence."""
    found = _MOMENT.fullmatch(said)
    if found is None or int(found[1]) == 0:
        raise ValueError(f"'{said}' is no moment such as 'day 3 18:30'")
    return (int(found[1]) - 1) * DAY_S + _clock(found[2], found[3], said)


def say_moment(at_s: float) -> str:
    minutes = round(at_s / 60)
    return f"day {minutes // 1440 + 1} {minutes % 1440 // 60:02d}:{minutes % 60:02d}"


def daily(begin_s: float, end_s: float, hours: str) -> tuple[Spell, ...]:
    """The hours "16:00-20:00" of each day between two moments; they may go over midnight. Raises
    ValueError."""
    found = _HOURS.fullmatch(hours)
    if found is None:
        raise ValueError(f"'{hours}' are no hours such as '16:00-20:00'")
    first, last = _clock(found[1], found[2], hours), _clock(found[3], found[4], hours)
    if first == last:
        raise ValueError(f"'{hours}' have no length; leave them out for the whole day")
    lasts = last - first if last > first else last + DAY_S - first
    spells = []
    day_s = begin_s // DAY_S * DAY_S - DAY_S
    while day_s < end_s:
        begin, end = max(begin_s, day_s + first), min(end_s, day_s + first + lasts)
        if begin < end:
            spells.append((begin, end))
        day_s += DAY_S
    return tuple(spells)


def holds(at_s: float, spells: tuple[Spell, ...]) -> bool:
    return any(begin <= at_s < end for begin, end in spells)


def _clock(hour: str, minute: str, said: str) -> float:
    minutes = int(hour) * 60 + int(minute)
    if minutes > 24 * 60 or int(minute) > 59:
        raise ValueError(f"'{said}' has a time that is on no clock")
    return minutes * 60.0
