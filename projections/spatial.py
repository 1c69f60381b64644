"""Where things are: questions about places, answered in memory here and by PostGIS in `postgis/spatial.py`.

Both go by the same earth: metres are those along the great circles of a sphere, areas have straight edges on
the map of longitude and latitude, and what lies on an edge is within. No question crosses the 180th degree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Any, Literal, Protocol

import numpy as np
import shapely

from domain.areas import Polygon
from domain.values import Position
from projections import sphere
from projections.rows import Row, moment

Kind = Literal["units", "incidents", "hospitals"]
KINDS: tuple[Kind, ...] = ("units", "incidents", "hospitals")


@dataclass(frozen=True, slots=True)
class Near:
    """A thing, by its id, and how far it is: metres, or seconds where the question was one of time."""

    id: str
    far: float


class BadQuestion(ValueError):
    """The question has no answer; the sentence says why, in English and in Vietnamese."""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en)
        self.en, self.vi = en, vi


class SpatialQuestions(Protocol):
    """Places are where units were last, where incidents are, where hospitals stand. Whoever has no place is
    in no answer."""

    def units_within(self, area: Sequence[Polygon]) -> list[str]:
        """The callsigns of the units within the polygons, in their order. Raises BadQuestion."""
        ...

    def incidents_along(
        self,
        road: Sequence[tuple[float, float]],
        within_m: float,
        opened_from: datetime | None = None,
        opened_before: datetime | None = None,
    ) -> list[Near]:
        """The incidents within so many metres of a line of (lat, lon) points, nearest first.

        opened_from <= opened_at < opened_before. Raises BadQuestion.
        """
        ...

    def hospitals_in_reach(self, reach: Sequence[Polygon]) -> list[str]:
        """The ids of the hospitals within an area that is reached in time, ordered. Raises BadQuestion."""
        ...

    def hospitals_in_time(self, times_s: Mapping[str, float | None], limit_s: float) -> list[Near]:
        """The hospitals that these times from the roads put within the limit, soonest first.

        times_s : {hospital id: seconds, None where there is no way}; one that is no hospital is passed over
        """
        ...

    def nearest(self, kind: Kind, place: Position, most: int) -> list[Near]:
        """The `most` nearest units, incidents or hospitals as the crow flies, nearest first."""
        ...


class SpatialInMemory:
    """The places of one moment. Made in milliseconds, then any number may ask."""

    def __init__(
        self,
        units: Mapping[str, Position],
        incidents: Iterable[Row],
        hospitals: Iterable[Row],
    ) -> None:
        """incidents, hospitals : rows of these views"""
        told = list(incidents)
        self._opened = {row["id"]: row["opened_at"] for row in told}
        self._places = {
            "units": _Places({callsign: (at.lat, at.lon) for callsign, at in units.items()}),
            "incidents": _Places({row["id"]: _lat_lon(row) for row in told}),
            "hospitals": _Places({row["id"]: _lat_lon(row) for row in hospitals if row["position"]}),
        }

    def units_within(self, area: Sequence[Polygon]) -> list[str]:
        return self._places["units"].within(area_of(area))

    def incidents_along(
        self,
        road: Sequence[tuple[float, float]],
        within_m: float,
        opened_from: datetime | None = None,
        opened_before: datetime | None = None,
    ) -> list[Near]:
        after = "" if opened_from is None else moment(opened_from)
        before = None if opened_before is None else moment(opened_before)
        found = self._places["incidents"].along(road_of(road, within_m), within_m)
        return [
            near
            for near in found
            if self._opened[near.id] >= after and (before is None or self._opened[near.id] < before)
        ]

    def hospitals_in_reach(self, reach: Sequence[Polygon]) -> list[str]:
        return self._places["hospitals"].within(area_of(reach))

    def hospitals_in_time(self, times_s: Mapping[str, float | None], limit_s: float) -> list[Near]:
        known = self._places["hospitals"].ids
        return in_time({its_id: time for its_id, time in times_s.items() if its_id in known}, limit_s)

    def nearest(self, kind: Kind, place: Position, most: int) -> list[Near]:
        return self._places[kind].nearest(place, most)


class _Places:
    """Points in order of their ids, in a tree and as arrays."""

    def __init__(self, places: Mapping[str, tuple[float, float]]) -> None:
        self._ids = sorted(places)
        self.ids = frozenset(places)
        self._at = np.array([places[its_id] for its_id in self._ids], np.float64).reshape(-1, 2)
        self._tree = shapely.STRtree(shapely.points(self._at[:, ::-1]))

    def within(self, area: Any) -> list[str]:
        return sorted(self._ids[i] for i in self._tree.query(area, predicate="intersects"))

    def along(self, road: Sequence[tuple[float, float]], within_m: float) -> list[Near]:
        """The tree finds those who can be near enough; the sphere says how near they are."""
        boxes = [shapely.box(*box) for box in sphere.boxes(road, within_m)]
        maybe = np.unique(self._tree.query(boxes)[1])
        far = sphere.to_line_m(self._at[maybe], np.array(road, np.float64))
        return nearest_first((self._ids[i], m) for i, m in zip(maybe, far, strict=True) if m <= within_m)

    def nearest(self, place: Position, most: int) -> list[Near]:
        far = sphere.to_point_m(self._at, place.lat, place.lon)
        if len(far) > most > 0:
            limit = np.partition(far, most - 1)[most - 1]
            chosen = np.flatnonzero(far <= limit)  # ties included, to be settled by id
        else:
            chosen = np.arange(len(far))
        return nearest_first((self._ids[i], far[i]) for i in chosen)[: max(most, 0)]


def in_time(times_s: Mapping[str, float | None], limit_s: float) -> list[Near]:
    """Those within the limit, soonest first."""
    known = ((its_id, inf if time is None else time) for its_id, time in times_s.items())
    return nearest_first((its_id, time) for its_id, time in known if time <= limit_s and time != inf)


def area_of(polygons: Sequence[Polygon]) -> Any:
    """The shape of polygons with their holes. A small one that crosses itself is taken apart into what it
    encloses.

    Raises BadQuestion where a ring has fewer than three corners, or where many lines cross each other.
    """
    if any(len(ring) < 3 for polygon in polygons for ring in polygon):
        raise BadQuestion("An area needs three corners or more.", "Một vùng cần từ ba đỉnh trở lên.")
    shapes = [
        shapely.Polygon(_lon_lat(polygon[0]), [_lon_lat(hole) for hole in polygon[1:]])
        for polygon in polygons
        if polygon
    ]
    whole = shapely.MultiPolygon(shapes)
    if shapely.is_valid(whole):
        return whole
    # To take two hundred corners apart that cross at random takes ten seconds of a core.
    if sum(len(ring) for polygon in polygons for ring in polygon) > MOST_CROSSING_CORNERS:
        raise BadQuestion(
            "The lines of this area cross each other: draw it without crossings, "
            f"or with at most {MOST_CROSSING_CORNERS} corners.",
            "Các đường biên của vùng này cắt nhau: hãy vẽ lại không cắt nhau, "
            f"hoặc dùng nhiều nhất {MOST_CROSSING_CORNERS} đỉnh.",
        )
    return shapely.union_all([shapely.make_valid(shape) for shape in shapes])


def road_of(road: Sequence[tuple[float, float]], within_m: float) -> Sequence[tuple[float, float]]:
    """The road, if it is one. Raises BadQuestion."""
    if len(road) < 2:
        raise BadQuestion("A road needs two points or more.", "Một con đường cần từ hai điểm trở lên.")
    if not 0 <= within_m <= MOST_M:
        raise BadQuestion(
            f"Along a road means within 0 to {MOST_M:,.0f} metres.",
            f"Dọc theo đường nghĩa là trong khoảng 0 đến {MOST_M / 1000:.0f} km.",
        )
    return road


MOST_M = 50_000.0
MOST_CROSSING_CORNERS = 30


def nearest_first(found: Iterable[tuple[str, Any]]) -> list[Near]:
    """The id settles ties."""
    return [Near(its_id, float(far)) for far, its_id in sorted((far, its_id) for its_id, far in found)]


def _lat_lon(row: Row) -> tuple[float, float]:
    return row["position"]["lat"], row["position"]["lon"]


def _lon_lat(ring: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(lon, lat) for lat, lon in ring]
