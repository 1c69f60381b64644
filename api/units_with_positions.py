"""Unit rows as people see them: the folded facts, the newest position with its age and its street, and where
the unit is thought to be by now."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from api.centre import Centre
from domain.city import Limit
from projections.positions import Ping, marker

A_MOMENT_S = 10


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


def rows_of_then(centre: Centre, rows: Iterable[dict[str, Any]], moment: datetime) -> list[dict[str, Any]]:
    """The units of a past moment, each where its own positions of the time before say; none where those
    were stale already. A position that came in late stands where the unit was, though nobody knew it then."""
    limit = centre.city.targets.unit_position
    return [{**row, "position": _where_then(centre, row["callsign"], moment, limit)} for row in rows]


def _where_then(centre: Centre, callsign: str, moment: datetime, limit: Limit) -> dict[str, Any] | None:
    """Most crews told where they are a moment ago: only of the others more is read."""
    for seconds in (A_MOMENT_S, limit.red_s):
        pings = centre.telemetry.heard_of(callsign, moment - timedelta(seconds=seconds), moment)
        if pings:
            place = marker(max(pings, key=lambda ping: ping.at), moment, limit.amber_s, limit.red_s)
            return place | {"street": None, "by_now": None}
    return None


def _by_now(centre: Centre, ping: Ping, moment: datetime) -> dict[str, float] | None:
    found = centre.streets.by_now(ping, moment)
    if found is None:
        return None
    return {"lat": round(found.lat, 6), "lon": round(found.lon, 6), "ahead_m": round(found.ahead_m, 1)}
