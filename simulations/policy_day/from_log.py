"""Take the calls of a day out of a log: where and how urgent each was, and how long everything took.

What the log does not tell of a call (it was never served, or nobody reported) is drawn once, from a
generator named after the incident, so that it is the same under every policy and at every reading.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.application import DispatchLog, sqlite_log
from dispatch.some_facts import SomeFacts
from domain.base import Fact
from domain.call import Call
from domain.incident import Incident
from domain.run import Run
from domain.values import Milestone
from projections.figures.past import first_heard_after
from simulations.day import CallOfDay, Day
from simulations.living_demo.chance import Chance
from simulations.policy_day import durations

PAGE = 5_000
SEED = 115
FACTS_FILE = "events.sqlite"
KINDS = Call.Received, Incident.Opened, Incident.Reprioritised, Run.Assigned, Run.Progressed
"""All that is read of some days: most of the bytes of a log are other facts."""
MARGIN = timedelta(days=1)
"""What is told of a call may be heard so long before its day and after it: paper is entered later."""


class NoSuchDay(ValueError):
    """Nobody called then. vi : the same in Vietnamese"""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en)
        self.vi = vi


@dataclass(slots=True)
class FoundIncident:
    """One incident as the log tells of it: the priority it had last, and when what was reported first."""

    opened: Incident.Opened
    priority: str
    milestones: dict[str, datetime] = field(default_factory=dict)

    def stretch_s(self, first: str, *last: str) -> float | None:
        ends = [self.milestones[each] for each in last if each in self.milestones]
        if first not in self.milestones or not ends:
            return None
        seconds = (min(ends) - self.milestones[first]).total_seconds()
        return round(seconds, 1) if seconds >= 0 else None


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


def found_in(facts: Iterable[Fact]) -> list[tuple[datetime, FoundIncident]]:
    """All incidents of a log, and when the caller of each rang."""
    rang: dict[UUID, datetime] = {}
    found: dict[UUID, FoundIncident] = {}
    served: dict[UUID, UUID] = {}
    for fact in facts:
        match fact:
            case Call.Received():
                rang[fact.originator_id] = fact.act.at
            case Incident.Opened():
                found[fact.originator_id] = FoundIncident(fact, fact.priority)
            case Incident.Reprioritised() if fact.originator_id in found:
                found[fact.originator_id].priority = fact.priority
            case Run.Assigned():
                served[fact.originator_id] = fact.incident_id
            case Run.Progressed() if served.get(fact.originator_id) in found:
                milestones = found[served[fact.originator_id]].milestones
                milestones.setdefault(str(fact.milestone), fact.act.at)
    # A call belongs to the day on which it rang: what rings before midnight may be opened after it.
    return [
        (min(rang.get(each.opened.call_id, each.opened.act.at), each.opened.act.at), each)
        for each in found.values()
    ]


def day_of(
    facts: Iterable[Fact], city: str, timezone: str, day: date | None = None, until: date | None = None
) -> Day:
    """The calls that became incidents on a day by the city's clocks, or from there until another day ended;
    on the one with most of them where none is named. Raises NoSuchDay."""
    zone = ZoneInfo(timezone)
    began = found_in(facts)
    days = [rang_at.astimezone(zone).date() for rang_at, _ in began]
    if not days:
        raise _nobody_called(day, until)
    day = day or max(sorted(set(days)), key=days.count)
    last = until or day
    begins = datetime.combine(day, time(), zone)
    calls = [
        _call(each, rang_at, begins)
        for (rang_at, each), its in zip(began, days, strict=True)
        if day <= its <= last
    ]
    if not calls:
        raise _nobody_called(day, until)
    ordered = tuple(sorted(calls, key=lambda call: (call.at_s, call.lat, call.lon)))
    source = f"the log of {day.isoformat()}" + (f" to {last.isoformat()}" if last > day else "")
    return Day(city, begins, source, ordered, (last - day).days + 1)


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


def _call(found: FoundIncident, rang_at: datetime, begins: datetime) -> CallOfDay:
    opened = found.opened
    luck = Chance(SEED).of(f"incident {opened.incident_id}")
    guessed = (
        durations.decide_s(luck),
        durations.scene_s(luck),
        durations.transports(luck, found.priority),
        durations.handover_s(luck),
        durations.clear_s(luck),
    )
    left_scene = (str(Milestone.TRANSPORTING), str(Milestone.CLEAR))
    on_scene, told = str(Milestone.ON_SCENE), found.milestones
    scene_s = found.stretch_s(on_scene, *left_scene)
    handover_s = found.stretch_s(str(Milestone.AT_HOSPITAL), str(Milestone.HANDED_OVER))
    clear_s = found.stretch_s(str(Milestone.HANDED_OVER), str(Milestone.CLEAR))
    ended = any(each in told for each in left_scene)
    return CallOfDay(
        at_s=round((rang_at - begins) / timedelta(seconds=1), 1),
        lat=opened.position.lat,
        lon=opened.position.lon,
        priority=found.priority,
        patients=opened.patients,
        decide_s=round((opened.act.at - rang_at).total_seconds(), 1),
        scene_s=guessed[1] if scene_s is None else scene_s,
        transports=str(Milestone.TRANSPORTING) in told if ended else guessed[2],
        handover_s=guessed[3] if handover_s is None else handover_s,
        clear_s=guessed[4] if clear_s is None else clear_s,
    )
