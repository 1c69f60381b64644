"""Who waits for a clinician now, worked out from the rows as they stand; and the line that rings."""

from datetime import datetime

from api.alarms import Alarm
from api.centre import Centre
from api.hand import now
from dispatch.policies.clinician import Patient, Place, clinician_queue
from projections.rows import Row

LINE = "clinician_queue"


def queue(centre: Centre, at: datetime) -> list[tuple[Place, Row, list[Row]]]:
    """Each place with its row, of an incident or of a call without one, and the rows of its calls."""
    incidents = {row["id"]: row for row in centre.views.rows("incidents") if row["closed_at"] is None}
    calls: dict[str, list[Row]] = {}
    alone: dict[str, Row] = {}
    for row in centre.views.rows("calls"):
        if row["status"] in ("open", "triaged"):
            alone[row["id"]] = row
        elif row["incident_id"] in incidents:
            calls.setdefault(row["incident_id"], []).append(row)
    patients = [_incident(row, calls.get(row["id"], [])) for row in incidents.values()]
    patients += [_call(row) for row in alone.values()]
    rules = centre.desk.rules.clinician
    return [
        (place, incidents.get(place.id) or alone[place.id], calls.get(place.id) or [alone[place.id]])
        for place in clinician_queue(patients, rules, at)
    ]


def ring(centre: Centre) -> None:
    """One line before the desks while anybody is due: how many, since the first of them."""
    due = [place for place, _, _ in queue(centre, now())]
    if not due:
        centre.alarms.show_desks(LINE, None)
        return
    text = {
        "vi": f"Chờ bác sĩ gọi lại: {len(due)} người bệnh.",
        "en": f"Waiting for a clinician to ring back: {len(due)}.",
    }
    centre.alarms.show_desks(LINE, Alarm(LINE, text, min(place.due_at for place in due)))


def _incident(row: Row, calls: list[Row]) -> Patient:
    rung = row.get("safety_call") or {}
    referred = [call["referral"]["at"] for call in calls if call.get("referral")]
    return Patient(
        id=row["id"],
        priority=row["priority"],
        triaged=row["determinant"] is not None,
        waiting_since=_moment(row["waiting_since"]),
        referred_at=_moment(max(referred, default=None)),
        rung_at=_moment(rung.get("at")),
        found=rung.get("finding"),
    )


def _call(row: Row) -> Patient:
    referral = row.get("referral")
    return Patient(
        id=row["id"],
        priority=row["priority"],
        triaged=row["determinant"] is not None,
        waiting_since=_moment(row["received_at"]),
        referred_at=_moment(referral["at"]) if referral else None,
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
