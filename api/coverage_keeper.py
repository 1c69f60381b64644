"""Every few minutes keeps what the free units reach, so that planners see coverage come and go."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from api.hand import now
from api.keeper import Keeper
from api.postgres.address import Address
from dispatch.advise import LivePicture
from dispatch.desk import Desk
from dispatch.policies import send
from domain.values import Needs, Position
from projections.postgis.geometry import multipolygon
from projections.postgis.writing import write_rows
from projections.rows import Row, moment

EVERY_S = 300.0
MINUTES = (8.0, 15.0)
PROFILES = ("van", "motorbike")
KEPT = timedelta(days=30)
ANYTHING = Needs(capabilities=(), bed_kind=None, speciality=None)


def coverage_keeper(address: Address, desk: Desk, picture: LivePicture) -> Keeper:
    """Begins after five minutes: a centre that opens has better things to do."""

    def work(connection: Connection[Any]) -> bool:
        keep_coverage(connection, desk, picture, now())
        return False

    return Keeper("coverage keeper", address, EVERY_S, work, first_after_s=EVERY_S)


def keep_coverage(
    connection: Connection[Any],
    desk: Desk,
    picture: LivePicture,
    at: datetime,
    minutes: Sequence[float] = MINUTES,
) -> None:
    """Ask the roads for each profile, store the areas, and forget those of more than 30 days ago."""
    for profile in PROFILES:
        write_rows(connection, "coverage", _rows(profile, desk, picture, at, minutes))
    connection.execute("DELETE FROM vigil.coverage WHERE at < %s", (at - KEPT,))


def _rows(
    profile: str, desk: Desk, picture: LivePicture, at: datetime, minutes: Sequence[float]
) -> list[Row]:
    places = _free(profile, desk, picture, at)
    roads = desk.roads.still()
    reached = roads.reach(places, [60 * limit for limit in minutes], profile, shapes=True)
    return [
        {
            "at": moment(at),
            "profile": profile,
            "minutes": limit,
            "area": multipolygon(area.polygons or ()),
            "area_km2": area.area_km2,
            "street_km": area.street_km,
            "demand_share": area.demand_share,
            "demand": reached.demand,
            "units": len(places),
            "method": reached.method,
            "map_version": roads.map_version,
            "traffic_version": roads.traffic_version,
        }
        for limit, area in zip(minutes, reached.areas, strict=True)
    ]


def _free(profile: str, desk: Desk, picture: LivePicture, at: datetime) -> list[Position]:
    """The places of those who could be sent, by the rules of sending."""
    return [
        unit.position
        for unit in picture.units_now()
        if unit.kind == profile
        and unit.position is not None
        and send.why_not(unit, ANYTHING, desk.rules.send, at) is None
    ]
