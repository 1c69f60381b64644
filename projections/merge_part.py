"""How a row of the incident list goes through a merge and back: what it has leaves with it, and returns.

The one that was merged keeps its calls and runs aside (`parked`), in their order, and shows none: whoever
counts or watches finds them with the other. A run tells of its move itself, with all its entry says.
"""

from datetime import timedelta

from domain.incident import Incident
from domain.run import Run
from projections.rows import Row, changed, id_text, moment

FACTS = (Incident.Merged, Incident.Unmerged, Incident.Absorbed, Incident.GaveBack)

NOT_MERGED: Row = {"merged_into": None, "merged": [], "parked": None}


def merge_after(row: Row, event: object, seq: int) -> Row:
    match event:
        case Incident.Merged(into_id=into_id, into_number=number):
            return changed(
                row,
                seq,
                merged_into={"id": id_text(into_id), "number": number},
                parked={"call_ids": row["call_ids"], "runs": row["runs"]},
                call_ids=[],
                runs=[],
                closed_at=moment(event.act.at),
            )
        case Incident.Unmerged(call_ids=call_ids):
            runs = (row.get("parked") or {"runs": row["runs"]})["runs"]
            back = {"call_ids": [id_text(each) for each in call_ids], "runs": runs, "closed_at": None}
            return changed(row, seq, **back, merged_into=None, parked=None)
        case Incident.Absorbed(incident_id=incident_id, number=number, call_ids=call_ids):
            merged = [*row.get("merged", ()), {"id": id_text(incident_id), "number": number}]
            came = [id_text(each) for each in call_ids]
            return changed(row, seq, merged=merged, call_ids=[*row["call_ids"], *came])
        case Incident.GaveBack(incident_id=incident_id, call_ids=call_ids):
            left, gone = id_text(incident_id), {id_text(each) for each in call_ids}
            return changed(
                row,
                seq,
                merged=[each for each in row.get("merged", ()) if each["id"] != left],
                call_ids=[each for each in row["call_ids"] if each not in gone],
                caller_words=[each for each in row.get("caller_words", ()) if each["call_id"] not in gone],
            )
    return row


def run_moved(key: str, row: Row, event: Run.Moved, seq: int) -> Row:
    """The two incidents of a move hear of it, and of the merge itself, in either order."""
    run_id, here = id_text(event.originator_id), key == id_text(event.incident_id)
    if here and event.back:
        parked = row.get("parked")
        if parked is not None:
            return changed(row, seq, parked={**parked, "runs": _renewed(parked["runs"], event)})
        return changed(row, seq, runs=_renewed(row["runs"], event))
    others = [run for run in row["runs"] if run["run_id"] != run_id]
    if here:
        own = [run for run in others if "brought" not in run]
        brought = [run for run in others if "brought" in run]
        came = {"run_id": run_id, "callsign": event.callsign, **_stands(event), "brought": True}
        return changed(row, seq, runs=[*own, *sorted([*brought, came], key=_when)])
    return changed(row, seq, runs=others) if event.back else row


def _renewed(runs: list[Row], event: Run.Moved) -> list[Row]:
    run_id = id_text(event.originator_id)
    return [{**run, **_stands(event)} if run["run_id"] == run_id else run for run in runs]


def _stands(event: Run.Moved) -> Row:
    expected = None if event.eta_s is None else event.assigned_at + timedelta(seconds=event.eta_s)
    return {
        "status": str(event.milestone),
        "hospital_id": event.hospital_id,
        "assigned_at": moment(event.assigned_at),
        "eta_at": None if expected is None else moment(expected),
        "ended_at": None if event.ended_at is None else moment(event.ended_at),
    }


def _when(run: Row) -> tuple[str, str]:
    return run["assigned_at"], run["run_id"]
