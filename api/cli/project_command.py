"""`vigil project`: keep the PostGIS tables up to the log, as a process of its own."""

import os
import signal
import threading
from typing import Annotated

import typer

from api.cli.db_options import HERE, Data
from api.cli.db_options import PostgresDb as Db
from api.cli.postgres_options import postgres_of
from api.map_tables import TablesOfLog
from api.observe.logs import set_up_logs
from api.postgis_projector import connected, fold_version, somebody_projects
from api.postgres.address import Address
from dispatch.application import DispatchLog, postgres_log
from dispatch.some_facts import SomeFacts
from projections.postgis.digests import digests_in_memory
from projections.postgis.folds import KNOWN, empty_views
from projections.postgis.projector import rebuild
from projections.postgis.store import PostgisTables
from projections.postgis.unit_history import passages


def project(
    db: Db = None,
    data: Data = HERE,
    once: Annotated[bool, typer.Option("--once", help="Catch up and end.")] = False,
    again: Annotated[
        bool, typer.Option("--rebuild", help="Make all tables again from the log, and end.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing: compare the tables with the log, and end.")
    ] = False,
) -> None:
    """Bring the tables that maps and figures are made of up to the log, and keep them there.

    Any number may be started on a database: one works, the others wait for its end; --once and --rebuild are
    refused meanwhile, with exit 1. With --check, exit 1 where a table differs from what the log says. Exit 2
    where the database is away or unfit, or is none.
    """
    set_up_logs(os.environ)
    with postgres_of(db, data) as address, postgres_log(address.libpq, most=2) as source:
        if check:
            _check(source, address)
            return
        if somebody_projects(address):
            if once or again:
                typer.echo("Another process keeps these tables already (vigil up, vigil project).", err=True)
                raise typer.Exit(1)
            typer.echo("Another process keeps these tables; this one waits until it ends.", err=True)
        if again:
            _rebuild(source, address)
        else:
            _follow(source, address, once)


def _follow(source: DispatchLog, address: Address, once: bool) -> None:
    tables, ended = TablesOfLog(source, address), threading.Event()
    before = {each: signal.signal(each, lambda *_: ended.set()) for each in (signal.SIGINT, signal.SIGTERM)}
    tables.start()
    try:
        if once:
            end = source.position()
            while not ended.is_set() and not tables.projector.wait_for(end, 0.5):
                pass
        ended.wait(0 if once else None)
    finally:
        tables.stop()
        for each, handler in before.items():
            signal.signal(each, handler)
    typer.echo(f"The tables stand at {tables.projector.position}.", err=True)


def _rebuild(source: DispatchLog, address: Address) -> None:
    with connected(address) as connection:
        store = PostgisTables(connection)
        before = store.digests()
        rebuild(SomeFacts(source, KNOWN), store, source.position(), fold_version())
        _say(before, store.digests())


def _check(source: DispatchLog, address: Address) -> None:
    """Compares at the place where the tables stand, and while they stand still there."""
    with connected(address) as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        store = PostgisTables(connection)
        stored, position = store.digests(), store.position
    views, history = empty_views(), []
    facts = SomeFacts(source, KNOWN)
    while batch := facts.select(views.position + 1, 500, position):
        history += passages(views, batch)
        views.take(*views.fold(batch))
    if not _say(stored, digests_in_memory(views, history)):
        raise typer.Exit(1)


def _say(before: dict[str, str], after: dict[str, str]) -> bool:
    for table, digest in after.items():
        typer.echo(f"{table:<14} {digest}  {'same' if before[table] == digest else 'CHANGED'}")
    return before == after
