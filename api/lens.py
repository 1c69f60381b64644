"""Who may see what. Every row that leaves the house passes through here."""

from collections.abc import Iterable
from typing import Any

from api.accounts.roles import SEES_ALL, Account, Role

Row = dict[str, Any]


NOT_FOR_HOSPITALS: Row = {
    "caller_words": None,
    "override_reason": None,
    "reason": None,
    "corrections": [],
    "undone": [],
}
"""Of a run: free words, which may name another patient, and the reasons given with them."""
UNSEEN = ("calls", "timeline", "callbacks", "crew_alarms", "desk_alarms", "messages")
"""Views that planners never see."""


def sees_all(account: Account) -> bool:
    return account.role in SEES_ALL


def through(account: Account, view: str, rows: Iterable[Row]) -> list[Row]:
    """The rows of a view as this account may see them: some are left out, some lose what is private."""
    if sees_all(account):
        return list(rows)
    match account.role:
        case Role.HOSPITAL:
            return [_for_hospital(view, row) for row in rows if _of_hospital(account.hospital_id, view, row)]
        case Role.CREW:
            return [
                _public_hospital(row) if view == "hospitals" else row
                for row in rows
                if _of_crew(account.callsign, view, row)
            ]
        case _:
            return [_for_planning(view, row) for row in rows if view not in UNSEEN]


def _of_hospital(hospital_id: str | None, view: str, row: Row) -> bool:
    match view:
        case "hospitals":
            return bool(row["id"] == hospital_id)
        case "runs":
            offer = row.get("offer") or {}
            return bool(hospital_id in (row["hospital_id"], offer.get("hospital_id")))
        case "patients" | "referrals":
            return bool(row["hospital_id"] == hospital_id)
        case "transfers":
            return hospital_id in (row["from_hospital_id"], row["to_hospital_id"])
    return False


def _for_hospital(view: str, row: Row) -> Row:
    """Nothing of callers, nothing that desk and crews said among themselves or other hospitals said."""
    match view:
        case "runs":
            return {**row, **NOT_FOR_HOSPITALS}
        case "referrals":
            return {**row, "declined": []}
    return row


def _of_crew(callsign: str | None, view: str, row: Row) -> bool:
    match view:
        case "hospitals" | "traffic":
            return True
        case "units" | "runs" | "crew_alarms" | "messages" | "move_ups" | "patients" | "referrals":
            return bool(row["callsign"] == callsign)
        case "incidents":
            return any(run["callsign"] == callsign for run in row["runs"])
    return False


def _public_hospital(row: Row) -> Row:
    """Beds and diversion, without who is on the way there."""
    beds = {
        kind: {name: said for name, said in count.items() if name != "holds"}
        for kind, count in row["beds"].items()
    }
    return {**row, "inbound": [], "handovers": [], "beds": beds}


def _for_planning(view: str, row: Row) -> Row:
    """No names, no words of callers, places to about 100 m (Law 91/2025 counts them as personal data)."""
    match view:
        case "incidents":
            place = row["position"]
            coarse = {"lat": round(place["lat"], 3), "lon": round(place["lon"], 3)}
            unsaid = {"address": None, "complaint": "", "closed_reason": None, "danger": None}
            unsaid["safety_call"] = None
            return {**row, **unsaid, "position": coarse, "auto_dispatch": None, "caller_words": []}
        case "runs":
            unsaid = {"reason": None, "override_reason": None, "prompt": None, "caller_words": None}
            return {**row, **unsaid, "prompts": [], "corrections": [], "undone": []}
        case "move_ups":
            return {**row, "reason": None}
        case "patients":
            return {**row, "triage": None}
        case "referrals":
            return {**row, "pre_alert": None, "reason": None, "declined": []}
        case "transfers":
            return {**row, "phone": "", "packet": {}, "reason": None}
        case "hospitals":
            return _public_hospital(row)
    return row
