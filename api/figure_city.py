"""What a city measures by: its shift days, its norms, its wards, and who can do what."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo

from dispatch.policies.fleet import UnitNow, can
from dispatch.rules import Rules
from domain.city import City
from domain.figure_errors import BadPeriod, PeriodBackwards, PeriodTooLong
from domain.places import MapWithoutNames
from domain.ports import Gazetteer
from domain.values import Position
from projections.figures.figures import Yardstick
from projections.figures.records import UnitRecord

LONGEST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Period:
    """From `start`, included, to `end`, excluded."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class FigureCity:
    city: City
    rules: Rules
    gazetteer: Gazetteer | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.city.timezone)

    def period(self, start: str | None, end: str | None, moment: datetime) -> Period:
        """As it was asked for; without, the shift day that goes on at `moment`, up to it.

        A bare date stands for the beginning of that shift day by the city's clocks, so that
        `from=2026-11-20&to=2026-11-21` is one shift day.
        Raises BadPeriod, PeriodBackwards, PeriodTooLong.
        """
        began = self.moment(start) if start is not None else self.shift_day(moment)
        ends = self.moment(end) if end is not None else moment
        if ends <= began:
            raise PeriodBackwards(start=began.isoformat(), to=ends.isoformat())
        if ends - began > timedelta(days=LONGEST_DAYS):
            raise PeriodTooLong(days=LONGEST_DAYS)
        return Period(began, ends)

    def shift_day(self, moment: datetime) -> datetime:
        """When the shift day began that a moment belongs to."""
        here = moment.astimezone(self.zone)
        began = self.day_begins(here.date())
        return began if began <= moment else self.day_begins(here.date() - timedelta(days=1))

    def day_begins(self, day: date) -> datetime:
        return datetime.combine(day, self.rules.figures.begins, tzinfo=self.zone)

    def yardstick(self) -> Yardstick:
        wanted = self.city.targets.response_s
        return Yardstick(
            zone=self.zone,
            response_s={str(priority): seconds for priority, seconds in wanted.items()},
            norms=self.rules.figures.norms,
            able=_able,
            ward_of=wards_of(cast(Hashable, self.gazetteer)),
        )

    def moment(self, said: str) -> datetime:
        """A time, or the beginning of a shift day. Raises BadPeriod."""
        try:
            if len(said) == 10:
                return self.day_begins(date.fromisoformat(said))
            told = datetime.fromisoformat(said.replace(" ", "+"))  # a plus sign in a query is a space
        except ValueError:
            raise BadPeriod(said=said) from None
        if told.tzinfo is None or not 1970 < told.year < 9000:
            raise BadPeriod(said=said)
        return told


@lru_cache(maxsize=2)
def wards_of(gazetteer: Any) -> Callable[[float, float], str | None]:
    """The ward of a place by the names of the map; None where nobody knows. What was asked is remembered,
    as long as the gazetteer is the same.

    gazetteer : a `Gazetteer`, or None
    """

    @lru_cache(maxsize=50_000)
    def ward_of(lat: float, lon: float) -> str | None:
        if gazetteer is None:
            return None
        try:
            found = gazetteer.reverse(Position(lat, lon))
        except MapWithoutNames:
            return None
        return None if found is None else found.parts.get("ward")

    return ward_of


def _able(unit: UnitRecord, capabilities: tuple[str, ...]) -> bool:
    return _crew_can(unit.kind, unit.capabilities, capabilities)


@lru_cache(maxsize=1000)
def _crew_can(kind: str, own: tuple[str, ...], needed: tuple[str, ...]) -> bool:
    """By the rule that sends units."""
    crew = UnitNow(
        unit_id="",
        callsign="",
        kind=kind,
        capabilities=own,
        duty="on_duty",
        incident_number=None,
        position=None,
        position_at=None,
    )
    return all(can(crew, capability) for capability in needed)
