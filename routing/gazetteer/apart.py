"""Answers that read alike are told apart: by what stands near each, and by where it lies from the middle."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import atan2, pi

import numpy as np
from numpy.typing import NDArray

from domain.places import FoundPlace
from routing.gazetteer import reasons

Float64s = NDArray[np.float64]


def told_apart(
    answers: Sequence[FoundPlace],
    spots: Sequence[Float64s],
    centre: Float64s,
    beside: Callable[[Float64s], str | None],
) -> list[FoundPlace]:
    """Of `Đường số 6` in six quarters without a ward on the map, nobody could say which is meant.

    spots  : where each answer lies, in metres as the map counts them
    beside : the name of something known near a place
    """
    times = Counter(each.label for each in answers)
    told = []
    for each, xy in zip(answers, spots, strict=True):
        if times[each.label] > 1:
            east, north = xy - centre
            where = reasons.from_middle(float(np.hypot(east, north)), _eighth(east, north), beside(xy))
            each = replace(each, reasons=(where, *each.reasons))
        told.append(each)
    return told


def _eighth(east: float, north: float) -> int:
    """Of the compass, north 0, north-east 1, and so round."""
    return round(atan2(east, north) / (pi / 4)) % 8
