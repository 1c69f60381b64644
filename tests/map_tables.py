"""PostGIS tables for tests: a database with all our tables, and how to empty them again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection

from api.postgis_projector import connected
from api.postgres.address import Address
from api.postgres.migrate import migrate
from projections.postgis import tables
from projections.postgis.folds import empty_views
from projections.postgis.projector import catch_up
from projections.postgis.store import PostgisTables
from projections.postgis.unit_history import passages
from projections.rows import Row
from tests.histories import ListedLog, Log
from tests.postgres import fresh_database

EVERY_TABLE = (*tables.OF_THE_LOG, *tables.BESIDE_THE_LOG, tables.COVERAGE)


@contextmanager
def map_database() -> Iterator[Address]:
    with fresh_database() as address:
        migrate(address)
        yield address


@contextmanager
def map_tables() -> Iterator[Connection[Any]]:
    with map_database() as address, connected(address) as connection:
        yield connection


def emptied(connection: Connection[Any]) -> PostgisTables:
    """As if nothing had ever been folded."""
    names = ", ".join(f"vigil.{table.name}" for table in EVERY_TABLE)
    connection.execute(f"TRUNCATE {names}")
    connection.execute("UPDATE vigil.tables_position SET seq = 0, made_by = ''")
    return PostgisTables(connection)


def filled(connection: Connection[Any], log: Log, limit: int = 500) -> PostgisTables:
    store = emptied(connection)
    catch_up(ListedLog(log), store.load(), store, log[-1][0] if log else 0, limit)
    return store


def all_passages(log: Log) -> list[Row]:
    """The whole unit history, made one event at a time."""
    views, begun = empty_views(), []
    for entry in log:
        begun += passages(views, [entry])
        views.take(*views.fold([entry]))
    return begun
