"""The views in SQL: rows and the position they stand at, always stored together."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, Column, Engine, Integer, MetaData, String, Table, Text, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from projections.digest import digest_of_all, digest_of_rows
from projections.memory import VIEWS, MemoryViews
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

STORED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Keys keep their order: the milestones of a run are read as they were reached."""

THE_ONE = 1
"""There is one position for all views: they are folded together."""


class SqlViews:
    """One generic table of rows. The same statements serve SQLite and PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._insert: Any = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
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
            if self._advance(connection, position):
                self._upsert(connection, changes)

    def replace(self, views: MemoryViews) -> None:
        """Put `views` in the place of all that is stored; readers see the old rows or the new ones."""
        position, rows = views.picture()
        with self._engine.begin() as connection:
            _clear(connection)
            self._advance(connection, position)
            self._upsert(connection, {name: {row["id"]: row for row in each} for name, each in rows.items()})

    def clear(self) -> None:
        """Forget all rows and begin again at position 0."""
        with self._engine.begin() as connection:
            _clear(connection)

    def load(self) -> MemoryViews:
        """The stored rows as views in memory, ready to go on from their position."""
        with self._engine.connect() as connection:
            rows: dict[str, dict[str, Row]] = {}
            for view, row in _stored(connection):
                rows.setdefault(view, {})[row["id"]] = row
            return MemoryViews(VIEWS, rows, _position(connection))

    def row(self, view: str, row_id: str) -> Row | None:
        wanted = select(VIEW_ROWS.c.row).where(VIEW_ROWS.c.view == view, VIEW_ROWS.c.id == row_id)
        with self._engine.connect() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        return None if found is None else _read(found)

    def rows(self, view: str) -> list[Row]:
        """All rows of a view, ordered by id."""
        with self._engine.connect() as connection:
            return sorted((row for _, row in _stored(connection, view)), key=lambda row: str(row["id"]))

    def digests(self) -> dict[str, str]:
        return {view.name: digest_of_rows(self.rows(view.name)) for view in VIEWS}

    def digest(self) -> str:
        return digest_of_all(self.digests())

    def _advance(self, connection: Connection, position: int) -> bool:
        """Move the stored position forward; False where it stands there already."""
        new = self._insert(VIEW_POSITION).values(id=THE_ONE, seq=position)
        moved = connection.execute(
            new.on_conflict_do_update(
                index_elements=["id"],
                set_={"seq": new.excluded.seq},
                where=VIEW_POSITION.c.seq < new.excluded.seq,
            )
        )
        return bool(moved.rowcount)

    def _upsert(self, connection: Connection, changes: Changes) -> None:
        new = self._insert(VIEW_ROWS)
        upsert = new.on_conflict_do_update(
            index_elements=["view", "id"], set_={"seq": new.excluded.seq, "row": new.excluded.row}
        )
        stored = [
            {"view": view, "id": row_id, "seq": row["seq"], "row": STORED.encode(row)}
            for view, rows in changes.items()
            for row_id, row in rows.items()
            if GONE not in row
        ]
        if stored:
            connection.execute(upsert, stored)
        left = [
            (view, row_id) for view, rows in changes.items() for row_id, row in rows.items() if GONE in row
        ]
        for view, row_id in left:
            connection.execute(delete(VIEW_ROWS).where(VIEW_ROWS.c.view == view, VIEW_ROWS.c.id == row_id))


def _position(connection: Connection) -> int:
    return int(connection.execute(select(VIEW_POSITION.c.seq)).scalar_one_or_none() or 0)


def _stored(connection: Connection, view: str | None = None) -> Iterator[tuple[str, Row]]:
    wanted = select(VIEW_ROWS.c.view, VIEW_ROWS.c.row)
    if view is not None:
        wanted = wanted.where(VIEW_ROWS.c.view == view)
    for name, text in connection.execute(wanted):
        yield name, _read(text)


def _read(text: str) -> Row:
    row: Row = json.loads(text)
    return row


def _clear(connection: Connection) -> None:
    connection.execute(delete(VIEW_ROWS))
    connection.execute(delete(VIEW_POSITION))
