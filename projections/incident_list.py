"""The queue and everything being served: one row an incident, its status worked out from its runs."""

from datetime import timedelta

from domain.base import Fact
from domain.incident import Incident
from domain.run import Run
from domain.run_course import ENDS
from domain.values import Milestone
from projections.rows import Row, changed, id_text, latest, moment, plain
from projections.stages import INCIDENT_STAGE, INCIDENT_STAGES

INCIDENT_FACTS = (
    Incident.Opened,
    Incident.CallJoined,
    Incident.Reprioritised,
    Incident.Relocated,
    Incident.Closed,
)
"""`RunOpened` and `RunEnded` are left out: the runs tell the same, and more of it."""

RUN_FACTS = (Run.Assigned, Run.Progressed, Run.Redirected, Run.Corrected)


class IncidentList:
    """`waiting_since`: since when nobody has been on the way; null while somebody is, or nobody need be."""

    name = "incidents"
    facts = (*INCIDENT_FACTS, *RUN_FACTS)

    def keys(self, event: Fact) -> tuple[str, ...]:
        if isinstance(event, INCIDENT_FACTS):
            return (id_text(event.originator_id),)
        if isinstance(event, RUN_FACTS):
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
            case Incident.Reprioritised(priority=priority, needs=needs):
                row = changed(row, seq, priority=plain(priority), needs=plain(needs))
            case Incident.Relocated(position=position, address=address):
                row = changed(row, seq, position=plain(position), address=address or row["address"])
            case Incident.Closed(reason=reason):
                row = changed(row, seq, closed_at=moment(event.act.at), closed_reason=reason)
            case Run.Assigned() | Run.Progressed() | Run.Redirected() | Run.Corrected():
                row = changed(row, seq, runs=_runs_after(row["runs"], event))
        return _worked_out(row, seq)


def _opened(event: Incident.Opened, seq: int) -> Row:
    return {
        "id": id_text(event.originator_id),
        "number": event.number,
        "priority": plain(event.priority),
        "determinant": event.determinant,
        "position": plain(event.position),
        "address": event.address,
        "complaint": event.complaint,
        "patients": event.patients,
        "needs": plain(event.needs),
        "status": "waiting",
        "opened_at": moment(event.act.at),
        "waiting_since": None,
        "call_ids": [id_text(event.call_id)],
        "runs": [],
        "closed_at": None,
        "closed_reason": None,
        "seq": seq,
    }


def _runs_after(
    runs: list[Row], event: Run.Assigned | Run.Progressed | Run.Redirected | Run.Corrected
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


def _run_after(run: Row, event: Run.Progressed | Run.Redirected | Run.Corrected) -> Row:
    match event:
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
    if row["closed_at"] is not None:
        return "closed"
    statuses = [run["status"] for run in row["runs"]]
    stages = [INCIDENT_STAGE[status] for status in statuses if status not in ENDS]
    if stages:
        return max(stages, key=INCIDENT_STAGES.index)
    return "done" if Milestone.CLEAR in statuses else "waiting"
