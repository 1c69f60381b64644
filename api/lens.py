"""Who may see what. Every row that leaves the house passes through here."""

from collections.abc import Iterable
from typing import Any

from api.accounts.roles import DESK, Account, Role

Row = dict[str, Any]


def sees_all(account: Account) -> bool:
    return account.role in DESK


def through(account: Account, view: str, rows: Iterable[Row]) -> list[Row]:
    """The rows of a view as this account may see them: some are left out, some lose what is private."""
    if sees_all(account):
        return list(rows)
    match account.role:
        case Role.HOSPITAL:
            return [row for row in rows if _of_hospital(account.hospital_id, view, row)]
        case Role.CREW:
            return [
                _public_hospital(row) if view == "hospitals" else row
                for row in rows
                if _of_crew(account.callsign, view, row)
            ]
        case _:
            return [_for_planning(view, row) for row in rows if view not in ("calls", "timeline")]


def _of_hospital(hospital_id: str | None, view: str, row: Row) -> bool:
    match view:
        case "hospitals":
            return bool(row["id"] == hospital_id)
        case "runs":
            return bool(row["hospital_id"] == hospital_id)
    return False


def _of_crew(callsign: str | None, view: str, row: Row) -> bool:
    match view:
        case "hospitals" | "traffic":
            return True
        case "units" | "runs":
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
            return {**row, "address": None, "complaint": "", "position": coarse, "closed_reason": None}
        case "runs":
            return {**row, "reason": None, "override_reason": None, "corrections": []}
        case "hospitals":
            return _public_hospital(row)
    return row
