"""What happens over time, step by step: how many of something at once, and how many that begin."""

import numpy as np

from routing.arrays import Float64s

FINE_S, USUAL_S, COARSE_S = 300.0, 900.0, 3600.0


def step_for(hours: float) -> float:
    """Enough of them for a curve, and no more than a screen shows."""
    return FINE_S if hours <= 6 else USUAL_S if hours <= 48 else COARSE_S


def edges_of(warm_up_s: float, hours: float) -> Float64s:
    """From the first moment that is counted on; the last step may be longer than the time that is left."""
    step_s = step_for(hours)
    return warm_up_s + step_s * np.arange(int(np.ceil(hours * 3600.0 / step_s)) + 1, dtype=np.float64)


def at_once(begin_s: Float64s, end_s: Float64s, edges: Float64s) -> Float64s:
    """How many are between their begin and their end, on the average of each step."""
    begin, end = np.clip(begin_s, edges[0], edges[-1]), np.clip(end_s, edges[0], edges[-1])
    inside: Float64s = np.diff(_before(np.sort(begin), edges) - _before(np.sort(end), edges)) / np.diff(edges)
    return inside


def begun(at_s: Float64s, edges: Float64s) -> Float64s:
    """How many in each step."""
    inside = at_s[(at_s >= edges[0]) & (at_s < edges[-1])]
    return np.histogram(inside, edges)[0].astype(np.float64)


def _before(moments: Float64s, edges: Float64s) -> Float64s:
    """Of each edge the sum of its distances to all moments before it."""
    sums = np.concatenate([[0.0], np.cumsum(moments)])
    count = np.searchsorted(moments, edges, "right")
    found: Float64s = count * edges - sums[count]
    return found
