"""What was given up: by each choice against its advice, by each day against a plan that knew all calls."""

from datetime import timedelta

from api.centre import Centre
from api.dependencies import TheCentre
from api.figures_asked import counting, figure_city
from api.hand import now
from api.hindsight import DayGround, regret_of
from api.room import Room
from api.routers.figures import From, To, WhoCounts
from api.schema.regret import RegretReport
from domain.figure_errors import PeriodTooLong

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
    here = figure_city(centre)
    if start is None:
        to = to or here.shift_day(now()).isoformat()
        start = here.shift_day(here.moment(to) - timedelta(seconds=1)).isoformat()
    period = here.period(start, to, now())
    if period.end - period.start > timedelta(days=MOST_DAYS):
        raise PeriodTooLong(days=MOST_DAYS)
    with counting(centre, period, None) as turn:
        found = regret_of(turn.book, period, here, ground(centre), turn.check)
        return RegretReport.model_validate({**found, "seq": turn.book.position, "complete": turn.complete})


def ground(centre: Centre) -> DayGround:
    return DayGround.of(centre.city, centre.desk.rules, centre.desk.roads.still())
