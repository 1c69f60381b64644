"""Crews who called for help, or did not answer for themselves: one row an alarm, until long after its end."""

from collections.abc import Iterable

from domain.base import Fact
from domain.crew_safety import CrewSafety
from projections.rows import Row, changed, id_text, moment, plain

FACTS = (
    CrewSafety.AlarmRaised,
    CrewSafety.AlarmRepeated,
    CrewSafety.AlarmAcknowledged,
    CrewSafety.AlarmEscalated,
    CrewSafety.AlarmClosed,
)
MOST = 2_000
KEPT = 1_000


class CrewAlarms:
    """status : sounding until somebody acknowledges, then acknowledged until it is closed.

    position : as last told by the crew; where its unit is now stands on the unit board
    """

    name = "crew_alarms"
    facts = FACTS
    most = MOST

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (id_text(event.alarm_id),) if isinstance(event, FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if isinstance(event, CrewSafety.AlarmRaised):
            return _raised(key, event, seq)
        if row is None:
            return None
        match event:
            case CrewSafety.AlarmRepeated(position=position, note=note):
                return changed(
                    row,
                    seq,
                    presses=row["presses"] + 1,
                    position=plain(position) or row["position"],
                    note=note or row["note"],
                )
            case CrewSafety.AlarmAcknowledged():
                at, by = moment(event.act.at), event.act.actor
                return changed(row, seq, status="acknowledged", acknowledged_at=at, acknowledged_by=by)
            case CrewSafety.AlarmEscalated():
                return changed(row, seq, escalated_at=moment(event.act.at))
            case CrewSafety.AlarmClosed(outcome=outcome, note=note):
                return changed(
                    row,
                    seq,
                    status="closed",
                    closed_at=moment(event.act.at),
                    closed_by=event.act.actor,
                    outcome=outcome,
                    closing_note=note,
                )
        return row

    def forgotten(self, rows: Iterable[Row]) -> Iterable[str]:
        """The oldest of those that are closed; what stands is never forgotten."""
        closed = sorted(
            (row for row in rows if row["status"] == "closed"), key=lambda row: (row["closed_at"], row["id"])
        )
        return [row["id"] for row in closed[: max(0, len(closed) - KEPT)]]


def _raised(key: str, event: CrewSafety.AlarmRaised, seq: int) -> Row:
    return {
        "id": key,
        "kind": event.kind,
        "callsign": event.callsign,
        "run_id": plain(event.run_id),
        "incident_id": plain(event.incident_id),
        "position": plain(event.position),
        "note": event.note,
        "status": "sounding",
        "since": moment(event.act.at),
        "presses": 1,
        "escalated_at": None,
        "acknowledged_at": None,
        "acknowledged_by": None,
        "closed_at": None,
        "closed_by": None,
        "outcome": None,
        "closing_note": None,
        "seq": seq,
    }
