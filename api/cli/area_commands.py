"""`vigil isochrone` and `vigil coverage`: what lies within reach, as GeoJSON and as a picture."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.map_options import (
    HERE,
    Data,
    Map,
    Picture,
    Profile,
    ProfileOption,
    TrafficKind,
    TrafficOption,
    built_map,
    place,
    said_plainly,
    version_said,
)
from api.cli.points_file import read_points
from api.pictures.area_picture import picture_of_areas
from api.pictures.sheet import check_name
from domain.areas import Direction, Reached
from domain.values import Position
from routing import map_file
from routing.errors import MapError
from routing.times import RoadTimes

MOST_MINUTES = 120.0
MOST_LIMITS = 6

Minutes = Annotated[
    str,
    typer.Option("--minutes", metavar="M,M,...", help="Up to six limits, such as 4,8,12."),
]


def isochrone(
    map_path: Map,
    minutes: Minutes,
    origin: Annotated[str | None, typer.Option("--from", metavar="LAT,LON", help="From this place.")] = None,
    destination: Annotated[str | None, typer.Option("--to", metavar="LAT,LON", help="To this place.")] = None,
    profile: ProfileOption = Profile.van,
    traffic: TrafficOption = TrafficKind.live,
    picture: Picture = None,
    data: Data = HERE,
) -> None:
    """What is reached from a place within so many minutes, or from where the place is reached, as GeoJSON."""
    with said_plainly():
        if (origin is None) == (destination is None):
            raise MapError("Say either --from or --to: one place such as 10.77,106.70.")
        direction: Direction = "from" if origin is not None else "to"
        spot = place(origin or destination or "", f"--{direction}")
        title = f"{direction.capitalize()} {spot.lat:.5f}, {spot.lon:.5f}"
        _answer(map_path, data, minutes, [spot], direction, profile, traffic, picture, title)


def coverage(
    map_path: Map,
    stations: Annotated[Path, typer.Option("--stations", metavar="CSV", help="Columns id,lat,lon.")],
    minutes: Minutes,
    profile: ProfileOption = Profile.van,
    traffic: TrafficOption = TrafficKind.live,
    picture: Picture = None,
    data: Data = HERE,
) -> None:
    """What the nearest of many stations reaches within so many minutes, as GeoJSON."""
    with said_plainly():
        points = read_points(stations)
        if not points.ids:
            raise MapError(f"{stations} holds no place.")
        title = f"From {len(points.ids)} stations"
        _answer(map_path, data, minutes, points.positions, "from", profile, traffic, picture, title)


def _answer(
    map_path: Path,
    data: Path,
    minutes: str,
    places: Sequence[Position],
    direction: Direction,
    profile: Profile,
    traffic: TrafficKind,
    picture: Path | None,
    title: str,
) -> None:
    limits = _limits(minutes)
    if picture is not None:
        check_name(picture)
    times = RoadTimes(map_file.load(built_map(map_path, data)))
    reached = times.reach(
        places, limits, profile.value, direction=direction, traffic=traffic.value, shapes=True
    )
    if len(reached.off_map) == len(places):
        raise MapError(f"No street of the map {times.map_version} is near {_said(places)}.")
    if reached.off_map:
        typer.echo(f"{len(reached.off_map)} of {len(places)} places are near no street.", err=True)
        title = f"From {len(places) - len(reached.off_map)} of {len(places)} stations"
    seen = [place for i, place in enumerate(places) if i not in set(reached.off_map)]
    if picture is not None:
        drawn = picture_of_areas(times.road_map, reached.areas, seen, title, profile.value, traffic.value)
        drawn.save(picture)
        typer.echo(f"Drawn: {picture}", err=True)
    typer.echo(json.dumps(_geojson(reached, times, direction, profile.value, traffic), ensure_ascii=False))


def _limits(text: str) -> list[float]:
    """Seconds, ascending. Raises MapError."""
    try:
        limits = sorted({float(part) for part in text.split(",")})
    except ValueError:
        limits = []
    if not 1 <= len(limits) <= MOST_LIMITS or not all(0 < limit <= MOST_MINUTES for limit in limits):
        raise MapError(
            f"--minutes is {text!r}; wanted are up to {MOST_LIMITS} numbers above 0 and at most "
            f"{MOST_MINUTES:.0f}, such as 4,8,12."
        )
    return [60 * limit for limit in limits]


def _geojson(
    reached: Reached, times: RoadTimes, direction: str, profile: str, traffic: TrafficKind
) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "attribution": times.road_map.report["attribution"],
        "direction": direction, "profile": profile, "traffic": traffic.value,
        "demand": reached.demand, "method": reached.method,
        "map_version": times.map_version, "traffic_version": version_said(traffic),
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "minutes": round(area.limit_s / 60, 3),
                    "area_km2": round(area.area_km2, 3),
                    "street_km": round(area.street_km or 0.0, 1),
                    "demand_share": round(area.demand_share or 0.0, 4),
                },
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [
                        [[[round(lon, 6), round(lat, 6)] for lat, lon in ring] for ring in polygon]
                        for polygon in area.polygons or ()
                    ],
                },
            }
            for area in reached.areas
        ],
    }  # fmt: skip


def _said(places: Sequence[Position]) -> str:
    first = f"{places[0].lat}, {places[0].lon}"
    return first if len(places) == 1 else f"any of the {len(places)} places, the first of them {first}"
