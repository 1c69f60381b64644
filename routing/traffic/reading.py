"""What counts at an instant, and its name.

A version says all that weights are made of besides the map: "free_flow" where nothing hinders; else the
number of the change ("t12"), where it matters the instant ("@2026-11-21T23:37Z", to which everything since
then is rounded down), and where there is one the table of the week ("+w1a2b3c4d"). The same version means the
same weights, and an old one can be asked again: `read_version` says at which change and instant.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from domain.traffic import Closure, Slowing, SpeedReport, Traffic
from routing.metric import FREE_FLOW_VERSION
from routing.traffic.fading import FORGOTTEN
from routing.traffic.turn_hours import Phase, TurnHours
from routing.week import MINUTES, WeekSpeeds, minute_of_week

MINUTE: Final = timedelta(minutes=1)
FIRST: Final = datetime.min.replace(tzinfo=UTC)
LAST: Final = datetime.max.replace(tzinfo=UTC, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Reading:
    """Traffic as it stands at an instant.

    traffic  : what is in force
    at       : the instant in UTC, rounded down as far as nothing changes; None before anything has ended
    slot     : of the week's table; None where the table says nothing
    turns    : a minute of the week at which just those turns are barred that are now; None where none is that
               is not barred always
    version  : the name of all this
    next_at  : when the next reading may differ without a further change; None if never
    """

    traffic: Traffic
    at: datetime | None
    slot: int | None
    turns: int | None
    version: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """A version taken apart: the number of the change, the instant, the name of the week's table."""

    change: int
    at: datetime | None
    week: str | None


class Calendar:
    """What changes by the hours of the week: its table of speeds and the turns that are barred."""

    def __init__(self, week: WeekSpeeds, turns: TurnHours, zone: tzinfo) -> None:
        self.week, self._turns, self._zone = week, turns, zone

    def slot(self, at: datetime) -> int | None:
        return None if self.week.neutral else self.week.slot(at, self._zone)

    def phase(self, at: datetime) -> Phase | None:
        return self._turns.phase(minute_of_week(at, self._zone))

    def around_slot(self, minute: datetime) -> tuple[datetime, datetime]:
        """Beginning and end of the slot around a minute."""
        length = MINUTES // self.week.slots
        now = minute_of_week(minute, self._zone)
        return _around(minute, now % length, length - now % length, self.slot)

    def around_phase(self, minute: datetime, phase: Phase) -> tuple[datetime, datetime]:
        """Beginning and end of the phase around a minute."""
        now = minute_of_week(minute, self._zone)
        left = (phase.end - now) % MINUTES or MINUTES
        return _around(minute, (now - phase.begin) % MINUTES, left, self.phase)


def read(traffic: Traffic, at: datetime | None, calendar: Calendar) -> Reading:
    """The traffic at an instant, or None for before anything ended; a week that matters needs an instant."""
    if at is None:
        return _without_time(traffic, calendar)
    at = at.astimezone(UTC)
    minute = at.replace(second=0, microsecond=0)
    force = in_force(traffic, at)
    slot, phase = calendar.slot(at), calendar.phase(at)
    instants, coming = [], []
    if hinders(force):
        ends = _ends(traffic)
        instants += [end for end in ends if end <= at]
        coming += [end for end in ends if end > at]
    if force.reports:
        instants.append(minute)
        coming.append(minute + MINUTE)
    if slot is not None:
        begin, end = calendar.around_slot(minute)
        instants.append(begin)
        coming.append(end)
    turns = None
    if phase is not None:
        begin, end = calendar.around_phase(minute, phase)
        coming.append(end)
        turns = phase.begin if phase.barred else None
        if instants or phase.barred:  # no instant at all stands for a time when no turn is barred by the hour
            instants.append(begin)
    since = max(instants, default=None)
    name = _name(force, since, slot, turns, calendar.week)
    return Reading(force, since, slot, turns, name, min(coming, default=None))


def in_force(traffic: Traffic, at: datetime) -> Traffic:
    """Without what has ended; reports fade by the minute."""
    minute = at.replace(second=0, microsecond=0)
    return replace(
        traffic,
        closures=tuple(each for each in traffic.closures if each.until is None or each.until > at),
        slowings=tuple(each for each in traffic.slowings if each.until is None or each.until > at),
        reports=tuple(each for each in traffic.reports if minute - each.measured_at < FORGOTTEN),
    )


def hinders(traffic: Traffic) -> bool:
    return bool(traffic.closures or traffic.slowings or traffic.reports)


def read_version(version: str) -> Told:
    """Take a version apart. Raises ValueError with a sentence where it is none."""
    if version == FREE_FLOW_VERSION:
        return Told(0, None, None)
    rest, _, week = version.partition("+w")
    change, _, instant = rest.partition("@")
    try:
        if not change.startswith("t"):
            raise ValueError
        at = datetime.fromisoformat(instant) if instant else None
        return Told(int(change[1:]), at, week or None)
    except ValueError:
        raise ValueError(f"{version!r} is no version of traffic.") from None


def _without_time(traffic: Traffic, calendar: Calendar) -> Reading:
    if traffic.reports or not calendar.week.neutral:
        raise ValueError("Reports that fade and hours of the week need an instant.")
    ends = _ends(traffic)
    name = _name(traffic, None, None, None, calendar.week)
    return Reading(traffic, None, None, None, name, min(ends, default=None))


def _ends(traffic: Traffic) -> list[datetime]:
    """The instants in UTC from which something counts no more."""
    stand: tuple[Closure | Slowing, ...] = (*traffic.closures, *traffic.slowings)
    ends = [_in_utc(each.until) for each in stand if each.until is not None]
    return ends + [_forgotten_at(report) for report in traffic.reports]


def _forgotten_at(report: SpeedReport) -> datetime:
    """The first whole minute at which a report counts no more."""
    measured_at = _in_utc(report.measured_at)
    if measured_at >= LAST - FORGOTTEN:
        return LAST
    exactly = measured_at + FORGOTTEN
    minute = exactly.replace(second=0, microsecond=0)
    return minute if minute == exactly else minute + MINUTE


def _in_utc(at: datetime) -> datetime:
    """The same instant; at the ends of all time the last or the first that has a name in UTC."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return FIRST if at.year == 1 else LAST


def _around(
    minute: datetime, gone: int, left: int, what: Callable[[datetime], object]
) -> tuple[datetime, datetime]:
    """From so many minutes ago to so many ahead; where clocks are changed in between, the minute alone."""
    begin, end, now = minute - gone * MINUTE, minute + left * MINUTE, what(minute)
    return begin if what(begin) == now else minute, end if what(end - MINUTE) == now else minute + MINUTE


def _name(force: Traffic, at: datetime | None, slot: int | None, turns: int | None, week: WeekSpeeds) -> str:
    if not hinders(force) and slot is None and turns is None:
        return FREE_FLOW_VERSION
    instant = "" if at is None else "@" + _written(at)
    return f"t{force.version if hinders(force) else 0}{instant}{'' if slot is None else '+w' + week.name}"


def _written(at: datetime) -> str:
    exact = "minutes" if not (at.second or at.microsecond) else "auto"
    return at.replace(tzinfo=None).isoformat(timespec=exact) + "Z"
