"""A database that stands at any earlier step goes on to the last one, and nobody in its accounts is lost."""

from datetime import timedelta

import pyotp
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from argon2 import PasswordHasher
from sqlalchemy import text

from api.accounts import tables
from api.accounts.passwords import Passwords
from api.accounts.store import AccountStore
from api.hospital_links.book import LINKS
from api.postgres.engine import postgres_engine
from api.postgres.migrate import SCHEMAS, STEPS, migrate
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

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
PASSWORD = "a good password"


def order():
    order = Config()
    order.set_main_option("script_location", str(STEPS))
    return order


REVISIONS = sorted(step.revision for step in ScriptDirectory.from_config(order()).walk_revisions())


@pytest.mark.parametrize("revision", REVISIONS)
def test_everybody_in_an_old_database_is_there_after_all_steps(address, revision):
    known = known_at(revision)
    engine = postgres_engine(address, pool_size=2)
    try:
        with engine.begin() as connection:
            for schema in SCHEMAS:
                connection.execute(text(f"CREATE SCHEMA {schema}"))
            to_then = order()
            to_then.attributes["connection"] = connection
            command.upgrade(to_then, revision)
            fill(connection, known, CHEAP.hash(PASSWORD))
        before = held(engine, known)
        migrate(address)
        assert held(engine, known) == before
        for table in [*tables.metadata.sorted_tables, LINKS]:
            assert columns(engine, table) == wanted(table), table.name
        _go_in_and_out(address, revision)
    finally:
        engine.dispose()


def _go_in_and_out(address, revision):
    store = AccountStore(address, now=lambda: NOW + timedelta(minutes=1), passwords=CHEAP)
    try:
        assert store.account_of(TOKEN).username == "lan"  # who was signed in still is
        store.sign_in("lan", PASSWORD, "here")
        if revision >= "0011":
            store.let_in_again("minh", "lan")
        code = pyotp.TOTP(SECRET).at(NOW + timedelta(minutes=1)) if revision >= "0010" else None
        assert store.sign_in("minh", PASSWORD, "here", code=code).account.hospital_id == "cho-ray"
        assert [link.label for link in store.links.all()] == (["Khoa Cấp cứu"] if revision >= "0009" else [])
        store.stop("minh", "lan")
        assert set(store.stopped()) == {"minh"}
        assert store.acts()[0].about == "minh"
    finally:
        store.close()


def test_what_came_with_each_step_is_told_by_the_steps_themselves():
    """Of every table of accounts: it is made by the step that `EDITIONS` names, and touched by no other."""
    steps = {path.name[1:5]: path.read_text() for path in (STEPS / "versions").glob("v0*.py")}
    for since, made in EDITIONS.items():
        for table in made:
            making = {step for step, words in steps.items() if f"TABLE vigil.{table.name} " in words}
            assert making == {since}, table.name
