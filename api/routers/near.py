"""What is near: units within an area, incidents along a road, hospitals within minutes of driving."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Annotated, Any

from fastapi import Query

from api import lens
from api.accounts.roles import Role
from api.dependencies import Desk, Planner, TheCentre
from api.hand import now
from api.near import ask
from api.recent import still_wanted
from api.room import Room
from api.routers.roads import Place, Profile, position
from api.schema.near import (
    MOST_CORNERS,
    MOST_ROWS,
    AreaAsked,
    HospitalsFound,
    IncidentsAsked,
    IncidentsFound,
    NearHospital,
    NearIncident,
    UnitsAsked,
    UnitsFound,
)
from api.spoken_fault import SpokenFault
from domain.areas import Polygon
from domain.errors import OutsideMap
from projections.spatial import Near, SpatialQuestions

router = Room(prefix="/near", tags=["near"])

MOST_DEGREES = 2.0
MOST_MINUTES = 120.0


@router.post("/units")
def units(body: UnitsAsked, account: Planner, centre: TheCentre) -> UnitsFound:
    """The callsigns of the units within an area, in their order; a crew is told of its own alone.
    For planners units lie to about 100 m, and those at a scene are in no answer.

    Where a unit was last may be long ago: its row in `/units` says how old its position is.
    """
    area = _polygons(body.within)
    planning = account.role is Role.PLANNER
    found, by = ask(centre, (), lambda places: places.units_within(area), planning=planning)
    rows: list[dict[str, Any]] = [{"callsign": callsign} for callsign in found]
    seen = [row["callsign"] for row in lens.through(account, "units", rows)]
    return UnitsFound(units=seen[: body.most], found=len(seen), answered_by=by)


@router.post("/incidents")
def incidents(body: IncidentsAsked, _: Desk, centre: TheCentre) -> IncidentsFound:
    """Of the incidents that `GET /incidents` tells, those near a line, nearest first.

    For the desks alone: metres to a line would tell planners the places they are not shown.
    """
    _insist_on_near([lat for lat, _ in body.along], [lon for _, lon in body.along])
    moment = now()
    told = {
        row["id"]: row for row in centre.views.rows("incidents") if still_wanted("incidents", row, moment)
    }

    oldest = min((datetime.fromisoformat(row["opened_at"]) for row in told.values()), default=moment)
    opened_from = max(oldest, body.opened_from or oldest)  # PostGIS need not look at years of incidents

    def along(places: SpatialQuestions) -> list[Near]:
        return places.incidents_along(body.along, body.within_m, opened_from, body.opened_before)

    near, by = ask(centre, told.values(), along)
    rows = [
        NearIncident(
            incident_id=each.id,
            number=told[each.id]["number"],
            status=told[each.id]["status"],
            distance_m=round(each.far, 1),
        )
        for each in near
        if each.id in told
    ]
    return IncidentsFound(incidents=rows[: body.most], found=len(rows), answered_by=by)


@router.get("/hospitals")
def hospitals(
    _: Planner,
    centre: TheCentre,
    origin: Annotated[Place, Query(alias="from")],
    minutes: Annotated[float, Query(gt=0, le=MOST_MINUTES, allow_inf_nan=False)],
    profile: Profile = "van",
    most: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 200,
) -> HospitalsFound:
    """The hospitals that are reached from a place within so many minutes of driving, soonest first; on the
    roads as they are now, on blue light where the profile has it."""
    here, limit_s = position(origin), 60 * minutes
    roads = centre.desk.roads.still()
    known = {each.hospital_id: each for each in centre.picture.hospitals_now()}
    (ways,) = roads.table([here], [each.position for each in known.values()], profile)
    if not any(ways) and roads.reach([here], [limit_s], profile).off_map:
        raise OutsideMap(lat=here.lat, lon=here.lon, map=roads.map_version)
    times = {name: way.duration_s if way else None for name, way in zip(known, ways, strict=True)}
    near, by = ask(centre, (), lambda places: places.hospitals_in_time(times, limit_s))
    return HospitalsFound(
        hospitals=[
            NearHospital(hospital_id=each.id, name=known[each.id].name, duration_s=round(each.far, 1))
            for each in near[:most]
        ],
        found=len(near),
        answered_by=by,
        methods=sorted({way.method for way in ways if way}),
        map_version=roads.map_version,
        traffic_version=roads.traffic_version,
    )


def _polygons(area: AreaAsked) -> list[Polygon]:
    """(lat, lon) corners. Raises SpokenFault where there are too many, or where they lie too far apart."""
    corners = list(chain.from_iterable(chain.from_iterable(area.coordinates)))
    if len(corners) > MOST_CORNERS:
        raise SpokenFault(
            422,
            en=f"An area may have at most {MOST_CORNERS} corners.",
            vi=f"Một vùng có nhiều nhất {MOST_CORNERS} đỉnh.",
        )
    _insist_on_near([lat for _, lat in corners], [lon for lon, _ in corners])
    return [[[(lat, lon) for lon, lat in ring] for ring in polygon] for polygon in area.coordinates]


def _insist_on_near(lats: Sequence[float], lons: Sequence[float]) -> None:
    """No city is wider. Raises SpokenFault."""
    if lats and max(max(lats) - min(lats), max(lons) - min(lons)) > MOST_DEGREES:
        raise SpokenFault(
            422,
            en=f"That is too far apart: at most {MOST_DEGREES:g} degrees from edge to edge.",
            vi=f"Phạm vi quá rộng: nhiều nhất {MOST_DEGREES:g} độ từ mép này đến mép kia.",
        )
