"""`vigil hospital-link`: links by which small hospitals count their beds without an account."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import segno
import typer

from api.accounts.acts import COMMAND_LINE
from api.cli.books import opened
from api.cli.db_options import HERE, Data, Db
from api.hospital_links.book import USUAL_DAYS, HospitalLinks, address, book_of_links
from api.postgres.address import Address

app_hospital_link = typer.Typer(
    help="Links by which small hospitals count their beds: add, list, remove.",
    no_args_is_help=True,
    add_completion=False,
)


@app_hospital_link.command("add")
def add_link(
    hospital: Annotated[str, typer.Argument(metavar="HOSPITAL", help="The hospital it is for, by its id.")],
    label: Annotated[str, typer.Option("--for", metavar="WORDS", help="For whom it is, such as a ward.")],
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="Where people reach this Vigil, https://…")
    ],
    days: Annotated[int, typer.Option("--days", metavar="N", help="How long it is good.")] = USUAL_DAYS,
    qr: Annotated[bool, typer.Option("--qr", help="Draw it as a QR code, too.")] = False,
    data: Data = HERE,
    db: Db = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also for a hospital that the log does not know yet.")
    ] = False,
) -> None:
    """Make a link. Its address is shown once; of the secret only a hash is kept."""
    known = () if anyway else (("hospital", hospital),)
    with opened(_book, data, db, known=known, surely=True) as book:  # it would open a page with no beds
        link, secret = book.make(uuid4(), hospital, label, days, COMMAND_LINE)
    shown = address(url, secret)
    typer.echo(f"{link.label} may count the beds of {hospital} until {link.expires_at:%Y-%m-%d %H:%M} UTC.")
    typer.echo(f"The link, shown this once:\n\n  {shown}\n")
    if qr:
        segno.make(shown, micro=False).terminal(compact=True)
    typer.echo(f"To end it before: vigil hospital-link remove {link.id}")


@app_hospital_link.command("list")
def list_links(data: Data = HERE, db: Db = None) -> None:
    """List the links, the newest first."""
    now = datetime.now(UTC)
    with opened(_book, data, db, or_else=f"No links in {data} yet.", code=0) as book:
        for link in book.all():
            state = "good" if link.good(now) else "ended" if link.ended_at else "ran out"
            until = f"{link.ended_at or link.expires_at:%Y-%m-%d}"
            typer.echo(f"{link.id}  {link.hospital_id:<20}  {state:<7}  {until}  {link.label}")


@app_hospital_link.command("remove")
def remove_link(
    link_id: Annotated[str, typer.Argument(metavar="ID", help="As `vigil hospital-link list` has it.")],
    data: Data = HERE,
    db: Db = None,
) -> None:
    """End a link at once, also for a Vigil that runs."""
    with opened(_book, data, db, or_else=f"There are no links in {data}.") as book:
        link = book.end(link_id, COMMAND_LINE)
    typer.echo(f"The link of {link.label} opens nothing any more.")


def _book(place: Path | Address) -> HospitalLinks:
    return book_of_links(place, lambda: datetime.now(UTC))
