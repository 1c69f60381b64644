"""`vigil user`: who may sign in."""

from pathlib import Path
from typing import Annotated

import typer

from api.accounts.acts import COMMAND_LINE
from api.accounts.roles import Role
from api.accounts.rules import new_account
from api.accounts.store import AccountStore
from api.cli.books import opened, said_plainly
from api.cli.db_options import HERE, Data, Db
from api.cli.passwords import piped_password, typed_password
from api.postgres.address import Address

app_user = typer.Typer(
    help="Accounts: add, list, stop, remove, change a password.", no_args_is_help=True, add_completion=False
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
    bound = () if anyway else (("hospital", account.hospital_id), ("unit", account.callsign))

    def asked_first(place: Path | Address) -> AccountStore:
        """No file is made for somebody who types no password."""
        typed.append(_password(password_stdin))
        return AccountStore(place)

    typed: list[str] = []
    with opened(asked_first, data, db, known=bound) as store:
        store.add(name, role, typed[0], hospital_id=hospital, callsign=unit, by=COMMAND_LINE)
    typer.echo(f"{account.username} may sign in as {account.role}.")


@app_user.command("list")
def list_users(data: Data = HERE, db: Db = None) -> None:
    """List the accounts with role, and hospital or unit."""
    with opened(AccountStore, data, db, or_else=f"No accounts in {data} yet.", code=0) as store:
        accounts, demo, stopped = store.all(), store.demo_names(), store.stopped()
    for account in accounts:
        bound_to = account.hospital_id or account.callsign or ""
        mark = "stopped" if account.username in stopped else "demo" if account.username in demo else ""
        typer.echo(f"{account.username:<32}  {account.role:<10}  {bound_to:<24}  {mark}".rstrip())


@app_user.command("remove")
def remove_user(name: Name, data: Data = HERE, db: Db = None) -> None:
    """Remove an account; its sessions end at once."""
    with opened(AccountStore, data, db, or_else=f"There are no accounts in {data}.") as store:
        store.remove(name, COMMAND_LINE)
    typer.echo(f"{name} may no longer sign in.")


@app_user.command("password")
def change_password(name: Name, data: Data = HERE, db: Db = None, password_stdin: FromStdin = False) -> None:
    """Give an account a new password; its sessions end at once."""
    with opened(AccountStore, data, db, or_else=f"There are no accounts in {data}.") as store:
        store.set_password(name, _password(password_stdin), COMMAND_LINE)
    typer.echo(f"{name} has a new password.")


@app_user.command("stop")
def stop_user(name: Name, data: Data = HERE, db: Db = None) -> None:
    """Let an account in no more until `let-in`; its sessions end at once."""
    with opened(AccountStore, data, db, or_else=f"There are no accounts in {data}.") as store:
        store.stop(name, COMMAND_LINE)
    typer.echo(f"{name} is not let in any more.")


@app_user.command("let-in")
def let_user_in(name: Name, data: Data = HERE, db: Db = None) -> None:
    """Let an account in again that was stopped."""
    with opened(AccountStore, data, db, or_else=f"There are no accounts in {data}.") as store:
        store.let_in_again(name, COMMAND_LINE)
    typer.echo(f"{name} may sign in again.")


@app_user.command("reset-code")
def reset_code(name: Name, data: Data = HERE, db: Db = None) -> None:
    """Forget phone and paper codes of an account, say when the phone is lost; its sessions end at once."""
    with opened(AccountStore, data, db, or_else=f"There are no accounts in {data}.") as store:
        store.reset_second_factor(name, COMMAND_LINE)
    typer.echo(f"{name} signs in without a code, and sets up a new one where the role wants it.")


@app_user.command("sign-out")
def sign_out_user(name: Name, data: Data = HERE, db: Db = None) -> None:
    """End all sessions of an account, wherever they are open."""
    with opened(AccountStore, data, db, or_else=f"There are no accounts in {data}.") as store:
        ended = store.sign_out_everywhere(name, COMMAND_LINE)
    typer.echo(f"{name} was signed out of {ended} sessions.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return piped_password()
    return typed_password("Password", "give it as one line with --password-stdin")
