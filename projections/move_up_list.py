"""The proposals to wait somewhere else that somebody answered: one row each, with gain, price and reason."""

from collections.abc import Iterable
from operator import itemgetter

from domain.base import Fact
from domain.unit import Unit
from projections.rows import Row, changed, id_text, moment, plain

FACTS = (Unit.SentToPost, Unit.DeclinedPost, Unit.AnsweredPost)
KEPT = 5_000
"""Some months of them. The log knows the others."""


class MoveUpList:
    name = "move_ups"
    facts = FACTS
    most = KEPT + 500

    def keys(self, event: Fact) -> tuple[str, ...]:
        match event:
            case Unit.AnsweredPost(move_up_id=move_up_id):
                return (id_text(move_up_id),)
            case Unit.SentToPost(move_up=move_up) | Unit.DeclinedPost(move_up=move_up):
                return (id_text(move_up.move_up_id),)
        return ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if isinstance(event, Unit.AnsweredPost):
            return _crew_says(row, event, seq) if row is not None else None
        if row is not None or not isinstance(event, Unit.SentToPost | Unit.DeclinedPost):
            return row
        move_up = event.move_up
        return {
            "id": key,
            "callsign": event.callsign,
            "post_id": move_up.post_id,
            "post_name": move_up.post_name,
            "position": plain(move_up.position),
            "gain": move_up.gain,
            "covered_before": move_up.covered_before,
            "covered_after": move_up.covered_after,
            "duration_s": move_up.duration_s,
            "distance_m": move_up.distance_m,
            "answer": "accepted" if isinstance(event, Unit.SentToPost) else "declined",
            "reason": event.reason if isinstance(event, Unit.DeclinedPost) else None,
            "by": event.act.actor,
            "at": moment(event.act.at),
            "seq": seq,
        }

    def forgotten(self, rows: Iterable[Row]) -> list[str]:
        oldest = sorted(rows, key=itemgetter("at", "id"))[:-KEPT]
        return [row["id"] for row in oldest]


def _crew_says(row: Row, event: Unit.AnsweredPost, seq: int) -> Row:
    """Sent there by the desk, the crew cannot go: the proposal counts as declined, with its reason."""
    if event.going:
        return row
    by, at = event.act.actor, moment(event.act.at)
    return changed(row, seq, answer="declined", reason=event.reason, by=by, at=at)
