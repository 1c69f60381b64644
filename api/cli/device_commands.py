"""`vigil device`: which tracker or phone speaks for which unit."""

from typing import Annotated

import typer

from api.accounts.acts import COMMAND_LINE
from api.cli.books import opened
from api.cli.db_options import HERE, Data, Db
from api.ingest.devices import book_of_devices

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
    known = () if anyway else (("unit", callsign),)
    with opened(book_of_devices, data, db, known=known) as book:
        if owntracks is not None:
            device = book.add_topic(callsign, owntracks, name, COMMAND_LINE)
            typer.echo(f"{device.name}: what comes on owntracks/{device.topic} speaks for {callsign}.")
            return
        device, token = book.add(callsign, name, COMMAND_LINE)
    typer.echo(f"{device.name} speaks for {callsign}. Its token, shown this once:\n\n  {token}\n")
    typer.echo("Traccar Client: server URL https://HOST/osmand, device identifier = the token.")
    typer.echo("A Vigil that runs hears it within 5 s.")


@app_device.command("list")
def list_devices(data: Data = HERE, db: Db = None) -> None:
    """List the devices by unit."""
    with opened(book_of_devices, data, db, or_else=f"No devices in {data} yet.", code=0) as book:
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
    with opened(book_of_devices, data, db, or_else=f"There are no devices in {data}.") as book:
        book.remove(name, COMMAND_LINE)
    typer.echo(f"{name} is not heard any more.")
