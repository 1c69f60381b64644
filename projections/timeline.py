"""What happened to an incident, in the order we heard of it. Nothing is ever taken out.

Facts are kept under the thing that tells them: the incident (with its runs), each call, and each
run (for the bed held for it). Reading joins them, because a call belongs to no incident when it rings.
The sentences are written when read, in `sentences.py`: better words never change history.
"""

from domain.auto_dispatch import AutoDispatch
from domain.base import Fact
from domain.bed_ledger import BedLedger
from domain.call import Call
from domain.crew_message import CrewMessage
from domain.crew_safety import CrewSafety
from domain.desk_alarm import DeskAlarm
from domain.incident import Incident
from domain.offer import Offer
from domain.patient import Patient
from domain.prompt import Prompt
from domain.referral import Referral
from domain.run import Run
from projections.record import record
from projections.rows import Row, RowReader, id_text

OWN_FACTS = (
    Call.Received,
    Call.Located,
    Call.Triaged,
    Call.Instructed,
    Call.InstructionEnded,
    Call.Referred,
    Call.Closed,
    Call.Concluded,
    *(Call.PlaceSaid, Call.Suspected, Call.Raised, Call.Claimed, Call.Released, Call.Separated),
    *(Incident.CallSeparated, Incident.PlaceSaid, Incident.PlaceConfirmed),
    *(Incident.Merged, Incident.Unmerged, Incident.Absorbed, Incident.GaveBack, Incident.Combined),
    Run.Briefed,
    Incident.Opened,
    Incident.CallJoined,
    Incident.Triaged,
    Incident.SafetyCalled,
    Incident.Reprioritised,
    Incident.Relocated,
    Incident.Noted,
    Incident.DangerTold,
    *(Incident.AlarmLevelSet, Incident.UnitTaken, Incident.UnitGained),
    Incident.Closed,
    Incident.Concluded,
)
"""`RunOpened` and `RunEnded` are left out: the runs tell the same in their own words."""
INCIDENTS_FACTS = (
    Call.Joined,
    *(Run.Assigned, Run.Progressed, Run.Redirected, Run.Corrected, Run.Undone, Run.OutcomeTold),
    *(Offer.SeenUnderWay, Offer.Lapsed, Offer.PassedOn, Prompt.Raised, Prompt.Answered),
    *(AutoDispatch.Proposed, AutoDispatch.Vetoed, AutoDispatch.Sent, AutoDispatch.Dropped),
    *(Patient.Entered, Patient.Triaged, Patient.Destined, Patient.Boarded, Patient.Alighted),
    *(Patient.Reboarded, Patient.Moved, Patient.TurnedBack, Patient.Ended),
    *(Referral.Asked, Referral.Answered, Referral.Unanswered, Referral.PreAlerted),
    *(CrewSafety.AlarmRaised, CrewSafety.AlarmRepeated, CrewSafety.AlarmAcknowledged),
    *(CrewSafety.AlarmEscalated, CrewSafety.AlarmClosed, CrewSafety.CheckedIn),
    *(CrewMessage.Sent, CrewMessage.Read),
    *(DeskAlarm.Raised, DeskAlarm.Acknowledged, DeskAlarm.Escalated),
    *(DeskAlarm.Shelved, DeskAlarm.Returned, DeskAlarm.Ended),
)
"""Things of their own that tell of an incident; a crew may call for help on the way home, too."""
HOLD_FACTS = (
    BedLedger.Held,
    BedLedger.Prolonged,
    BedLedger.Released,
    BedLedger.Expired,
    BedLedger.Consumed,
    BedLedger.ArrivalUndone,
)


class Timeline:
    """One row an incident, a call or a run: `{id, entries, call_ids, run_ids, merged, seq}`.

    merged : the incidents it was ever one with, and whether it stands for them now
    """

    name = "timeline"
    facts = (*OWN_FACTS, *INCIDENTS_FACTS, *HOLD_FACTS)

    def keys(self, event: Fact) -> tuple[str, ...]:
        if isinstance(event, OWN_FACTS):
            return (id_text(event.originator_id),)
        if isinstance(event, INCIDENTS_FACTS):
            return (id_text(event.incident_id),) if event.incident_id is not None else ()
        if isinstance(event, HOLD_FACTS):
            return (id_text(event.run_id),)
        return ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        row = row or {"id": key, "entries": [], "call_ids": [], "run_ids": [], "merged": {}, "seq": seq}
        call_ids, run_ids, merged = row["call_ids"], row["run_ids"], row.get("merged", {})
        match event:
            case Call.Joined():
                # The incident tells of it in its own entry; this is only the link.
                return {**row, "call_ids": _with(call_ids, id_text(event.originator_id)), "seq": seq}
            case Incident.Opened(call_id=call_id) | Incident.CallJoined(call_id=call_id):
                call_ids = _with(call_ids, id_text(call_id))
            case Incident.CallSeparated(call_id=call_id):
                call_ids = [each for each in call_ids if each != id_text(call_id)]
            case Incident.Merged(into_id=into_id) | Incident.Unmerged(into_id=into_id):
                merged = {**merged, id_text(into_id): False}
            case Incident.Absorbed(incident_id=incident_id):
                merged = {**merged, id_text(incident_id): True}
                call_ids = [*call_ids, *(id_text(each) for each in event.call_ids)]
                run_ids = [*run_ids, *(id_text(each) for each in event.run_ids)]
            case Incident.GaveBack(incident_id=incident_id):
                merged = {**merged, id_text(incident_id): False}
                left = {id_text(each) for each in (*event.call_ids, *event.run_ids)}
                call_ids = [each for each in call_ids if each not in left]
                run_ids = [each for each in run_ids if each not in left]
            case Run.Assigned() | Patient.Entered():  # beds are held for either
                run_ids = _with(run_ids, id_text(event.originator_id))
        entries = [*row["entries"], record(seq, event)]
        links = {"call_ids": call_ids, "run_ids": run_ids, "merged": merged}
        return {**row, "entries": entries, **links, "seq": seq}


def entries_of(incident_id: str, views: RowReader) -> list[Row] | None:
    """All entries of an incident, its calls and its runs' beds, by seq; None for an unknown incident."""
    row = views.row(Timeline.name, incident_id)
    if row is None or views.row("incidents", incident_id) is None:
        return None
    told = list(row["entries"])
    for other in (*row["call_ids"], *row["run_ids"]):
        joined = views.row(Timeline.name, other)
        told.extend(joined["entries"] if joined is not None else [])
    for other, stands_for in row.get("merged", {}).items():
        told.extend(_of_merged(views.row(Timeline.name, other), row["run_ids"], stands_for))
    return sorted(told, key=lambda entry: int(entry["seq"]))


def _of_merged(page: Row | None, run_ids: list[str], whole: bool) -> list[Row]:
    """All that was told of an incident it stands for; of another, what its own runs did there."""
    if page is None or whole:
        return list(page["entries"]) if page else []
    mine = set(run_ids)
    return [entry for entry in page["entries"] if entry["data"].get("run_id") in mine]


def _with(ids: list[str], new: str) -> list[str]:
    return ids if new in ids else [*ids, new]
