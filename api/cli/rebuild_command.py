"""`vigil rebuild`: fold the whole log again and say the hash of each view."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

from api.city_of_log import Folder
from api.cli.db_options import HERE, Data, Db
from api.postgres.address import Address, BadAddress
from api.postgres.choice import NoDatabase, chosen, database
from api.postgres.migrate import DatabaseUnfit
from api.stores import AlreadyRunning, Stores, held, hold, open_stores, sqlite_engine
from dispatch.application import DispatchLog
from dispatch.some_facts import SomeFacts
from projections.memory import KNOWN
from projections.projector import rebuild as fold_again
from projections.snapshots_memory import MemorySnapshots
from projections.sql import SqlViews
from projections.taking import Taking

AT_ONCE = 1_000


def rebuild(
    data: Data = HERE,
    db: Db = None,
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


def rebuild_views(stores: Stores, end: int, tell: Callable[[int], None]) -> dict[str, str]:
    """The stored views and their snapshots made again up to a place in the log; the digests."""
    stores.snapshots.drop([place.seq for place in stores.snapshots.places()])
    stores.snapshots.drop_foreign()
    source = SomeFacts(stores.log, KNOWN)
    digests = fold_again(source, stores.views, tell, AT_ONCE, end, Taking(stores.snapshots))
    stores.mark()
    return digests


def _only_computed(log: DispatchLog, end: int, tell: Callable[[int], None]) -> dict[str, str]:
    """The digests, by rows in a file that is thrown away: memory may be too small for all."""
    with TemporaryDirectory(prefix="vigil-check-") as folder:
        engine = sqlite_engine(Path(folder) / "views.sqlite")
        try:
            taking = Taking(MemorySnapshots("thrown away"))
            return fold_again(SomeFacts(log, KNOWN), SqlViews(engine), tell, AT_ONCE, end, taking)
        finally:
            engine.dispose()


def _rebuild(stores: Stores, as_json: bool, check: bool) -> bool:
    """Whether the stored views differed from the log."""
    log, store = stores.log, stores.views
    end = log.position()
    before, stood_at = store.digests(), store.position
    with Console(stderr=True).status(f"Folding up to {end} ...") as status:

        def tell(seq: int) -> None:
            status.update(f"Folding {seq} of {end} ...")

        digests = _only_computed(log, end, tell) if check else rebuild_views(stores, end, tell)
    if as_json:
        typer.echo(json.dumps({"position": end, "views": digests, "stored": before, "stored_at": stood_at}))
    else:
        for view, digest in digests.items():
            typer.echo(f"{view:<10} {digest}  {'same' if before.get(view) == digest else 'CHANGED'}")
        typer.echo(f"Folded up to {end}; the stored views stood at {stood_at}.")
    return before != digests
