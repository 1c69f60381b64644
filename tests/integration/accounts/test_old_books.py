"""A file of accounts that an earlier edition wrote opens in this one, and nobody in it is lost."""

import sqlite3
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import create_engine

from api.accounts import tables
from api.accounts.errors import AccountStopped
from api.accounts.store import AccountStore
from api.hospital_links.book import LINKS
from tests.integration.accounts.old_books import (
    EDITIONS,
    NOW,
    SECRET,
    TOKEN,
    columns,
    fill,
    held,
    known_at,
    wanted,
)

PASSWORD = "a good password"

# Written out as the editions made them: a change of today's tables does not change yesterday's file.
MADE = {
    "0001": """
        CREATE TABLE accounts (
            username VARCHAR NOT NULL, role VARCHAR NOT NULL, hospital_id VARCHAR, callsign VARCHAR,
            password_hash VARCHAR NOT NULL, demo BOOLEAN NOT NULL, made_at_s FLOAT NOT NULL,
            PRIMARY KEY (username));
        CREATE TABLE sessions (
            token_sha256 VARCHAR NOT NULL, username VARCHAR NOT NULL, opened_at_s FLOAT NOT NULL,
            expires_at_s FLOAT NOT NULL, PRIMARY KEY (token_sha256));
        CREATE INDEX sessions_username ON sessions (username);""",
    "0009": """
        CREATE TABLE hospital_links (
            id VARCHAR NOT NULL, hospital_id VARCHAR NOT NULL, label VARCHAR NOT NULL,
            secret_sha256 VARCHAR NOT NULL, made_by VARCHAR NOT NULL, made_at_s FLOAT NOT NULL,
            expires_at_s FLOAT NOT NULL, used_at_s FLOAT, ended_at_s FLOAT, ended_by VARCHAR,
            PRIMARY KEY (id), UNIQUE (secret_sha256));""",
    "0010": """
        CREATE TABLE session_origins (
            token_sha256 VARCHAR NOT NULL, address VARCHAR NOT NULL, agent VARCHAR NOT NULL,
            PRIMARY KEY (token_sha256));
        CREATE TABLE second_factors (
            username VARCHAR NOT NULL, secret VARCHAR NOT NULL, confirmed BOOLEAN NOT NULL,
            last_step BIGINT NOT NULL, made_at_s FLOAT NOT NULL, PRIMARY KEY (username));
        CREATE TABLE recovery_codes (
            code_sha256 VARCHAR NOT NULL, username VARCHAR NOT NULL, PRIMARY KEY (code_sha256));
        CREATE TABLE outside_names (
            issuer VARCHAR NOT NULL, subject VARCHAR NOT NULL, username VARCHAR NOT NULL,
            PRIMARY KEY (issuer, subject));""",
    "0011": """
        CREATE TABLE stopped_accounts (
            username VARCHAR NOT NULL, at_s FLOAT NOT NULL, by VARCHAR NOT NULL, PRIMARY KEY (username));
        CREATE TABLE account_acts (
            number INTEGER NOT NULL, at_s FLOAT NOT NULL, by VARCHAR NOT NULL, act VARCHAR NOT NULL,
            about VARCHAR NOT NULL, detail VARCHAR NOT NULL, PRIMARY KEY (number));""",
}


@pytest.mark.parametrize("edition", EDITIONS)
def test_everybody_in_an_old_file_is_there_and_every_table_of_today_is_too(tmp_path, cheap, edition):
    path, known = tmp_path / "accounts.sqlite", known_at(edition)
    with sqlite3.connect(path) as file:
        file.executescript("".join(made for since, made in MADE.items() if since <= edition))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        fill(connection, known, cheap.hash(PASSWORD))
    before = held(engine, known)

    store = AccountStore(path, now=lambda: NOW + timedelta(minutes=1), passwords=cheap)
    try:
        assert held(engine, known) == before
        for table in [*tables.metadata.sorted_tables, LINKS]:
            assert columns(engine, table) == wanted(table), table.name
        assert store.account_of(TOKEN).username == "lan"  # who was signed in still is
        store.sign_in("lan", PASSWORD, "here")
        if edition >= "0011":
            assert set(store.stopped()) == {"minh"}
            with pytest.raises(AccountStopped):
                store.sign_in("minh", PASSWORD, "here", code="")
            store.let_in_again("minh", "lan")
        code = pyotp.TOTP(SECRET).at(NOW + timedelta(minutes=1)) if edition >= "0010" else None
        assert store.sign_in("minh", PASSWORD, "here", code=code).account.hospital_id == "cho-ray"
        assert [link.label for link in store.links.all()] == (["Khoa Cấp cứu"] if edition >= "0009" else [])
        store.stop("minh", "lan")
        assert store.acts()[0].about == "minh"
    finally:
        store.close()
        engine.dispose()


def test_no_table_of_today_is_left_out_above():
    made = {table.name for tables_ in EDITIONS.values() for table in tables_}
    assert made == {table.name for table in [*tables.metadata.sorted_tables, LINKS]}
    assert set(MADE) == set(EDITIONS)
