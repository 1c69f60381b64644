"""What counts at an instant, and its name.

A version says all that weights are made of besides the map: "free_flow" where nothing hinders; else the
number of the change ("t12"), where it matters the instant ("@2026-11-21T23:37Z", to which everything since
then is rounded down), and where there is one the table of the week ("+w1a2b3c4d"). The same version means the
same weights, and an old one can be asked again: `read_version` says at which change and instant.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from domain.traffic import Closure, Slowing, SpeedReport, Traffic
from routing.metric import FREE_FLOW_VERSION
from routing.traffic.fading import FORGOTTEN
from routing.week import MINUTES, WeekSpeeds, minute_of_week

MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """Traffic as it stands at an instant.

    traffic  : what is in force
    at       : the instant in UTC, rounded down as far as nothing changes; None before anything has ended
    slot     : of the week's table; None where the table says nothing
    version  : the name of all this
    next_at  : when the next reading may differ without a further change; None if never
    """

    traffic: Traffic
    at: datetime | None
    slot: int | None
    version: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """A version taken apart: the number of the change, the instant, the name of the week's table."""

    change: int
    at: datetime | None
    week: str | None


def read(traffic: Traffic, at: datetime | None, week: WeekSpeeds, zone: tzinfo) -> Reading:
    """The traffic at an instant, or None for before anything ended; a week that matters needs an instant."""
    if at is None:
        return _without_time(traffic, week)
    at = at.astimezone(UTC)
    minute = at.replace(second=0, microsecond=0)
    force = in_force(traffic, at)
    slot = None if week.neutral else week.slot(at, zone)
    instants, coming = [], []
    if hinders(force):
        ends = _ends(traffic)
        instants += [end for end in ends if end <= at]
        coming += [end for end in ends if end > at]
    if force.reports:
        instants.append(minute)
        coming.append(minute + MINUTE)
    if slot is not None:
        begin, end = _around(minute, week, zone)
        instants.append(begin)
        coming.append(end)
    since = max(instants, default=None)
    return Reading(force, since, slot, _name(force, since, slot, week), min(coming, default=None))


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


def _without_time(traffic: Traffic, week: WeekSpeeds) -> Reading:
    if traffic.reports or not week.neutral:
        raise ValueError("Reports that fade and hours of the week need an instant.")
    ends = _ends(traffic)
    return Reading(traffic, None, None, _name(traffic, None, None, week), min(ends, default=None))


def _ends(traffic: Traffic) -> list[datetime]:
    """The instants in UTC from which something counts no more."""
    stand: tuple[Closure | Slowing, ...] = (*traffic.closures, *traffic.slowings)
    ends = [each.until.astimezone(UTC) for each in stand if each.until is not None]
    return ends + [_forgotten_at(report) for report in traffic.reports]


def _forgotten_at(report: SpeedReport) -> datetime:
    """The first whole minute at which a report counts no more."""
    exactly = (report.measured_at + FORGOTTEN).astimezone(UTC)
    minute = exactly.replace(second=0, microsecond=0)
    return minute if minute == exactly else minute + MINUTE


def _around(minute: datetime, week: WeekSpeeds, zone: tzinfo) -> tuple[datetime, datetime]:
    """Beginning and end of the slot around a minute, or that minute where clocks are changed within it."""
    length = MINUTES // week.slots
    gone = minute_of_week(minute, zone) % length
    begin, end = minute - gone * MINUTE, minute + (length - gone) * MINUTE
    slot = week.slot(minute, zone)
    if any(week.slot(begin + i * MINUTE, zone) != slot for i in (0, gone // 2)):
        begin = minute
    return begin, end if week.slot(end - MINUTE, zone) == slot else minute + MINUTE


def _name(force: Traffic, at: datetime | None, slot: int | None, week: WeekSpeeds) -> str:
    if not hinders(force) and slot is None:
        return FREE_FLOW_VERSION
    instant = "" if at is None else "@" + _written(at)
    return f"t{force.version if hinders(force) else 0}{instant}{'' if slot is None else '+w' + week.name}"


def _written(at: datetime) -> str:
    exact = "minutes" if not (at.second or at.microsecond) else "auto"
    return at.replace(tzinfo=None).isoformat(timespec=exact) + "Z"
