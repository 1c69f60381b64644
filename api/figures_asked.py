"""Whoever asks for figures: the period, the turn to count, and the yardstick of this city."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from threading import BoundedSemaphore

from api.centre import Centre
from api.hand import now
from dispatch.policies.fleet import UnitNow, can
from dispatch.some_facts import SomeFacts
from domain.figure_errors import (
    BadPeriod,
    FiguresBusy,
    FiguresTooSlow,
    PastTooFar,
    PeriodBackwards,
    PeriodTooLong,
)
from projections.figures.book import FigureBook
from projections.figures.figures import Yardstick
from projections.figures.fold import FACTS
from projections.figures.past import TooManyFacts, book_at
from projections.figures.records import UnitRecord

LONGEST_DAYS = 400
CATCH_UP_S = 10.0
COUNT_S = 30.0
TURN_S = 5.0
_counting = BoundedSemaphore(1)
"""One at a time: a planner who counts a year must leave the desk a core."""


@dataclass(frozen=True, slots=True)
class Period:
    """From `start`, included, to `end`, excluded."""

    start: datetime
    end: datetime


def period_of(centre: Centre, start: str | None, end: str | None) -> Period:
    """As it was asked for; without, the shift day that goes on now.

    A bare date stands for the beginning of that shift day by the city's clocks, so that
    `from=2026-11-20&to=2026-11-21` is one shift day.
    Raises BadPeriod, PeriodBackwards, PeriodTooLong.
    """
    began = _moment(centre, start) if start is not None else shift_day(centre, now())
    ends = _moment(centre, end) if end is not None else now()
    if ends <= began:
        raise PeriodBackwards(start=began.isoformat(), to=ends.isoformat())
    if ends - began > timedelta(days=LONGEST_DAYS):
        raise PeriodTooLong(days=LONGEST_DAYS)
    return Period(began, ends)


def shift_day(centre: Centre, moment: datetime) -> datetime:
    """When the shift day began that a moment belongs to."""
    here = moment.astimezone(centre.desk.timezone)
    began = day_begins(centre, here.date())
    return began if began <= moment else day_begins(centre, here.date() - timedelta(days=1))


def day_begins(centre: Centre, day: date) -> datetime:
    return datetime.combine(day, centre.desk.rules.figures.begins, tzinfo=centre.desk.timezone)


def _moment(centre: Centre, said: str) -> datetime:
    try:
        if len(said) == 10:
            return day_begins(centre, date.fromisoformat(said))
        told = datetime.fromisoformat(said.replace(" ", "+"))  # a plus sign in a query is a space
    except ValueError:
        raise BadPeriod(said=said) from None
    if told.tzinfo is None or not 1970 < told.year < 9000:
        raise BadPeriod(said=said)
    return told


@dataclass(frozen=True, slots=True)
class Counting:
    """A book to count from, and when that was. `check` raises FiguresTooSlow when the time is up."""

    book: FigureBook
    complete: bool
    moment: datetime
    check: Callable[[], None]


@contextmanager
def counting(centre: Centre, period: Period, at: datetime | None) -> Iterator[Counting]:
    """One's turn to count; with `at`, from what was known then. Raises FiguresBusy, PastTooFar."""
    if not _counting.acquire(timeout=TURN_S):
        raise FiguresBusy
    try:
        deadline = time.monotonic() + COUNT_S

        def check() -> None:
            if time.monotonic() > deadline:
                raise FiguresTooSlow(seconds=COUNT_S)

        end = centre.desk.log.position()
        complete = centre.figures.catch_up(end, CATCH_UP_S)
        book = centre.figures.book
        if at is not None and at < now():
            book = _as_known(centre, period, at, end)
        yield Counting(book, complete, now(), check)
    finally:
        _counting.release()


def _as_known(centre: Centre, period: Period, at: datetime, end: int) -> FigureBook:
    log = SomeFacts(centre.desk.log, FACTS)
    standing = [*centre.stores.figures.all("units"), *centre.stores.figures.all("duties")]
    try:
        return book_at(log, standing, end, at, period.start)
    except TooManyFacts:
        raise PastTooFar from None


def yardstick(centre: Centre) -> Yardstick:
    wanted = centre.city.targets.response_s
    return Yardstick(
        zone=centre.desk.timezone,
        response_s={str(priority): seconds for priority, seconds in wanted.items()},
        norms=centre.desk.rules.figures.norms,
        able=_able,
        ward_of=lambda lat, lon: None,
    )


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
