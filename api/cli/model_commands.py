"""`vigil model`: city models for simulations, as folders of tables."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.db_options import HERE
from api.cli.planners_map import MapsOf, city_and_map

ROOT = Path(__file__).resolve().parents[2]
OWN_ROADS = "roads.npz"
"""Beside the tables of a model that came with its own road network: no map is opened for it."""

app_model = typer.Typer(no_args_is_help=True, help="City models for simulations.")

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="The model's folder.")]
Model = Annotated[Path, typer.Argument(metavar="DIR", help="The model's folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print figures instead of words.")]


@app_model.callback()
def model() -> None:
    """City models for simulations."""


@app_model.command()
def fit(
    out: Out,
    table: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A CSV table, one line a call.")
    ] = None,
    log: Annotated[
        Path | None, typer.Option("--log", metavar="DATA", help="Instead: the data folder of a centre.")
    ] = None,
    at: Annotated[str, typer.Option("--at", metavar="COLUMN", help="When it rang.")] = "at",
    lat: Annotated[str, typer.Option("--lat", metavar="COLUMN")] = "lat",
    lon: Annotated[str, typer.Option("--lon", metavar="COLUMN")] = "lon",
    kind: Annotated[str | None, typer.Option("--kind", metavar="COLUMN", help="Of what kind.")] = None,
    only: Annotated[str | None, typer.Option("--only", metavar="TEXT", help="Kinds that begin so.")] = None,
    kinds: Annotated[
        Path | None, typer.Option("--kinds", metavar="FILE", help="What they are: begins,kind,priority.")
    ] = None,
    like: Annotated[
        Path | None, typer.Option("--like", metavar="DIR", help="A model that says all else.")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="Of the city.")] = "Fitted city",
    timezone: Annotated[str, typer.Option("--timezone")] = "Asia/Ho_Chi_Minh",
    places: Annotated[int, typer.Option("--places", min=1, help="At most so many.")] = 300,
    within_km: Annotated[
        float, typer.Option("--within-km", help="What lies farther off is left out.")
    ] = 60.0,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write a page on how well it holds.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Rates by hour of the week, kinds and places, from calls that rang; judged on weeks put aside.

    What a history does not tell (stations, crews, hospitals) comes from another model, or is assumed.
    """
    if (table is None) == (log is None):
        typer.echo("Name a table, or a centre with --log: one of the two.", err=True)
        raise typer.Exit(2)
    asked = {
        "--log": log, "--out": out, "--at": at, "--lat": lat, "--lon": lon, "--kind": kind, "--only": only,
        "--kinds": kinds, "--like": like, "--name": name, "--timezone": timezone, "--places": places,
        "--within-km": within_km, "--report": report,
    }  # fmt: skip
    words = [str(word) for pair in asked.items() if pair[1] is not None for word in pair]
    _hand_on("fit", *([] if table is None else [str(table)]), *words, *(["--json"] if as_json else []))


@app_model.command(name="import")
def import_model(
    out: Out,
    jemss: Annotated[
        Path | None, typer.Option("--jemss", metavar="DIR", help="Folder of a JEMSS city model.")
    ] = None,
    city: Annotated[
        str | None, typer.Option("--city", metavar="NAME", help="Instead: a city of ours.")
    ] = None,
    cities: Annotated[Path, typer.Option("--cities", metavar="DIR", show_default="cities/")] = ROOT
    / "cities",
    map_source: Annotated[Path | None, typer.Option("--map", metavar="FILE", help="An OSM file.")] = None,
    data: MapsOf = HERE,
    places: Annotated[int, typer.Option("--places", min=1, help="Of a JEMSS model, at most so many.")] = 400,
) -> None:
    """A model of a JEMSS city, or of a city of ours with its demand.toml and its map."""
    if (jemss is None) == (city is None):
        typer.echo("Name a JEMSS folder with --jemss, or a city with --city: one of the two.", err=True)
        raise typer.Exit(2)
    if jemss is not None:
        _hand_on("import", "--jemss", str(jemss), "--places", str(places), "--out", str(out))
    city_folder, map_folder = city_and_map(cities, data, str(city), map_source)
    folders = ["--city-folder", str(city_folder), "--map", str(map_folder)]
    _hand_on("import", *folders, "--out", str(out))


@app_model.command()
def calibrate(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where report.html and rows/ go.")],
    log: Annotated[
        Path | None, typer.Option("--log", metavar="DATA", help="The data folder of a centre.")
    ] = None,
    table: Annotated[
        Path | None, typer.Option("--table", metavar="FILE", help="Instead: a CSV table, one line a call.")
    ] = None,
    begins: Annotated[str | None, typer.Option("--begins", metavar="DAY", help="Such as 2026-11-16.")] = None,
    days: Annotated[int | None, typer.Option("--days", min=1, help="As many as may be by default.")] = None,
    model: Annotated[
        Path | None,
        typer.Option("--model", metavar="DIR", help="A city model; else the city's own demand.toml."),
    ] = None,
    city: Annotated[str, typer.Option("--city", metavar="NAME")] = "demo",
    cities: Annotated[Path, typer.Option("--cities", metavar="DIR", show_default="cities/")] = ROOT
    / "cities",
    map_source: Annotated[Path | None, typer.Option("--map", metavar="FILE", help="An OSM file.")] = None,
    data: MapsOf = HERE,
    policy: Annotated[str, typer.Option("--policy", help="Who is sent; as the city's rules say.")] = "rules",
    replications: Annotated[int, typer.Option("--replications", min=2, max=1000)] = 20,
    seed: Annotated[int, typer.Option("--seed")] = 115,
    csv: Annotated[bool, typer.Option("--csv", help="Write the rows as CSV, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """How well a model tells what really happened: recorded calls played again, laid beside the record.

    Response, turnout, drives, time at scenes and hospitals; by hour, priority and ward. Changes nothing.
    """
    if (log is None) == (table is None):
        _say("Name a centre with --log, or a table with --table: one of the two.")
        raise typer.Exit(2)
    asked = {
        "--log": log, "--table": table, "--begins": begins, "--days": days, "--model": model, "--out": out,
        "--policy": policy, "--replications": replications, "--seed": seed,
    }  # fmt: skip
    words = [str(word) for pair in asked.items() if pair[1] is not None for word in pair]
    if model is None or not (model / OWN_ROADS).is_file():
        city_folder, map_folder = city_and_map(cities, data, city, map_source)
        words += ["--city-folder", str(city_folder), "--map", str(map_folder)]
    flags = [*(["--csv"] if csv else []), *(["--json"] if as_json else [])]
    # The simulations are another room, with a door of their own.
    order = [sys.executable, "-m", "simulations.calibration", *words, *flags]
    raise typer.Exit(subprocess.run(order, check=False).returncode)


@app_model.command()
def check(folder: Model, as_json: AsJson = False) -> None:
    """Whether a model can be used; else what is wrong, with file and line."""
    _hand_on("check", str(folder), *(["--json"] if as_json else []))


@app_model.command()
def show(folder: Model, as_json: AsJson = False) -> None:
    """What a model holds: calls, kinds, fleet, hospitals, and where its figures come from."""
    _hand_on("show", str(folder), *(["--json"] if as_json else []))


def _hand_on(*words: str) -> None:
    # The simulations are another room, with a door of their own.
    order = [sys.executable, "-m", "simulations.city_model", *words]
    raise typer.Exit(subprocess.run(order, check=False).returncode)


def _say(words: str) -> None:
    typer.echo(words, err=True)
