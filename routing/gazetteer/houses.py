"""From a house number to a place on its street.

In this order: the house as the map has it; the alley of that number, or a neighbour in it (`alleys.py`); a
place reckoned from the numbers that are known (`reckon.py`).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from routing.gazetteer import reasons
from routing.gazetteer.alleys import behind_mouth, in_alley_of
from routing.gazetteer.index import HouseAt, Index
from routing.gazetteer.numbers import Path, root, said
from routing.gazetteer.reckon import known_numbers, middle, reckoned
from routing.gazetteer.spots import Spot

SAME_HOUSE_M: Final = 80.0
OTHER_PART_M: Final = 60.0

Float64s = NDArray[np.float64]


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
        inside = in_alley_of(index, houses, alleys, path)
        if inside:
            return inside
    number = root(path)
    if number is None:
        return [middle(part, 0.3, (reasons.no_numbers(),))]
    at_street = reckoned(number, known_numbers(houses, alleys), part)
    if len(path) == 1 and not in_alley:
        return [at_street]
    return [behind_mouth(index, at_street, path)]


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
                Spot(house.xy, 30.0, 1.0, "house", {"house": number}, (reasons.exact_house(number),))
            )
        else:
            why = (reasons.house_by_nearness(number),)
            found.append(Spot(house.xy, 40.0, 0.8, "house", {"house": number}, why))
    sure = [each for each in found if each.quality == 1.0]
    return sure or found


def along(index: Index, street: int, held: NDArray[np.bool_] | None) -> Spot | None:
    """The street itself, or the part of it that is held."""
    dense = index.dense(street)
    part = dense if held is None else dense[held]
    return middle(part, 0.8, ()) if len(part) else None
