"""`vigil rebuild`: fold the whole log again and say the hash of each view."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.city_of_log import Folder
from api.postgres.address import Address, BadAddress
from api.postgres.choice import NoDatabase, chosen, database
from api.postgres.migrate import DatabaseUnfit
from api.stores import AlreadyRunning, Stores, held, hold, open_stores
from projections.projector import rebuild as fold_again


def rebuild(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The data folder.")] = Path("var"),
    db: Annotated[
        str | None,
        typer.Option(
            "--db", metavar="sqlite|auto|URL", help="As for vigil up.", show_default="as last opened"
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the hashes as JSON.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing: compare the stored views with the log.")
    ] = False,
) -> None:
    """Make the views again from the log, and report their hashes.

    With --check, exit 1 where the stored views differ. Vigil must not be running on the folder or database.
    """
    try:
        with database(chosen(db, data), data) as address:
            _insist_on_log(data, address)
            with hold(data):
                stores = open_stores(data, address)
                try:
                    differs = _rebuild(stores, as_json, check)
                finally:
                    stores.close()
    except (AlreadyRunning, BadAddress, NoDatabase, DatabaseUnfit) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None
    if check and differs:
        raise typer.Exit(1)


def _insist_on_log(data: Path, address: Address | None) -> None:
    if address is None:
        found, place = Folder(data).has_log(), str(data)
    else:
        with held(data, address) as database:
            found, place = database.has_log(), str(database)
    if not found:
        raise NoDatabase(f"There is no event log in {place}.")


def _rebuild(stores: Stores, as_json: bool, check: bool) -> bool:
    """Whether the stored views differed from the log."""
    log, store = stores.log, stores.views
    end = log.position()
    before, stood_at = store.digests(), store.position
    with Console(stderr=True).status(f"Folding up to {end} ...") as status:
        digests = fold_again(
            log, None if check else store, lambda seq: status.update(f"Folding {seq} of {end} ...")
        )
    if not check:
        stores.mark()
    if as_json:
        typer.echo(json.dumps({"position": end, "views": digests, "stored": before, "stored_at": stood_at}))
    else:
        for view, digest in digests.items():
            typer.echo(f"{view:<10} {digest}  {'same' if before.get(view) == digest else 'CHANGED'}")
        typer.echo(f"Folded up to {end}; the stored views stood at {stood_at}.")
    return before != digests
