"""The book of figures as it was known at an instant: what was heard later does not count."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from projections.figures.book import BATCH, FigureBook
from projections.figures.fold import Key
from projections.figures.memory import MemoryRecords
from projections.figures.records import DutyRecord, Kept, UnitRecord
from projections.projector import EventSource

LOOK_BACK = timedelta(days=1)
"""Facts about a call are heard after it rang, so the fold may begin shortly before the period; the day more
is for runs that began before it and count in its unit hours."""
JITTER = timedelta(minutes=5)
"""Clocks that say when a fact was heard may step back by this much."""


class TooManyFacts(Exception):
    """More facts would have to be folded than is bearable."""


def book_at(
    log: EventSource,
    standing: Sequence[Kept],
    end: int,
    at: datetime,
    period_from: datetime,
    most: int = 300_000,
) -> FigureBook:
    """What was known at `at` of a period.

    log      : facts that the fold knows
    standing : the unit and duty records of now: what units signed before the fold begins
    end      : the place of the newest fact
    most     : places in the log between the first and the last that would be folded
    Raises TooManyFacts.
    """
    first = first_heard_after(log, period_from - LOOK_BACK - JITTER, end)
    last = _last_until(log, at, end)
    if last - first > most:
        raise TooManyFacts
    before: dict[Key, Kept] = {}
    for record in standing:
        if isinstance(record, UnitRecord):
            before["units", record.id] = record
        elif isinstance(record, DutyRecord):
            known = tuple(change for change in record.changes if change[1] < first)
            if known:
                before["duties", record.id] = DutyRecord(record.id, record.callsign, known)
    book = FigureBook(log, MemoryRecords(before, max(0, first - 1)))
    book.catch_up(last)
    return book


def book_of_period(log: EventSource, units: EventSource, end: int, period_from: datetime) -> FigureBook:
    """A book in memory that tells of a period, and of what came of it up to the place `end`.

    units : of the same log, the facts of units alone: who is on duty is known from the beginning
    """
    first = first_heard_after(log, period_from - LOOK_BACK - JITTER, end)
    records = MemoryRecords()
    FigureBook(units, records).catch_up(first - 1)
    records.position = first - 1
    book = FigureBook(log, records)
    book.catch_up(end)
    return book


def first_heard_after(log: EventSource, moment: datetime, end: int) -> int:
    """A place in the log before which nothing was heard later than the moment; beyond the end if all was
    heard before."""
    low, high = 1, end + 1
    while low < high:
        middle = (low + high) // 2
        found = log.select(middle, 1, end)
        if not found or found[0][1].act.heard_at > moment:
            high = middle
        else:
            low = found[0][0] + 1
    return low


def _last_until(log: EventSource, at: datetime, end: int) -> int:
    """The end of the longest prefix of the log in which nothing was heard after the instant."""
    place = max(1, first_heard_after(log, at - JITTER, end))
    while batch := log.select(place, BATCH, end):
        for seq, fact in batch:
            if fact.act.heard_at > at:
                return seq - 1
        place = batch[-1][0] + 1
    return end
