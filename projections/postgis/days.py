"""The unit history has a table a day (UTC): who asks about a night reads that night alone."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from psycopg import Connection, sql

from projections.rows import Row

HISTORY = sql.Identifier("vigil", "unit_history")


class Days:
    """Knows which days have a table already."""

    def __init__(self) -> None:
        self._known: set[date] = set()

    def see_to(self, connection: Connection[Any], rows: Iterable[Row]) -> None:
        """Make the tables that these passages need. Only within a transaction of its own is it remembered.

        A table is made first and attached then: readers of the history are not held up.
        """
        wanted = {_day(row["began_at"]) for row in rows} - self._known
        for day in sorted(wanted):
            with connection.transaction():
                _make(connection, day)
            self._known.add(day)

    def forget(self) -> None:
        self._known.clear()


def _make(connection: Connection[Any], day: date) -> None:
    table = _table_of(day)
    known = connection.execute("SELECT to_regclass(%s) IS NOT NULL", (f"vigil.unit_history_{_digits(day)}",))
    if known.fetchone() == (True,):
        return
    connection.execute(sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(table, HISTORY))
    # The day after the last one Python knows is one PostgreSQL knows.
    connection.execute(
        sql.SQL(
            "ALTER TABLE {} ATTACH PARTITION {} FOR VALUES FROM ({}::timestamp AT TIME ZONE 'UTC') "
            "TO (({}::date + 1)::timestamp AT TIME ZONE 'UTC')"
        ).format(HISTORY, table, sql.Literal(day.isoformat()), sql.Literal(day.isoformat()))
    )


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(UTC).date()


def _digits(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _table_of(day: date) -> sql.Identifier:
    return sql.Identifier("vigil", f"unit_history_{_digits(day)}")
