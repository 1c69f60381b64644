"""Whoever asks for figures: their turn to count, and the book to count from."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore

from api.centre import Centre
from api.figure_city import FigureCity, Period
from api.hand import now
from dispatch.some_facts import SomeFacts
from domain.figure_errors import FiguresBusy, FiguresTooSlow, PastTooFar
from projections.figures.book import FigureBook
from projections.figures.fold import FACTS
from projections.figures.past import TooManyFacts, book_at

CATCH_UP_S = 10.0
COUNT_S = 30.0
TURN_S = 5.0
_counting = BoundedSemaphore(1)
"""One at a time: a planner who counts a year must leave the desk a core."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A book to count from, and when that was. `check` raises FiguresTooSlow when the time is up."""

    book: FigureBook
    complete: bool
    moment: datetime
    check: Callable[[], None]


def figure_city(centre: Centre) -> FigureCity:
    return FigureCity(centre.city, centre.desk.rules, centre.gazetteer)


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
