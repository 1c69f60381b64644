"""What a service recorded: its calls, and when everything happened to the crew that was there first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.values import Position
from simulations.left_out import counts
from simulations.needed import LeftOut

MOMENTS: Final = ("sent", "en_route", "on_scene", "left", "at_hospital", "handed_over", "clear")
"""Of the crew that reached the scene first. left: with a patient, or clear at the scene."""

Duty = Mapping[str, Sequence[tuple[datetime, datetime | None]]]
"""By callsign, from when to when it was on duty; None: still."""


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """at : by MOMENTS, those that were reported; crews: how many reached the scene"""

    rang_at: datetime
    position: Position
    priority: str
    at: Mapping[str, datetime]
    transported: bool | None = None
    crews: int = 1

    @property
    def reached(self) -> bool:
        return "on_scene" in self.at


@dataclass(frozen=True, slots=True)
class Recorded:
    """calls : in the order in which they rang, those that somebody reached or of which nothing is told
    begins, days : the first midnight by the city's clocks, and how many days are looked at
    unreached : calls of these days to which nobody came: stood down, or never served
    duty : empty where the history does not tell it
    rang : when each call of these days rang, the unreached included
    left_out : of a log, how many incidents of these days needed no unit, by reason
    """

    source: str
    calls: Sequence[RecordedCall]
    begins: datetime
    days: int
    unreached: int
    duty: Duty
    rang: Sequence[datetime] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def hours(self) -> float:
        return 24.0 * self.days

    def seconds(self, moment: datetime) -> float:
        """Since the first midnight."""
        return (moment - self.begins).total_seconds()


def recorded_on(
    calls: Iterable[RecordedCall],
    duty: Duty,
    source: str,
    timezone: str,
    most: int,
    first: date | None = None,
    days: int | None = None,
    left_out: Iterable[LeftOut] = (),
) -> Recorded:
    """The calls of whole days by the city's clocks: those that are named, else the last ones that hold at
    most `most` calls. Raises ValueError with a sentence."""
    zone = ZoneInfo(timezone)
    ordered = sorted(calls, key=lambda call: (call.rang_at, call.position.lat, call.position.lon))
    if not ordered:
        raise ValueError(f"{source} has no call that became an incident.")
    by_day: dict[date, list[RecordedCall]] = {}
    for call in ordered:
        by_day.setdefault(call.rang_at.astimezone(zone).date(), []).append(call)
    last = max(by_day)
    if first is None:
        first = last if days is None else last - timedelta(days=days - 1)
        if days is None:
            first = _so_many(by_day, most)
    ends = last if days is None else first + timedelta(days=days - 1)
    chosen = [call for day, its in sorted(by_day.items()) if first <= day <= ends for call in its]
    if not chosen:
        raise ValueError(f"{source} has no call from {first.isoformat()} to {ends.isoformat()}.")
    if len(chosen) > most:
        raise ValueError(
            f"{source} has {len(chosen)} calls from {first.isoformat()} to {ends.isoformat()}; road times "
            f"are worked out for {most} at most: name fewer days."
        )
    told = any(call.reached for call in chosen)
    kept = [call for call in chosen if call.reached or not told]
    begins = datetime.combine(first, time(), zone)
    rang = tuple(call.rang_at for call in chosen)
    others = [each for each in left_out if first <= each.rang_at.astimezone(zone).date() <= ends]
    return Recorded(
        source,
        tuple(kept),
        begins,
        (ends - first).days + 1,
        len(chosen) - len(kept),
        duty,
        rang,
        counts(others),
    )


def _so_many(by_day: Mapping[date, Sequence[RecordedCall]], most: int) -> date:
    """The earliest day from which on no more than `most` rang; the last one in any case."""
    first, count = max(by_day), 0
    for day in sorted(by_day, reverse=True):
        count += len(by_day[day])
        if count > most:
            break
        first = day
    return first
