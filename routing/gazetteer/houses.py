"""From a house number to a place on its street.

Known are the houses of the map, and the mouths of numbered alleys, which stand where the house of their
number would. Between two known numbers the place is reckoned; beyond the last one it is reckoned by the usual
distance from house to house, and said to be less sure.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from domain.places import PlaceKind, Words
from routing.gazetteer import reasons
from routing.gazetteer.drafts import DENSE_M
from routing.gazetteer.index import AlleyAt, HouseAt, Index
from routing.gazetteer.numbers import Path, root, said
from routing.gazetteer.spots import Spot

SAME_HOUSE_M: Final = 80.0
OTHER_PART_M: Final = 60.0
USUAL_M: Final = 3.0
"""Metres from one number to the next, where nothing better is known: houses are 4 to 6 m wide, even numbers
on one side and odd ones on the other."""
FAR_BEYOND: Final = 60
"""So many numbers beyond the last one known, nobody knows whether the street goes on."""
LEAST_PER_NUMBER_M: Final = 1.2
SLACK_M: Final = 150.0
"""A street of 300 m has no house 600: so many metres a number is the least, on streets whose numbers are not
known."""
MISFIT_M: Final = 70.0
MISFIT_PER_NUMBER_M: Final = 14.0
BESIDE_MOUTH_M: Final = 35.0
DEEPEST_M: Final = 450.0

Float64s = NDArray[np.float64]


class Known(NamedTuple):
    number: int
    xy: Float64s


def on_street(
    index: Index, street: int, path: Path, held: NDArray[np.bool_] | None, in_alley: bool
) -> list[Spot]:
    """The places a number may be at, on the part of the street that is held (None: all of it)."""
    dense = index.dense(street)
    part = dense if held is None else dense[held]
    if not len(part):
        return []
    houses, alleys = index.houses(street), list(index.alleys(street))
    if part is not dense:
        here, whole = cKDTree(part), cKDTree(dense)
        houses = [
            house for house, on in zip(houses, _on(here, whole, [h.xy for h in houses]), strict=True) if on
        ]
        alleys = [
            alley for alley, on in zip(alleys, _on(here, whole, [a.mouth for a in alleys]), strict=True) if on
        ]
    exact = _exact(houses, path)
    if exact:
        return exact
    if len(path) > 1 or in_alley:
        inside = _in_alley(index, houses, alleys, path)
        if inside:
            return inside
    number = root(path)
    if number is None:
        return [_middle(part, 0.3, (reasons.no_numbers(),))]
    at_street = _reckoned(number, _known(houses, alleys), part)
    if len(path) == 1 and not in_alley:
        return [at_street]
    return [_behind_mouth(index, at_street, path)]


def _on(here: cKDTree, whole: cKDTree, spots: Sequence[Float64s]) -> list[bool]:
    """Whether each spot belongs to this part of its street, and not to another that is clearly nearer."""
    if not spots:
        return []
    xy = np.array(spots)
    on: list[bool] = (here.query(xy)[0] <= whole.query(xy)[0] + OTHER_PART_M).tolist()
    return on


def _exact(houses: Sequence[HouseAt], path: Path) -> list[Spot]:
    """Houses of exactly this number; one a place, the map's own word before what follows from nearness."""
    found: list[Spot] = []
    for house in sorted((each for each in houses if each.path == path), key=lambda each: not each.sure):
        if any(np.hypot(*(each.xy - house.xy)) < SAME_HOUSE_M for each in found):
            continue
        number = said(path)
        if house.sure:
            found.append(
                Spot(house.xy, 20.0, 1.0, "house", {"house": number}, (reasons.exact_house(number),))
            )
        else:
            why = (reasons.house_by_nearness(number),)
            found.append(Spot(house.xy, 40.0, 0.8, "house", {"house": number}, why))
    sure = [each for each in found if each.quality == 1.0]
    return sure or found


