"""Where in town everybody is, by ward and district: the view that shows gaps."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from api import lens
from api.accounts.guard import SignedIn
from api.centre import Centre
from api.dependencies import TheCentre
from api.hand import now
from api.recent import still_wanted
from api.room import Room
from api.schema.by_area import AreasNow, Placed
from dispatch.policies.nearby import flat_metres
from domain.places import MapWithoutNames
from domain.values import Position
from projections.rows import Row

router = Room(tags=["city"])

DECIMALS = 3
"""About a hundred metres: cars that stand at one station are asked for once."""


@router.get("/areas")
def areas(account: SignedIn, centre: TheCentre) -> AreasNow:
    """The ward and district of every unit and every open incident, and all the names there are.

    A unit nobody has seen yet is counted where its station is. A map without names answers empty lists.
    """
    try:
        names = centre.gazetteer.area_names()
    except MapWithoutNames:
        names = {}
    homes = {each.id: each.position for each in centre.city.stations}
    units = lens.through(account, "units", centre.views.rows("units"))
    incidents = [
        row
        for row in lens.through(account, "incidents", centre.views.rows("incidents"))
        if still_wanted("incidents", row, now()) and row["status"] not in ("closed", "merged")
    ]
    return AreasNow(
        wards=names.get("ward", []),
        districts=names.get("district", []),
        stations=sorted(each.name for each in centre.city.stations),
        units=[
            _placed(centre, row, _seen(centre, row) or homes.get(row["station_id"]), bool(names))
            for row in units
        ],
        incidents=[
            _placed(centre, row, Position(row["position"]["lat"], row["position"]["lon"]), bool(names))
            for row in incidents
        ],
        map_version=centre.map.version,
    )


def _seen(centre: Centre, unit: Row) -> Position | None:
    ping = centre.telemetry.positions.latest(unit["callsign"])
    return None if ping is None else Position(ping.lat, ping.lon)


def _placed(centre: Centre, row: Row, place: Position | None, named: bool) -> Placed:
    found: Mapping[str, str] = {}
    if place is not None and named:
        found = _areas_at(cast(Any, centre.gazetteer), round(place.lat, DECIMALS), round(place.lon, DECIMALS))
    station = None
    if place is not None and centre.city.stations:
        station = min(centre.city.stations, key=lambda each: flat_metres(place, each.position)).name
    return Placed(
        id=row["id"],
        ward=found.get("ward"),
        district=found.get("district"),
        station=station,
    )


@lru_cache(maxsize=100_000)
def _areas_at(gazetteer: Any, lat: float, lon: float) -> Mapping[str, str]:
    return cast(Mapping[str, str], gazetteer.areas_at(Position(lat, lon)))
