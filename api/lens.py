"""Who may see what. Every row that leaves the house passes through here."""

from collections.abc import Iterable
from typing import Any

from api.accounts.roles import SEES_ALL, Account, Role
from domain.values import Position

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


AT_SCENE = "SC"
"""The status in which where a unit stands is where somebody needed help."""
COARSE = 3
"""Decimals of a degree: about 100 m."""


def coarse(place: Position) -> Position:
    """As planners are told where something is."""
    return Position(round(place.lat, COARSE), round(place.lon, COARSE))


def at_scene(rows: Iterable[Row]) -> set[str]:
    """The callsigns of the units that stand at a scene."""
    return {row["callsign"] for row in rows if row["status"] == AT_SCENE}


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
        case "units":
            return _unit_for_planning(row)
        case "incidents":
            unsaid = {"address": None, "complaint": "", "closed_reason": None, "danger": None}
            unsaid |= {"safety_call": None, "auto_dispatch": None}
            return {**row, **unsaid, "position": _coarse(row["position"]), "caller_words": []}
        case "runs":
            unsaid = {"reason": None, "override_reason": None, "prompt": None, "caller_words": None}
            unsaid |= {"assigned_by": ""}
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


def _unit_for_planning(row: Row) -> Row:
    """No scene through the unit that stands there, and no street that would name it."""
    place = row.get("position")
    withdrawn = row.get("withdrawn") and {**row["withdrawn"], "reason": "", "by": ""}
    refused = row.get("post_refused") and {**row["post_refused"], "reason": None}
    row = {**row, "reason": None, "withdrawn": withdrawn, "post_refused": refused}
    if place is None:
        return row
    return {**row, "position": None if row["status"] == AT_SCENE else _coarse(place)}


def _coarse(place: Row) -> Row:
    """A place to about 100 m; what would tell it closer is left out."""
    finer: Row = {name: None for name in ("street", "by_now") if name in place}
    found = coarse(Position(place["lat"], place["lon"]))
    return {**place, **finer, "lat": found.lat, "lon": found.lon}
