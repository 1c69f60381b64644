"""What happened to an incident, in the order we heard of it. Nothing is ever taken out.

Facts are kept under the thing that tells them: the incident (with its runs), each call, and each
run (for the bed held for it). Reading joins them, because a call belongs to no incident when it rings.
The sentences are written when read, in `sentences.py`: better words never change history.
"""

from domain.base import Fact
from domain.bed_ledger import BedLedger
from domain.call import Call
from domain.incident import Incident
from domain.run import Run
from projections.record import record
from projections.rows import Row, RowReader, id_text

OWN_FACTS = (
    Call.Received,
    Call.Located,
    Call.Triaged,
    Call.Closed,
    Call.Concluded,
    Incident.Opened,
    Incident.CallJoined,
    Incident.Reprioritised,
    Incident.Relocated,
    Incident.Noted,
    Incident.Closed,
    Incident.Concluded,
)
"""`RunOpened` and `RunEnded` are left out: the runs tell the same in their own words."""
INCIDENTS_FACTS = (Call.Joined, Run.Assigned, Run.Progressed, Run.Redirected, Run.Corrected)
HOLD_FACTS = (
    BedLedger.Held,
    BedLedger.Prolonged,
    BedLedger.Released,
    BedLedger.Expired,
    BedLedger.Consumed,
)


class Timeline:
    """One row an incident, a call or a run: `{id, entries, call_ids, run_ids, seq}`."""

    name = "timeline"
    facts = (*OWN_FACTS, *INCIDENTS_FACTS, *HOLD_FACTS)

    def keys(self, event: Fact) -> tuple[str, ...]:
        if isinstance(event, OWN_FACTS):
            return (id_text(event.originator_id),)
        if isinstance(event, INCIDENTS_FACTS):
            return (id_text(event.incident_id),)
        if isinstance(event, HOLD_FACTS):
            return (id_text(event.run_id),)
        return ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        row = row or {"id": key, "entries": [], "call_ids": [], "run_ids": [], "seq": seq}
        call_ids, run_ids = row["call_ids"], row["run_ids"]
        match event:
            case Call.Joined():
                # The incident tells of it in its own entry; this is only the link.
                return {**row, "call_ids": _with(call_ids, id_text(event.originator_id)), "seq": seq}
            case Incident.Opened(call_id=call_id) | Incident.CallJoined(call_id=call_id):
                call_ids = _with(call_ids, id_text(call_id))
            case Run.Assigned():
                run_ids = _with(run_ids, id_text(event.originator_id))
        entries = [*row["entries"], record(seq, event)]
        return {**row, "entries": entries, "call_ids": call_ids, "run_ids": run_ids, "seq": seq}


def entries_of(incident_id: str, views: RowReader) -> list[Row] | None:
    """All entries of an incident, its calls and its runs' beds, by seq; None for an unknown incident."""
    row = views.row(Timeline.name, incident_id)
    if row is None or views.row("incidents", incident_id) is None:
        return None
    told = list(row["entries"])
    for other in (*row["call_ids"], *row["run_ids"]):
        joined = views.row(Timeline.name, other)
        told.extend(joined["entries"] if joined is not None else [])
    return sorted(told, key=lambda entry: int(entry["seq"]))


def _with(ids: list[str], new: str) -> list[str]:
    return ids if new in ids else [*ids, new]
