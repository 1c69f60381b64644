"""The views in SQL: rows and the position they stand at, always stored together."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    delete,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from projections.digest import digest_of_all, digest_of_ordered
from projections.memory import VIEWS, MemoryViews
from projections.rest import FORMER
from projections.rows import GONE, Changes, Row

METADATA = MetaData()

VIEW_ROWS = Table(
    "view_rows",
    METADATA,
    Column("view", String(40), primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("row", Text, nullable=False),  # JSON, its keys in the order of the fold
)

VIEW_POSITION = Table(
    "view_position",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
)

THE_ONE = 1
"""There is one position for all views: they are folded together."""


class SqlViews:
    """One generic table of rows. The same statements serve SQLite and PostgreSQL.

    It keeps every row, those at rest too: it is the `RowsAtRest` of the views in memory.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        METADATA.create_all(engine)

    @property
    def position(self) -> int:
        with self._engine.connect() as connection:
            return _position(connection)

    def write(self, changes: Changes, position: int) -> None:
        """Store the rows and the position in one transaction; both or neither.

        A position at or before the stored one was written already: nothing is changed.
        """
        with self._engine.begin() as connection:
            _write(connection, changes, position)

    def replace(self, views: MemoryViews) -> None:
        """Put `views`, all of whose rows are in memory, in the place of all that is stored; readers see the
        old rows or the new ones."""
        position, rows = views.picture()
        with self.anew() as fresh:
            fresh.write({name: {row["id"]: row for row in each} for name, each in rows.items()}, position)

    @contextmanager
    def anew(self) -> Iterator["FreshRows"]:
        """An empty store to fold into, step by step. Others see the old rows until all is written; where
        something fails the old ones stay."""
        with self._engine.begin() as connection:
            _clear(connection)
            yield FreshRows(connection)

    def clear(self) -> None:
        """Forget all rows and begin again at position 0."""
        with self._engine.begin() as connection:
            _clear(connection)

    def load(self) -> MemoryViews:
        """The stored rows as views in memory, ready to go on from their position."""
        with self._engine.connect() as connection:
            rows = {view.name: {row["id"]: row for row in _rows_of(connection, view.name)} for view in VIEWS}
            return MemoryViews(VIEWS, rows, _position(connection), at_rest=self)

    def row(self, view: str, row_id: str) -> Row | None:
        with self._engine.connect() as connection:
            return _row(connection, view, row_id)

    def rows(self, view: str) -> list[Row]:
        """All rows of a view, ordered by id."""
        with self._engine.connect() as connection:
            return list(_rows_of(connection, view))

    def row_at(self, view: str, row_id: str, position: int) -> Row | None:
        """The row as it was when the log stood at `position`, if it rested then or changed no more since."""
        with self._engine.connect() as connection:
            return _row_at(connection, view, row_id, position)

    def rows_at(self, view: str, position: int) -> Iterator[Row]:
        with self._engine.connect() as connection:
            yield from _rows_at(connection, view, position)

    def digests(self) -> dict[str, str]:
        with self._engine.connect() as connection:
            return {view.name: digest_of_ordered(_rows_of(connection, view.name)) for view in VIEWS}

    def digest(self) -> str:
        return digest_of_all(self.digests())


