"""What a forecast says of an hour: how likely each number of calls is."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import nbinom, poisson

from routing.arrays import Float64s, Int64s

ALMOST_POISSON = 1.0 + 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """below : float64[hours, n], how likely 0, 1, 2, ... calls or fewer are; the last is 1"""

    below: Float64s

    @property
    def mean(self) -> Float64s:
        found: Float64s = (1 - self.below).sum(axis=1)
        return found

    def quantile(self, share: float) -> Int64s:
        """The least number that is not exceeded with at least this chance."""
        found: Int64s = (self.below < share - 1e-12).sum(axis=1)
        return found


def overdispersed(mean: Float64s, dispersion: float) -> Law:
    """Poisson's law, or the negative binomial one whose variance is `dispersion` times its mean: calls of one
    hour that have a common cause, such as ice or heat, come together."""
    least = np.maximum(mean, 1e-9)
    most = int(least.max() + 12 * np.sqrt(least.max() * max(1.0, dispersion)) + 12)
    values = np.arange(most + 1)
    if dispersion <= ALMOST_POISSON:
        below = poisson.cdf(values, least[:, None])
    else:
        below = nbinom.cdf(values, least[:, None] / (dispersion - 1), 1 / dispersion)
    below[:, -1] = 1.0
    return Law(below)


def of_samples(samples: Float64s) -> Law:
    """samples : float64[hours, samples], each as likely as the other; told in whole calls"""
    whole = np.maximum(np.rint(samples), 0).astype(np.int64)
    values = np.arange(int(whole.max()) + 2)
    return Law((whole[:, :, None] <= values).mean(axis=1))


def dispersion_of(counts: Int64s, mean: Float64s) -> float:
    """Pearson's: the mean of (count - mean)^2 / mean, where Poisson's law has 1; never less than that."""
    return max(1.0, float(((counts - mean) ** 2 / np.maximum(mean, 1e-9)).mean()))
