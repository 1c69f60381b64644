"""What was given up: by each choice against its advice, by each day against a plan that knew all calls."""

from datetime import date, datetime, timedelta
from typing import Any

from api.centre import Centre
from api.dependencies import TheCentre
from api.figures_asked import Counting, Period, counting, day_begins, period_of, shift_day
from api.hand import now
from api.hindsight import in_hindsight
from api.room import Room
from api.routers.figures import From, To, WhoCounts
from api.schema.regret import RegretReport
from domain.figure_errors import PeriodTooLong
from projections.figures.predictions import quality
from projections.figures.records import instant
from projections.figures.regret import choices, told

router = Room(tags=["figures"])

MOST_DAYS = 8
"""Each day is a plan to be solved: a week, and the day that is going on."""


@router.get("/reports/regret")
def regret(_: WhoCounts, centre: TheCentre, start: From = None, to: To = None) -> RegretReport:
    """For choices, days and predictions of arrival: how far they were from the best there was.

    A choice is held against the advice it was made upon. A shift day is held against the best plan for the
    same units and calls (C.J. Jagtenberg et al., EJOR 258, 2017): `docs/figures.md` says what that plan may
    do. Without `from`, the last shift day that is over.
    """
    if start is None:
        to = to or shift_day(centre, now()).isoformat()
        start = (datetime.fromisoformat(to) - timedelta(days=1)).isoformat()
    return RegretReport.model_validate(regret_of(centre, period_of(centre, start, to)))


def regret_of(centre: Centre, period: Period) -> dict[str, Any]:
    """As `RegretReport`. Raises PeriodTooLong, FiguresBusy."""
    if period.end - period.start > timedelta(days=MOST_DAYS):
        raise PeriodTooLong(days=MOST_DAYS)
    with counting(centre, period, None) as turn:
        began, ended = instant(period.start), instant(period.end)
        material = turn.book.material(began, ended)
        return {
            "from": period.start,
            "to": period.end,
            "seq": turn.book.position,
            "complete": turn.complete,
            "choices": told(choices(material, began, ended)),
            "days": list(_days(centre, period, turn)),
            "predictions": quality(material, began, ended, centre.desk.timezone),
        }


def _days(centre: Centre, period: Period, turn: Counting) -> list[dict[str, Any]]:
    found, begins = [], shift_day(centre, period.start)
    while begins < period.end:
        day: date = begins.date()
        following = day_begins(centre, day + timedelta(days=1))
        first, last = instant(max(begins, period.start)), instant(min(following, period.end))
        turn.check()
        found.append({"day": day, **in_hindsight(centre, turn.book.material(first, last), first, last)})
        begins = following
    return found
