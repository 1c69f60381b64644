"""`vigil rebuild`: fold the whole log again and say the hash of each view."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.wiring import AlreadyRunning, hold, sql_views, stamp_views
from dispatch.application import sqlite_log
from projections.projector import rebuild as fold_again


def rebuild(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The data folder.")] = Path("var"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the hashes as JSON.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing: compare the stored views with the log.")
    ] = False,
) -> None:
    """Make the views again from the log, and report their hashes.

    With --check, exit 1 where the stored views differ. Vigil must not be running on the folder.
    """
    log_file = data / "events.sqlite"
    if not log_file.is_file():
        typer.echo(f"There is no event log in {data}.", err=True)
        raise typer.Exit(2)
    try:
        lock = hold(data)
    except AlreadyRunning as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None
    with lock, sqlite_log(str(log_file)) as log:
        end = log.position()
        store = sql_views(data)
        before, stood_at = store.digests(), store.position
        with Console(stderr=True).status(f"Folding {end} events ...") as status:
            digests = fold_again(
                log, None if check else store, lambda seq: status.update(f"Folding {seq} of {end} events ...")
            )
        if not check:
            stamp_views(data)
    if as_json:
        typer.echo(json.dumps({"position": end, "views": digests, "stored": before, "stored_at": stood_at}))
    else:
        for view, digest in digests.items():
            typer.echo(f"{view:<10} {digest}  {'same' if before.get(view) == digest else 'CHANGED'}")
        typer.echo(f"{end} events folded; the stored views stood at {stood_at}.")
    if check and before != digests:
        raise typer.Exit(1)
