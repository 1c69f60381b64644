"""Unit rows as people see them: the folded facts, the newest position with its age and its street, and where
the unit is thought to be by now."""

from datetime import datetime
from typing import Any

from api.centre import Centre
from projections.positions import Ping, marker


def unit_rows(centre: Centre, moment: datetime) -> list[dict[str, Any]]:
    limit = centre.city.targets.unit_position
    rows = []
    for row in centre.views.rows("units"):
        ping = centre.telemetry.positions.latest(row["callsign"])
        place = None
        if ping is not None:
            place = marker(ping, moment, limit.amber_s, limit.red_s)
            place |= {
                "street": centre.streets.street(ping),
                "by_now": None if place["stale"] else _by_now(centre, ping, moment),
            }
        rows.append({**row, "position": place})
    return rows


def _by_now(centre: Centre, ping: Ping, moment: datetime) -> dict[str, float] | None:
    found = centre.streets.by_now(ping, moment)
    if found is None:
        return None
    return {"lat": round(found.lat, 6), "lon": round(found.lon, 6), "ahead_m": round(found.ahead_m, 1)}
