"""Where a house number should be, from those that are known.

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

from domain.places import PlaceKind, Words
from routing.gazetteer import reasons
from routing.gazetteer.drafts import DENSE_M
from routing.gazetteer.index import AlleyAt, HouseAt
from routing.gazetteer.numbers import root
from routing.gazetteer.spots import Spot

USUAL_M: Final = 3.0
"""Metres from one number to the next, where nothing better is known: houses are 4 to 6 m wide, even numbers
on one side and odd ones on the other."""
FAR_BEYOND: Final = 60
"""So many numbers beyond the last one known, nobody knows whether the street goes on."""
LEAST_PER_NUMBER_M: Final = 1.2
SLACK_M: Final = 150.0
"""A street of 300 m has no house 600: so many metres a number is the least, on streets whose numbers are not
known."""
BETWEEN: Final = ((80.0, 0.8), (250.0, 0.65), (600.0, 0.55), (float("inf"), 0.4))
"""How sure a number is that lies between two known ones so many metres apart. Set, like the circles, by
leaving 500 houses out of the map of 2018 and asking for them (docs/adr/0026)."""
MISFIT_M: Final = 70.0
MISFIT_PER_NUMBER_M: Final = 14.0

Float64s = NDArray[np.float64]


class Known(NamedTuple):
    number: int
    xy: Float64s


def known_numbers(houses: Sequence[HouseAt], alleys: Sequence[AlleyAt]) -> list[Known]:
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


def reckoned(number: int, known: Sequence[Known], part: Float64s) -> Spot:
    """Between the nearest numbers known, or beyond the last."""
    if not known:
        spot = middle(part, 0.35, (reasons.no_numbers(),), {"house": str(number)})
        return replace(spot, plausible=number * LEAST_PER_NUMBER_M <= DENSE_M * len(part) + SLACK_M)
    parts = {"house": str(number)}
    same = [row for row in known if row.number == number]
    if same:
        return Spot(same[0].xy, 50.0, 0.85, "house", parts, (reasons.same_number(str(number)),))
    lower = _closest([row for row in known if row.number < number], number)
    upper = _closest([row for row in known if row.number > number], number)
    if lower and upper:
        gap = float(np.hypot(*(upper.xy - lower.xy)))
        share = (number - lower.number) / (upper.number - lower.number)
        xy = onto(part, lower.xy + share * (upper.xy - lower.xy))
        quality = next(worth for least, worth in BETWEEN if gap <= least)
        why = (reasons.between(str(lower.number), str(upper.number)),)
        return Spot(xy, 60.0 + 0.7 * gap, quality, "house", parts, why)
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
    quality = 0.3 if beyond > FAR_BEYOND else 0.6 if beyond <= 8 else 0.45
    return Spot(xy, 60.0 + 1.2 * beyond * rate, quality, "house", parts, why, beyond <= FAR_BEYOND)


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


def onto(part: Float64s, xy: Float64s) -> Float64s:
    """The nearest point of the street."""
    best: Float64s = part[int(np.hypot(*(part - xy).T).argmin())]
    return best


def middle(
    line: Float64s, quality: float, why: tuple[Words, ...], parts: dict[str, str] | None = None,
    kind: PlaceKind = "street",
) -> Spot:  # fmt: skip
    """The middle of a line, and how far its ends are from there."""
    xy = onto(line, (line.min(axis=0) + line.max(axis=0)) / 2)
    radius = float(np.hypot(*(line - xy).T).max())
    return Spot(xy, max(20.0, radius), quality, kind, parts or {}, why)
