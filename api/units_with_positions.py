"""Unit rows as people see them: the folded facts, and the newest position with its age."""

from datetime import datetime
from typing import Any

from api.centre import Centre
from projections.positions import marker


def unit_rows(centre: Centre, moment: datetime) -> list[dict[str, Any]]:
    limit = centre.city.targets.unit_position
    rows = []
    for row in centre.views.rows("units"):
        ping = centre.telemetry.positions.latest(row["callsign"])
        place = marker(ping, moment, limit.amber_s, limit.red_s) if ping else None
        rows.append({**row, "position": place})
    return rows
