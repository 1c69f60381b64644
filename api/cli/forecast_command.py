"""`vigil forecast`: how many calls the next hours bring, and how good such forecasts were."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer


def forecast(
    calls: Annotated[
        Path | None, typer.Option("--calls", metavar="FILE", help="A CSV table, one line a call.")
    ] = None,
    log: Annotated[
        Path | None, typer.Option("--log", metavar="DATA", help="Instead: the data folder of a centre.")
    ] = None,
    column: Annotated[str, typer.Option("--column", help="Of the table: when it rang.")] = "at",
    only: Annotated[
        str | None, typer.Option("--only", metavar="COLUMN=TEXT", help="Rows whose column begins so.")
    ] = None,
    of: Annotated[str, typer.Option("--of", help="Of the log: calls, or incidents.")] = "calls",
    timezone: Annotated[str, typer.Option("--timezone", help="Of the log.")] = "Asia/Ho_Chi_Minh",
    hours: Annotated[int, typer.Option("--hours", min=1, max=48, help="How far ahead.")] = 48,
    held_out: Annotated[
        int, typer.Option("--held-out", min=0, metavar="WEEKS", help="Judge on the last weeks.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures instead of words.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write a page with plots.")
    ] = None,
) -> None:
    """Calls of each of the next hours, and how surely; judged on weeks that were held out.

    At least six weeks of calls are learned from. Each way of forecasting is scored (CRPS) against "as many as
    in the same hour of last week", and where no difference is seen, that is said.
    """
    if (calls is None) == (log is None):
        typer.echo("Name a table with --calls, or a centre with --log: one of the two.", err=True)
        raise typer.Exit(2)
    asked = {
        "--calls": calls, "--log": log, "--column": column, "--only": only, "--of": of,
        "--timezone": timezone, "--hours": hours, "--held-out": held_out, "--out": out,
    }  # fmt: skip
    words = [str(word) for pair in asked.items() if pair[1] is not None for word in pair]
    # The simulations are another room, with a door of their own.
    order = [sys.executable, "-m", "simulations.forecast", *words, *(["--json"] if as_json else [])]
    raise typer.Exit(subprocess.run(order, check=False).returncode)