def _in_alley(index: Index, houses: Sequence[HouseAt], alleys: Sequence[AlleyAt], path: Path) -> list[Spot]:
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
        return _middle(line, 0.95, (reasons.alley_known(name),), {"alley": name}, "alley")
    parts = {"house": said(path), "alley": name}
    known = _known([HouseAt(each.path[depth:], each.xy, each.sure) for each in houses
                    if each.path[:depth] == alley.path and len(each.path) == depth + 1], ())  # fmt: skip
    number = root(path[depth:])
    if number is not None and len(path) == depth + 1 and len(known) >= 2:
        spot = _reckoned(number, known, line)
        if spot.plausible:
            return Spot(spot.xy, spot.radius_m, 0.9 * spot.quality, "house", parts, spot.reasons)
    spot = _middle(
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
    return Spot(spot, 40.0 + spread, 0.75, "house", parts, why)


def _known(houses: Sequence[HouseAt], alleys: Sequence[AlleyAt]) -> list[Known]:
    """Numbers of the street with their places, in order; one a number, misfits left out."""
    of_number: dict[int, list[Float64s]] = defaultdict(list)
    for house in houses:
        number = root(house.path)
        if number is not None and len(house.path) == 1:
            of_number[number].append(house.xy)
    for alley in alleys:
        number = root(alley.path)
        if number is not None and len(alley.path) == 1:
            of_number[number].append(alley.mouth)
    rows = [Known(number, np.median(np.array(xy), axis=0)) for number, xy in sorted(of_number.items())]
    if len(rows) < 4:
        return rows
    return [row for place, row in enumerate(rows) if _fits(rows, place)]


def _fits(rows: Sequence[Known], place: int) -> bool:
    """Whether a number stands about where its neighbours in number stand."""
    row = rows[place]
    others = [rows[each] for each in range(max(0, place - 2), min(len(rows), place + 3)) if each != place]
    near = sum(
        float(np.hypot(*(row.xy - other.xy)))
        <= MISFIT_M + MISFIT_PER_NUMBER_M * abs(row.number - other.number)
        for other in others
    )
    return 2 * near >= len(others)


def _reckoned(number: int, known: Sequence[Known], part: Float64s) -> Spot:
    """Between the nearest numbers known, or beyond the last."""
    if not known:
        spot = _middle(part, 0.35, (reasons.no_numbers(),), {"house": str(number)})
        return replace(spot, plausible=number * LEAST_PER_NUMBER_M <= DENSE_M * len(part) + SLACK_M)
    parts = {"house": str(number)}
    same = [row for row in known if row.number == number]
    if same:
        return Spot(same[0].xy, 35.0, 0.95, "house", parts, (reasons.exact_house(str(number)),))
    lower = _closest([row for row in known if row.number < number], number)
    upper = _closest([row for row in known if row.number > number], number)
    if lower and upper:
        gap = float(np.hypot(*(upper.xy - lower.xy)))
        share = (number - lower.number) / (upper.number - lower.number)
        xy = _onto(part, lower.xy + share * (upper.xy - lower.xy))
        quality = 0.95 if gap <= 80 else 0.85 if gap <= 250 else 0.7 if gap <= 600 else 0.5
        why = (reasons.between(str(lower.number), str(upper.number)),)
        return Spot(xy, 25.0 + 0.3 * gap, quality, "house", parts, why)
    last = lower or upper
    assert last is not None
    beyond = abs(number - last.number)
    rate = _rate(known)
    xy = _further(part, last, known, beyond * rate)
    why = (
        (reasons.far_beyond(str(last.number)),)
        if beyond > FAR_BEYOND
        else (reasons.beyond(str(last.number)),)
    )
    quality = 0.3 if beyond > FAR_BEYOND else 0.8 if beyond <= 8 else 0.6
    return Spot(xy, 30.0 + 0.6 * beyond * rate, quality, "house", parts, why, beyond <= FAR_BEYOND)


def _closest(rows: Sequence[Known], number: int) -> Known | None:
    """The nearest number; of the same side of the street if that is hardly further."""
    if not rows:
        return None
    best = min(rows, key=lambda row: abs(row.number - number))
    same = [row for row in rows if (row.number - number) % 2 == 0]
    if same:
        side = min(same, key=lambda row: abs(row.number - number))
        if abs(side.number - number) <= 2 * abs(best.number - number) + 6:
            return side
    return best


def _rate(known: Sequence[Known]) -> float:
    """Metres from one number to the next on this street."""
    steps = [
        float(np.hypot(*(b.xy - a.xy))) / (b.number - a.number)
        for a, b in pairwise(known)
        if b.number - a.number <= 40
    ]
    return min(8.0, max(1.0, float(np.median(steps)))) if steps else USUAL_M


def _further(part: Float64s, last: Known, known: Sequence[Known], metres: float) -> Float64s:
    """The point of the street so far from the last known number, away from the others."""
    far = np.hypot(*(part - last.xy).T)
    others = [row.xy for row in known if row is not last]
    miss = np.abs(far - metres)
    if others:
        middle = np.mean(np.array(others), axis=0)
        behind = np.hypot(*(part - middle).T) < np.hypot(*(last.xy - middle)) - 5.0
        miss = miss + 1e6 * behind
    best: Float64s = part[int(miss.argmin())]
    return best


def _behind_mouth(index: Index, mouth: Spot, path: Path) -> Spot:
    """An alley that is not on the map under its number: a nameless one that leaves the street here, else the
    mouth."""
    number = path[0].upper()
    parts = {"house": said(path), "alley": said(path[:-1] or path)}
    doubt = mouth.reasons
    stub = _stub(index, mouth.xy) if mouth.quality >= 0.8 else None
    if stub is not None:
        radius = 40.0 + float(index.tables.stub_m[stub]) / 2 + mouth.radius_m
        why = (reasons.nameless_alley(number), *doubt)
        return Spot(index.tables.stub_xy[stub, 2:], radius, 0.65, "house", parts, why, mouth.plausible)
    why = (reasons.mouth_only(number), *doubt)
    return Spot(mouth.xy, mouth.radius_m + 80.0, 0.6 * mouth.quality, "house", parts, why, mouth.plausible)


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


def _onto(part: Float64s, xy: Float64s) -> Float64s:
    """The nearest point of the street."""
    best: Float64s = part[int(np.hypot(*(part - xy).T).argmin())]
    return best


def _middle(
    line: Float64s, quality: float, why: tuple[Words, ...], parts: dict[str, str] | None = None,
    kind: PlaceKind = "street",
) -> Spot:  # fmt: skip
    """The middle of a line, and how far its ends are from there."""
    xy = _onto(line, (line.min(axis=0) + line.max(axis=0)) / 2)
    radius = float(np.hypot(*(line - xy).T).max())
    return Spot(xy, max(20.0, radius), quality, kind, parts or {}, why)


def along(index: Index, street: int, held: NDArray[np.bool_] | None) -> Spot | None:
    """The street itself, or the part of it that is held."""
    dense = index.dense(street)
    part = dense if held is None else dense[held]
    return _middle(part, 0.8, ()) if len(part) else None
