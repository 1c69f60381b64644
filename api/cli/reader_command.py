"""`vigil reader`: let maps and notebooks log in to read, or no longer."""

import os
from typing import Annotated

import typer

from api.cli.db_options import HERE, Data
from api.cli.db_options import PostgresDb as Db
from api.cli.passwords import typed_password
from api.cli.postgres_options import postgres_of
from api.postgres.doors import READER
from api.postgres.migrate import DatabaseUnfit
from api.postgres.reader import SHORTEST, beyond_reading, close_reader, open_reader


def reader(
    db: Db = None,
    data: Data = HERE,
    close: Annotated[bool, typer.Option("--close", help="Nobody logs in as the reader any more.")] = False,
) -> None:
    """Give the role that reads schema vigil_read, and nothing else, a password.

    It has 12 characters or more, and is asked for, or taken from VIGIL_READER_PASSWORD. Where the server lets
    that role do more than read, a warning says so.
    """
    with postgres_of(db, data) as address:
        if close:
            close_reader(address)
            typer.echo(f"Nobody logs in as {READER} any more.")
            return
        password = os.environ.get("VIGIL_READER_PASSWORD") or typed_password(
            f"Password of the reader ({SHORTEST} characters or more)", "give it in VIGIL_READER_PASSWORD"
        )
        try:
            open_reader(address, password)
            warning = beyond_reading(address)
        except (ValueError, DatabaseUnfit) as fault:
            typer.echo(str(fault), err=True)
            raise typer.Exit(2) from None
    typer.echo(
        f"{READER} reads schema vigil_read of {address.dbname} on {address.host} (port {address.port})."
    )
    if warning is not None:
        typer.echo(warning, err=True)
