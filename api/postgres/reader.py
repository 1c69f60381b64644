"""The login of those who only read: QGIS, Grafana, a planner's notebook. Closed until somebody opens it."""

import psycopg
from psycopg import sql

from api.postgres.address import Address
from api.postgres.doors import READER
from api.postgres.migrate import DatabaseUnfit, away, first_line

SHORTEST = 12
GUIDE = "docs/read-schema.md"

BEYOND_READING = r"""
SELECT EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
                   AND proname ~ '^pg_(try_)?advisory_.*lock(_shared)?$' AND proname !~ 'unlock'
                   AND has_function_privilege(%(role)s, oid, 'EXECUTE')),
       EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
                   AND proname ~ '^lo_(creat|from|import|put)'
                   AND has_function_privilege(%(role)s, oid, 'EXECUTE')),
       has_database_privilege(%(role)s, current_database(), 'TEMPORARY'),
       has_schema_privilege(%(role)s, 'public', 'CREATE')
"""
POWERS = (
    "take the locks by which a centre knows who writes, and so keep it from starting",
    "keep large objects",
    "make temporary tables",
    "make tables in the schema public",
)


def open_reader(address: Address, password: str) -> None:
    """Let programs log in as the reader with this password; one that was set before no longer works.

    Raises ValueError where it is too short, DatabaseUnfit where the account may not do this.
    """
    if len(password) < SHORTEST:
        raise ValueError(f"A password of the reader has {SHORTEST} characters or more.")
    _alter(address, "LOGIN", password)


def close_reader(address: Address) -> None:
    """Nobody logs in as the reader any more; who has done so stays until they leave. Raises DatabaseUnfit."""
    _alter(address, "NOLOGIN", None)


def beyond_reading(address: Address) -> str | None:
    """A warning where the server lets the reader do more than read: that is for its administrator to change.

    Raises DatabaseAway.
    """
    try:
        with psycopg.connect(address.libpq, autocommit=True, connect_timeout=5) as connection:
            may = connection.execute(BEYOND_READING, {"role": READER}).fetchone()
    except psycopg.OperationalError as fault:
        raise away(address, fault) from fault
    found = [power for power, given in zip(POWERS, may or (), strict=False) if given]
    if not found:
        return None
    return f"On this server {READER} may also {'; '.join(found)}. Its administrator ends that: see {GUIDE}."


def _alter(address: Address, login: str, password: str | None) -> None:
    try:
        with psycopg.connect(address.libpq, autocommit=True, connect_timeout=5) as connection:
            secret = None
            if password is not None:
                # Scrambled here: neither the server's log nor its statistics see the password itself.
                scrambled = connection.pgconn.encrypt_password(
                    password.encode(), READER.encode(), b"scram-sha-256"
                )
                secret = scrambled.decode()
            connection.execute(
                sql.SQL("ALTER ROLE {} {} PASSWORD {}").format(
                    sql.Identifier(READER), sql.SQL(login), sql.Literal(secret)
                )
            )
    except psycopg.OperationalError as fault:
        raise away(address, fault) from fault
    except (psycopg.errors.UndefinedObject, psycopg.errors.InsufficientPrivilege) as fault:
        raise DatabaseUnfit(
            f"The role {READER} cannot be changed: {first_line(fault)}. Here that is for the server's "
            f"administrator: see {GUIDE}."
        ) from fault
    except psycopg.Error as fault:
        raise DatabaseUnfit(f"The role {READER} cannot be changed: {first_line(fault)}.") from fault
