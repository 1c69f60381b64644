"""What a desk still wants to see: all that is open, and what ended within half a shift."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

KEPT = timedelta(hours=12)


def still_wanted(view: str, row: Mapping[str, Any], now: datetime) -> bool:
    """Open things always; ended ones for twelve hours, only a closed street that is open again not at all.

    Units and hospitals never end.
    """
    match view:
        case "calls":
            if row["status"] in ("open", "triaged"):
                return True
            return _young(row["received_at"], now)
        case "incidents":
            return row["closed_at"] is None or _young(row["closed_at"], now)
        case "runs":
            if row["status"] not in ("declined", "stood_down", "clear"):
                return True
            return _young(max(row["milestones"].values()), now)
        case "callbacks":
            return row["status"] == "open" or _young(row["settled_at"], now)
        case "desk_alarms":
            return row["ended_at"] is None or _young(row["ended_at"], now)
        case "messages":
            return _young(row["sent_at"], now)
        case "traffic":
            return bool(row["status"] == "open")
    return True


def _young(moment: str, now: datetime) -> bool:
    return now - datetime.fromisoformat(moment) < KEPT
