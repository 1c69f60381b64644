"""How good a forecast was, when the hour is over.

T. Gneiting and A. E. Raftery, "Strictly proper scoring rules, prediction, and estimation", Journal of the
American Statistical Association 102 (2007) 359-378. Less is better, and nobody scores better by saying
something else than what they believe.
"""

import numpy as np

from routing.arrays import Float64s, Int64s
from simulations.forecast.law import Law


def crps(law: Law, counts: Int64s) -> Float64s:
    """Continuous ranked probability score, float64[hours], in calls: the sum over all numbers of the squared
    distance of what was said from what came. Of a forecast that is sure of one number it is how far off
    that was."""
    more = int(max(0, counts.max(initial=0) + 1 - law.below.shape[1]))
    below = np.pad(law.below, ((0, 0), (0, more)), constant_values=1.0)
    came = counts[:, None] <= np.arange(below.shape[1])
    found: Float64s = ((below - came) ** 2).sum(axis=1)
    return found


def pinball(law: Law, counts: Int64s, share: float) -> Float64s:
    """Of the quantile at `share`, float64[hours]: what is too little costs `share` a call, what is too much
    the rest."""
    missed = counts - law.quantile(share)
    found: Float64s = np.where(missed >= 0, share * missed, (share - 1) * missed)
    return found


def covered(law: Law, counts: Int64s, share: float) -> tuple[float, float]:
    """How often the count lay within the middle interval that should hold `share` of them, and how often it
    should have by the forecast itself: an interval of whole numbers holds a little more than was asked."""
    low, high = law.quantile((1 - share) / 2), law.quantile((1 + share) / 2)
    hours = np.arange(len(counts))
    under = np.where(low > 0, law.below[hours, np.maximum(low - 1, 0)], 0.0)
    held = (counts >= low) & (counts <= high)
    return float(held.mean()), float((law.below[hours, high] - under).mean())
