"""Houses in alleys: `123/45/6` is house 6 in alley 45 of alley 123."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.gazetteer import reasons
from routing.gazetteer.index import AlleyAt, HouseAt, Index
from routing.gazetteer.numbers import Path, root, said
from routing.gazetteer.reckon import known_numbers, middle, reckoned
from routing.gazetteer.spots import Spot

BESIDE_MOUTH_M: Final = 35.0
DEEPEST_M: Final = 450.0
"""No alley is longer; what is, is a street without a name."""

Float64s = NDArray[np.float64]


def in_alley_of(index: Index, houses: Sequence[HouseAt], alleys: Sequence[AlleyAt], path: Path) -> list[Spot]:
    """In the alley, or the alley of an alley, that shares most of the number."""
    for depth in range(len(path), 0, -1):
        fitting = [alley for alley in alleys if alley.path == path[:depth]]
        if fitting:
            return [_inside(index, alley, path, houses) for alley in fitting]
        neighbours = [house for house in houses if depth < len(path) and house.path[:depth] == path[:depth]]
        if neighbours and depth < len(path):
            return [_among(neighbours, path, depth)]
    return []


def _inside(index: Index, alley: AlleyAt, path: Path, houses: Sequence[HouseAt]) -> Spot:
    """In an alley of the map: at its middle, or among the houses known there."""
    depth = len(alley.path)
    name = said(alley.path)
    line = index.dense(alley.entry)
    if depth == len(path):
        return middle(line, 0.95, (reasons.alley_known(name),), {"alley": name}, "alley")
    parts = {"house": said(path), "alley": name}
    known = known_numbers([HouseAt(each.path[depth:], each.xy, each.sure) for each in houses
                    if each.path[:depth] == alley.path and len(each.path) == depth + 1], ())  # fmt: skip
    number = root(path[depth:])
    if number is not None and len(path) == depth + 1 and len(known) >= 2:
        spot = reckoned(number, known, line)
        if spot.plausible:
            return Spot(spot.xy, spot.radius_m, 0.9 * spot.quality, "house", parts, spot.reasons)
    spot = middle(
        line, 0.85 if depth == len(path) - 1 else 0.7, (reasons.somewhere_in(name),), parts, "house"
    )
    return Spot(
        spot.xy, spot.radius_m + 30.0 * (len(path) - depth), spot.quality, "house", parts, spot.reasons
    )


def _among(houses: Sequence[HouseAt], path: Path, depth: int) -> Spot:
    """Beside houses of the same alley, where the alley itself is not on the map."""
    wanted = root(path[depth:])
    numbers = [(root(house.path[depth:]), house) for house in houses]
    xy = np.array([house.xy for house in houses])
    nearest = min(
        (pair for pair in numbers if pair[0] is not None and wanted is not None),
        key=lambda pair: (abs((pair[0] or 0) - (wanted or 0)), pair[1].path),
        default=None,
    )
    spot = nearest[1].xy if nearest else xy[int(np.hypot(*(xy - np.median(xy, axis=0)).T).argmin())]
    spread = float(np.median(np.hypot(*(xy - spot).T)))
    parts = {"house": said(path), "alley": said(path[:depth])}
    why = (reasons.somewhere_in(said(path[:depth])),)
    return Spot(spot, 60.0 + 1.5 * spread, 0.7, "house", parts, why)


def behind_mouth(index: Index, mouth: Spot, path: Path) -> Spot:
    """An alley that is not on the map under its number: a nameless one that leaves the street here, else the
    mouth."""
    number = path[0].upper()
    parts = {"house": said(path), "alley": said(path[:-1] or path)}
    doubt = mouth.reasons
    stub = _stub(index, mouth.xy) if mouth.quality >= 0.6 else None
    if stub is not None:
        radius = 40.0 + float(index.tables.stub_m[stub]) / 2 + mouth.radius_m
        why = (reasons.nameless_alley(number), *doubt)
        return Spot(index.tables.stub_xy[stub, 2:], radius, 0.65, "house", parts, why, mouth.plausible)
    why = (reasons.mouth_only(number), *doubt)
    return Spot(
        mouth.xy, 1.5 * mouth.radius_m + 120.0, 0.55 * mouth.quality, "house", parts, why, mouth.plausible
    )


def _stub(index: Index, mouth: Float64s) -> int | None:
    """The nearest nameless minor way that begins at a mouth and is no longer than an alley."""
    if index.stubs is None:
        return None
    near = [
        each
        for each in index.stubs.query_ball_point(mouth, BESIDE_MOUTH_M)
        if index.tables.stub_m[each] <= DEEPEST_M
    ]
    return min(
        near, key=lambda each: float(np.hypot(*(index.tables.stub_xy[each, :2] - mouth))), default=None
    )
