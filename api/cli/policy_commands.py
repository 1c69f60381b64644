"""`vigil policies compare`: one day's calls again under each dispatch policy."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.db_options import HERE
from api.cli.planners_map import MapsOf, city_and_map

ROOT = Path(__file__).resolve().parents[2]

app_policies = typer.Typer(no_args_is_help=True, help="Dispatch policies.")


@app_policies.callback()
def policies() -> None:
    """Dispatch policies."""


@app_policies.command()
def compare(
    data: MapsOf = HERE,
    log: Annotated[
        Path | None, typer.Option("--log", metavar="DATA", help="Take a day out of the log of a data folder.")
    ] = None,
    day: Annotated[str | None, typer.Option("--day", help="Of the log; the busiest by default.")] = None,
    recorded: Annotated[
        Path | None,
        typer.Option("--recorded", metavar="FILE", help="A day kept in a file; by default the demo town's."),
    ] = None,
    city: Annotated[str, typer.Option("--city", metavar="NAME")] = "demo",
    cities: Annotated[Path, typer.Option("--cities", metavar="DIR", show_default="cities/")] = ROOT
    / "cities",
    map_source: Annotated[Path | None, typer.Option("--map", metavar="FILE", help="An OSM file.")] = None,
    names: Annotated[
        str | None, typer.Option("--policies", help="Names with commas; all by default.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the figures.")] = None,
) -> None:
    """Late share, mean response and kilometres of the same calls under each policy."""
    city_folder, map_folder = city_and_map(cities, data, city, map_source)
    files = {"--log": log, "--recorded": recorded, "--json": out}
    asked = {"--day": day, "--policies": names} | {
        name: each and each.resolve() for name, each in files.items()
    }
    words = [str(word) for pair in asked.items() if pair[1] is not None for word in pair]
    # The simulations are another room, with a door of their own.
    order = [sys.executable, "-m", "simulations.policy_day", "--city", str(city_folder)]
    done = subprocess.run([*order, "--map", str(map_folder), *words], cwd=ROOT, check=False)
    raise typer.Exit(done.returncode)
