"""Where two streets cross: at a node both have, else where they come nearest."""

from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from routing.gazetteer import reasons
from routing.gazetteer.index import Index
from routing.gazetteer.spots import Spot

ONE_CROSSING_M: Final = 110.0
"""The junctions of two dual carriageways are one crossing."""
NEARLY_M: Final = 40.0
"""Streets that come so near and do not meet on the map still make a corner."""

Float64s = NDArray[np.float64]


def crossings(index: Index, one: int, other: int) -> list[Spot]:
    """Every crossing of two streets."""
    a, b = index.shape(one), index.shape(other)
    if not len(a.xy) or not len(b.xy):
        return []
    shared = np.isin(a.node, b.node)
    if shared.any():
        return [
            Spot(xy, 30.0, 1.0, "crossing", {}, (reasons.crossing(True),)) for xy in _clusters(a.xy[shared])
        ]
    dense_a, dense_b = index.dense(one), index.dense(other)
    gap, at = cKDTree(dense_b).query(dense_a)
    place = int(gap.argmin())
    if gap[place] > NEARLY_M:
        return []
    xy = (dense_a[place] + dense_b[int(at[place])]) / 2
    return [Spot(xy, 60.0, 0.85, "crossing", {}, (reasons.crossing(False),))]


def crossings_of(index: Index, ones: list[int], others: list[int]) -> list[tuple[int, int, Spot]]:
    """The crossings of any of some streets with any of others."""
    return [
        (one, other, spot)
        for one, other in product(ones, others)
        if one != other
        for spot in crossings(index, one, other)
    ]


def _clusters(xy: Float64s) -> list[Float64s]:
    """The middles of groups of points, none of which lies far from the others of its group."""
    groups: list[list[Float64s]] = []
    for point in xy:
        home = next(
            (g for g in groups if min(np.hypot(*(point - each)) for each in g) < ONE_CROSSING_M), None
        )
        if home is None:
            groups.append([point])
        else:
            home.append(point)
    return [np.mean(np.array(group), axis=0) for group in groups]
