"""Rows at rest: what ended so long ago that no desk shows it. They leave memory, never the store.

A row at rest wakes when a late fact touches it: a note that a crew remembers on the way home, a time mended
days later. What it was before is kept as a *former* row, so that the past still finds it as it was.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol

from domain.run_course import ENDS
from projections.rows import FIRST, Row, moment

RESTS_AFTER = timedelta(hours=24)
"""Twice as long as a desk shows what ended: a clock that is some hours wrong takes nothing off a screen."""
WOKEN_AFTER = timedelta(hours=12)
"""A row may rest from here on, as far as keeping its former self goes: rather too many than one too few."""

THINGS = ("calls", "incidents", "runs", "patients")
RESTING = frozenset({*THINGS, "timeline"})
"""The views whose rows come to rest. Units, hospitals and roads are never over."""

FORMER = "former"
"""Beside the views, among stored rows: `{view}/{id}/{seq}` is what a row was until a late fact changed it."""


class RowsAtRest(Protocol):
    """Whoever keeps the rows that left memory, and what those that woke had been."""

    def row_at(self, view: str, row_id: str, position: int) -> Row | None:
        """The row as it was when the log stood at `position`; None where there was none."""
        ...

    def rows_at(self, view: str, position: int) -> Iterator[Row]:
        """All rows of a view as they were then, ordered by id."""
        ...


def ended_at(view: str, row: Row) -> str | None:
    """Since when nothing more is expected of it; None while something is.

    A page of the timeline never ends by itself: it goes by its last entry, and by the thing it tells of.
    """
    match view:
        case "calls":
            return None if row["status"] in ("open", "triaged") else str(row["received_at"])
        case "incidents":
            closed_at: str | None = row["closed_at"]
            return closed_at
        case "runs":
            return max(row["milestones"].values()) if row["status"] in ENDS else None
        case "patients":
            over: str | None = row["ended_at"]
            return over
        case "timeline":
            return str(row["entries"][-1]["recorded_at"]) if row["entries"] else None
    return None


def rests(view: str, row: Row, since: str) -> bool:
    """Whether it was over before the moment `since`."""
    over = ended_at(view, row)
    return over is not None and over < since


def before_then(heard: datetime, span: timedelta) -> str:
    """The moment so long before, as rows have it; before all moments where the calendar does not reach."""
    return moment(heard - span) if heard - FIRST > span else ""


def former_key(view: str, row: Row) -> str:
    return f"{view}/{row['id']}/{row['seq']}"
