"""What the desk must answer, or has answered: one row an alarm, until long after its end."""

from collections.abc import Iterable

from domain.base import Fact
from domain.desk_alarm import DeskAlarm
from projections.rows import Row, changed, id_text, moment, plain

FACTS = (
    DeskAlarm.Raised,
    DeskAlarm.Acknowledged,
    DeskAlarm.Escalated,
    DeskAlarm.Shelved,
    DeskAlarm.Returned,
    DeskAlarm.Ended,
)
MOST = 2_000
KEPT = 1_000


class DeskAlarms:
    """status : sounding until somebody acknowledges or shelves it; ended once its cause is over"""

    name = "desk_alarms"
    facts = FACTS
    most = MOST

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (id_text(event.originator_id),) if isinstance(event, FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if isinstance(event, DeskAlarm.Raised):
            return _raised(key, event, seq)
        if row is None:
            return None
        at, by = moment(event.act.at), event.act.actor
        match event:
            case DeskAlarm.Acknowledged():
                return changed(row, seq, status="acknowledged", acknowledged_at=at, acknowledged_by=by)
            case DeskAlarm.Escalated():
                return changed(row, seq, escalated_at=at)
            case DeskAlarm.Shelved(until=until, reason=reason):
                put = {"shelved_until": moment(until), "shelved_by": by, "shelf_reason": reason}
                return changed(row, seq, status="shelved", **put)
            case DeskAlarm.Returned():
                unsaid = dict.fromkeys(("acknowledged_at", "acknowledged_by", "escalated_at"))
                shelf = dict.fromkeys(("shelved_until", "shelved_by", "shelf_reason"))
                return changed(row, seq, status="sounding", sounding_since=at, **unsaid, **shelf)
            case DeskAlarm.Ended():
                return changed(row, seq, status="ended", ended_at=at)
        return row

    def forgotten(self, rows: Iterable[Row]) -> Iterable[str]:
        """The oldest of those that ended; what stands is never forgotten."""
        ended = sorted(
            (row for row in rows if row["status"] == "ended"), key=lambda row: (row["ended_at"], row["id"])
        )
        return [row["id"] for row in ended[: max(0, len(ended) - KEPT)]]


def _raised(key: str, event: DeskAlarm.Raised, seq: int) -> Row:
    at = moment(event.act.at)
    return {
        "id": key,
        "kind": event.kind,
        "subject": event.subject,
        "level": event.level,
        "incident_id": plain(event.incident_id),
        "callsign": event.callsign,
        "since": moment(event.since),
        "raised_at": at,
        "sounding_since": at,
        "status": "sounding",
        "escalated_at": None,
        "acknowledged_at": None,
        "acknowledged_by": None,
        "shelved_until": None,
        "shelved_by": None,
        "shelf_reason": None,
        "ended_at": None,
        "seq": seq,
    }
