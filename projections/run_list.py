"""Every answer to an incident, told in milestones: one row a run."""

from domain.base import Fact
from domain.run import Run
from domain.values import Milestone
from projections.rows import Row, changed, id_text, moment, plain

FACTS = (Run.Assigned, Run.Progressed, Run.Redirected, Run.Corrected)


class RunList:
    """`milestones` holds the times as corrected; `corrections` keeps what each one replaced."""

    name = "runs"
    facts = FACTS

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (id_text(event.originator_id),) if isinstance(event, FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if isinstance(event, Run.Assigned):
            return _assigned(event, seq)
        if row is None:
            return None
        match event:
            case Run.Progressed(milestone=milestone, hospital_id=hospital_id):
                return changed(
                    row,
                    seq,
                    status=str(milestone),
                    hospital_id=hospital_id,
                    milestones={**row["milestones"], str(milestone): moment(event.act.at)},
                    reason=event.reason or row["reason"],
                )
            case Run.Redirected(hospital_id=hospital_id, bed_kind=bed_kind):
                return changed(row, seq, hospital_id=hospital_id, bed_kind=plain(bed_kind))
            case Run.Corrected(milestone=milestone, happened_at=happened_at):
                return changed(
                    row,
                    seq,
                    milestones={**row["milestones"], str(milestone): moment(happened_at)},
                    corrections=[*row["corrections"], _correction(event)],
                )
        return row


def _assigned(event: Run.Assigned, seq: int) -> Row:
    return {
        "id": id_text(event.originator_id),
        "incident_id": id_text(event.incident_id),
        "incident_number": event.incident_number,
        "callsign": event.callsign,
        "unit_id": id_text(event.unit_id),
        "hospital_id": event.hospital_id,
        "bed_kind": plain(event.bed_kind),
        "decision_id": plain(event.decision_id),
        "override_reason": event.override_reason,
        "eta_s": event.eta_s,
        "milestones": {str(Milestone.ASSIGNED): moment(event.act.at)},
        "assigned_by": event.act.actor,
        "status": str(Milestone.ASSIGNED),
        "reason": None,
        "corrections": [],
        "seq": seq,
    }


def _correction(event: Run.Corrected) -> Row:
    return {
        "milestone": str(event.milestone),
        "was": moment(event.was),
        "at": moment(event.happened_at),
        "reason": event.reason,
        "actor": event.act.actor,
        "recorded_at": moment(event.act.heard_at),
    }
