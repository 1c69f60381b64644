"""Rows into tables: one statement a table, all rows of a batch in one JSON text.

PostgreSQL takes the text apart by the columns of the table itself: fields that are no column are passed over,
and nothing is converted twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection, sql
from sqlalchemy import Table

from projections.postgis import tables
from projections.rows import Row, moment

MOST_ROWS = 2_000
"""A statement; a whole city at once would be a JSON text of many megabytes."""

_WRITTEN = msgspec.json.Encoder()


def _name(table: Table) -> sql.Identifier:
    return sql.Identifier(str(table.schema), table.name)


def _key(table: Table) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(column.name) for column in table.primary_key.columns)


def upsert(table: Table) -> sql.Composed:
    """Rows of a JSON array, in the place of those with the same key."""
    name = _name(table)
    facts = [column.name for column in table.columns if not column.primary_key]
    new = sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(fact)) for fact in facts)
    return sql.SQL(
        "INSERT INTO {0} SELECT * FROM json_populate_recordset(NULL::{0}, %s) "
        "ON CONFLICT ({1}) DO UPDATE SET {2}"
    ).format(name, _key(table), new)


def newer_positions() -> sql.Composed:
    """Like `upsert`, but the newest place of a unit stays, whoever told of it."""
    return sql.SQL("{0} WHERE {1}.at < excluded.at").format(
        upsert(tables.UNIT_POSITIONS), sql.SQL("unit_positions")
    )


# Letters once and for all: to put a statement together anew each time takes as long as half of sending it.
UPSERTS: dict[str, bytes] = {
    table.name: upsert(table).as_bytes(None)
    for table in (*tables.OF_THE_LOG, tables.RUN_ROUTES, tables.COVERAGE)
} | {"unit_positions": newer_positions().as_bytes(None)}

DELETES: dict[str, bytes] = {
    table.name: sql.SQL("DELETE FROM {} WHERE id = ANY(%s)").format(_name(table)).as_bytes(None)
    for table in (tables.CLOSURES,)
}


def written(rows: Sequence[Row]) -> str:
    """JSON as PostgreSQL takes it: its texts cannot hold the character NUL, nor half of a pair."""
    try:
        text = _WRITTEN.encode(rows).decode()
    except UnicodeEncodeError:
        return written([storable(row) for row in rows])
    return _WRITTEN.encode([storable(row) for row in rows]).decode() if "\\u0000" in text else text


def storable(value: Any) -> Any:
    """The same without what PostgreSQL cannot hold."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {storable(name): storable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


def write_rows(connection: Connection[Any], table: str, rows: Sequence[Row]) -> None:
    for some in pieces(rows):
        connection.execute(UPSERTS[table], (written(some),))


def pieces(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for first in range(0, len(rows), MOST_ROWS):
        yield rows[first : first + MOST_ROWS]


def read_rows(connection: Connection[Any], table: Table) -> Iterator[Row]:
    """The rows of a table as they were given to it."""
    columns = [column.name for column in table.columns]
    wanted = sql.SQL("SELECT {} FROM {}").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), _name(table)
    )
    with connection.transaction(), connection.cursor(name="rows") as cursor:
        cursor.itersize = MOST_ROWS
        for found in cursor.execute(wanted):
            yield {name: _plain(value) for name, value in zip(columns, found, strict=True)}


def only_columns(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    """Rows on their way to a table, without what it does not keep: comparable with `read_rows`."""
    columns = [column.name for column in table.columns]
    for row in rows:
        yield {name: _in_one_way(storable(row[name])) for name in columns}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, UUID):
        return str(value)
    return _in_one_way(value)


def _in_one_way(value: Any) -> Any:
    """A whole number is one whether or not somebody wrote it with a point: 240.0 comes back as such."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
