"""`vigil figures`: the figures of a period, from the log of a centre, running or not."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.db_options import HERE, Data, Db
from api.cli.figures_of_log import CITIES, Cities, CityOption, open_figures
from projections.figures.figures import By, figures
from projections.figures.records import instant

COLUMNS = ("n", "p50_s", "p90_s", "mean_s", "longest_s")


def figures_of_period(
    start: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help="A date is a shift day.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="TIME", help="Not included; default: now.")
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="priority|ward|station|hospital|hour", help="What to group by.")
    ] = "priority",
    reported: Annotated[bool, typer.Option("--reported", help="Times as first reported.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
    data: Data = HERE,
    db: Db = None,
    city: CityOption = None,
    cities: Cities = CITIES,
) -> None:
    """Intervals with percentiles by nearest rank, and what was never measured, of a period.

    docs/figures.md says what each figure means. Reads the log only, also beside a running Vigil.
    """
    chosen: By = _by(by)
    with open_figures(data, db, city, cities) as counted:
        period = counted.period(start, to)
        began, ended = instant(period.start), instant(period.end)
        told = figures(
            counted.book(period).material(began, ended),
            began,
            ended,
            chosen,
            counted.here.yardstick(),
            as_reported=reported,
            until=instant(counted.moment),
        )
    if as_json:
        answer = {"from": period.start.isoformat(), "to": period.end.isoformat(), "by": by, **told}
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    console = Console()
    zone = period.start.tzinfo
    last = period.end.astimezone(zone)
    console.print(f"{period.start:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} ({zone}), by {by}")
    table = Table(by, "interval", *COLUMNS, "censored")
    for group in ({"key": "all", **told["total"]}, *told["groups"]):
        for name, row in group["intervals"].items():
            if row["n"] or row["censored"]:
                cells = ["" if row[column] is None else str(row[column]) for column in COLUMNS]
                table.add_row(group["key"], name, *cells, str(sum(row["censored"].values())))
    console.print(table)


def _by(said: str) -> By:
    match said:
        case "priority" | "ward" | "station" | "hospital" | "hour":
            return said
    raise typer.BadParameter(f"{said} is none of priority, ward, station, hospital, hour", param_hint="--by")
