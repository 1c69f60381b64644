"""When a service of a hospital is open: by the clock on its wall, until somebody says otherwise for a while.

Pure: whoever asks says what time it is there.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from domain.care_errors import BadHours

Hours = tuple[tuple[int, int], ...]
"""Stretches of a day as (from, to) in minutes since midnight, `to` not included; one whose end lies before
its beginning goes on past midnight."""

ONE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class SaidOfService:
    """What the hospital said of a service for now; from `until` on its hours count again."""

    open: bool
    until: datetime
    reason: str | None = None


def read_hours(texts: Iterable[str]) -> Hours:
    """ "07:00-17:00" and the like, as (420, 1020). Raises BadHours."""
    stretches = []
    for text in texts:
        found = ONE.fullmatch(text.strip())
        if found is None:
            raise BadHours(hours=text[:40])
        first, last = (60 * int(found[i]) + int(found[i + 1]) for i in (1, 3))
        if first == last or last > 24 * 60:
            raise BadHours(hours=text[:40])
        stretches.append((first, last))
    return tuple(stretches)


def open_by_hours(hours: Hours, clock: time) -> bool:
    minute = 60 * clock.hour + clock.minute
    return any(
        first <= minute < last if first < last else minute >= first or minute < last for first, last in hours
    )


def is_open(
    service: str, hours: Mapping[str, Hours], said: Mapping[str, SaidOfService], here: datetime
) -> bool:
    """What was said for now counts before the hours; a service without hours is always open.

    here : now, by the clock on the hospital's wall
    """
    word = said.get(service)
    if word is not None and word.until > here:
        return word.open
    return service not in hours or open_by_hours(hours[service], here.time())
