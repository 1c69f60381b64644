"""Which street each house of the map belongs to."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from routing.gazetteer import tables as kept
from routing.gazetteer.drafts import ALIAS_SHARE, Draft, DraftHouse
from routing.gazetteer.fold import fold, street_key
from routing.gazetteer.frame import Frame
from routing.gazetteer.numbers import alley_of, path_of_sign, said
from routing.gazetteer.read_names import House

NAMED_STREET_M: Final = 1_000.0
"""A house further from every street of the name it gives is a mistake of the map."""
NEAR_STREET_M: Final = 45.0
"""A house that names no street belongs to the one it stands at, if that is so near."""

Float64s = NDArray[np.float64]


def housed(houses: Sequence[House], drafts: Sequence[Draft], frame: Frame) -> list[DraftHouse]:
    """The houses with their streets; those that belong nowhere are left out."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        if draft.kind == kept.STREET:
            for book, key, share in draft.keys:
                if book == kept.OF_STREETS and share >= ALIAS_SHARE:
                    by_key[key].append(number)
    found: list[DraftHouse] = []
    without: list[tuple[House, Float64s]] = []
    for house in houses:
        path, xy = path_of_sign(house.number), frame.xy(house.lat, house.lon)
        if not path:
            continue
        street = _named(house.street, by_key, drafts, xy)
        if street >= 0:
            found.append(DraftHouse(street, said(path), xy, True))
        else:
            without.append((house, xy))
    return found + _beside(without, drafts)


def _named(name: str, by_key: dict[str, list[int]], drafts: Sequence[Draft], xy: Float64s) -> int:
    """The street that a house names: as written, without what stands before a comma, or that of the alley."""
    folded = fold(name)
    alley = alley_of(folded)
    tries = [alley[1] if alley else folded, *(fold(part) for part in reversed(name.split(",")))]
    for each in tries:
        best, far = -1, NAMED_STREET_M
        for number in by_key.get(street_key(each), ()):
            gap = float(drafts[number].tree.query(xy)[0])
            if gap < far:
                best, far = number, gap
        if best >= 0:
            return best
    return -1


def _beside(houses: Sequence[tuple[House, Float64s]], drafts: Sequence[Draft]) -> list[DraftHouse]:
    """Houses without a street: they stand at the nearest one, or in the alley that has their number."""
    lanes = [number for number, draft in enumerate(drafts) if draft.kind in (kept.STREET, kept.ALLEY)]
    if not lanes or not houses:
        return []
    dense = [drafts[number].dense for number in lanes]
    owner = np.repeat(lanes, [len(each) for each in dense])
    gap, point = cKDTree(np.concatenate(dense)).query(np.array([xy for _, xy in houses]))
    found = []
    for (house, xy), far, at in zip(houses, gap, point, strict=True):
        path, lane = path_of_sign(house.number), drafts[int(owner[at])]
        if far > NEAR_STREET_M:
            continue
        if lane.kind == kept.ALLEY and lane.mother >= 0 and said(path[:1]) == lane.path.split("/")[0]:
            found.append(DraftHouse(lane.mother, said(path), xy, False))
        elif lane.kind == kept.STREET and len(path) == 1:
            found.append(DraftHouse(int(owner[at]), said(path), xy, False))
    return found
