"""Patients who have a tag: one row each, with a clock of their own."""

from domain.base import Fact
from domain.patient import Patient, Stage
from projections.rows import Row, changed, id_text, moment

FACTS = (
    Patient.Entered,
    Patient.Triaged,
    Patient.Destined,
    Patient.Boarded,
    Patient.Alighted,
    Patient.Reboarded,
    Patient.Moved,
    Patient.TurnedBack,
    Patient.Ended,
)


class PatientList:
    """`times` holds when each stage was reached; `ended_at` is the end of the way, wherever that is."""

    name = "patients"
    facts = FACTS

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (id_text(event.originator_id),) if isinstance(event, FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if isinstance(event, Patient.Entered):
            return _entered(event, seq)
        if row is None:
            return None
        at = moment(event.act.at)
        match event:
            case Patient.Triaged(category=category, method=method, findings=findings):
                triage = {"method": method, "findings": dict(findings), "at": at, "by": event.act.actor}
                return changed(row, seq, category=category, triage=triage)
            case Patient.Destined(hospital_id=hospital_id, bed_kind=bed_kind):
                return changed(row, seq, hospital_id=hospital_id, bed_kind=bed_kind)
            case Patient.Boarded(run_id=run_id, callsign=callsign):
                row = changed(row, seq, run_id=id_text(run_id), callsign=callsign)
                return _reached(row, seq, Stage.ABOARD, at)
            case Patient.Reboarded(run_id=run_id, callsign=callsign, since=since):
                row = changed(row, seq, run_id=id_text(run_id), callsign=callsign)
                return _reached(row, seq, Stage.ABOARD, moment(since))
            case Patient.Alighted():
                times = {stage: then for stage, then in row["times"].items() if stage != Stage.ABOARD}
                left = {"run_id": None, "callsign": None, "state": str(Stage.AT_SCENE), "times": times}
                return changed(row, seq, **left)
            case Patient.Moved(stage=stage, hospital_id=hospital_id):
                row = changed(row, seq, hospital_id=hospital_id)
                return _reached(row, seq, Stage(stage), at)
            case Patient.TurnedBack(stage=stage, back_to=back_to, hospital_id=hospital_id):
                times = {each: then for each, then in row["times"].items() if each != stage}
                before = {"state": back_to, "times": times, "hospital_id": hospital_id, "ended_at": None}
                return changed(row, seq, **before)
            case Patient.Ended(outcome=outcome):
                row = changed(row, seq, outcome=outcome, run_id=None, callsign=None)
                return _reached(row, seq, Stage.ENDED, at)
        return row


def _entered(event: Patient.Entered, seq: int) -> Row:
    at = moment(event.act.at)
    return {
        "id": id_text(event.originator_id),
        "incident_id": id_text(event.incident_id),
        "incident_number": event.incident_number,
        "tag": event.tag,
        "category": event.category,
        "age_band": event.age_band,
        "sex": event.sex,
        "triage": None,
        "hospital_id": None,
        "bed_kind": None,
        "run_id": None,
        "callsign": None,
        "state": str(Stage.AT_SCENE),
        "times": {str(Stage.AT_SCENE): at},
        "entered_by": event.act.actor,
        "outcome": None,
        "ended_at": None,
        "seq": seq,
    }


def _reached(row: Row, seq: int, stage: Stage, at: str) -> Row:
    over = {"ended_at": at} if stage in (Stage.HANDED_OVER, Stage.ENDED) else {}
    return changed(row, seq, state=str(stage), times={**row["times"], str(stage): at}, **over)
