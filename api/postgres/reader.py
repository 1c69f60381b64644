"""The login of those who only read: QGIS, Grafana, a planner's notebook. Closed until somebody opens it."""

import psycopg
from psycopg import sql

from api.postgres.address import Address
from api.postgres.migrate import DatabaseUnfit, away, first_line

READER = "vigil_reader"
SHORTEST = 12


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
    except psycopg.Error as fault:
        raise DatabaseUnfit(f"The role {READER} cannot be changed: {first_line(fault)}.") from fault
