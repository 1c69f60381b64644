"""The tables and the place in the log they stand at, always stored together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection
from psycopg.errors import NotNullViolation

from domain.run_course import ENDS
from projections.digest import digest_of_all
from projections.memory import MemoryViews
from projections.postgis import tables
from projections.postgis.days import Days
from projections.postgis.digests import digest_of_rows
from projections.postgis.folds import TABLE_OF, table_views
from projections.postgis.relations import Relations
from projections.postgis.sending import Sending, Statement
from projections.postgis.writing import DELETES, UPSERTS, pieces, read_rows, written
from projections.rest import RESTS_AFTER, before_then, rests
from projections.rows import Row

BY_NAME = {table.name: table for table in tables.OF_THE_LOG}
THE_ONE = 1
ENDED = ", ".join(f"'{milestone}'" for milestone in sorted(ENDS))
REACHED = ", ".join(f"{milestone}_at" for milestone in tables.MILESTONES)

MOVE_ON = b"UPDATE vigil.tables_position SET seq = CASE WHEN seq = %s THEN %s END WHERE id = %s"
"""Where the tables stand elsewhere, the place would be NULL: that ends the transaction, and nobody need look
at an answer before it may be committed."""


class Overtaken(RuntimeError):
    """Somebody else brought the tables further: what was folded here does not follow what stands there."""


AT_REST = {
    "calls": "status NOT IN ('open', 'triaged') AND received_at < %(since)s",
    "incidents": "closed_at < %(since)s",
    "runs": f"status IN ({ENDED}) AND greatest({REACHED}) < %(since)s",
}
"""As `projections.rest.rests` says it of rows."""


class PostgisTables:
    """The only ones on a connection, which is in autocommit and in UTC, and used by one thread. The tables
    themselves are made by the migrations."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._whole_connection = connection
        self._sending = Sending(connection)
        self._then: Callable[[], None] | None = None
        self._days = Days()

    @property
    def _connection(self) -> Connection[Any]:
        """Free again, for what was sent before is stored."""
        self.settle()
        return self._whole_connection

    @property
    def position(self) -> int:
        """Up to where in the log the tables were folded, 0 before the first event."""
        return int(self._standing()[0])

    @property
    def made_by(self) -> str:
        """The name of the code that folded them."""
        return str(self._standing()[1])

    def send(
        self, made: Relations, before: int, position: int, then: Callable[[], None] | None = None
    ) -> None:
        """Begin to store the rows and to move on from `before` to `position`, in one transaction: both or
        neither. PostgreSQL works on it while the caller goes on; what was sent before is stored by now.

        then : called once it is stored, in the next call of anything here
        Raises Overtaken where the tables do not stand at `before`: here, or when it is settled.
        """
        self._days.see_to(self._connection, made.upserts.get("unit_history", []))
        with _overtaken():
            self._sending.send(_transaction(made, before, position))
        self._then = then

    def settle(self) -> None:
        """Wait until what was sent is stored. Raises Overtaken, psycopg.Error, and what `then` does."""
        then, self._then = self._then, None
        with _overtaken():
            self._sending.settle()
        if then is not None:
            then()

    def write(self, made: Relations, before: int, position: int) -> None:
        """Send and settle."""
        self.send(made, before, position)
        self.settle()

    def load(self) -> MemoryViews:
        """The state of the folds as it was stored, ready to go on from the position.

        What ended long ago stays in the tables, and is read from there where a late fact touches it.
        """
        rows: dict[str, dict[str, Row]] = {}
        with self._connection.transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            since = self._rest_since()
            for view, table in TABLE_OF.items():
                awake = f"WHERE NOT coalesce({AT_REST[view]}, false)" if since and view in AT_REST else ""
                found = self._connection.execute(
                    f"SELECT folded FROM vigil.{table} {awake}", {"since": since}
                )
                rows[view] = {row["id"]: row for (row,) in found}
            return MemoryViews(table_views(), rows, self.position, at_rest=self)

    def rested(self, views: MemoryViews, since: str | None = None) -> MemoryViews:
        """The same state without what ended before the moment `since`, a day before the last word by default.

        views : as they were stored; they themselves stay as they are
        """
        since = before_then(views.heard, RESTS_AFTER) if since is None else since
        position, rows = views.picture()
        awake = {
            name: {row["id"]: row for row in found if not rests(name, row, since)}
            for name, found in rows.items()
        }
        return MemoryViews(table_views(), awake, position, at_rest=self, heard=views.heard)

    def row_at(self, view: str, row_id: str, position: int) -> Row | None:
        """A row that left memory, as it stands: nobody changes it while it rests."""
        found = self._connection.execute(
            f"SELECT folded FROM vigil.{TABLE_OF[view]} WHERE id = %s", (row_id,)
        )
        row = found.fetchone()
        return None if row is None else row[0]

    def rows_at(self, view: str, position: int) -> Iterator[Row]:
        found = self._connection.execute(
            f'SELECT folded FROM vigil.{TABLE_OF[view]} ORDER BY id::text COLLATE "C"'
        )
        yield from (row for (row,) in found)

    def _rest_since(self) -> str | None:
        """A day before the last call that the tables know; None where they know none."""
        found = self._connection.execute("SELECT max(received_at) FROM vigil.calls").fetchone()
        return None if found is None or found[0] is None else before_then(found[0], RESTS_AFTER) or None

    def rebuild(self, fold: Callable[["Filling"], int], made_by: str) -> None:
        """Put new rows in the place of all that stand. Readers see the old ones until all new ones are there.

        fold : writes the rows and says which position they reach
        """
        try:
            self._fill_anew(fold, made_by)
        finally:
            self._days.forget()  # the days it made are gone again where it failed

    def _fill_anew(self, fold: Callable[["Filling"], int], made_by: str) -> None:
        self._days.forget()
        with self._connection.transaction():
            # Whoever would write meanwhile waits here, and then finds itself overtaken.
            self._connection.execute("SELECT seq FROM vigil.tables_position WHERE id = 1 FOR UPDATE")
            for table in (*tables.OF_THE_LOG, *tables.BESIDE_THE_LOG):
                self._connection.execute(f"DELETE FROM vigil.{table.name}")
            position = fold(Filling(self._connection, self._days))
            self._connection.execute(
                "UPDATE vigil.tables_position SET seq = %s, made_by = %s WHERE id = %s",
                (position, made_by, THE_ONE),
            )

    def digests(self) -> dict[str, str]:
        """{table: SHA-256 of its rows}, of the tables that the log decides."""
        return {
            name: digest_of_rows(table, read_rows(self._connection, table)) for name, table in BY_NAME.items()
        }

    def digest(self) -> str:
        return digest_of_all(self.digests())

    def _standing(self) -> tuple[int, str]:
        found = self._connection.execute("SELECT seq, made_by FROM vigil.tables_position WHERE id = 1")
        row = found.fetchone()
        assert row is not None, "the migrations make it"
        return row[0], row[1]


class Filling:
    """An empty set of tables being filled."""

    def __init__(self, connection: Connection[Any], days: Days) -> None:
        self._connection, self._days = connection, days

    def write(self, made: Relations) -> None:
        self._days.see_to(self._connection, made.upserts.get("unit_history", []))
        for statement, parameters in _statements(made):
            self._connection.execute(statement, parameters)


@contextmanager
def _overtaken() -> Iterator[None]:
    try:
        yield
    except NotNullViolation as fault:
        if fault.diag.table_name != "tables_position":
            raise
        raise Overtaken("The tables no longer stand where they stood.") from None


def _transaction(made: Relations, before: int, position: int) -> Iterator[Statement]:
    yield b"BEGIN", ()
    yield MOVE_ON, (before, position, THE_ONE)
    yield from _statements(made)
    yield b"COMMIT", ()


def _statements(made: Relations) -> Iterator[Statement]:
    for table, rows in made.upserts.items():
        for some in pieces(rows):
            yield UPSERTS[table], (written(some),)
    for table, ids in made.gone.items():
        yield DELETES[table], (ids,)
