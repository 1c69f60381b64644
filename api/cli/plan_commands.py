"""`vigil plan stations`, `roster` and `beds`: planning aids."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from api.cli.db_options import HERE
from api.cli.planners_map import MapsOf, city_and_map

ROOT = Path(__file__).resolve().parents[2]

app_plan = typer.Typer(no_args_is_help=True, help="Stations, rosters and beds.")
Json = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the figures.")]
Model = Annotated[Path | None, typer.Option("--model", metavar="DIR", help="A city model.")]


@app_plan.command()
def stations(
    more: Annotated[int, typer.Option("--more", min=1, help="Stations to open.")],
    city: Annotated[str, typer.Option("--city", metavar="NAME")] = "demo",
    cities: Annotated[Path, typer.Option("--cities", metavar="DIR", show_default="cities/")] = ROOT
    / "cities",
    data: MapsOf = HERE,
    map_source: Annotated[Path | None, typer.Option("--map", metavar="FILE", help="An OSM file.")] = None,
    outline: Annotated[
        Path | None,
        typer.Option("--outline", metavar="GEOJSON", help="Where the city ends, if the map goes on."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="DIR", help="A city model; by default the city's own demand.toml."),
    ] = None,
    incidents_a_day: Annotated[
        float | None, typer.Option("--incidents-a-day", help="Instead of what the model says.")
    ] = None,
    within: Annotated[float, typer.Option("--within", help="Seconds of turnout and drive.")] = 900.0,
    by: Annotated[str, typer.Option("--by", help="Whose sites are taken: mclp or p-median.")] = "mclp",
    vans_each: Annotated[
        int, typer.Option("--vans-each", min=0, help="That come with each; 0: those there are spread anew.")
    ] = 1,
    nights: Annotated[int, typer.Option("--nights", min=2, help="Simulated.")] = 20,
    tries: Annotated[int, typer.Option("--tries", min=0, help="Placings the local search may try.")] = 60,
    doubts: Annotated[
        int, typer.Option("--doubts", min=0, help="Times it is asked again with demand and drives off.")
    ] = 50,
    seed: Annotated[int, typer.Option("--seed")] = 115,
    out: Json = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write a page with a map, for anybody.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="Write the map alone, as SVG.")
    ] = None,
) -> None:
    """Where the next stations should go: MCLP and p-median to a proven bound, MEXCLP for the vans, then local
    search, judged by simulated nights it was not found on. The road times of a large city take minutes."""
    city_folder, map_folder = city_and_map(cities, data, city, map_source)
    _go(
        "stations",
        {
            "--city-folder": city_folder, "--map": map_folder, "--more": more,
            "--model": model, "--incidents-a-day": incidents_a_day, "--within": within, "--by": by,
            "--outline": outline, "--vans-each": vans_each, "--nights": nights, "--tries": tries,
            "--doubts": doubts, "--seed": seed, "--json": out, "--report": report, "--picture": picture,
        },
    )  # fmt: skip


@app_plan.command()
def roster(
    model: Model = None,
    calls: Annotated[
        Path | None, typer.Option("--calls", metavar="FILE", help="Instead: a CSV table, one line a call.")
    ] = None,
    log: Annotated[
        Path | None, typer.Option("--log", metavar="DATA", help="Instead: the data folder of a centre.")
    ] = None,
    column: Annotated[str, typer.Option("--column", help="Of the table: when it rang.")] = "at",
    only: Annotated[
        str | None, typer.Option("--only", metavar="COLUMN=TEXT", help="Rows whose column begins so.")
    ] = None,
    timezone: Annotated[str, typer.Option("--timezone", help="Of the log.")] = "Asia/Ho_Chi_Minh",
    whom: Annotated[str, typer.Option("--for", help="takers or units.")] = "takers",
    service: Annotated[
        float | None, typer.Option("--service", help="Seconds a call keeps a taker (120) or a unit (3600).")
    ] = None,
    share: Annotated[float, typer.Option("--share", help="Takers: answered in time.")] = 0.9,
    within: Annotated[float, typer.Option("--within", help="Takers: seconds that is.")] = 15.0,
    nobody: Annotated[float, typer.Option("--nobody", help="Units: share of calls that finds none.")] = 0.01,
    growth: Annotated[float, typer.Option("--growth", help="So many times as many calls.")] = 1.0,
    shift: Annotated[
        list[str] | None,
        typer.Option("--shift", metavar="HOURS@START,...", help="Again for another; 8@6,14,22 by default."),
    ] = None,
    out: Json = None,
) -> None:
    """Who is on duty when: each hour's need by Erlang's formulas, then the cheapest shifts that cover it."""
    asked = {
        "--model": model, "--calls": calls, "--log": log, "--column": column, "--only": only,
        "--timezone": timezone, "--for": whom, "--service": service, "--share": share, "--within": within,
        "--nobody": nobody, "--growth": growth, "--json": out,
    }  # fmt: skip
    _go("roster", asked, [word for each in shift or [] for word in ("--shift", each)])


@app_plan.command()
def beds(
    patients_a_day: Annotated[float, typer.Option("--patients-a-day")],
    stay_days: Annotated[float, typer.Option("--stay-days", help="A patient has a bed, on average.")],
    turned_away: Annotated[float, typer.Option("--turned-away", help="Share that may find none.")] = 0.05,
    out: Json = None,
) -> None:
    """How many beds it takes so that no more than a share of the patients finds none (Erlang's B)."""
    _go(
        "beds",
        {
            "--patients-a-day": patients_a_day, "--stay-days": stay_days, "--turned-away": turned_away,
            "--json": out,
        },
    )  # fmt: skip


def _go(what: str, asked: Mapping[str, object], more: list[str] | None = None) -> None:
    words = [str(word) for pair in asked.items() if pair[1] is not None for word in pair]
    # The simulations are another room, with a door of their own.
    order = [sys.executable, "-m", "simulations.planning", what, *words, *(more or [])]
    raise typer.Exit(subprocess.run(order, check=False).returncode)


def _say(words: str) -> None:
    typer.echo(words, err=True)
