"""One short text that says whether the rows of a table, in PostGIS or in memory, are equal."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec
from sqlalchemy import Table

from projections.memory import MemoryViews
from projections.postgis import tables
from projections.postgis.folds import empty_views
from projections.postgis.relations import relations
from projections.postgis.writing import only_columns
from projections.rows import Row

CANONICAL = msgspec.json.Encoder(order="sorted")


def digest_of_rows(table: Table, rows: Iterable[Row]) -> str:
    """SHA-256 over the rows, ordered by their key."""
    key = [column.name for column in table.primary_key.columns]
    summed = sha256()
    for line in sorted(_line(row, key) for row in rows):
        summed.update(line)
    return summed.hexdigest()


def _line(row: Row, key: Sequence[str]) -> bytes:
    return CANONICAL.encode([[row[name] for name in key], row]) + b"\n"


def digests_in_memory(views: MemoryViews, history: Sequence[Row]) -> dict[str, str]:
    """What `PostgisTables.digests` should say where the tables stand like these views.

    history : every passage of the log up to there
    """
    changes = {name: {row["id"]: row for row in views.rows(name)} for name in views.names}
    made = relations(empty_views(), changes).upserts | {"unit_history": list(history)}
    return {
        table.name: digest_of_rows(table, only_columns(table, made.get(table.name, ())))
        for table in tables.OF_THE_LOG
    }
