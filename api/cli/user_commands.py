"""`vigil user`: who may sign in."""

from contextlib import closing
from typing import Annotated

import typer

from api.accounts.roles import Role
from api.accounts.rules import new_account
from api.accounts.store import AccountStore
from api.cli.books import insist_on_name, place_of_books, said_plainly
from api.cli.db_options import HERE, Data, Db
from api.cli.passwords import piped_password, typed_password

app_user = typer.Typer(
    help="Accounts: add, list, remove, change a password.", no_args_is_help=True, add_completion=False
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="User name: a-z, digits, dot, hyphen, underscore.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password as one line from standard input.")
]
Anyway = Annotated[
    bool, typer.Option("--anyway", help="Also for a unit or hospital that the log does not know yet.")
]


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
    anyway: Anyway = False,
) -> None:
    """Add an account; the password is asked for twice."""
    with said_plainly():
        account = new_account(name, role, hospital, unit)  # refuse before anybody types a password
        with place_of_books(data, db) as place:
            for kind, bound_to in (("hospital", account.hospital_id), ("unit", account.callsign)):
                if bound_to and not anyway:
                    insist_on_name(kind, bound_to, place)
            password = _password(password_stdin)
            with closing(AccountStore(place)) as store:
                store.add(name, role, password, hospital_id=hospital, callsign=unit)
    typer.echo(f"{account.username} may sign in as {account.role}.")


@app_user.command("list")
def list_users(data: Data = HERE, db: Db = None) -> None:
    """List the accounts with role, and hospital or unit."""
    with (
        said_plainly(),
        place_of_books(data, db, or_else=f"No accounts in {data} yet.", code=0) as place,
        closing(AccountStore(place)) as store,
    ):
        accounts, demo = store.all(), store.demo_names()
    for account in accounts:
        bound_to = account.hospital_id or account.callsign or ""
        mark = "demo" if account.username in demo else ""
        typer.echo(f"{account.username:<32}  {account.role:<10}  {bound_to:<24}  {mark}".rstrip())


@app_user.command("remove")
def remove_user(name: Name, data: Data = HERE, db: Db = None) -> None:
    """Remove an account; its sessions end at once."""
    with (
        said_plainly(),
        place_of_books(data, db, or_else=f"There are no accounts in {data}.") as place,
        closing(AccountStore(place)) as store,
    ):
        store.remove(name)
    typer.echo(f"{name} may no longer sign in.")


@app_user.command("password")
def change_password(name: Name, data: Data = HERE, db: Db = None, password_stdin: FromStdin = False) -> None:
    """Give an account a new password; its sessions end at once."""
    with (
        said_plainly(),
        place_of_books(data, db, or_else=f"There are no accounts in {data}.") as place,
        closing(AccountStore(place)) as store,
    ):
        store.set_password(name, _password(password_stdin))
    typer.echo(f"{name} has a new password.")


@app_user.command("reset-code")
def reset_code(name: Name, data: Data = HERE, db: Db = None) -> None:
    """Forget phone and paper codes of an account, say when the phone is lost; its sessions end at once."""
    with (
        said_plainly(),
        place_of_books(data, db, or_else=f"There are no accounts in {data}.") as place,
        closing(AccountStore(place)) as store,
    ):
        store.reset_second_factor(name)
    typer.echo(f"{name} signs in without a code, and sets up a new one where the role wants it.")


@app_user.command("sign-out")
def sign_out_user(name: Name, data: Data = HERE, db: Db = None) -> None:
    """End all sessions of an account, wherever they are open."""
    with (
        said_plainly(),
        place_of_books(data, db, or_else=f"There are no accounts in {data}.") as place,
        closing(AccountStore(place)) as store,
    ):
        ended = store.sign_out_everywhere(name)
    typer.echo(f"{name} was signed out of {ended} sessions.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return piped_password()
    return typed_password("Password", "give it as one line with --password-stdin")
