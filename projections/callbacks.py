"""Whom nobody answered: one row a number that waits to be called back, or waited lately.

Several misses of one number are one entry; a later call of it that somebody takes settles it. Beside that it
tells nothing of the number: what came of its calls stands in the caller's own book.
"""

from collections.abc import Iterable

from domain.base import Fact
from domain.caller import Caller
from projections.rows import Row, changed, id_text, moment

FACTS = (Caller.Missed, Caller.Rang, Caller.CalledBack)
KEPT = 2_000
"""Rows: with more, the oldest settled ones leave, and none that waits."""


class Callbacks:
    """`misses` : of this round; `total` : of all. `tries` : how often somebody rang back in vain."""

    name = "callbacks"
    facts = FACTS
    most = KEPT

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (id_text(event.originator_id),) if isinstance(event, FACTS) else ()

    def forgotten(self, rows: Iterable[Row]) -> Iterable[str]:
        settled = sorted(
            (row for row in rows if row["status"] == "settled"),
            key=lambda row: (row["settled_at"] or "", row["id"]),
        )
        return [row["id"] for row in settled[: len(settled) // 2 + 1]]

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        match event:
            case Caller.Missed():
                return _missed(key, row, event, seq)
            case Caller.Rang() if row is not None and row["status"] == "open":
                return _rang(row, event, seq)
            case Caller.CalledBack() if row is not None and row["status"] == "open":
                if not event.settles:
                    tried = {"tries": row["tries"] + 1, "tried_at": moment(event.act.at)}
                    return changed(row, seq, **tried, outcome=event.outcome, by=event.act.actor)
                return _settled(row, event, seq, "call_back", outcome=event.outcome, by=event.act.actor)
        return row


def _missed(key: str, row: Row | None, event: Caller.Missed, seq: int) -> Row:
    miss = {
        "id": id_text(event.missed_id),
        "rang_at": moment(event.rang_at),
        "ended_at": moment(event.ended_at),
        "line": event.line,
    }
    before: Row = row if row is not None else _blank(key, event.number)
    total = before["total"] + 1
    if event.answered_since:
        settled = {} if before["status"] == "open" else {"settled_at": moment(event.act.at)}
        return changed(before, seq, total=total, **settled)
    open_before = before["misses"] if before["status"] == "open" else []
    misses = sorted([*open_before, miss], key=lambda each: (each["rang_at"], each["id"]))
    fresh = {} if open_before else {"tries": 0, "tried_at": None, "settled_at": None, "settled_by": None}
    return changed(
        before,
        seq,
        total=total,
        misses=misses,
        **fresh,
        status="open",
        first_missed_at=misses[0]["rang_at"],
        last_missed_at=misses[-1]["rang_at"],
    )


def _blank(key: str, number: str) -> Row:
    return {
        "id": key,
        "phone": number,
        "status": "settled",
        "misses": [],
        "total": 0,
        "first_missed_at": None,
        "last_missed_at": None,
        "tries": 0,
        "tried_at": None,
        "outcome": None,
        "by": None,
        "settled_at": None,
        "settled_by": None,
        "call_id": None,
        "seq": 0,
    }


def _rang(row: Row, event: Caller.Rang, seq: int) -> Row:
    """A call settles what rang before it; a miss that came after it still waits."""
    at = moment(event.act.at)
    left = [miss for miss in row["misses"] if miss["rang_at"] > at]
    if left:
        return changed(row, seq, misses=left, first_missed_at=left[0]["rang_at"])
    return _settled(row, event, seq, "call", call_id=id_text(event.call_id))


def _settled(row: Row, event: Fact, seq: int, by_what: str, **facts: object) -> Row:
    return changed(row, seq, status="settled", settled_at=moment(event.act.at), settled_by=by_what, **facts)
