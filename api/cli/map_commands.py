"""`vigil map build|info`: make a map of OpenStreetMap data, and see what it holds."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.cli.map_options import HERE, Data, built, built_map, said_plainly
from api.cli.map_summary import summary
from api.cli.progress import shown_progress
from api.maps import name_places
from routing import map_file
from routing.place import fetch_place
from routing.read_osm import SUFFIXES
from routing.warm import warm_up

app_map = typer.Typer(
    help="Maps: build one from OpenStreetMap, look at one.", no_args_is_help=True, add_completion=False
)


class Habits(StrEnum):
    vietnamese = "vietnamese"
    general = "general"


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
    """Build a map from an OSM file (.osm.pbf, .osm, .osm.gz, .osm.bz2) or a place name."""
    target = out or data / "maps"
    with said_plainly():
        source = Path(file_or_place)
        if not source.exists() and not file_or_place.lower().endswith(SUFFIXES):
            typer.echo(f"Downloading the streets of {file_or_place} from OpenStreetMap ...", err=True)
            source = fetch_place(file_or_place, target / "downloads")
        folder = built(source, target, name, practice.value if practice else None)
        with shown_progress() as tell:
            name_places(source, folder, tell)
    seconds = warm_up()
    typer.echo(f"{folder}")
    typer.echo(f"The routing engine is compiled ({seconds:.1f} s).", err=True)
    typer.echo(f"`vigil map info {folder}` tells what was read and what was dropped.", err=True)


@app_map.command("info")
def info(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="An OSM file or the folder of a built map.")],
    as_json: Annotated[bool, typer.Option("--json", help="The whole report, for programs.")] = False,
    data: Data = HERE,
) -> None:
    """What a map holds: what was read, what was dropped and why, what is cut off."""
    with said_plainly():
        road_map = map_file.load(built_map(path, data))
    if as_json:
        typer.echo(json.dumps(road_map.report, ensure_ascii=False, indent=2))
        return
    Console(width=100, highlight=False).print(summary(road_map))
