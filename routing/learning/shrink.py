"""Means of small groups, drawn towards what is known of the larger group: no bolder than the data allow.

Empirical Bayes for normal means: a group g with observations of weight w_g in sum and mean y_g belongs to a
parent that says p_g. With variance s2 within groups and t2 between them the best guess is

    p_g + B_g (y_g - p_g),   B_g = t2 / (t2 + s2 / w_g)

(C. Morris, "Parametric Empirical Bayes Inference", JASA 78, 1983; after James and Stein 1961 and Efron and
Morris 1975). t2 comes from the data by moments, as in DerSimonian and Laird, "Meta-analysis in clinical
trials" (1986): what the group means differ from their parents beyond what chance within the groups
explains, never below 0.
A group that was seen once hardly moves; one that was seen a hundred times speaks for itself.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s

CLIP = 1.5  # logarithms: a visit 4.5 times slower or faster than expected says no more than that


class Shrunk(NamedTuple):
    """value : float64[groups] the guess, weight : float64[groups], and the two variances."""

    value: Float64s
    weight: Float64s
    within: float
    between: float


def shrink(
    group: NDArray[np.integer], y: Float64s, weight: Float64s, parent: Float64s, groups: int
) -> Shrunk:
    """Guess the mean of every group.

    group  : int[rows] 0..groups-1     y : float64[rows]     weight : float64[rows]
    parent : float64[groups] what is said of each by the larger group; the guess where a group has no rows
    """
    sum_w: Float64s = np.bincount(group, weight, groups).astype(np.float64)
    off = np.clip(y - parent[group], -CLIP, CLIP)
    seen = sum_w > 0
    mean = np.zeros(groups)
    mean[seen] = np.bincount(group, weight * off, groups)[seen] / sum_w[seen]
    rows = np.bincount(group, minlength=groups)
    spare = float((rows[seen] - 1).sum())
    if spare == 0:  # groups of one row each tell nothing of chance: then nobody is believed
        return Shrunk(parent.copy(), sum_w, 0.0, 0.0)
    within = float((weight * (off - mean[group]) ** 2).sum()) / spare
    chance = within / np.where(seen, sum_w, 1.0)
    total = float(sum_w.sum())
    between = max(0.0, float((sum_w * (mean**2 - chance))[seen].sum()) / total)
    trust = np.zeros(groups)
    if between > 0:
        trust[seen] = between / (between + chance[seen])
    return Shrunk(parent + trust * mean, sum_w, within, between)
