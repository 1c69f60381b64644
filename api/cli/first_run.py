"""`vigil up` on an empty machine: a page asks what it takes, and the same command goes on with it."""

import os
import secrets
import sys
from collections.abc import Callable, Collection
from pathlib import Path

import typer
import uvicorn

from api.accounts.store import FILE_NAME as ACCOUNTS
from api.accounts.store import AccountStore
from api.cli.asked_to_end import ended_with_0
from api.first_run.app import create_setup_app
from api.first_run.state import FILE_NAME, stage_of
from api.first_run.telling import Telling
from api.map_notes import MapNotes
from api.postgres.choice import database, remember
from api.postgres.migrate import migrate
from api.stores import hold

TOKEN_BYTES = 18


def wants_first_run(data: Path, city: str | None, map_file: Path | None) -> bool:
    """Nobody named a city or a map, and none was opened here before; or one was begun and not ended."""
    if city is not None or map_file is not None:
        return False
    if (data / FILE_NAME).is_file():
        return stage_of(data) == "telling"
    return MapNotes(data / "maps").last_city() is None and not (data / "events.sqlite").is_file()


def serve_first_run(
    data: Path,
    cities: Path,
    db: str,
    host: str,
    port: int,
    names: Collection[str] | None,
    console: Path | None,
    say: Callable[[str], None],
) -> bool:
    """Until all was told, or somebody asks it to end; whether all was told.

    names : as `api.main.create_app` takes them

    Raises AlreadyRunning, NoDatabase, BadAddress, DatabaseUnfit.
    """
    finished = False

    def done() -> None:
        nonlocal finished
        finished = True
        server.should_exit = True

    token = secrets.token_urlsafe(TOKEN_BYTES)
    with hold(data), ended_with_0(), database(db, data, say) as address:
        if address is not None:
            migrate(address)
        remember(db, data)
        accounts = AccountStore(address or data / ACCOUNTS)
        try:
            app = create_setup_app(Telling(data, cities, accounts), token, console, done, names)
            server = uvicorn.Server(
                uvicorn.Config(
                    app,
                    host=host,
                    port=port,
                    log_config=None,
                    log_level="warning",
                    access_log=False,
                    proxy_headers=False,
                )
            )
            at = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
            typer.echo(
                "\n  Vigil knows no city yet. Open this address to set it up; it holds the key, so keep it:"
                f"\n\n      {at}/setup#{token}\n\n  For a look at a drawn town instead: vigil up --demo\n"
            )
            sys.stdout.flush()
            server.run()
        finally:
            accounts.close()
    return finished


def begin_again() -> None:
    """The same command from its beginning, as the same process: the system lets go of what was open."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
