"""The tables of `accounts.sqlite`, and how the file is opened."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateIndex, CreateTable

metadata = MetaData()

accounts = Table(
    "accounts",
    metadata,
    Column("username", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("hospital_id", String),
    Column("callsign", String),
    Column("password_hash", String, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("made_at_s", Float, nullable=False),  # seconds since 1970, UTC
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_sha256", String, primary_key=True),  # the token itself is never stored
    Column("username", String, nullable=False),
    Column("opened_at_s", Float, nullable=False),
    Column("expires_at_s", Float, nullable=False),
)

session_origins = Table(  # from where a session was opened, for whoever looks through the list of them
    "session_origins",
    metadata,
    Column("token_sha256", String, primary_key=True),
    Column("address", String, nullable=False),
    Column("agent", String, nullable=False),
)

second_factors = Table(
    "second_factors",
    metadata,
    Column("username", String, primary_key=True),
    Column("secret", String, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column(
        "last_step", BigInteger, nullable=False
    ),  # of 30 s since 1970; no code of it or before counts again
    Column("made_at_s", Float, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("code_sha256", String, primary_key=True),
    Column("username", String, nullable=False),
)

outside_names = Table(  # who somebody is whom another sign-in vouches for
    "outside_names",
    metadata,
    Column("issuer", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("username", String, nullable=False),
)

stopped_accounts = Table(  # known, and not let in until somebody says otherwise
    "stopped_accounts",
    metadata,
    Column("username", String, primary_key=True),
    Column("at_s", Float, nullable=False),
    Column("by", String, nullable=False),
)

account_acts = (
    Table(  # what was done to accounts, devices and links, by whom; nothing is ever struck out here
        "account_acts",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("at_s", Float, nullable=False),
        Column("by", String, nullable=False),
        Column("act", String, nullable=False),
        Column("about", String, nullable=False),
        Column("detail", String, nullable=False),
    )
)

sessions_of_a_name = Index("sessions_username", sessions.c.username)


def open_file(path: Path) -> Engine:
    """An engine on the file, which is made for its owner's eyes only if it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A file that is there is not touched: closing any handle on it drops SQLite's locks of this whole process
    # (a rule of POSIX), and the next one to leave would sweep the write-ahead log from under our feet.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _readers_never_wait)
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
        connection.execute(CreateIndex(sessions_of_a_name, if_not_exists=True))
    return engine


def _readers_never_wait(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()
