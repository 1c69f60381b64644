"""The proposals to wait somewhere else that somebody answered: one row each, with gain, price and reason."""

from collections.abc import Iterable
from operator import itemgetter

from domain.base import Fact
from domain.unit import Unit
from projections.rows import Row, id_text, moment, plain

FACTS = (Unit.SentToPost, Unit.DeclinedPost)
KEPT = 5_000
"""Some months of them. The log knows the others."""


class MoveUpList:
    name = "move_ups"
    facts = FACTS
    most = KEPT + 500

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (id_text(event.move_up.move_up_id),) if isinstance(event, FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if row is not None or not isinstance(event, FACTS):
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
