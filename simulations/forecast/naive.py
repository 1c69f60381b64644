"""As many as in the same hour of last week: what any forecast has to beat."""

import numpy as np

from simulations.forecast.law import Law, of_samples
from simulations.forecast.series import WEEK_H, Hourly


class SameHourLastWeek:
    """Around that number it allows for the differences from one week to the next that it saw."""

    name = "same hour last week"

    def learn(self, history: Hourly) -> None:
        if len(history.counts) < 3 * WEEK_H:
            raise ValueError("It takes three weeks of calls to learn from.")
        apart = (history.counts[WEEK_H:] - history.counts[:-WEEK_H]).astype(float)
        # Both signs, so that it neither grows nor shrinks; hundred quantiles stand for all of them.
        self._apart = np.quantile(np.concatenate([apart, -apart]), (np.arange(100) + 0.5) / 100)

    def ahead(self, history: Hourly, hours: int) -> Law:
        last = len(history.counts) - WEEK_H
        weeks = np.arange(hours) % WEEK_H  # beyond a week the last one again
        return of_samples(history.counts[last + weeks][:, None] + self._apart)
