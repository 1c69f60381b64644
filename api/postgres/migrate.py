"""Bring the tables of a database to what this program expects. Many may try at once; one does it."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError

from api.postgres.address import Address
from api.postgres.engine import postgres_engine

STEPS = Path(__file__).parent / "migrations"
SCHEMAS = ("vigil_log", "vigil", "vigil_read")
VERSIONS_OF: dict[str, Any] = {"version_table": "alembic_version", "version_table_schema": "vigil"}
LOCK = 0x76_69_67_69_6C_01
"""The advisory lock of whoever migrates: "vigil", 1."""
PATIENCE = "60s"


class DatabaseUnfit(RuntimeError):
    """The database cannot be used as it is; the sentence says why."""


class DatabaseAway(DatabaseUnfit):
    """There is no answer from the server."""


def migrate(address: Address) -> None:
    """Make what is missing: schemas `vigil_log`, `vigil`, `vigil_read`, and the tables of ours.

    All in one transaction: a step that fails leaves the database as it was. Doing it again changes nothing.
    Raises DatabaseAway; DatabaseUnfit where the database is newer than this program, or may not be changed.
    """
    engine = postgres_engine(address, pool_size=1)
    try:
        with engine.begin() as connection:
            _alone(connection)
            for schema in SCHEMAS:
                _see_to(connection, schema)
            _migrate(connection, address)
    except OperationalError as fault:
        raise away(address, fault) from fault
    except DBAPIError as fault:
        raise DatabaseUnfit(f"{address!r} cannot be brought up to date: {first_line(fault)}.") from fault
    finally:
        engine.dispose()


def away(address: Address, fault: BaseException) -> DatabaseAway:
    return DatabaseAway(f"There is no answer from {address!r}: {first_line(fault)}.")


def first_line(fault: BaseException) -> str:
    """What the server said, without the statement and without the parameters."""
    said = str(getattr(fault, "orig", None) or fault).strip().splitlines()
    return said[0].rstrip(".") if said else type(fault).__name__


def _alone(connection: Connection) -> None:
    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _see_to(connection: Connection, schema: str) -> None:
    # CREATE SCHEMA IF NOT EXISTS asks for the right to create even where there is nothing to create.
    known = connection.execute(text("SELECT to_regnamespace(:name) IS NOT NULL"), {"name": schema})
    if not known.scalar_one():
        connection.execute(text(f"CREATE SCHEMA {schema}"))


def _migrate(connection: Connection, address: Address) -> None:
    order = Config()
    # Alembic reads a percent sign in its settings as the beginning of a variable.
    order.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    order.attributes["connection"] = connection
    steps = ScriptDirectory.from_config(order)
    known = {step.revision for step in steps.walk_revisions()}
    stands_at = MigrationContext.configure(connection, opts=VERSIONS_OF).get_current_heads()
    if unknown := sorted(set(stands_at) - known):
        raise DatabaseUnfit(
            f"{address!r} was made by a newer Vigil (it stands at {', '.join(unknown)}, which this one does "
            "not know): install that one."
        )
    if set(stands_at) != set(steps.get_heads()):
        command.upgrade(order, "heads")
