"""Where a unit was: its track, whole again once late positions came in."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime

from api.accounts.guard import insist_on_unit
from api.dependencies import FieldWorker, TheCentre
from api.hand import now
from api.room import Room
from api.schema.assignments import TrackPoint
from api.spoken_fault import SpokenFault

router = Room(tags=["units"])

LONGEST = timedelta(hours=24)


@router.get("/units/{callsign}/track")
def track(
    callsign: str,
    account: FieldWorker,
    centre: TheCentre,
    after: Annotated[AwareDatetime, Query(description="positions behind this moment")],
    until: AwareDatetime | None = None,
) -> list[TrackPoint]:
    """Its positions by their own time, whenever they came in; at most of a day."""
    insist_on_unit(account, callsign)
    end: datetime = until or now()
    if not timedelta(0) <= end - after <= LONGEST:
        raise SpokenFault(
            422,
            en="A track is of one day at most, and ends after it begins.",
            vi="Hành trình dài nhất một ngày và phải kết thúc sau khi bắt đầu.",
        )
    centre.desk.log.unit(callsign)  # or UnknownUnit
    return [
        TrackPoint(
            at=ping.at.isoformat(),
            lat=ping.lat,
            lon=ping.lon,
            speed_mps=ping.speed_mps,
            heading_deg=ping.heading_deg,
            accuracy_m=ping.accuracy_m,
        )
        for ping in sorted(centre.telemetry.heard_of(callsign, after, end), key=lambda ping: ping.at)
    ]
