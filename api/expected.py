"""The board of who is on the way to a hospital, joined from the live rows: who, with what, and when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.centre import Centre
from api.hand import now
from api.inbound import AT_SCENE, Coming, Expected
from domain.errors import UnknownHospital
from domain.values import Milestone, Position
from projections.rows import Row, moment


def inbound_board(centre: Centre, hospital_id: str) -> dict[str, Any]:
    """Those at the door first, then by arrival. Raises UnknownHospital."""
    hospital = centre.row("hospitals", hospital_id)
    if hospital is None:
        raise UnknownHospital(hospital_id=hospital_id)
    present = now()
    joined = [
        (entry, run, incident)
        for entry in hospital["inbound"]
        if (run := centre.views.row("runs", entry["run_id"])) is not None
        and (incident := centre.views.row("incidents", run["incident_id"])) is not None
    ]
    place = Position(hospital["position"]["lat"], hospital["position"]["lon"])
    coming = [_coming(run, incident) for entry, run, incident in joined if not entry["arrived"]]
    roads = centre.desk.roads.still()
    times = centre.inbound.of(hospital_id, place, coming, roads, present)
    tagged = _tagged(centre, hospital)
    expected = [
        _expected(centre, entry, run, incident, tagged, times, present) for entry, run, incident in joined
    ]
    expected.sort(key=lambda row: (not row["arrived"], row["eta_at"] is None, row["eta_at"], row["callsign"]))
    return {
        "hospital_id": hospital_id,
        "now": moment(present),
        "traffic_version": roads.traffic_version,
        "expected": expected,
    }


def _coming(run: Row, incident: Row) -> Coming:
    times = run["milestones"]
    on_scene_at = times.get(Milestone.ON_SCENE) if run["status"] in AT_SCENE else None
    return Coming(
        run_id=run["id"],
        callsign=run["callsign"],
        status=run["status"],
        scene=Position(incident["position"]["lat"], incident["position"]["lon"]),
        on_scene_at=datetime.fromisoformat(on_scene_at) if on_scene_at else None,
    )


def _tagged(centre: Centre, hospital: Row) -> dict[str, list[Row]]:
    """Patients bound there who are aboard a run, by run, with their beds."""
    found: dict[str, list[Row]] = {}
    for row in centre.views.rows("patients"):
        if row["hospital_id"] == hospital["id"] and row["run_id"] is not None and row["ended_at"] is None:
            holds = hospital["beds"].get(row["bed_kind"], {}).get("holds", {})
            found.setdefault(row["run_id"], []).append({**row, "hold_until": holds.get(row["id"])})
    return found


def _expected(
    centre: Centre,
    entry: Row,
    run: Row,
    incident: Row,
    tagged: Mapping[str, list[Row]],
    times: Mapping[str, Expected],
    present: datetime,
) -> Row:
    referral = centre.views.row("referrals", run["id"]) or {}
    arrival = times.get(run["id"])
    aboard = tagged.get(run["id"], [])
    return {
        "run_id": run["id"],
        "callsign": run["callsign"],
        "incident_number": run["incident_number"],
        "priority": incident["priority"],
        "determinant": incident["determinant"],
        "title": _title(centre, incident["determinant"]),
        "status": run["status"],
        "bed_kind": entry["bed_kind"],
        "hold_until": entry["hold_until"],
        "arrived": entry["arrived"],
        "arrived_at": entry["arrived_at"],
        "eta_at": moment(arrival.at) if arrival else None,
        "eta_s": max(0.0, round((arrival.at - present).total_seconds(), 1)) if arrival else None,
        "by": arrival.by if arrival else None,
        "position_at": moment(arrival.position_at) if arrival and arrival.position_at else None,
        "patients": len(aboard) or 1,
        "tagged": aboard,
        "acceptance": referral.get("state", "none"),
        "answer_by": referral.get("answer_by"),
        "pre_alert": referral.get("pre_alert"),
    }


def _title(centre: Centre, code: str | None) -> Mapping[str, str] | None:
    for protocol in centre.desk.protocols.values():
        if code in protocol.determinants:
            return protocol.determinants[str(code)].title
    return None
