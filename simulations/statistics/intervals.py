"""Means with their uncertainty. The values are one figure a replication, so they are independent of each
other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from scipy.stats import t as student

ROUNDING = 1e-12
"""Of a mean: so much spread is that of the arithmetic."""


@dataclass(frozen=True, slots=True)
class Interval:
    """mean, and between which two it lies with the confidence `level`; low and high are the mean where
    there is one value."""

    mean: float
    low: float
    high: float
    n: int
    level: float

    @property
    def half(self) -> float:
        return (self.high - self.low) / 2

    def holds(self, truth: float) -> bool:
        return self.low <= truth <= self.high

    def from_none_on(self) -> "Interval":
        """Of what is counted: the mean of counts is not below none, whatever the arithmetic allows."""
        return replace(self, low=max(self.low, 0.0))


def mean_of(values: Sequence[float], level: float = 0.95) -> Interval:
    """Student's interval for the mean. Raises ValueError where there is no value."""
    if len(values) == 0:
        raise ValueError("A mean needs a value.")
    mean = float(np.mean(values))
    if len(values) == 1:
        return Interval(mean, mean, mean, 1, level)
    error = float(np.std(values, ddof=1)) / sqrt(len(values))
    half = float(student.ppf((1 + level) / 2, len(values) - 1)) * error
    return Interval(mean, mean - half, mean + half, len(values), level)


@dataclass(frozen=True, slots=True)
class Difference:
    """Of two rivals on the same calls, B less A, replication by replication.

    p : how likely so large a difference is where there is none (paired t, two sides; where all replications
        differ by the same, as figures of few calls may, the sign test: no spread was seen to go by)
    """

    interval: Interval
    p: float

    @property
    def sure(self) -> bool:
        """Whether zero lies outside; else nobody may say that they differ.

        Of this comparison alone: who makes several corrects for them (`holm.py`).
        """
        return not self.interval.holds(0.0) and self.p < 1.0 - self.interval.level


def difference(first: Sequence[float], second: Sequence[float], level: float = 0.95) -> Difference:
    """Second less first. Raises ValueError where they are not of the same replications."""
    if len(first) != len(second):
        raise ValueError("Rivals are compared on the same replications.")
    apart = [other - one for one, other in zip(first, second, strict=True)]
    found = mean_of(apart, level)
    if found.n < 2:
        return Difference(found, 1.0)
    error = float(np.std(apart, ddof=1)) / sqrt(found.n)
    if error <= ROUNDING * abs(found.mean):
        return Difference(found, 1.0 if found.mean == 0 else 2.0 ** (1 - found.n))
    return Difference(found, float(2 * student.sf(abs(found.mean) / error, found.n - 1)))
