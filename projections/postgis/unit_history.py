"""What every unit did, passage by passage: a row for each change of its duty, status or run.

Rows are only ever added, one an event, so the history is the same however the log is cut into batches.
"""

from collections.abc import Iterable

from domain.base import Fact
from domain.run import Run
from projections.memory import MemoryViews
from projections.postgis.geometry import point
from projections.rows import Row, plain
from projections.unit_board import FACTS, UnitBoard

TOLD = ("duty", "status", "since", "run_id", "hospital_id", "milestone")
"""A passage ends where one of these changes."""

KNOWN = frozenset(FACTS)
BOARD = UnitBoard()


def passages(before: MemoryViews, batch: Iterable[tuple[int, Fact]]) -> list[Row]:
    """The passages that begin in this batch, in order.

    before : the views as they stand before the batch; what they folded already is passed over
    """
    begun: list[Row] = []
    board: dict[str, Row | None] = {}
    for seq, event in batch:
        if seq <= before.position or type(event) not in KNOWN:
            continue
        for callsign in BOARD.keys(event):
            row = board[callsign] if callsign in board else before.row("units", callsign)
            after = BOARD.fold(callsign, row, event, seq)
            board[callsign] = after
            if after is not None and after is not row and (row is None or _differ(row, after)):
                begun.append(_passage(after, event, seq))
    return begun


def _differ(row: Row, after: Row) -> bool:
    return any(row[name] != after[name] for name in TOLD)


def _passage(row: Row, event: Fact, seq: int) -> Row:
    place = event.position if isinstance(event, Run.Progressed) else None
    return {
        "callsign": row["callsign"],
        "seq": seq,
        "began_at": row["since"],
        "duty": row["duty"],
        "status": row["status"],
        "run_id": row["run_id"],
        "incident_id": row["incident_id"],
        "hospital_id": row["hospital_id"],
        "milestone": row["milestone"],
        "position": point(plain(place)),
    }
