"""`vigil report ...`: what the log tells of how people chose."""

import json
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from api.cli.db_options import HERE, Data, Db
from api.cli.replay_command import open_log
from api.cli.week_report import week
from api.postgres.address import BadAddress
from api.postgres.choice import NoDatabase
from dispatch.override_report import override_report

app_report = typer.Typer(no_args_is_help=True, help="Reports from the log; Vigil may be running.")
WEEK = timedelta(days=7)


@app_report.callback()
def report() -> None:
    """Reports from the log; Vigil may be running."""


app_report.command()(week)


@app_report.command()
def overrides(
    data: Data = HERE,
    db: Db = None,
    since: Annotated[
        datetime | None, typer.Option("--from", help="UTC.", show_default="a week before --to")
    ] = None,
    until: Annotated[datetime | None, typer.Option("--to", help="UTC.", show_default="now")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Where somebody else was sent than advised: by reason, by dispatcher, and the seconds given up."""
    end = (until or datetime.now(UTC)).replace(tzinfo=UTC)
    begin = since.replace(tzinfo=UTC) if since else end - WEEK
    try:
        with open_log(data, db) as log:
            found = override_report(log, begin, end)
    except (BadAddress, NoDatabase) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(found))
        return
    typer.echo(f"{begin:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC: {found['count']} overrides,")
    typer.echo(f"{found['given_up_s']:.0f} s given up in all.")
    _table("by reason", found["by_reason"])
    _table("by dispatcher", found["by_dispatcher"])


def _table(title: str, rows: list[dict[str, Any]]) -> None:
    typer.echo(f"\n{title}")
    for row in rows:
        typer.echo(f"  {row['name']:<24} {row['count']:>5} {row['given_up_s']:>9.0f} s")
