"""The tables of ours in a database: made once, by one of many, and never backwards."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Table, inspect

from api.accounts.tables import accounts, sessions
from api.postgres.address import Address
from api.postgres.engine import postgres_engine
from api.postgres.migrate import STEPS, DatabaseAway, DatabaseUnfit, migrate
from projections.figures.store import FIGURE_POSITION, FIGURE_RECORDS
from projections.sql import VIEW_POSITION, VIEW_ROWS


def ask(address: Address, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else []


def standing(address: Address) -> list[tuple[object, ...]]:
    """Every table of ours with its number in the catalogue, which a table made anew would change."""
    return ask(
        address,
        "SELECT n.nspname, c.relname, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname LIKE 'vigil%' ORDER BY 1, 2",
    )


def test_the_schemas_and_tables_are_made_once(address):
    migrate(address)
    made = standing(address)
    assert {"about", "view_rows", "view_position", "accounts", "sessions"} <= {name for _, name, _ in made}
    schemas = ask(address, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'vigil%' ORDER BY 1")
    assert [name for (name,) in schemas] == ["vigil", "vigil_log", "vigil_read"]
    migrate(address)
    assert standing(address) == made


def test_of_eight_starters_at_once_none_fails(address):
    with ThreadPoolExecutor(8) as starters:
        assert list(starters.map(migrate, [address] * 8)) == [None] * 8
    standing_at = [step for (step,) in ask(address, "SELECT version_num FROM vigil.alembic_version")]
    assert sorted(standing_at) == sorted(the_steps().get_heads())


def test_a_database_of_a_newer_program_is_refused_and_left_alone(address):
    migrate(address)
    newer = "DELETE FROM vigil.alembic_version; INSERT INTO vigil.alembic_version VALUES ('9999')"
    ask(address, newer)
    with pytest.raises(DatabaseUnfit, match=r"made by a newer Vigil \(it stands at 9999"):
        migrate(address)
    assert ask(address, "SELECT version_num FROM vigil.alembic_version") == [("9999",)]


def test_a_server_that_is_away_is_said_to_be_away(tmp_path):
    with pytest.raises(DatabaseAway, match=r"There is no answer from postgresql://vigil@.*nowhere"):
        migrate(Address(str(tmp_path / "nowhere"), 5432, "vigil", "vigil", "secret"))


def test_who_may_not_make_schemas_hears_it_and_nothing_is_made(address):
    ask(address, "CREATE ROLE guest LOGIN")
    try:
        with pytest.raises(DatabaseUnfit, match="cannot be brought up to date: permission denied"):
            migrate(replace(address, user="guest"))
        assert standing(address) == []
    finally:
        ask(address, "DROP ROLE guest")


@pytest.mark.parametrize(
    "table",
    [VIEW_ROWS, VIEW_POSITION, FIGURE_RECORDS, FIGURE_POSITION, accounts, sessions],
    ids=lambda table: table.name,
)
def test_the_tables_are_those_the_stores_expect(address, table):
    migrate(address)
    engine = postgres_engine(address, pool_size=1)
    try:
        assert columns(engine, table) == {column.name: column.nullable for column in table.columns}
        key = inspect(engine).get_pk_constraint(table.name)["constrained_columns"]
        assert set(key) == {column.name for column in table.primary_key}
    finally:
        engine.dispose()


def columns(engine: Engine, table: Table) -> dict[str, bool]:
    return {column["name"]: column["nullable"] for column in inspect(engine).get_columns(table.name)}


def the_steps() -> ScriptDirectory:
    order = Config()
    order.set_main_option("script_location", str(STEPS))
    return ScriptDirectory.from_config(order)


def test_the_steps_are_one_line():
    steps = the_steps()
    assert len(steps.get_heads()) == 1
    assert sorted(step.revision for step in steps.walk_revisions()) == [
        path.name[1:5] for path in sorted(Path(STEPS / "versions").glob("v0*.py"))
    ]
