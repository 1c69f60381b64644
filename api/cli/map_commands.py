"""`vigil map build|info`, `vigil times`, `vigil route`: maps and road times on the command line."""

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from api.cli.points_file import BadPointsFile, Points, read_points
from domain.errors import BadPosition
from domain.values import Position
from routing import map_file
from routing.errors import MapError
from routing.place import fetch_place
from routing.read_osm import SUFFIXES
from routing.times import RoadTimes
from routing.warm import warm_up

app_map = typer.Typer(help="Maps: build one from OpenStreetMap, look at one.", no_args_is_help=True)


class Profile(StrEnum):
    van = "van"
    motorbike = "motorbike"
    van_normal = "van_normal"
    motorbike_normal = "motorbike_normal"


class TrafficKind(StrEnum):
    live = "live"
    free_flow = "free_flow"


class Habits(StrEnum):
    vietnamese = "vietnamese"
    general = "general"


Data = Annotated[Path, typer.Option("--data", metavar="DIR", help="The data folder; maps go to DIR/maps.")]
Map = Annotated[Path, typer.Option("--map", metavar="FILE", help="An OSM file or the folder of a built map.")]
ProfileOption = Annotated[Profile, typer.Option("--profile", help="Who drives.")]
HERE = Path("var")


@app_map.command("build")
def build(
    file_or_place: Annotated[
        str, typer.Argument(metavar="FILE_OR_PLACE", help="An OSM file, or the name of a place to download.")
    ],
    name: Annotated[str | None, typer.Option("--name", help="What to call the map.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where to put it.")] = None,
    practice: Annotated[
        Habits | None, typer.Option("--practice", help="Driving habits; else by where the map lies.")
    ] = None,
    data: Data = HERE,
) -> None:
    """Build a map from an OSM file (.osm.pbf, .osm, .osm.gz) or a place name, and compile the engine."""
    target = out or data / "maps"
    with _said_plainly():
        source = Path(file_or_place)
        if not source.exists() and not file_or_place.lower().endswith(SUFFIXES):
            typer.echo(f"Downloading the streets of {file_or_place} from OpenStreetMap ...", err=True)
            source = fetch_place(file_or_place, target / "downloads")
        folder = _build(source, target, name, practice.value if practice else None)
    seconds = warm_up()
    typer.echo(f"{folder}")
    typer.echo(f"The routing engine is compiled ({seconds:.1f} s).", err=True)


@app_map.command("info")
def info(path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder of a built map.")]) -> None:
    """What a built map holds: what was read, what was dropped and why."""
    with _said_plainly():
        road_map = map_file.load(path)
    typer.echo(json.dumps(road_map.report, ensure_ascii=False, indent=2))


def times(
    map_path: Map,
    origins: Annotated[Path, typer.Option("--origins", metavar="CSV", help="Columns id,lat,lon.")],
    destinations: Annotated[Path, typer.Option("--destinations", metavar="CSV", help="Columns id,lat,lon.")],
    profile: ProfileOption = Profile.van,
    traffic: Annotated[TrafficKind, typer.Option("--traffic", help="Which speeds.")] = TrafficKind.live,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="CSV", help="Default: standard output.")
    ] = None,
    data: Data = HERE,
) -> None:
    """Road times from every origin to every destination, as CSV; empty where there is no way."""
    with _said_plainly():
        starts, ends = read_points(origins), read_points(destinations)
        road_times = RoadTimes(map_file.load(_built_map(map_path, data)))
        if out is None:
            _write_times(sys.stdout, road_times, starts, ends, profile.value, traffic)
            return
        aside = out.with_name(f".{out.name}.part")
        try:
            with aside.open("w", encoding="utf-8", newline="") as file:
                _write_times(file, road_times, starts, ends, profile.value, traffic)
            aside.replace(out)
        except OSError as error:
            raise MapError(f"{out} cannot be written: {error.strerror or error}.") from error
        finally:
            aside.unlink(missing_ok=True)


def route(
    map_path: Map,
    origin: Annotated[str, typer.Option("--from", metavar="LAT,LON", help="Where the way begins.")],
    destination: Annotated[str, typer.Option("--to", metavar="LAT,LON", help="Where it ends.")],
    profile: ProfileOption = Profile.van,
    data: Data = HERE,
) -> None:
    """The fastest way, as JSON: duration_s, distance_m, geometry and steps by street name."""
    with _said_plainly():
        start, end = _place(origin, "--from"), _place(destination, "--to")
        road_times = RoadTimes(map_file.load(_built_map(map_path, data)))
        way = road_times.route(start, end, profile.value)
        if way is None:
            raise MapError(f"There is no way from {origin} to {destination} for {profile.value}.")
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
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))


def _build(source: Path, target: Path, name: str | None, practice: str | None = None) -> Path:
    columns = TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)

        def show(stage: str, share: float) -> None:
            bar.update(task, description=stage, completed=share)

        return map_file.build(source, target, name, show, practice)


def _built_map(path: Path, data: Path) -> Path:
    """The folder of a built map; an OSM file is built into the data folder unless that was done before."""
    return path if path.is_dir() else _build(path, data / "maps", None)


def _write_times(
    file: TextIO, road_times: RoadTimes, starts: Points, ends: Points, profile: str, traffic: TrafficKind
) -> None:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["origin", "destination", "duration_s", "distance_m"])
    table = road_times.table(starts.positions, ends.positions, profile, traffic.value)
    for start, travels in zip(starts.ids, table, strict=True):
        for end, travel in zip(ends.ids, travels, strict=True):
            known = ("", "") if travel is None else (f"{travel.duration_s:.3f}", f"{travel.distance_m:.1f}")
            rows.writerow([start, end, *known])


def _place(text: str, option: str) -> Position:
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise MapError(
            f"{option} is {text!r}; it must be a latitude and a longitude such as 10.77,106.70."
        ) from None
    return Position(lat, lon)


@contextmanager
def _said_plainly() -> Iterator[None]:
    """A refusal is one sentence on standard error and exit code 1, never a stack trace."""
    try:
        yield
    except (MapError, BadPointsFile, BadPosition) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
