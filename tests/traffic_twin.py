"""The slow, obvious way to find what a stretch means, and what traffic makes of a street's time.

Shapely does the geometry, one street at a time; no grid, no arrays. Lines are told by sampling each street
every quarter of a metre.
"""

from datetime import datetime, timedelta
from itertools import pairwise
from math import atan2, cos, degrees, dist, radians

from shapely import LineString, Point, Polygon

from domain.traffic import Slowing, SpeedReport, Stretch, Traffic
from routing.kernels import CLOSED
from routing.metric import metric
from routing.profiles import MOTORBIKE_NORMAL, VAN_NORMAL
from routing.road_map import RoadMap
from routing.traffic.streets import arcs_of


class SlowStreets:
    """Every street of a map as a line in metres around a middle."""

    def __init__(self, road_map: RoadMap, lat: float) -> None:
        self.map, self.up, self.right = road_map, *_scale(lat)
        s = road_map.streets
        self.lines: dict[int, LineString] = {}
        for edge in range(s.edges):
            points = range(s.shape_first[edge], s.shape_first[edge + 1])
            if s.edge_m[edge] > 0:
                self.lines[edge] = LineString([self.flat(s.shape_lat[p], s.shape_lon[p]) for p in points])

    def flat(self, lat: float, lon: float) -> tuple[float, float]:
        return float(lon) * self.right, float(lat) * self.up

    def meant(self, stretch: Stretch) -> list[int]:
        points = [self.flat(*point) for point in stretch.points]
        if stretch.kind == "area":
            area = Polygon(points)
            return [edge for edge, street in self.lines.items() if area.intersects(street)]
        if stretch.kind == "point":
            here = Point(points[0])
            return [edge for edge, street in self.lines.items() if here.distance(street) <= stretch.width_m]
        drawn = LineString(points)
        near = drawn.buffer(stretch.width_m + 1)
        return [
            edge
            for edge, street in self.lines.items()
            if near.intersects(street) and self.share_along(street, drawn, stretch.width_m) >= 0.5
        ]

    def metres_from_half(self, edge: int, line: Stretch) -> float:
        drawn, street = LineString([self.flat(*point) for point in line.points]), self.lines[edge]
        short = min(street.length, drawn.length)
        return abs(self.share_along(street, drawn, line.width_m) - 0.5) * short

    def share_along(self, street: LineString, drawn: LineString, width_m: float) -> float:
        """The metres of a street that run along a line, for each metre of the shorter of the two."""
        count = max(1, int(street.length * 4))
        near = street.buffer(width_m + 1)
        pieces = [ends for ends in pairwise(drawn.coords) if near.intersects(LineString(ends))]
        along = 0
        for i in range(count):
            at = (i + 0.5) / count * street.length
            here = street.interpolate(at)
            heading = _heading(street, at)
            along += any(_beside(here.x, here.y, heading, *ends, width_m) for ends in pieces)
        return along / count * street.length / min(street.length, drawn.length)


def _beside(x: float, y: float, heading: float, begin: tuple, end: tuple, width_m: float) -> bool:
    """Whether a place lies beside a straight piece, not beyond its ends, and points as it does."""
    length = dist(begin, end)
    if length == 0:
        return False
    east, north = (end[0] - begin[0]) / length, (end[1] - begin[1]) / length
    onward = (x - begin[0]) * east + (y - begin[1]) * north
    aside = abs((x - begin[0]) * north - (y - begin[1]) * east)
    askew = abs((heading - degrees(atan2(north, east)) + 90) % 180 - 90)
    return 0 <= onward <= length and aside <= width_m and askew <= 30


def slow_ms(road_map: RoadMap, traffic: Traffic, at: datetime, profile: str) -> list[int]:
    """The milliseconds of every arc under traffic, one by one."""
    free = metric(road_map, profile).arc_ms.tolist()
    minute = at.replace(second=0, microsecond=0)
    vehicle = profile.removesuffix("_normal")
    shut = {
        arc
        for each in traffic.closures
        if (each.until is None or each.until > at) and (not each.profiles or vehicle in each.profiles)
        for arc in arcs_of(road_map, each.stretch).tolist()
    }
    slow, told = _by_arc(road_map, traffic, at)
    answer = []
    for arc in range(2 * road_map.streets.edges):
        if arc in shut or free[arc] == CLOSED:
            answer.append(CLOSED)
            continue
        pace = 1 / min((each.share for each in slow.get(arc, [])), default=1.0)
        reports = [each for each in told.get(arc, []) if minute - each.measured_at < timedelta(hours=1)]
        usual = _usual(road_map, arc)
        if reports and usual:
            ages = [max(minute - each.measured_at, timedelta()) for each in reports]
            weights = [0.5 ** (age / timedelta(minutes=10)) for age in ages]
            paces = [1 / min(max(max(each.kmh, 3) / usual, 0.05), 2) for each in reports]
            doubt = 1.0
            for each in weights:
                doubt *= 1 - each
            mean = sum(w * p for w, p in zip(weights, paces, strict=True)) / sum(weights)
            pace = (1 - doubt) * mean + doubt * pace
        answer.append(max(1, round(free[arc] * pace)))
    return answer


def _by_arc(
    road_map: RoadMap, traffic: Traffic, at: datetime
) -> tuple[dict[int, list[Slowing]], dict[int, list[SpeedReport]]]:
    slow: dict[int, list[Slowing]] = {}
    told: dict[int, list[SpeedReport]] = {}
    for slowing in traffic.slowings:
        if slowing.until is None or slowing.until > at:
            for arc in arcs_of(road_map, slowing.stretch).tolist():
                slow.setdefault(arc, []).append(slowing)
    for report in set(traffic.reports):  # the same words twice are one report
        for arc in arcs_of(road_map, report.stretch, report.heading_deg).tolist():
            told.setdefault(arc, []).append(report)
    return slow, told


def _usual(road_map: RoadMap, arc: int) -> float:
    kmh = road_map.streets.way_kmh[road_map.streets.edge_way[arc >> 1], arc & 1]
    return float(kmh[VAN_NORMAL] or kmh[MOTORBIKE_NORMAL])


def _heading(way: LineString, at: float) -> float:
    """Degrees of the piece that a place on a line lies in."""
    a, b = way.interpolate(max(at - 0.01, 0)), way.interpolate(min(at + 0.01, way.length))
    return degrees(atan2(b.y - a.y, b.x - a.x))


def _scale(lat: float) -> tuple[float, float]:
    return 110_574.0, 111_320.0 * cos(radians(lat))
