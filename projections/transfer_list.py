"""Transfers between hospitals: one row each, from the request to the incident it becomes."""

from collections.abc import Iterable

from domain.base import Fact
from domain.transfer import Transfer
from projections.rows import Row, changed, id_text, moment, plain

FACTS = (
    Transfer.Requested,
    Transfer.Approved,
    Transfer.Rejected,
    Transfer.Cancelled,
    Transfer.Begun,
)
SETTLED_KEPT = 500


class TransferList:
    """The newest of those that are settled stay; the log knows the others."""

    name = "transfers"
    facts = FACTS
    most = 2 * SETTLED_KEPT

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (id_text(event.originator_id),) if isinstance(event, FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if isinstance(event, Transfer.Requested):
            return _requested(key, event, seq)
        if row is None:
            return None
        at, by = moment(event.act.at), event.act.actor
        match event:
            case Transfer.Approved(mode=mode, voice=voice):
                told = {"mode": mode, "voice": voice, "decided_at": at, "decided_by": by}
                return changed(row, seq, state="approved", **told)
            case Transfer.Rejected(mode=mode, voice=voice, reason=reason):
                told = {"mode": mode, "voice": voice, "decided_at": at, "decided_by": by}
                return changed(row, seq, state="rejected", reason=reason, **told)
            case Transfer.Cancelled(reason=reason):
                return changed(row, seq, state="cancelled", reason=reason)
            case Transfer.Begun(incident_id=incident_id, incident_number=number):
                opened: Row = {"incident_id": id_text(incident_id), "incident_number": number}
                return changed(row, seq, state="begun", begun_at=at, **opened)
        return row

    def forgotten(self, rows: Iterable[Row]) -> list[str]:
        settled = sorted(
            (row["seq"], row["id"]) for row in rows if row["state"] not in ("requested", "approved")
        )
        return [its_id for _, its_id in settled[:-SETTLED_KEPT]]


def _requested(key: str, event: Transfer.Requested, seq: int) -> Row:
    return {
        "id": key,
        "from_hospital_id": event.from_hospital_id,
        "to_hospital_id": event.to_hospital_id,
        "bed_kind": event.bed_kind,
        "priority": event.priority,
        "phone": event.phone,
        "packet": plain(event.packet),
        "not_before": plain(event.not_before),
        "state": "requested",
        "mode": None,
        "voice": None,
        "reason": None,
        "requested_at": moment(event.act.at),
        "requested_by": event.act.actor,
        "decided_at": None,
        "decided_by": None,
        "begun_at": None,
        "incident_id": None,
        "incident_number": None,
        "seq": seq,
    }
