"""A Poisson regression: the usual week, raised or lowered by how busy it was of late.

`sklearn.linear_model.PoissonRegressor` fits it with a ridge, so that few weeks give the usual week and not a
wild one. Around its mean stands the negative binomial law with the scatter that was seen. What was tried
and was no better is told in docs/studies/forecast.md.
"""

import numpy as np
from sklearn.linear_model import PoissonRegressor

from routing.arrays import Float64s, Int64s
from simulations.forecast.law import Law, dispersion_of, overdispersed
from simulations.forecast.profile import usual_week
from simulations.forecast.series import WEEK_H, Hourly
from simulations.forecast.terms import BUSY_H, LEAST_WEEKS, terms

LONGEST_H = 48
EVERY_H = 5
"""It learns from each so many hours' view of the next two days: 5 meets every hour of the week in turn."""
RIDGE = 1e-2
LEAST = 1e-3
"""Calls an hour, so that an hour without a call has a logarithm."""


class Regression:
    name = "regression"

    def learn(self, history: Hourly) -> None:
        first = max(BUSY_H)
        if len(history.counts) < LEAST_WEEKS * WEEK_H:
            raise ValueError(
                f"It takes {LEAST_WEEKS} weeks of calls to learn from; "
                f"there are {len(history.counts) / WEEK_H:.1f}."
            )
        self._usual = np.maximum(usual_week(history), LEAST)
        views = np.arange(first, len(history.counts) - LONGEST_H + 1, EVERY_H)
        origins, ahead = np.repeat(views, LONGEST_H), np.tile(np.arange(LONGEST_H), len(views))
        usual = self._usual[history.hours_of_week(0, len(history.counts))[origins + ahead]]
        came = history.counts[origins + ahead]
        # A count with the usual one as its exposure: the same as its ratio to it, weighed by it.
        self._fitted = PoissonRegressor(alpha=RIDGE, max_iter=500)
        self._fitted.fit(terms(history, self._usual, origins, ahead), came / usual, sample_weight=usual)
        self._dispersion = dispersion_of(came, self._mean(history, origins, ahead))

    def ahead(self, history: Hourly, hours: int) -> Law:
        origins = np.full(hours, len(history.counts))
        return overdispersed(self._mean(history, origins, np.arange(hours)), self._dispersion)

    def _mean(self, history: Hourly, origins: Int64s, ahead: Int64s) -> Float64s:
        hour = history.hours_of_week(0, int((origins + ahead).max()) + 1)[origins + ahead]
        ratio: Float64s = self._fitted.predict(terms(history, self._usual, origins, ahead))
        mean: Float64s = ratio * self._usual[hour]
        return mean
