"""The queue and everything being served: one row an incident, its status worked out from its runs."""

from datetime import timedelta

from domain.auto_dispatch import AutoDispatch
from domain.base import Fact
from domain.incident import Incident
from domain.run import Run
from domain.run_course import ENDS
from domain.values import Milestone
from projections.auto_part import auto_after
from projections.merge_part import FACTS as MERGE_FACTS
from projections.merge_part import NOT_MERGED, merge_after, run_moved
from projections.rows import Row, changed, id_text, latest, moment, plain
from projections.stages import INCIDENT_STAGE, INCIDENT_STAGES
from projections.triage_part import INCIDENT_FACTS as TRIAGE_FACTS
from projections.triage_part import incident_after, incident_begins

AUTO_FACTS = (AutoDispatch.Proposed, AutoDispatch.Vetoed, AutoDispatch.Sent, AutoDispatch.Dropped)
INCIDENT_FACTS = (
    Incident.Opened,
    Incident.CallJoined,
    Incident.CallSeparated,
    Incident.Quoted,
    Incident.PlaceSaid,
    Incident.PlaceConfirmed,
    *MERGE_FACTS,
    *TRIAGE_FACTS,
    Incident.Reprioritised,
    Incident.Relocated,
    Incident.Closed,
    Incident.DangerTold,
    Incident.AlarmLevelSet,
    Incident.Combined,
    Incident.Concluded,
)
"""`RunOpened` and `RunEnded` are left out: the runs tell the same, and more of it."""

RUN_FACTS = (Run.Assigned, Run.Progressed, Run.Redirected, Run.Corrected, Run.Undone)


class IncidentList:
    """`waiting_since` : since when nobody has been on the way; null while somebody is, or nobody need be
    `caller_words`  : what each caller said, address and complaint, whatever was corrected since
    `place`         : how the place is known, null where nobody said; until `place_confirmed` nobody is sent
    """

    name = "incidents"
    facts = (*INCIDENT_FACTS, *RUN_FACTS, Run.Moved, *AUTO_FACTS)

    def keys(self, event: Fact) -> tuple[str, ...]:
        if isinstance(event, INCIDENT_FACTS):
            return (id_text(event.originator_id),)
        if isinstance(event, Run.Moved):
            return id_text(event.incident_id), id_text(event.was_incident_id)
        if isinstance(event, (*RUN_FACTS, *AUTO_FACTS)):
            return (id_text(event.incident_id),)
        return ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if isinstance(event, Incident.Opened):
            return _worked_out(_opened(event, seq), seq)
        if row is None:
            return None
        match event:
            case Incident.CallJoined(call_id=call_id):
                if id_text(call_id) not in row["call_ids"]:
                    row = changed(row, seq, call_ids=[*row["call_ids"], id_text(call_id)])
            case Incident.CallSeparated(call_id=call_id):
                left = [each for each in row["call_ids"] if each != id_text(call_id)]
                row = changed(row, seq, call_ids=left, caller_words=_without(row, id_text(call_id)))
            case Incident.Quoted():
                row = changed(row, seq, caller_words=_quoted(row, event))
            case Incident.PlaceSaid(certain=certain):
                row = changed(row, seq, place=_place(event), place_confirmed=certain)
            case Incident.PlaceConfirmed():
                row = changed(row, seq, place_confirmed=True)
            case Incident.Merged() | Incident.Unmerged() | Incident.Absorbed() | Incident.GaveBack():
                row = merge_after(row, event, seq)
            case Run.Moved():
                row = run_moved(key, row, event, seq)
            case Incident.Triaged() | Incident.SafetyCalled():
                row = incident_after(row, event, seq)
            case Incident.Combined(determinant=determinant, title=title, plan=plan, patients=patients):
                said = {"determinant": determinant, "determinant_title": plain(title), "plan": plan}
                row = changed(row, seq, **said, patients=patients)
            case Incident.Reprioritised(priority=priority, needs=needs):
                row = changed(row, seq, priority=plain(priority), needs=plain(needs))
            case Incident.Relocated(position=position, address=address):
                row = changed(row, seq, position=plain(position), address=address or row["address"])
            case Incident.Concluded(outcome=outcome):
                row = changed(row, seq, outcome=outcome)
            case Incident.AlarmLevelSet(level=level):
                row = changed(row, seq, alarm_level=level)
            case Incident.DangerTold(danger=danger):
                row = changed(row, seq, danger=danger)
            case _ if isinstance(event, AUTO_FACTS):
                row = changed(row, seq, auto_dispatch=auto_after(row.get("auto_dispatch"), event))
            case Incident.Closed(reason=reason):
                row = changed(row, seq, closed_at=moment(event.act.at), closed_reason=reason)
            case Run.Assigned() | Run.Progressed() | Run.Redirected() | Run.Corrected() | Run.Undone():
                row = changed(row, seq, runs=_runs_after(row["runs"], event))
        return _worked_out(row, seq)


