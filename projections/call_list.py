"""Conversations, from the ring to an incident or a reason: one row a call."""

from domain.base import Fact
from domain.call import Call
from projections.rows import Row, changed, id_text, moment, plain
from projections.triage_part import CALL_BEGINS, CALL_FACTS, call_after

FACTS = (
    Call.Received,
    Call.Located,
    Call.PlaceSaid,
    *CALL_FACTS,
    Call.Suspected,
    Call.Raised,
    Call.Claimed,
    Call.Released,
    Call.Joined,
    Call.Separated,
    Call.Moved,
    Call.Closed,
    Call.Concluded,
)


UNCLAIMED: Row = {"claimed_by": None, "claimed_until": None}


class CallList:
    """`suspicion` : why its number is suspected, until when it waits behind others, whether it was raised
    `caller_words` : the address and complaint as they were said, whatever became of the address since
    """

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
                place = {"position": plain(position), "address": address or row["address"]}
                said = (row.get("caller_words") or {}).get("address") or address
                return changed(row, seq, **place, caller_words=_words(row, said))
            case Call.Triaged() | Call.Referred():
                return call_after(row, event, seq)
            case Call.Joined(incident_id=incident_id):
                joined = {"incident_id": id_text(incident_id), "status": "in_incident"}
                return changed(row, seq, **joined, **UNCLAIMED)
            case Call.Moved(incident_id=incident_id):
                return changed(row, seq, incident_id=id_text(incident_id))
            case Call.Separated():
                status = "triaged" if row["determinant"] else "open"
                return changed(row, seq, incident_id=None, status=status)
            case Call.PlaceSaid(words=words):
                return changed(row, seq, place=_place(event), caller_words=_words(row, words))
            case Call.Suspected():
                return changed(row, seq, suspicion=_suspicion(event))
            case Call.Raised():
                return changed(row, seq, suspicion={**(row.get("suspicion") or {}), "raised": True})
            case Call.Claimed(by=by, until=until):
                return changed(row, seq, claimed_by=by, claimed_until=moment(until))
            case Call.Released():
                return changed(row, seq, **UNCLAIMED)
            case Call.Concluded(outcome=outcome):
                return changed(row, seq, outcome=outcome)
            case Call.Closed(reason=reason):
                closed = {"closed_reason": reason, "closed_at": moment(event.act.at)}
                return changed(row, seq, status="closed", **closed, **UNCLAIMED)
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
        **CALL_BEGINS,
        "incident_id": None,
        "place": None,
        "caller_words": {"address": event.address, "complaint": event.complaint},
        "suspicion": None,
        **UNCLAIMED,
        "received_at": moment(event.act.at),
        "closed_at": None,
        "closed_reason": None,
        "outcome": None,
        "actor": event.act.actor,
        "seq": seq,
    }


def _words(row: Row, address: str | None) -> Row:
    """What the caller said; words that come later than the address replace it only where they are theirs."""
    said: Row = row.get("caller_words") or {"address": None, "complaint": row["complaint"]}
    return {**said, "address": address or said["address"]}


def _place(event: Call.PlaceSaid) -> Row:
    return {"source": event.source, "confidence": event.confidence, "ambiguous": event.ambiguous}


def _suspicion(event: Call.Suspected) -> Row:
    return {
        "number": event.number,
        "score": event.score,
        "reasons": plain(event.reasons),
        "comes_up_at": moment(event.comes_up_at),
        "raised": False,
    }
