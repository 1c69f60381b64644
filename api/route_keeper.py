"""Asks the roads for the way of each new run, and keeps it beside the run, so that maps can show it.

The log does not hold ways, so a table made again asks again: on the roads of then, and labelled so.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from psycopg import Connection

from api.hand import now
from api.keeper import Keeper
from api.postgres.address import Address
from domain.ports import Roads
from domain.values import Position, Route
from projections.postgis.geometry import line
from projections.postgis.writing import write_rows
from projections.rows import Row, moment

TURN_S = 1.0
AT_ONCE = 50
HEARD_WITHIN = timedelta(seconds=10)
"""So long a run waits for word of where its unit was."""

# The newest first: what happened long ago can wait. Where no decision saw the unit, it starts from where it
# was heard of at about the time.
MISSING = """
SELECT r.id::text, ST_Y(start.place), ST_X(start.place), ST_Y(i.position), ST_X(i.position), u.kind
FROM vigil.runs AS r
JOIN vigil.incidents AS i ON i.id = r.incident_id
LEFT JOIN vigil.units AS u USING (callsign)
LEFT JOIN vigil.run_places AS p ON p.run_id = r.id
LEFT JOIN vigil.unit_positions AS last ON last.callsign = r.callsign
    AND last.at BETWEEN r.assigned_at - interval '2 minutes' AND r.assigned_at + interval '30 seconds'
CROSS JOIN LATERAL (SELECT coalesce(p.start_position, last.position) AS place) AS start
WHERE NOT EXISTS (SELECT FROM vigil.run_routes AS w WHERE w.run_id = r.id)
AND (start.place IS NOT NULL OR r.assigned_at <= %(long_ago)s)
ORDER BY r.assigned_at DESC, r.id
LIMIT %(most)s
"""


class Wanted(NamedTuple):
    """A run whose way is not known: from where, if that is known, to where, and what drives."""

    run_id: str
    start: Position | None
    scene: Position
    profile: str


def route_keeper(address: Address, roads: Roads) -> Keeper:
    return Keeper(
        "route keeper", address, TURN_S, lambda connection: keep_routes(connection, roads, now()) > 0
    )


def keep_routes(connection: Connection[Any], roads: Roads, asked_at: datetime, most: int = AT_ONCE) -> int:
    """Ask for the ways that are missing, the newest runs first; how many runs were dealt with."""
    wanted = [
        _wanted(*found)
        for found in connection.execute(MISSING, {"long_ago": asked_at - HEARD_WITHIN, "most": most})
    ]
    still = roads.still()
    rows = [_row(run, _way(run, still), still, asked_at) for run in wanted]
    write_rows(connection, "run_routes", rows)
    return len(rows)


def _wanted(
    run_id: str, lat: float | None, lon: float | None, scene_lat: float, scene_lon: float, kind: str | None
) -> Wanted:
    start = None if lat is None or lon is None else Position(lat, lon)
    return Wanted(run_id, start, Position(scene_lat, scene_lon), kind or "van")


def _way(run: Wanted, roads: Roads) -> Route | None:
    return None if run.start is None else roads.route(run.start, run.scene, run.profile)


def _row(run: Wanted, way: Route | None, roads: Roads, asked_at: datetime) -> Row:
    """A run without a way has a row too: it is not asked for again and again."""
    return {
        "run_id": run.run_id,
        "route": None if way is None else line(way.geometry),
        "duration_s": None if way is None else way.duration_s,
        "distance_m": None if way is None else way.distance_m,
        "method": "none" if way is None else way.method,
        "map_version": roads.map_version,
        "traffic_version": roads.traffic_version,
        "asked_at": moment(asked_at),
    }
