"""What the commands about maps and roads share: their options, and how they say no."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.points_file import BadPointsFile
from api.cli.progress import shown_progress
from domain.errors import BadPosition
from domain.values import Position
from routing import map_file
from routing.errors import MapError
from routing.metric import FREE_FLOW_VERSION


class Profile(StrEnum):
    van = "van"
    motorbike = "motorbike"
    van_normal = "van_normal"
    motorbike_normal = "motorbike_normal"


class TrafficKind(StrEnum):
    live = "live"
    free_flow = "free_flow"


Data = Annotated[Path, typer.Option("--data", metavar="DIR", help="The data folder; maps go to DIR/maps.")]
Map = Annotated[Path, typer.Option("--map", metavar="FILE", help="An OSM file or the folder of a built map.")]
ProfileOption = Annotated[Profile, typer.Option("--profile", help="Who drives.")]
TrafficOption = Annotated[
    TrafficKind,
    typer.Option(
        "--traffic",
        help="live: blue light where the profile has it (a map alone knows no traffic). "
        "free_flow: empty streets, normal driving, no blue light.",
    ),
]
Picture = Annotated[
    Path | None, typer.Option("--picture", metavar="FILE", help="Draw it too: a .png or .svg file.")
]
HERE = Path("var")
NO_TRAFFIC_KNOWN = "none"


def version_said(traffic: TrafficKind) -> str:
    """Which traffic an answer is made of. A map by itself knows of none."""
    return FREE_FLOW_VERSION if traffic is TrafficKind.free_flow else NO_TRAFFIC_KNOWN


@contextmanager
def said_plainly() -> Iterator[None]:
    """A refusal is one sentence on standard error and exit code 1, never a stack trace."""
    try:
        yield
    except (MapError, BadPointsFile, BadPosition) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def built(
    source: Path, target: Path, name: str | None = None, practice: str | None = None, *, lines: bool = True
) -> Path:
    """Build a map and show how far it is; the folder. One that is there already is taken as it is."""
    with shown_progress(lines=lines) as tell:
        return map_file.build(source, target, name, tell, practice)


def built_map(path: Path, data: Path) -> Path:
    """The folder of a built map; an OSM file is built into the data folder unless that was done before."""
    return path if path.is_dir() else built(path, data / "maps", lines=False)


def place(text: str, option: str) -> Position:
    """A place as typed. Raises MapError naming the option, or BadPosition."""
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise MapError(
            f"{option} is {text!r}; it must be a latitude and a longitude such as 10.77,106.70."
        ) from None
    return Position(lat, lon)
