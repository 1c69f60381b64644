"""The spatial questions, asked of PostGIS. See `projections.spatial` for what they mean."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import shapely
from psycopg import Connection

from domain.areas import Polygon
from domain.values import Position
from projections.postgis.geometry import point, written
from projections.spatial import Kind, Near, area_of, in_time, nearest_first, road_of

TABLES = {
    "units": ("vigil.unit_positions", "callsign"),
    "incidents": ("vigil.incidents", "id"),
    "hospitals": ("vigil.hospitals", "id"),
}

WITHIN = "SELECT {id}::text FROM {table} WHERE ST_Intersects(position, %s::geometry)"

ALONG = """
SELECT id::text, ST_Distance(geography(position), road, false) AS far
FROM vigil.incidents, geography(%(road)s::geometry) AS road
WHERE ST_DWithin(geography(position), road, %(within_m)s, false)
  AND (%(opened_from)s::timestamptz IS NULL OR opened_at >= %(opened_from)s)
  AND (%(opened_before)s::timestamptz IS NULL OR opened_at < %(opened_before)s)
"""

NEAREST = """
WITH here AS (SELECT geography(%(place)s::geometry) AS place),
-- Any so many bound how far the nearest so many can be; the index is quick to name some that are near.
few AS (
    SELECT ST_Distance(geography(t.position), here.place, false) AS far
    FROM {table} AS t, here
    WHERE t.position IS NOT NULL
    ORDER BY geography(t.position) <-> here.place
    LIMIT %(most)s
)
SELECT t.{id}::text, ST_Distance(geography(t.position), here.place, false) AS far
FROM {table} AS t, here
WHERE ST_DWithin(geography(t.position), here.place, (SELECT max(few.far) + 0.001 FROM few), false)
ORDER BY far, t.{id}::text COLLATE "C"
LIMIT %(most)s
"""


class SpatialInPostgis:
    """On one connection in autocommit, used by one thread at a time."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def units_within(self, area: Sequence[Polygon]) -> list[str]:
        return self._within("units", area)

    def incidents_along(
        self,
        road: Sequence[tuple[float, float]],
        within_m: float,
        opened_from: datetime | None = None,
        opened_before: datetime | None = None,
    ) -> list[Near]:
        line = shapely.LineString([(lon, lat) for lat, lon in road_of(road, within_m)])
        question = {
            "road": written(line),
            "within_m": within_m,
            "opened_from": opened_from,
            "opened_before": opened_before,
        }
        return nearest_first(self._connection.execute(ALONG, question))

    def hospitals_in_reach(self, reach: Sequence[Polygon]) -> list[str]:
        return self._within("hospitals", reach)

    def hospitals_in_time(self, times_s: Mapping[str, float | None], limit_s: float) -> list[Near]:
        known = self._connection.execute(
            "SELECT id FROM vigil.hospitals WHERE id = ANY(%s) AND position IS NOT NULL", (list(times_s),)
        )
        return in_time({its_id: times_s[its_id] for (its_id,) in known}, limit_s)

    def nearest(self, kind: Kind, place: Position, most: int) -> list[Near]:
        table, its_id = TABLES[kind]
        here = point({"lat": place.lat, "lon": place.lon})
        question = {"place": here, "most": max(most, 0)}
        statement = NEAREST.format(table=table, id=its_id)
        return [Near(*found) for found in self._connection.execute(statement, question)]

    def _within(self, kind: Kind, area: Sequence[Polygon]) -> list[str]:
        table, its_id = TABLES[kind]
        statement = WITHIN.format(table=table, id=its_id)
        found = self._connection.execute(statement, (written(area_of(area)),))
        return sorted(name for (name,) in found)
