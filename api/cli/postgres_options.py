"""The options by which a command finds the PostgreSQL of a centre."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from api.postgres.address import Address, BadAddress
from api.postgres.choice import NoDatabase, chosen, database
from api.postgres.migrate import DatabaseUnfit, migrate


@contextmanager
def postgres_of(db: str | None, data: Path) -> Iterator[Address]:
    """The database, migrated. A private server is used beside its centre, or started for as long.

    A refusal is a sentence and exit code 2.
    """
    try:
        with database(chosen(db, data), data, beside=True) as address:
            if address is None:
                raise NoDatabase(
                    f"The centre of {data} keeps its log in SQLite, which has no tables for maps: "
                    "name a PostgreSQL with --db, or the folder of another centre with --data."
                )
            migrate(address)
            yield address
    except (BadAddress, NoDatabase, DatabaseUnfit) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None
