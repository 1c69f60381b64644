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
    TrafficKind,
    built_map,
    place,
    said_plainly,
    version_said,
)
from api.pictures.frame import distance, duration
from api.pictures.route_picture import driver, picture_of_route
from api.pictures.sheet import check_name
from domain.values import Position, Route
from routing import map_file
from routing.errors import MapError
from routing.profiles import profile_index
from routing.road_map import RoadMap
from routing.snapping import snap_destinations, snap_origins
from routing.times import RoadTimes

TURNS = {"left": "left", "right": "right", "straight": "straight", "uturn": "turn back", "": "start"}
TOLD_FROM_M = 100.0


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
        gaps = gaps_to_streets(road_times.road_map, start, end, profile.value)
        for spot, gap, option in zip((start, end), gaps, ("--from", "--to"), strict=True):
            if gap is None:
                raise MapError(
                    f"{option} {spot.lat}, {spot.lon} lies outside the map {road_times.map_version}, "
                    "or no street is near it."
                )
            if gap > TOLD_FROM_M:
                typer.echo(f"{option} lies {gap:.0f} m from the nearest street that will do.", err=True)
        way = road_times.route(start, end, profile.value)
        if way is None:
            raise MapError(f"There is no way from {origin} to {destination} for {profile.value}.")
        if picture is not None:
            picture_of_route(road_times.road_map, way, profile.value).save(picture)
            typer.echo(f"Drawn: {picture}", err=True)
    typer.echo(_in_words(way, profile.value) if text else _as_json(way, road_times))


def gaps_to_streets(
    road_map: RoadMap, start: Position, end: Position, profile: str
) -> tuple[float | None, float | None]:
    """Metres from either place to the street it is put on, None where none is near: the rule by which times
    and areas put places on streets, so a place a little past the edge of the map will do."""
    index = profile_index(profile)
    ends = snap_origins(road_map, [start], index), snap_destinations(road_map, [end], index)
    begin, finish = (float(one.gap_m[0]) if one.edge[0] >= 0 else None for one in ends)
    return begin, finish


def _as_json(way: Route, road_times: RoadTimes) -> str:
    answer = {
        "duration_s": way.duration_s,
        "distance_m": round(way.distance_m, 1),
        "geometry": [[round(lat, 7), round(lon, 7)] for lat, lon in way.geometry],
        "steps": [
            {
                "name": s.name,
                "turn": s.turn,
                "distance_m": round(s.distance_m, 1),
                "duration_s": round(s.duration_s, 3),
            }
            for s in way.steps
        ],
        "method": way.method,
        "map_version": road_times.map_version,
        "traffic_version": version_said(TrafficKind.live),
    }
    return json.dumps(answer, ensure_ascii=False, indent=1)


def _in_words(way: Route, profile: str) -> str:
    lines = [f"{duration(way.duration_s)}, {distance(way.distance_m)}, {driver(profile)}"]
    for number, step in enumerate(way.steps, start=1):
        name = step.name or "unnamed street"
        turn = TURNS.get(step.turn, step.turn)
        lines.append(
            f"{number:3}. {turn:<9} {name:<40} {distance(step.distance_m):>8} {duration(step.duration_s):>12}"
        )
    return "\n".join(lines)
