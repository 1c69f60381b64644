"""How busy it was of late, as a regression sees it."""

import numpy as np

from routing.arrays import Float64s, Int64s
from simulations.forecast.series import WEEK_H, Hourly

BUSY_H: tuple[int, ...] = (3, 24, WEEK_H, 4 * WEEK_H)
"""Over how many hours it is counted."""
LEAST_WEEKS = max(BUSY_H) // WEEK_H + 2
"""Of calls a regression learns from: two behind the longest of these."""
FADES_H = 8.0
"""By this fades what the last hours tell of the next ones."""
UNSURE_CALLS = 20.0
"""So many calls are as likely chance as not: a ratio to what is usual is drawn towards 1 by them."""


def busier(history: Hourly, usual: Float64s, origins: Int64s) -> Float64s:
    """float64[origins, len(BUSY_H)]: the logarithm of how many more calls than usual there were in the hours
    before each origin, so far as the history goes back.

    usual : float64[168], calls an hour
    """
    expected = usual[history.hours_of_week(0, len(history.counts))]
    calls = np.concatenate([[0.0], np.cumsum(history.counts)])
    wanted = np.concatenate([[0.0], np.cumsum(expected)])
    found = np.empty((len(origins), len(BUSY_H)))
    for column, hours in enumerate(BUSY_H):
        since = np.maximum(origins - hours, 0)
        seen, thought = calls[origins] - calls[since], wanted[origins] - wanted[since]
        found[:, column] = np.log((seen + UNSURE_CALLS) / (thought + UNSURE_CALLS))
    return found


def terms(history: Hourly, usual: Float64s, origins: Int64s, ahead: Int64s) -> Float64s:
    """float64[rows, 2 * len(BUSY_H)] of the hours origin + ahead, each asked at its origin; ahead from 0."""
    views, row = np.unique(origins, return_inverse=True)
    busy = busier(history, usual, views)[row]
    return np.hstack([busy, busy * np.exp(-ahead / FADES_H)[:, None]])
