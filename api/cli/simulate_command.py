"""`vigil simulate`: rivals on the same calls, many times over, with what may be said about them."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.db_options import HERE
from api.cli.planners_map import MapsOf, city_and_map
from api.cli.scenario_command import play

ROOT = Path(__file__).resolve().parents[2]
OWN_ROADS = "roads.npz"
"""Beside the tables of a model that came with its own road network: no map is opened for it."""


def simulate(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Begun anew, or gone on with.")],
    policy: Annotated[
        list[str] | None,
        typer.Option("--policy", metavar="NAME", help="NAME or NAME:MOVE-UP; the first is the measure."),
    ] = None,
    experiment: Annotated[
        Path | None, typer.Option("--experiment", metavar="FILE", help="What is asked, as a file.")
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option("--scenario", metavar="FILE|NAME", help="What if: see `vigil scenario list`."),
    ] = None,
    data: MapsOf = HERE,
    log: Annotated[
        Path | None, typer.Option("--log", metavar="DATA", help="Take a day out of the log of a data folder.")
    ] = None,
    day: Annotated[str | None, typer.Option("--day", help="Of the log; the busiest by default.")] = None,
    recorded: Annotated[
        Path | None,
        typer.Option("--recorded", metavar="FILE", help="A day kept in a file; by default the demo town's."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="DIR", help="A city model; `city` for the city's own demand.toml."),
    ] = None,
    begins: Annotated[
        str | None, typer.Option("--begins", help="Of a model's nights, such as 2026-03-02T00:00.")
    ] = None,
    city: Annotated[str, typer.Option("--city", metavar="NAME")] = "demo",
    cities: Annotated[Path, typer.Option("--cities", metavar="DIR", show_default="cities/")] = ROOT
    / "cities",
    map_source: Annotated[Path | None, typer.Option("--map", metavar="FILE", help="An OSM file.")] = None,
    replications: Annotated[int | None, typer.Option("--replications", help="20 by default.")] = None,
    hours: Annotated[float | None, typer.Option("--hours", help="That are counted, 24 by default.")] = None,
    warm_up: Annotated[
        float | None, typer.Option("--warm-up", help="Hours before them that are not, 6 by default.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", help="Processes; one a core by default.")] = None,
    same_calls: Annotated[
        bool,
        typer.Option("--same-calls", help="The very calls of the day, once; else days like it are drawn."),
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Write the rows as CSV, too.")] = False,
) -> None:
    """Rivals on the same simulated calls: late share, responses, kilometres; which differences are sure.

    Writes flat rows (docs/simulation-rows.md) and report.html. A run that was stopped goes on where it was.
    """
    if scenario is not None:
        others = (policy, experiment, log, day, recorded, hours, warm_up, same_calls or None)
        if any(each is not None for each in others):
            _say(
                "A scenario says itself whose calls, which days and which crews: leave the other options out."
            )
            raise typer.Exit(2)
        play(scenario, out, city, cities, data, map_source, replications, seed, jobs, csv)
    folders: list[str] = []
    if model is None or not (Path(model) / OWN_ROADS).is_file():
        city_folder, map_folder = city_and_map(cities, data, city, map_source)
        folders = ["--city-folder", str(city_folder), "--map", str(map_folder)]
    asked = {
        "--out": out.resolve(), "--experiment": experiment and experiment.resolve(), "--day": day,
        "--log": log and log.resolve(), "--recorded": recorded and recorded.resolve(), "--jobs": jobs,
        "--replications": replications, "--hours": hours, "--warm-up": warm_up, "--seed": seed,
    }  # fmt: skip
    named = None if model is None else model if model == "city" else str(Path(model).resolve())
    asked |= {"--model": named, "--begins": begins}
    words = [str(word) for pair in asked.items() if pair[1] is not None for word in pair]
    words += [word for name in policy or [] for word in ("--policy", name)]
    # The simulations are another room, with a door of their own.
    order = [sys.executable, "-m", "simulations.experiment", *folders, *words, *(["--csv"] if csv else [])]
    order += ["--same-calls"] if same_calls else []
    done = subprocess.run(order, cwd=ROOT, check=False)
    raise typer.Exit(done.returncode)


def _say(words: str) -> None:
    typer.echo(words, err=True)
