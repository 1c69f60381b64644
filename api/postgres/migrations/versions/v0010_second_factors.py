"""Codes from phones and on paper, from where sessions were opened, and who people are at another sign-in."""

from alembic import op

revision = "0010"
down_revision = "0009"

# The shapes are those of api/accounts/tables.py, which SQLite has too.
TABLES = """
CREATE TABLE vigil.session_origins (
    token_sha256 varchar PRIMARY KEY,
    address      varchar NOT NULL,
    agent        varchar NOT NULL
);
CREATE TABLE vigil.second_factors (
    username  varchar PRIMARY KEY,
    secret    varchar NOT NULL,
    confirmed boolean NOT NULL,
    last_step bigint NOT NULL,
    made_at_s double precision NOT NULL
);
CREATE TABLE vigil.recovery_codes (
    code_sha256 varchar PRIMARY KEY,
    username    varchar NOT NULL
);
CREATE TABLE vigil.outside_names (
    issuer   varchar NOT NULL,
    subject  varchar NOT NULL,
    username varchar NOT NULL,
    PRIMARY KEY (issuer, subject)
);
"""


def upgrade() -> None:
    op.execute(TABLES)
