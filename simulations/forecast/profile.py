"""The usual week: a mean for each of its 168 hours, shrunken towards what day and hour say by themselves.

With some dozens of weeks the mean of "Tuesday, 3 to 4 o'clock" is mostly noise, while "Tuesdays" and "3 to 4
o'clock" are well known. The product of both is what is expected of an hour of which nothing is known, and it
weighs as much as `prior` calls would: the mean of a Gamma law after Poisson counts (empirical Bayes).
"""

import numpy as np

from routing.arrays import Float64s
from simulations.forecast.law import Law, dispersion_of, overdispersed
from simulations.forecast.series import WEEK_H, Hourly


class UsualWeek:
    name = "usual week"

    def learn(self, history: Hourly) -> None:
        self.rate = usual_week(history)
        expected = self.rate[history.hours_of_week(0, len(history.counts))]
        self.dispersion = dispersion_of(history.counts, expected)

    def ahead(self, history: Hourly, hours: int) -> Law:
        return overdispersed(self.rate[history.hours_of_week(len(history.counts), hours)], self.dispersion)


def usual_week(history: Hourly) -> Float64s:
    """float64[168], calls an hour. Raises ValueError where a hour of the week was never seen."""
    if len(history.counts) < 2 * WEEK_H:
        raise ValueError("It takes two weeks of calls to learn from.")
    hour = history.hours_of_week(0, len(history.counts))
    seen = np.bincount(hour, minlength=WEEK_H).astype(float)
    calls = np.bincount(hour, weights=history.counts, minlength=WEEK_H).astype(float)
    rate = (calls / seen).reshape(7, 24)
    mean = max(float(rate.mean()), 1e-9)
    expected = (rate.mean(axis=1)[:, None] * rate.mean(axis=0) / mean).ravel()
    prior = _prior(calls, seen, expected)
    whole: Float64s = (calls + prior * expected) / (seen + prior)
    return whole


def _prior(calls: Float64s, seen: Float64s, expected: Float64s) -> float:
    """How many weeks the product of day and hour is worth: the less the means scatter around it beyond what
    Poisson's law explains, the more (by moments)."""
    rate = calls / seen
    noise = float((expected / seen).mean())
    apart = float(((rate - expected) ** 2).mean()) * WEEK_H / (WEEK_H - 30)  # 7 + 24 - 1 figures were fitted
    truth = max(apart - noise, 1e-3 * noise)
    return float(np.mean(expected)) / truth
