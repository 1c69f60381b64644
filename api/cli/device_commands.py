"""`vigil device`: which tracker or phone speaks for which unit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.accounts.store import FILE_NAME
from api.cli.user_commands import Db
from api.ingest.devices import BadDevice, Devices, book_of_devices
from api.postgres.address import BadAddress
from api.postgres.choice import NoDatabase, chosen, database
from api.postgres.migrate import DatabaseUnfit, migrate

app_device = typer.Typer(
    help="Trackers and phones that report positions: add, list, remove.",
    no_args_is_help=True,
    add_completion=False,
)

Data = Annotated[Path, typer.Option("--data", metavar="DIR", help="The data folder.")]
HERE = Path("var")


@app_device.command("add")
def add_device(
    callsign: Annotated[str, typer.Argument(metavar="CALLSIGN", help="The unit it speaks for.")],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What you call it; else the callsign.")
    ] = None,
    owntracks: Annotated[
        str | None,
        typer.Option("--owntracks", metavar="USER/DEVICE", help="A phone that publishes by MQTT under this."),
    ] = None,
    data: Data = HERE,
    db: Db = None,
) -> None:
    """Enter a device. Without --owntracks it gets a token, which is shown once and kept as a hash only."""
    with _book(data, db) as book:
        if owntracks is not None:
            device = book.add_topic(callsign, owntracks, name)
            typer.echo(f"{device.name}: what comes on owntracks/{device.topic} speaks for {callsign}.")
            return
        device, token = book.add(callsign, name)
    typer.echo(f"{device.name} speaks for {callsign}. Its token, shown this once:\n\n  {token}\n")
    typer.echo("Traccar Client: server URL https://HOST/osmand, device identifier = the token.")
    typer.echo("A Vigil that runs hears it within 5 s.")


@app_device.command("list")
def list_devices(data: Data = HERE, db: Db = None) -> None:
    """List the devices by unit."""
    with _book(data, db, or_else=f"No devices in {data} yet.", code=0) as book:
        for device in book.all():
            how = f"owntracks/{device.topic}" if device.topic else "token"
            typer.echo(f"{device.callsign:<20}  {device.name:<40}  {how}")


@app_device.command("remove")
def remove_device(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `vigil device list` has it.")],
    data: Data = HERE,
    db: Db = None,
) -> None:
    """Remove a device; a running server stops hearing it within seconds."""
    with _book(data, db, or_else=f"There are no devices in {data}.") as book:
        book.remove(name)
    typer.echo(f"{name} is not heard any more.")


@contextmanager
def _book(data: Path, db: str | None, *, or_else: str | None = None, code: int = 1) -> Iterator[Devices]:
    """The book of devices. A refusal is a sentence and an exit code, never a traceback.

    or_else : what to say, and to end with `code`, where there is no book yet; None: make one
    """
    try:
        with database(chosen(db, data), data, beside=True) as address:
            if address is not None:
                migrate(address)
            elif or_else is not None and not (data / FILE_NAME).exists():
                typer.echo(or_else, err=code != 0)
                raise typer.Exit(code)
            book = book_of_devices(address or data / FILE_NAME)
            try:
                yield book
            finally:
                book.stop()
    except BadDevice as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    except (BadAddress, NoDatabase, DatabaseUnfit) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None
