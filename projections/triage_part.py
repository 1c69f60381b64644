"""What triage, referral and safety calls add to the rows of calls and incidents."""

from domain.call import Call
from domain.former_titles import FORMER_TITLES
from domain.incident import Incident
from projections.rows import Row, changed, moment, plain

CALL_FACTS = (Call.Triaged, Call.Referred)
INCIDENT_FACTS = (Incident.Triaged, Incident.SafetyCalled)

NOT_TRIAGED: Row = {"determinant": None, "determinant_title": None, "plan": None}
CALL_BEGINS: Row = {**NOT_TRIAGED, "protocol": None, "protocol_version": None, "referral": None}


def incident_begins(determinant: str | None) -> Row:
    """An incident of before tells its determinant by the code alone."""
    title = FORMER_TITLES.get(determinant or "")
    return {"determinant": determinant, "determinant_title": title, "plan": None, "safety_call": None}


def call_after(row: Row, event: Call.Triaged | Call.Referred, seq: int) -> Row:
    """`referral` : a clinician was asked to look at it, since when and why"""
    if isinstance(event, Call.Referred):
        referral = {"at": moment(event.act.at), "by": event.act.actor, "reason": event.reason}
        return changed(row, seq, referral=referral)
    return changed(
        row,
        seq,
        determinant=event.determinant,
        determinant_title=plain(event.title),
        plan=event.plan,
        protocol=event.protocol,
        protocol_version=event.protocol_version,
        priority=plain(event.priority),
        status="triaged" if row["status"] == "open" else row["status"],
    )


def incident_after(row: Row, event: Incident.Triaged | Incident.SafetyCalled, seq: int) -> Row:
    """`safety_call` : the last time somebody rang back, and what they found"""
    if isinstance(event, Incident.SafetyCalled):
        found = {"finding": event.finding, "note": event.note}
        return changed(row, seq, safety_call={"at": moment(event.act.at), "by": event.act.actor, **found})
    told = {"determinant": event.determinant, "determinant_title": plain(event.title), "plan": event.plan}
    return changed(row, seq, **told)
