"""What lies within reach: of one place, and of the free units as they stand."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from api import lens
from api.centre import Centre
from api.dependencies import Planner, TheCentre
from api.hand import now
from api.misunderstood import PLACE_SHAPE
from api.picture import Picture
from api.routers.city import ATTRIBUTION
from api.routers.history import past_views
from api.routers.roads import Profile, position, version_used
from api.schema.areas import AreaFeature, AreaFigures, CoverageAnswer, Isochrone, MultiPolygon
from api.turns import Turns
from dispatch.policies import send
from dispatch.policies.send import UnitNow
from domain.areas import Area, Direction, Reached
from domain.errors import BadMinutes, OnePlaceWanted, OutsideMap
from domain.ports import Roads, Traffic
from domain.values import Needs, Position
from projections.positions import LatestPositions

router = APIRouter(tags=["roads"])

MOST_MINUTES = 120.0
MOST_LIMITS = 6
ANYTHING = Needs(capabilities=(), bed_kind=None, speciality=None)
_drawing = Turns(
    at_once=1,
    waiting=2,
    en="Other areas are being drawn; please try again in a moment.",
    vi="Máy chủ đang vẽ các vùng khác; hãy thử lại sau giây lát.",
)
"""Shapes take a good part of a second: one at a time, so that the desk keeps a core."""

Place = Annotated[str | None, Query(pattern=PLACE_SHAPE, examples=["10.77,106.7"])]
TrafficAsked = Annotated[
    Traffic,
    Query(
        description="live: the roads as they are now, on blue light where the profile has it. "
        "free_flow: empty streets, normal driving, no blue light."
    ),
]


@router.get("/isochrone")
def isochrone(
    _: Planner,
    centre: TheCentre,
    minutes: Annotated[str, Query(max_length=60, examples=["8,15"])],
    origin: Annotated[Place, Query(alias="from")] = None,
    destination: Annotated[Place, Query(alias="to")] = None,
    profile: Profile = "van",
    traffic: TrafficAsked = "live",
    geometry: bool = True,
) -> Isochrone:
    """What is reached from a place within so many minutes, or from where the place is reached."""
    if (origin is None) == (destination is None):
        raise OnePlaceWanted()
    direction: Direction = "from" if origin is not None else "to"
    place = position(origin or destination or "")
    limits_s = [60 * limit for limit in _limits(minutes)]
    roads = centre.desk.roads.still()
    reached = _reach(roads, [place], limits_s, profile, direction, traffic, shapes=geometry)
    if reached.off_map:
        raise OutsideMap(lat=place.lat, lon=place.lon, map=roads.map_version)
    features = [
        AreaFeature(properties=AreaFigures(**_figures(area)), geometry=_shape(area)) for area in reached.areas
    ]
    return Isochrone(
        features=features,
        direction=direction,
        profile=profile,
        traffic=traffic,
        demand=reached.demand,
        method=reached.method,
        attribution=ATTRIBUTION,
        map_version=roads.map_version,
        traffic_version=version_used(roads, traffic),
    )


@router.get("/coverage")
def coverage(
    account: Planner,
    centre: TheCentre,
    minutes: Annotated[str, Query(max_length=10, examples=["8"])],
    profile: Profile = "van",
    traffic: TrafficAsked = "live",
    geometry: bool = False,
    at: AwareDatetime | None = None,
) -> CoverageAnswer:
    """Area and share of the expected demand within reach of the free units of the profile's kind.

    Free is who is on duty, on no run, and whose position is not stale. With `at`, the fleet as it was known
    at that instant, on the roads as they are now.
    """
    limits = _limits(minutes)
    if len(limits) != 1:
        raise BadMinutes(minutes=minutes, most=1, longest=int(MOST_MINUTES))
    moment = now()
    fleet = centre.picture.units_now() if at is None or at >= moment else _fleet_at(centre, at)
    moment = moment if at is None else min(at, moment)
    counted, passed_over = _free(fleet, profile.removesuffix("_normal"), centre, moment)
    places = [unit.position for unit in counted if unit.position is not None]
    roads = centre.desk.roads.still()
    reached = _reach(roads, places, [60 * limits[0]], profile, "from", traffic, shapes=geometry)
    rows = [{"callsign": unit.callsign} for unit in counted]
    return CoverageAnswer(
        **_figures(reached.areas[0]),
        profile=profile,
        traffic=traffic,
        at=moment.isoformat(),
        units=sorted(row["callsign"] for row in lens.through(account, "units", rows)),
        units_counted=len(counted),
        not_counted=dict(sorted(passed_over.items())),
        off_map=len(reached.off_map),
        demand=reached.demand,
        method=reached.method,
        attribution=ATTRIBUTION,
        map_version=roads.map_version,
        traffic_version=version_used(roads, traffic),
        geometry=_shape(reached.areas[0]),
    )


def _free(
    fleet: Sequence[UnitNow], kind: str, centre: Centre, moment: datetime
) -> tuple[list[UnitNow], Counter[str]]:
    """Who could be sent, by the rules of sending; and how many could not, by reason."""
    counted, passed_over = [], Counter[str]()
    for unit in fleet:
        if unit.kind != kind:
            continue
        objection = send.why_not(unit, ANYTHING, centre.desk.rules.send, moment)
        if objection is None:
            counted.append(unit)
        else:
            passed_over[objection[0]] += 1
    return counted, passed_over


def _fleet_at(centre: Centre, at: datetime) -> Sequence[UnitNow]:
    """The fleet as it was known then; of positions, those that were not stale."""
    views = past_views(centre, at, "units")
    stale_after = timedelta(seconds=centre.desk.rules.send.stale_after_s)
    seen = [
        pings[-1]
        for row in views.rows("units")
        if (pings := centre.telemetry.heard_of(row["callsign"], at - stale_after, at))
    ]
    return Picture(views, LatestPositions(seen)).units_now()


def _reach(
    roads: Roads,
    places: Sequence[Position],
    limits_s: Sequence[float],
    profile: str,
    direction: Direction,
    traffic: Traffic,
    *,
    shapes: bool,
) -> Reached:
    if not shapes:
        return roads.reach(places, limits_s, profile, direction=direction, traffic=traffic)
    with _drawing.one():
        return roads.reach(places, limits_s, profile, direction=direction, traffic=traffic, shapes=True)


def _limits(text: str) -> list[float]:
    """Minutes, ascending. Raises BadMinutes."""
    try:
        limits = sorted({float(part) for part in text.split(",")})
    except ValueError:
        limits = []
    if not 1 <= len(limits) <= MOST_LIMITS or not all(0 < limit <= MOST_MINUTES for limit in limits):
        raise BadMinutes(minutes=text, most=MOST_LIMITS, longest=int(MOST_MINUTES))
    return limits


def _figures(area: Area) -> dict[str, Any]:
    return {
        "minutes": round(area.limit_s / 60, 3),
        "area_km2": round(area.area_km2, 3),
        "street_km": None if area.street_km is None else round(area.street_km, 1),
        "demand_share": None if area.demand_share is None else round(area.demand_share, 4),
    }


def _shape(area: Area) -> MultiPolygon | None:
    if area.polygons is None:
        return None
    return MultiPolygon(
        coordinates=[
            [[(round(lon, 6), round(lat, 6)) for lat, lon in ring] for ring in polygon]
            for polygon in area.polygons
        ]
    )
