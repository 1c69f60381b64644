"""`vigil device`: which tracker or phone speaks for which unit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.cli.books import insist_on_name, place_of_books, said_plainly
from api.cli.db_options import HERE, Data, Db
from api.ingest.devices import Devices, book_of_devices
from api.postgres.address import Address

app_device = typer.Typer(
    help="Trackers and phones that report positions: add, list, remove.",
    no_args_is_help=True,
    add_completion=False,
)


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
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also for a unit that the log does not know yet.")
    ] = False,
) -> None:
    """Enter a device. Without --owntracks it gets a token, which is shown once and kept as a hash only."""
    with said_plainly(), place_of_books(data, db) as place:
        if not anyway:
            insist_on_name("unit", callsign, place)
        with _book(place) as book:
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
    with (
        said_plainly(),
        place_of_books(data, db, or_else=f"No devices in {data} yet.", code=0) as place,
        _book(place) as book,
    ):
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
    with (
        said_plainly(),
        place_of_books(data, db, or_else=f"There are no devices in {data}.") as place,
        _book(place) as book,
    ):
        book.remove(name)
    typer.echo(f"{name} is not heard any more.")


@contextmanager
def _book(place: Path | Address) -> Iterator[Devices]:
    book = book_of_devices(place)
    try:
        yield book
    finally:
        book.stop()
