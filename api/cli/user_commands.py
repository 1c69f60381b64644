"""`vigil user`: who may sign in."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.accounts.roles import Role
from api.accounts.rules import new_account
from api.accounts.store import FILE_NAME, AccountStore
from api.postgres.address import BadAddress
from api.postgres.choice import NoDatabase, chosen, database
from api.postgres.migrate import DatabaseUnfit, migrate
from domain.errors import Refused

app_user = typer.Typer(
    help="Accounts: add, list, remove, change a password.", no_args_is_help=True, add_completion=False
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="User name: a-z, digits, dot, hyphen, underscore.")]
Data = Annotated[Path, typer.Option("--data", metavar="DIR", help="The data folder.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password as one line from standard input.")
]
Db = Annotated[
    str | None,
    typer.Option("--db", metavar="sqlite|auto|URL", help="As for vigil up.", show_default="as last opened"),
]
HERE = Path("var")


@app_user.command("add")
def add_user(
    name: Name,
    role: Annotated[Role, typer.Option("--role", help="What this person does.")],
    hospital: Annotated[
        str | None, typer.Option("--hospital", metavar="ID", help="For the role hospital.")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="CALLSIGN", help="For the role crew.")] = None,
    data: Data = HERE,
    db: Db = None,
    password_stdin: FromStdin = False,
) -> None:
    """Add an account; the password is asked for twice."""
    with _said_plainly():
        new_account(name, role, hospital, unit)  # refuse before anybody types a password
        password = _password(password_stdin)
        with _store(data, db) as store:
            account = store.add(name, role, password, hospital_id=hospital, callsign=unit)
    typer.echo(f"{account.username} may sign in as {account.role}.")


@app_user.command("list")
def list_users(data: Data = HERE, db: Db = None) -> None:
    """List the accounts with role, and hospital or unit."""
    with _said_plainly(), _store(data, db, or_else=f"No accounts in {data} yet.", code=0) as store:
        accounts, demo = store.all(), store.demo_names()
    for account in accounts:
        bound_to = account.hospital_id or account.callsign or ""
        mark = "demo" if account.username in demo else ""
        typer.echo(f"{account.username:<32}  {account.role:<10}  {bound_to:<24}  {mark}".rstrip())


@app_user.command("remove")
def remove_user(name: Name, data: Data = HERE, db: Db = None) -> None:
    """Remove an account; its sessions end at once."""
    with _said_plainly(), _store(data, db, or_else=f"There are no accounts in {data}.") as store:
        store.remove(name)
    typer.echo(f"{name} may no longer sign in.")


@app_user.command("password")
def change_password(name: Name, data: Data = HERE, db: Db = None, password_stdin: FromStdin = False) -> None:
    """Give an account a new password; its sessions end at once."""
    with _said_plainly(), _store(data, db, or_else=f"There are no accounts in {data}.") as store:
        store.set_password(name, _password(password_stdin))
    typer.echo(f"{name} has a new password.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


@contextmanager
def _store(
    data: Path, db: str | None, *, or_else: str | None = None, code: int = 1
) -> Iterator[AccountStore]:
    """The book of accounts. A server that runs on it goes on running.

    or_else : what to say, and to end with `code`, where there is no book yet; None: make one
    """
    with database(chosen(db, data), data, beside=True) as address:
        place = address or data / FILE_NAME
        if isinstance(place, Path):
            if or_else is not None and not place.exists():
                typer.echo(or_else, err=code != 0)
                raise typer.Exit(code)
        else:
            migrate(place)
        store = AccountStore(place)
        try:
            yield store
        finally:
            store.close()


@contextmanager
def _said_plainly() -> Iterator[None]:
    """A refusal is a sentence and an exit code, never a traceback."""
    try:
        yield
    except Refused as refusal:
        typer.echo(refusal.sentence(), err=True)
        raise typer.Exit(1) from None
    except (BadAddress, NoDatabase, DatabaseUnfit) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None