class FreshRows:
    """What `SqlViews.anew` folds into: rows that nobody sees yet."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, changes: Changes, position: int) -> None:
        _write(self._connection, changes, position)

    def row_at(self, view: str, row_id: str, position: int) -> Row | None:
        return _row_at(self._connection, view, row_id, position)

    def rows_at(self, view: str, position: int) -> Iterator[Row]:
        return _rows_at(self._connection, view, position)


# --- writing --------------------------------------------------------------------------------------


def _insert(connection: Connection, table: Table) -> Any:
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def _write(connection: Connection, changes: Changes, position: int) -> None:
    if _advance(connection, position):
        _upsert(connection, changes)


def _advance(connection: Connection, position: int) -> bool:
    """Move the stored position forward; False where it stands there already."""
    new = _insert(connection, VIEW_POSITION).values(id=THE_ONE, seq=position)
    moved = connection.execute(
        new.on_conflict_do_update(
            index_elements=["id"],
            set_={"seq": new.excluded.seq},
            where=VIEW_POSITION.c.seq < new.excluded.seq,
        )
    )
    return bool(moved.rowcount)


def _upsert(connection: Connection, changes: Changes) -> None:
    new = _insert(connection, VIEW_ROWS)
    upsert = new.on_conflict_do_update(
        index_elements=["view", "id"], set_={"seq": new.excluded.seq, "row": new.excluded.row}
    )
    stored = [
        {"view": view, "id": row_id, "seq": row["seq"], "row": _text(row)}
        for view, rows in changes.items()
        for row_id, row in rows.items()
        if GONE not in row
    ]
    if stored:
        connection.execute(upsert, stored)
    left = [(view, row_id) for view, rows in changes.items() for row_id, row in rows.items() if GONE in row]
    for view, row_id in left:
        connection.execute(delete(VIEW_ROWS).where(VIEW_ROWS.c.view == view, VIEW_ROWS.c.id == row_id))


def _clear(connection: Connection) -> None:
    connection.execute(delete(VIEW_ROWS))
    connection.execute(delete(VIEW_POSITION))


# --- reading --------------------------------------------------------------------------------------


def _position(connection: Connection) -> int:
    return int(connection.execute(select(VIEW_POSITION.c.seq)).scalar_one_or_none() or 0)


# Made once: to put a question together takes longer than to answer it.
_ONE_ROW = select(VIEW_ROWS.c.row).where(
    VIEW_ROWS.c.view == bindparam("view_name"), VIEW_ROWS.c.id == bindparam("row_id")
)


def _row(connection: Connection, view: str, row_id: str) -> Row | None:
    found = connection.execute(_ONE_ROW, {"view_name": view, "row_id": row_id}).scalar_one_or_none()
    return None if found is None else _read(found)


def _rows_of(connection: Connection, view: str) -> Iterator[Row]:
    """All rows of a view, ordered by id, a few hundred at a time."""
    wanted = select(VIEW_ROWS.c.row).where(VIEW_ROWS.c.view == view).order_by(_by_letters(connection))
    for (text,) in connection.execute(wanted.execution_options(yield_per=500)):
        yield _read(text)


def _row_at(connection: Connection, view: str, row_id: str, position: int) -> Row | None:
    now = _row(connection, view, row_id)
    if now is None or now["seq"] <= position:
        return now
    # It changed later. Where it rested meanwhile, the one it had been was kept.
    of_this = VIEW_ROWS.c.id.startswith(f"{view}/{row_id}/", autoescape=True)
    wanted = select(VIEW_ROWS.c.row).where(VIEW_ROWS.c.view == FORMER, of_this, VIEW_ROWS.c.seq <= position)
    found = connection.execute(wanted.order_by(VIEW_ROWS.c.seq.desc()).limit(1)).scalar_one_or_none()
    return None if found is None else _read(found)


def _rows_at(connection: Connection, view: str, position: int) -> Iterator[Row]:
    former = _former(connection, view, position)
    for row in _rows_of(connection, view):
        then = row if row["seq"] <= position else former.get(row["id"])
        if then is not None:
            yield then


def _former(connection: Connection, view: str, position: int) -> Mapping[str, Row]:
    of_this = VIEW_ROWS.c.id.startswith(f"{view}/", autoescape=True)
    wanted = select(VIEW_ROWS.c.row).where(VIEW_ROWS.c.view == FORMER, of_this, VIEW_ROWS.c.seq <= position)
    found = [_read(text) for (text,) in connection.execute(wanted.order_by(VIEW_ROWS.c.seq))]
    return {row["id"]: row for row in found}  # of several the newest


def _by_letters(connection: Connection) -> Any:
    """As Python sorts texts, whatever language the database speaks."""
    return VIEW_ROWS.c.id.collate("C") if connection.dialect.name == "postgresql" else VIEW_ROWS.c.id


def _text(row: Row) -> str:
    """Keys keep their order: the milestones of a run are read as they were reached."""
    return msgspec.json.encode(row).decode()


def _read(text: str) -> Row:
    row: Row = msgspec.json.decode(text)
    return row
