"""Conversations, from the ring to an incident or a reason: one row a call."""

from domain.base import Fact
from domain.call import Call
from projections.rows import Row, changed, id_text, moment, plain

FACTS = (Call.Received, Call.Located, Call.Triaged, Call.Joined, Call.Closed)


class CallList:
    name = "calls"
    facts = FACTS

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (id_text(event.originator_id),) if isinstance(event, FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if isinstance(event, Call.Received):
            return _received(event, seq)
        if row is None:
            return None
        match event:
            case Call.Located(position=position, address=address):
                return changed(row, seq, position=plain(position), address=address or row["address"])
            case Call.Triaged(determinant=determinant, priority=priority):
                status = "triaged" if row["status"] == "open" else row["status"]
                return changed(row, seq, determinant=determinant, priority=plain(priority), status=status)
            case Call.Joined(incident_id=incident_id):
                return changed(row, seq, incident_id=id_text(incident_id), status="in_incident")
            case Call.Closed(reason=reason):
                return changed(
                    row, seq, status="closed", closed_reason=reason, closed_at=moment(event.act.at)
                )
        return row


def _received(event: Call.Received, seq: int) -> Row:
    return {
        "id": id_text(event.originator_id),
        "number": getattr(event, "number", None),  # calls are not numbered so far
        "phone": event.phone,
        "caller_name": event.caller_name,
        "address": event.address,
        "complaint": event.complaint,
        "position": plain(event.position),
        "status": "open",
        "priority": None,
        "determinant": None,
        "incident_id": None,
        "received_at": moment(event.act.at),
        "closed_at": None,
        "closed_reason": None,
        "actor": event.act.actor,
        "seq": seq,
    }
