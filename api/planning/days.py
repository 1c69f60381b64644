"""Days of this service's own log, played again: the very calls once, or days like them many times."""

from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Final

from api.planning import limits
from api.planning.errors import (
    BadDay,
    DayNotInLog,
    DayNotOver,
    NoLogYet,
    RecordedSaysIt,
    SourceSaysIt,
    TooManyDays,
)
from api.planning.rivals import insist_on_rivals, insist_on_size, leave_out, rival
from api.planning.shelf import LogDays, Shelf
from api.planning.usual import KEY, USUAL_SEED, USUAL_WARM_UP
from api.schema.simulations import NewSimulation
from domain.city import City
from simulations.asked.order import Order
from simulations.experiment.experiment import Experiment

OF_MODELS: Final = "beds", "takers", "lines"
"""Of a rival: a log tells nothing of calls that nobody answered, and of no stay."""


def order_of_recorded(asked: NewSimulation, city: City, shelf: Shelf) -> Order:
    """Whether anybody called on those days is known once the log has been read, which is not done here."""
    leave_out(asked, ("model", "scenario"), SourceSaysIt)
    leave_out(asked, ("hours", "begins", "warm_up_hours"), RecordedSaysIt)
    for number, its in enumerate(asked.rivals):
        leave_out(its, OF_MODELS, RecordedSaysIt, f"rivals.{number}.")
    known = shelf.log_days()
    if known is None:
        raise NoLogYet(field="source")
    first, last = _days(asked, known)
    replications = asked.replications or 1
    over = last < known.now.date()
    if replications > 1 and not over:
        raise DayNotOver(field="replications", said=last.isoformat())
    hours = 24.0 * ((last - first).days + 1)
    if not over:
        begins = datetime.combine(first, time(), known.now.tzinfo)
        hours = max((known.now - begins) / timedelta(hours=1), 1 / 60)
    warm_up = USUAL_WARM_UP if replications > 1 else 0.0
    insist_on_rivals(asked.rivals, city)
    insist_on_size(len(asked.rivals), replications, hours + warm_up)
    experiment = Experiment(
        question=asked.question,
        city=city.id,
        rivals=tuple(rival(each) for each in asked.rivals),
        days="alike" if replications > 1 else "recorded",
        begins=f"{first.isoformat()}T00:00",
        hours=ceil(hours * 10_000) / 10_000,  # who rang this second is among them
        warm_up_hours=warm_up,
        replications=replications,
        seed=USUAL_SEED if asked.seed is None else asked.seed,
    )
    return Order(
        "recorded",
        {"vi": asked.question, "en": asked.question},
        experiment,
        str(shelf.city_folder),
        str(shelf.map_folder),
        data_folder=str(shelf.data),
        day=first.isoformat(),
        until=last.isoformat(),
        key=str(shelf.own / KEY),
    )


def _days(asked: NewSimulation, known: LogDays) -> tuple[date, date]:
    """The first and the last. Raises BadDay, DayNotInLog, TooManyDays."""
    first = _day("day", asked.day)
    last = first if asked.until is None else _day("until", asked.until)
    if last < first:
        raise BadDay(field="until", said=last.isoformat())
    today = known.now.date()
    for field, each in (("day", first), ("until", last)):
        if not known.first <= each <= today:
            there = {"first": known.first.isoformat(), "last": today.isoformat()}
            raise DayNotInLog(field=field, said=each.isoformat(), **there)
    count = (last - first).days + 1
    if count > limits.DAYS:
        raise TooManyDays(field="until", most=limits.DAYS, said=count)
    return first, last


def _day(field: str, said: str | None) -> date:
    try:
        return datetime.strptime(said or "", "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        raise BadDay(field=field, said=said or "–") from None
