"""`vigil scenario`: bad days and bad months, written down and played."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.db_options import HERE
from api.cli.planners_map import MapsOf, city_and_map

ROOT = Path(__file__).resolve().parents[2]

app_scenario = typer.Typer(no_args_is_help=True, help="What if: a wave, a flood, a lost hospital.")

Said = Annotated[str, typer.Argument(metavar="FILE|NAME", help="A .toml file, or the name of a preset.")]
City = Annotated[str, typer.Option("--city", metavar="NAME")]
Cities = Annotated[Path, typer.Option("--cities", metavar="DIR", show_default="cities/")]
MapSource = Annotated[Path | None, typer.Option("--map", metavar="FILE", help="An OSM file.")]


@app_scenario.callback()
def scenario() -> None:
    """What if: a wave, a flood, a lost hospital."""


@app_scenario.command("list")
def list_presets() -> None:
    """The scenarios that come with Vigil, and the question each answers."""
    raise typer.Exit(_simulations("list"))


@app_scenario.command()
def check(
    said: Said,
    city: City = "demo",
    cities: Cities = ROOT / "cities",
    data: MapsOf = HERE,
    map_source: MapSource = None,
) -> None:
    """Read a scenario and say what is wrong with it, line by line: by itself, then on its city and map."""
    words = "check", _absolute(said), "--city", city
    if code := _simulations(*words, "--quiet"):
        raise typer.Exit(code)
    raise typer.Exit(_simulations(*words, *_standing_on(cities, data, city, map_source)))


@app_scenario.command()
def play(
    said: Said,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Begun anew, or gone on with.")],
    city: City = "demo",
    cities: Cities = ROOT / "cities",
    data: MapsOf = HERE,
    map_source: MapSource = None,
    replications: Annotated[int | None, typer.Option("--replications")] = None,
    seed: Annotated[int | None, typer.Option("--seed")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", help="Processes; one a core by default.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Write the rows as CSV, too.")] = False,
) -> None:
    """Play a scenario: report.html and flat rows. A run that was stopped goes on where it was."""
    asked = {"--replications": replications, "--seed": seed, "--jobs": jobs}
    more = [str(word) for pair in asked.items() if pair[1] is not None for word in pair]
    more += ["--csv"] if csv else []
    where = ["--city", city, *_standing_on(cities, data, city, map_source)]
    raise typer.Exit(_simulations("play", _absolute(said), *where, "--out", str(out.resolve()), *more))


def _standing_on(cities: Path, data: Path, city: str, map_source: Path | None) -> list[str]:
    city_folder, map_folder = city_and_map(cities, data, city, map_source)
    return ["--stands-on", str(city_folder), "--map", str(map_folder)]


def _absolute(said: str) -> str:
    """A file's name means the same wherever the simulations are at home."""
    return str(Path(said).resolve()) if said.endswith(".toml") else said


def _simulations(*words: str) -> int:
    """The simulations are another room, with a door of their own."""
    return subprocess.run(
        [sys.executable, "-m", "simulations.scenario", *words], cwd=ROOT, check=False
    ).returncode
