"""What the centre wrote to crews, and which of it was read: one row a message."""

from collections.abc import Iterable
from operator import itemgetter

from domain.base import Fact
from domain.crew_message import CrewMessage
from projections.rows import Row, changed, id_text, moment, plain

FACTS = (CrewMessage.Sent, CrewMessage.Read)
MOST = 4_000
KEPT = 3_000


class MessageList:
    name = "messages"
    facts = FACTS
    most = MOST

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (id_text(event.originator_id),) if isinstance(event, FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        at, by = moment(event.act.at), event.act.actor
        match event:
            case CrewMessage.Sent():
                return {
                    "id": key,
                    "callsign": event.callsign,
                    "words": event.words,
                    "incident_id": plain(event.incident_id),
                    "run_id": plain(event.run_id),
                    "sent_at": at,
                    "sent_by": by,
                    "read_at": None,
                    "read_by": None,
                    "seq": seq,
                }
            case CrewMessage.Read() if row is not None:
                return changed(row, seq, read_at=at, read_by=by)
        return row

    def forgotten(self, rows: Iterable[Row]) -> list[str]:
        oldest = sorted(rows, key=itemgetter("sent_at", "id"))[:-KEPT]
        return [row["id"] for row in oldest]
