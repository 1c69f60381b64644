"""Take the calls of a day out of a log: where and how urgent each was, and how long everything took.

What the log does not tell of a call (it was never served, or nobody reported) is drawn once, from a
generator named after the incident, so that it is the same under every policy and at every reading.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from dispatch.application import DispatchLog, sqlite_log
from dispatch.some_facts import SomeFacts
from domain.base import Fact
from domain.values import Milestone
from projections.figures.past import first_heard_after
from simulations.day import CallOfDay, Day
from simulations.left_out import counts, in_words
from simulations.living_demo.chance import Chance
from simulations.needed import KINDS, LEFT, ON_SCENE, Needed, read_needed
from simulations.policy_day import durations

PAGE = 5_000
SEED = 115
FACTS_FILE = "events.sqlite"
MARGIN = timedelta(days=1)
"""What is told of a call may be heard so long before its day and after it: paper is entered later."""


class NoSuchDay(ValueError):
    """Nobody called then. vi : the same in Vietnamese"""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en)
        self.vi = vi


def open_log(data: Path) -> DispatchLog:
    """The log in a data folder. Raises FileNotFoundError."""
    file = data / FACTS_FILE
    if not file.is_file():
        raise FileNotFoundError(f"There is no log {file}.")
    return sqlite_log(str(file))


def facts_of(log: DispatchLog) -> Iterator[Fact]:
    """Of all kinds, from the first to the last, page by page."""
    yield from _between(log, 1, log.position())


def facts_of_days(log: DispatchLog, begins: datetime, ends: datetime) -> Iterator[Fact]:
    """Of calls and of what became of them on some days: of a log of years only their part is read."""
    some, last = SomeFacts(log, KINDS), log.position()
    first = first_heard_after(some, begins - MARGIN, last)
    yield from _between(some, first, min(last, first_heard_after(some, ends + MARGIN, last)))


def _between(facts: SomeFacts | DispatchLog, place: int, last: int) -> Iterator[Fact]:
    while page := facts.select(place, PAGE, last):
        yield from (fact for _, fact in page)
        place = page[-1][0] + 1


def day_of(
    facts: Iterable[Fact], city: str, timezone: str, day: date | None = None, until: date | None = None
) -> Day:
    """The calls that needed a unit on a day by the city's clocks, or from there until another day ended;
    on the one with most of them where none is named. Raises NoSuchDay."""
    zone = ZoneInfo(timezone)
    found = read_needed(facts)
    days = [each.rang_at.astimezone(zone).date() for each in found.needed]
    if not days and (day is None or not found.left_out):
        raise _nobody_called(day, until)
    day = day or max(sorted(set(days)), key=days.count)
    last = until or day
    begins = datetime.combine(day, time(), zone)
    needed = [each for each, its in zip(found.needed, days, strict=True) if day <= its <= last]
    others = [each for each in found.left_out if day <= each.rang_at.astimezone(zone).date() <= last]
    left_out = counts(others, needed)
    if not needed:
        raise _none_needed(left_out) if left_out else _nobody_called(day, until)
    calls = [_call(each, begins) for each in needed]
    ordered = tuple(sorted(calls, key=lambda call: (call.at_s, call.lat, call.lon)))
    source = f"the log of {day.isoformat()}" + (f" to {last.isoformat()}" if last > day else "")
    return Day(city, begins, source, ordered, (last - day).days + 1, left_out)


def _none_needed(left_out: Mapping[str, int]) -> NoSuchDay:
    return NoSuchDay(
        f"No incident of these days needed a unit. {in_words(left_out, 'en')}",
        f"Những ngày này không có ca nào cần xe. {in_words(left_out, 'vi')}",
    )


def _nobody_called(day: date | None, until: date | None) -> NoSuchDay:
    if day is None:
        return NoSuchDay("The log has no incident.", "Nhật ký không có ca nào.")
    if until is None or until == day:
        return NoSuchDay(
            f"The log has no incident on {day.isoformat()}.", f"Nhật ký không có ca nào ngày {day:%d/%m/%Y}."
        )
    return NoSuchDay(
        f"The log has no incident from {day.isoformat()} to {until.isoformat()}.",
        f"Nhật ký không có ca nào từ {day:%d/%m/%Y} đến {until:%d/%m/%Y}.",
    )


def _call(found: Needed, begins: datetime) -> CallOfDay:
    luck = Chance(SEED).of(f"incident {found.incident_id}")
    guessed = (
        durations.decide_s(luck),
        durations.scene_s(luck),
        durations.transports(luck, found.priority),
        durations.handover_s(luck),
        durations.clear_s(luck),
    )
    scene_s = found.stretch_s(ON_SCENE, *LEFT)
    handover_s = found.stretch_s(str(Milestone.AT_HOSPITAL), str(Milestone.HANDED_OVER))
    clear_s = found.stretch_s(str(Milestone.HANDED_OVER), str(Milestone.CLEAR))
    return CallOfDay(
        at_s=round((found.rang_at - begins) / timedelta(seconds=1), 1),
        lat=found.position.lat,
        lon=found.position.lon,
        priority=found.priority,
        patients=found.patients,
        decide_s=round((found.opened_at - found.rang_at).total_seconds(), 1),
        scene_s=guessed[1] if scene_s is None else scene_s,
        transports=guessed[2] if found.transported is None else found.transported,
        handover_s=guessed[3] if handover_s is None else handover_s,
        clear_s=guessed[4] if clear_s is None else clear_s,
    )
