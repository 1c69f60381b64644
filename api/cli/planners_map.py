"""The city and map of a planner's command: as the desk has them, or as named; the desk's stay as they are."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.db_options import HERE as HERE
from api.first_run.city_files import cities_for
from api.maps import open_map
from dispatch.city_file import BadCityFile
from routing.errors import MapError

MapsOf = Annotated[
    Path, typer.Option("--data", metavar="DIR", help="The data folder of a centre, for the maps in it.")
]


def city_and_map(cities: Path, data: Path, city: str, map_source: Path | None) -> tuple[Path, Path]:
    """Their folders, absolute. Says what is wrong and exits with 2."""
    folder = cities_for(data, cities, city)
    try:
        opened = open_map(folder, data, city, map_source, _say, lambda stage, share: None, beside=True)
    except (BadCityFile, MapError) as fault:
        _say(str(fault))
        raise typer.Exit(2) from None
    return (folder / city).resolve(), opened.shown.folder.resolve()


def _say(words: str) -> None:
    typer.echo(words, err=True)
