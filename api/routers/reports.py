"""Reports on how the service chose, from the log."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime

from api.dependencies import Desk, TheCentre
from api.hand import now
from api.room import Room
from api.schema.choosing_rows import OverrideReport
from dispatch.override_report import override_report

router = Room(prefix="/reports", tags=["reports"])
WEEK = timedelta(days=7)


@router.get("/overrides")
def overrides(
    _: Desk,
    centre: TheCentre,
    since: Annotated[AwareDatetime | None, Query(alias="from", description="A week before `to`")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to", description="Else now")] = None,
) -> OverrideReport:
    """Where somebody else was sent than advised: by reason, by dispatcher, and the seconds given up."""
    end = until or now()
    found = override_report(centre.desk.log, since or week_before(end), end)
    return OverrideReport.model_validate(found)


def week_before(end: datetime) -> datetime:
    """Or the same, where there is no earlier time."""
    try:
        return end - WEEK
    except OverflowError:
        return end
