"""The books of accounts, devices and hospital links, as commands open them beside a server that may run."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

import typer
from sqlalchemy.exc import DBAPIError

from api.accounts.store import FILE_NAME
from api.cli.not_of_centre import ANYWAY, NotOfCentre
from api.postgres.address import Address, BadAddress
from api.postgres.choice import NoDatabase, chosen, database
from api.postgres.migrate import DatabaseUnfit, first_line, migrate
from domain.errors import Refused


class Book(Protocol):
    def close(self) -> None: ...


B = TypeVar("B", bound=Book)


@contextmanager
def opened(
    book: Callable[[Path | Address], B],
    data: Path,
    db: str | None,
    *,
    or_else: str | None = None,
    code: int = 1,
    known: Iterable[tuple[str, str | None]] = (),
    surely: bool = False,
) -> Iterator[B]:
    """One of the books, for as long as a command writes in it; what goes wrong is said plainly.

    or_else, code : as for `place_of_books`
    known         : units and hospitals, by kind and name, that the centre must have
    surely        : also refused where nobody can say, before there is a log or in a demonstration
    """
    with said_plainly(), place_of_books(data, db, or_else=or_else, code=code) as place:
        for kind, name in known:
            if name:
                insist_on_name(kind, name, place, surely)
        with closing(book(place)) as it:
            yield it


@contextmanager
def place_of_books(
    data: Path, db: str | None, *, or_else: str | None = None, code: int = 1
) -> Iterator[Path | Address]:
    """Both books lie in one file of the data folder, or in the centre's database, migrated.

    or_else : what to say, and to end with `code`, where there is no book yet; None: one may be made
    Raises BadAddress, NoDatabase, DatabaseUnfit.
    """
    with database(chosen(db, data), data, beside=True) as address:
        if address is not None:
            migrate(address)
        elif or_else is not None and not (data / FILE_NAME).exists():
            typer.echo(or_else, err=code != 0)
            raise typer.Exit(code)
        yield address or data / FILE_NAME


def insist_on_name(kind: str, name: str, place: Path | Address, surely: bool = False) -> None:
    """See that the centre has this unit or hospital; where nobody can say, it is told on standard error,
    or refused where it must be known surely.

    kind : "unit" or "hospital". Raises NotOfCentre, NoDatabase.
    """
    from api.cli.names_of_log import look_up  # with the log, which takes a moment to load

    unchecked = look_up(kind, name, place)
    if unchecked and surely:
        raise NotOfCentre(f"{unchecked}. {ANYWAY}")
    if unchecked:
        typer.echo(f"{unchecked}: {name} is entered as it was typed.", err=True)


@contextmanager
def said_plainly() -> Iterator[None]:
    """A refusal is a sentence and exit code 1, a database that cannot be used 2; never a traceback."""
    try:
        yield
    except Refused as refusal:
        typer.echo(refusal.sentence(), err=True)
        raise typer.Exit(1) from None
    except NotOfCentre as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    except (UnicodeEncodeError, UnicodeDecodeError):  # which may quote a password
        typer.echo("What was given is not written in UTF-8.", err=True)
        raise typer.Exit(1) from None
    except DBAPIError as fault:
        typer.echo(f"The book cannot be read or written: {first_line(fault)}.", err=True)
        raise typer.Exit(2) from None
    except (BadAddress, NoDatabase, DatabaseUnfit) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None
