"""What a stretch of town must be before streets may be closed along it. Pure geometry on a small map."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import cos, hypot, radians

from domain.road_errors import (
    AreaCrossesItself,
    BadStretch,
    BadWidth,
    StretchTooLarge,
    StretchTooShort,
    TooMuchGround,
)
from domain.traffic import Stretch
from domain.values import Position

METRES_A_DEGREE = 111_195.0
MOST_POINTS = 500
NARROWEST_M, WIDEST_M = 1.0, 500.0
SHORTEST_M = 1.0  # a line
APART_M = 0.1  # two places that follow each other
LONGEST_KM = 50.0
LARGEST_KM2 = 100.0
ORDER_KM = 500.0  # all lines of an order
ORDER_KM2 = 400.0  # all its areas

Flat = tuple[float, float]
"""Metres east and north of the first point: good enough to judge a shape, not to drive."""

LEAST = {"point": 1, "line": 2, "area": 3}


def judge_stretch(stretch: Stretch) -> None:
    """Raises BadPosition, BadStretch, BadWidth, AreaCrossesItself, StretchTooShort or StretchTooLarge."""
    for lat, lon in stretch.points:
        Position(lat, lon)
    corners = _corners(stretch)
    most = 1 if stretch.kind == "point" else MOST_POINTS
    if not LEAST[stretch.kind] <= len(set(corners)) <= len(stretch.points) <= most:
        raise BadStretch(kind=stretch.kind, points=len(stretch.points), most=MOST_POINTS)
    if stretch.kind == "area":
        _judge_area(corners)
        return
    if not NARROWEST_M <= stretch.width_m <= WIDEST_M:
        raise BadWidth(width_m=stretch.width_m, least_m=int(NARROWEST_M), most_m=int(WIDEST_M))
    if stretch.kind == "line":
        _judge_line(corners)


def judge_ground(stretches: Iterable[Stretch]) -> None:
    """All that one order speaks of together, each judged already. Raises TooMuchGround."""
    km = km2 = 0.0
    for stretch in stretches:
        flat = _flat(_corners(stretch))
        if stretch.kind == "line":
            km += _length_km(flat)
        elif stretch.kind == "area":
            km2 += _size_km2(flat)
    if km > ORDER_KM or km2 > ORDER_KM2:
        size = f"{km:.0f} km" if km > ORDER_KM else f"{km2:.0f} km²"
        raise TooMuchGround(size=size, longest_km=ORDER_KM, largest_km2=ORDER_KM2)


def without_repeats(stretch: Stretch) -> Stretch:
    """The same line or area without places that say the one before again, as a standing car's track does.

    Nothing is judged: what is no stretch stays none.
    """
    if stretch.kind == "point" or len(stretch.points) < 2:
        return stretch
    kept = [stretch.points[0]]
    for place in stretch.points[1:]:
        if _apart_m(kept[-1], place) >= APART_M:
            kept.append(place)
    return stretch if len(kept) == len(stretch.points) else replace(stretch, points=tuple(kept))


def middle(stretch: Stretch) -> tuple[float, float]:
    """The middle of its corners, (lat, lon)."""
    corners = _corners(stretch)
    return (
        sum(lat for lat, _ in corners) / len(corners),
        sum(lon for _, lon in corners) / len(corners),
    )


def _corners(stretch: Stretch) -> Sequence[tuple[float, float]]:
    """An area may say its first corner again at the end, as GeoJSON does."""
    points = stretch.points
    closed = stretch.kind == "area" and len(points) > 1 and points[0] == points[-1]
    return points[:-1] if closed else points


def _judge_line(corners: Sequence[tuple[float, float]]) -> None:
    length_km = _length_km(_flat(corners))
    if length_km > LONGEST_KM:
        raise StretchTooLarge(size=f"{length_km:.0f} km", longest_km=LONGEST_KM, largest_km2=LARGEST_KM2)
    for one, other in pairwise(corners):
        if length_km * 1000 < SHORTEST_M or _apart_m(one, other) < APART_M:
            raise StretchTooShort(lat=one[0], lon=one[1], least_m=SHORTEST_M, apart_m=APART_M)


def _judge_area(corners: Sequence[tuple[float, float]]) -> None:
    flat = _flat(corners)
    ring = list(pairwise([*flat, flat[0]]))
    wide = max(max(xs) - min(xs) for xs in zip(*flat, strict=True)) / 1000
    size_km2 = _size_km2(flat)
    if size_km2 > LARGEST_KM2 or wide > LONGEST_KM:
        raise StretchTooLarge(size=f"{size_km2:.0f} km²", longest_km=LONGEST_KM, largest_km2=LARGEST_KM2)
    for one, other in _near(ring):
        if _touch(ring[one], ring[other], neighbours=other - one in (1, len(ring) - 1)):
            raise AreaCrossesItself(lat=corners[other][0], lon=corners[other][1])
    if size_km2 < 1e-6:  # less than a square metre: all corners on one line
        raise BadStretch(kind="area", points=len(corners), most=MOST_POINTS)


def _length_km(flat: Sequence[Flat]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(flat)) / 1000


def _size_km2(flat: Sequence[Flat]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*flat, flat[0]]))) / 2e6


def _apart_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    return hypot(*_flat((one, other))[1])


def _flat(points: Sequence[tuple[float, float]]) -> list[Flat]:
    south, west = points[0]
    east = METRES_A_DEGREE * cos(radians(south))
    return [((lon - west) * east, (lat - south) * METRES_A_DEGREE) for lat, lon in points]


def _near(ring: Sequence[tuple[Flat, Flat]]) -> Iterator[tuple[int, int]]:
    """Pairs of edges that lie beside each other on the west-east line; the others cannot touch."""
    by_west = sorted(range(len(ring)), key=lambda i: min(ring[i][0][0], ring[i][1][0]))
    for place, one in enumerate(by_west):
        east = max(ring[one][0][0], ring[one][1][0])
        for other in by_west[place + 1 :]:
            if min(ring[other][0][0], ring[other][1][0]) > east:
                break
            yield min(one, other), max(one, other)


def _touch(one: tuple[Flat, Flat], other: tuple[Flat, Flat], neighbours: bool) -> bool:
    """Whether two edges share a point; neighbours share a corner, and may share no more than that."""
    (a, b), (c, d) = one, other
    sides = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if neighbours:
        shared = b if b in (c, d) else a
        u, v = (a if shared == b else b), (d if shared == c else c)
        back = (u[0] - shared[0]) * (v[0] - shared[0]) + (u[1] - shared[1]) * (v[1] - shared[1])
        return _side(shared, u, v) == 0 and back > 0
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    ends = ((sides[0], a, b, c), (sides[1], a, b, d), (sides[2], c, d, a), (sides[3], c, d, b))
    return any(side == 0 and _within(p, q, r) for side, p, q, r in ends)


def _side(a: Flat, b: Flat, c: Flat) -> int:
    """On which side of the line a-b the point c lies; 0 within a millimetre of it."""
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    near = 1e-3 * max(hypot(b[0] - a[0], b[1] - a[1]), 1e-3)
    return 0 if abs(turn) <= near else (1 if turn > 0 else -1)


def _within(a: Flat, b: Flat, c: Flat) -> bool:
    """Whether c, on the line a-b, lies between them."""
    return min(a[0], b[0]) - 1e-3 <= c[0] <= max(a[0], b[0]) + 1e-3 and (
        min(a[1], b[1]) - 1e-3 <= c[1] <= max(a[1], b[1]) + 1e-3
    )
