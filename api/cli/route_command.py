"""`vigil route`: the fastest way, as JSON or in words, and as a picture."""

import json
from typing import Annotated

import typer

from api.cli.map_options import (
    HERE,
    Data,
    Map,
    Picture,
    Profile,
    ProfileOption,
    built_map,
    place,
    said_plainly,
)
from api.pictures.frame import distance, duration
from api.pictures.route_picture import driver, picture_of_route
from api.pictures.sheet import check_name
from domain.values import Route
from routing import map_file
from routing.errors import MapError
from routing.times import RoadTimes


def route(
    map_path: Map,
    origin: Annotated[str, typer.Option("--from", metavar="LAT,LON", help="Where the way begins.")],
    destination: Annotated[str, typer.Option("--to", metavar="LAT,LON", help="Where it ends.")],
    profile: ProfileOption = Profile.van,
    picture: Picture = None,
    text: Annotated[bool, typer.Option("--text", help="Words for people instead of JSON.")] = False,
    data: Data = HERE,
) -> None:
    """The fastest way, as JSON: duration_s, distance_m, geometry and steps by street name."""
    with said_plainly():
        start, end = place(origin, "--from"), place(destination, "--to")
        if picture is not None:
            check_name(picture)
        road_times = RoadTimes(map_file.load(built_map(map_path, data)))
        for spot, option in ((start, "--from"), (end, "--to")):
            if not road_times.covers(spot):
                raise MapError(
                    f"{option} {spot.lat}, {spot.lon} lies outside the map {road_times.map_version}, "
                    "or no street is near it."
                )
        way = road_times.route(start, end, profile.value)
        if way is None:
            raise MapError(f"There is no way from {origin} to {destination} for {profile.value}.")
        if picture is not None:
            picture_of_route(road_times.road_map, way, profile.value).save(picture)
            typer.echo(f"Drawn: {picture}", err=True)
    typer.echo(_in_words(way, profile.value) if text else _as_json(way, road_times))


def _as_json(way: Route, road_times: RoadTimes) -> str:
    answer = {
        "duration_s": way.duration_s,
        "distance_m": round(way.distance_m, 1),
        "geometry": [[round(lat, 7), round(lon, 7)] for lat, lon in way.geometry],
        "steps": [
            {"name": s.name, "distance_m": round(s.distance_m, 1), "duration_s": round(s.duration_s, 3)}
            for s in way.steps
        ],
        "method": way.method,
        "map_version": road_times.map_version,
        "traffic_version": road_times.traffic_version,
    }
    return json.dumps(answer, ensure_ascii=False, indent=1)


def _in_words(way: Route, profile: str) -> str:
    lines = [f"{duration(way.duration_s)}, {distance(way.distance_m)}, {driver(profile)}"]
    for number, step in enumerate(way.steps, start=1):
        name = step.name or "unnamed street"
        lines.append(f"{number:3}. {name:<40} {distance(step.distance_m):>8} {duration(step.duration_s):>12}")
    return "\n".join(lines)
