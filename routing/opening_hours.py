"""When a condition of the map holds, as minutes of the week: 0 is Monday 00:00, 10,079 Sunday 23:59, local
time.

Read are weekdays and times of day, in the manner of opening hours: `Mo-Fr 06:00-09:00,16:00-19:00; Sa
22:00-05:00`. A span over midnight belongs to the day it begins on. `Sa,Su off` takes days out of what was
said before. Public and school holidays are not known to a week: what is said of them alone is left out, so
`PH 08:00-10:00` never holds. Everything else (months, weights, words) is not understood, nor is a text that
says only when something is off.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

DAY: Final = 24 * 60
WEEK: Final = 7 * DAY
_DAYS: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")
_HOLIDAYS: Final = frozenset({"ph", "sh"})
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
_OFF: Final = re.compile(r"(?P<days>[a-z][a-z,\s-]*?)\s+(off|closed)")
_RULE: Final = re.compile(r"(?P<days>[a-z][a-z,\s-]*)?(?P<times>[\d:,\s-]*)")


class Hours(NamedTuple):
    """Spans of minutes, the end not included; `understood` is False where the text could not be read.

    leaves_out_holidays : whether it also says something of holidays
    """

    spans: tuple[tuple[int, int], ...]
    understood: bool
    leaves_out_holidays: bool = False

    def hold(self, minute: int) -> bool:
        """Whether the condition holds in a minute of the week; always, where it was not understood."""
        return not self.understood or any(begin <= minute % WEEK < end for begin, end in self.spans)


NOT_UNDERSTOOD: Final = Hours((), False)


@lru_cache(maxsize=4096)
def hours(condition: str) -> Hours:
    """Read a condition such as `Mo-Fr 06:00-09:00`."""
    by_day: dict[int, list[tuple[int, int]]] = {}
    holidays, holds = False, False
    for rule in condition.lower().replace("24/7", "mo-su 00:00-24:00").split(";"):
        if not (rule := rule.strip()):
            continue
        off = _OFF.fullmatch(rule)
        found = off or _RULE.fullmatch(rule)
        if found is None:
            return NOT_UNDERSTOOD
        text = re.sub(r"(?<=[ps]h)\s+", ",", found["days"] or "mo-su")
        words = [word.strip() for word in text.split(",") if word.strip()]
        ordinary = [word for word in words if word not in _HOLIDAYS]
        holidays |= len(ordinary) < len(words)
        days = [day for word in ordinary for day in (_days(word) or [-1])]
        times = [] if off else _times(found["times"].strip())
        if -1 in days or times is None:
            return NOT_UNDERSTOOD
        holds |= off is None
        for day in days:
            spans = [span for begin, end in times for span in _span(day, begin, end)]
            by_day[day] = spans if off else by_day.get(day, []) + spans
    every = {span for spans in by_day.values() for span in spans}
    return Hours(tuple(sorted(every)), holds, holidays) if holds else NOT_UNDERSTOOD


def _days(word: str) -> list[int]:
    """The days of `mo` or `mo-fr`; none where it is no such word."""
    first, _, last = (part.strip() for part in word.partition("-"))
    if first not in _DAYS or (last or first) not in _DAYS:
        return []
    begin, end = _DAYS.index(first), _DAYS.index(last or first)
    return [day % 7 for day in range(begin, (end if end >= begin else end + 7) + 1)]


def _times(text: str) -> list[tuple[int, int]] | None:
    if not text:
        return [(0, DAY)]
    found = []
    for part in text.split(","):
        match = _TIME.fullmatch(part.strip())
        if match is None:
            return None
        begin, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
        if begin >= DAY or end > 2 * DAY or int(match[2]) > 59 or int(match[4]) > 59:
            return None
        found.append((begin, end if end > begin else end + DAY))
    return found


def _span(day: int, begin: int, end: int) -> list[tuple[int, int]]:
    """Minutes of the week; what runs on past Sunday night begins the week."""
    begin, end = day * DAY + begin, day * DAY + end
    return [(begin, end)] if end <= WEEK else [(begin, WEEK), (0, end - WEEK)]
