"""Accounts that are stopped, and the record of what was done to accounts, devices and links."""

from alembic import op

revision = "0011"
down_revision = "0010"

# The shapes are those of api/accounts/tables.py, which SQLite has too.
TABLES = """
CREATE TABLE vigil.stopped_accounts (
    username varchar PRIMARY KEY,
    at_s     double precision NOT NULL,
    by       varchar NOT NULL
);
CREATE TABLE vigil.account_acts (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at_s   double precision NOT NULL,
    by     varchar NOT NULL,
    act    varchar NOT NULL,
    about  varchar NOT NULL,
    detail varchar NOT NULL
);
"""


def upgrade() -> None:
    op.execute(TABLES)