def _opened(event: Incident.Opened, seq: int) -> Row:
    return {
        "id": id_text(event.originator_id),
        "number": event.number,
        "priority": plain(event.priority),
        **incident_begins(event.determinant),
        "position": plain(event.position),
        "address": event.address,
        "complaint": event.complaint,
        "patients": event.patients,
        "needs": plain(event.needs),
        "status": "waiting",
        "opened_at": moment(event.act.at),
        "waiting_since": None,
        "call_ids": [id_text(event.call_id)],
        "caller_words": [_said(event)],
        "place": None,
        "place_confirmed": True,
        **NOT_MERGED,
        "runs": [],
        "closed_at": None,
        "closed_reason": None,
        "alarm_level": 1,
        "danger": None,
        "auto_dispatch": None,
        "outcome": None,
        "seq": seq,
    }


def _said(event: Incident.Opened | Incident.Quoted) -> Row:
    return {"call_id": id_text(event.call_id), "address": event.address, "complaint": event.complaint}


def _quoted(row: Row, event: Incident.Quoted) -> list[Row]:
    """A caller's words stand where they stood; those of another come last."""
    said, new = row.get("caller_words", []), _said(event)
    if any(each["call_id"] == new["call_id"] for each in said):
        return [new if each["call_id"] == new["call_id"] else each for each in said]
    return [*said, new]


def _without(row: Row, call_id: str) -> list[Row]:
    return [said for said in row.get("caller_words", ()) if said["call_id"] != call_id]


def _place(event: Incident.PlaceSaid) -> Row:
    return {"source": event.source, "confidence": event.confidence, "ambiguous": event.ambiguous}


def _runs_after(
    runs: list[Row], event: Run.Assigned | Run.Progressed | Run.Redirected | Run.Corrected | Run.Undone
) -> list[Row]:
    """The incident's runs in the order they were assigned, those that ended included."""
    run_id = id_text(event.originator_id)
    if isinstance(event, Run.Assigned):
        return [*(run for run in runs if run["run_id"] != run_id), _run_entry(run_id, event)]
    return [_run_after(run, event) if run["run_id"] == run_id else run for run in runs]


def _run_entry(run_id: str, event: Run.Assigned) -> Row:
    assigned_at = event.act.at
    return {
        "run_id": run_id,
        "callsign": event.callsign,
        "status": str(Milestone.ASSIGNED),
        "hospital_id": event.hospital_id,
        "assigned_at": moment(assigned_at),
        "eta_at": None if event.eta_s is None else moment(assigned_at + timedelta(seconds=event.eta_s)),
        "ended_at": None,
    }


def _run_after(run: Row, event: Run.Progressed | Run.Redirected | Run.Corrected | Run.Undone) -> Row:
    match event:
        case Run.Undone(back_to=back_to) if back_to is not None:
            return {**run, "status": str(back_to), "hospital_id": event.hospital_id, "ended_at": None}
        case Run.Progressed(milestone=milestone, hospital_id=hospital_id):
            ended_at = moment(event.act.at) if milestone in ENDS else run["ended_at"]
            return {**run, "status": str(milestone), "hospital_id": hospital_id, "ended_at": ended_at}
        case Run.Redirected(hospital_id=hospital_id):
            return {**run, "hospital_id": hospital_id}
        case Run.Corrected(milestone=Milestone.ASSIGNED, happened_at=happened_at):
            return {**run, "assigned_at": moment(happened_at)}
        case Run.Corrected(milestone=milestone, happened_at=happened_at) if milestone in ENDS:
            return {**run, "ended_at": moment(happened_at)}
    return run


def _worked_out(row: Row, seq: int) -> Row:
    status = _status(row)
    ends = [run["ended_at"] for run in row["runs"]]
    waiting_since = latest(row["opened_at"], *ends) if status == "waiting" else None
    return changed(row, seq, status=status, waiting_since=waiting_since)


def _status(row: Row) -> str:
    if row.get("merged_into") is not None:
        return "merged"
    if row["closed_at"] is not None:
        return "closed"
    statuses = [run["status"] for run in row["runs"]]
    stages = [INCIDENT_STAGE[status] for status in statuses if status not in ENDS]
    if stages:
        return max(stages, key=INCIDENT_STAGES.index)
    return "done" if Milestone.CLEAR in statuses else "waiting"
