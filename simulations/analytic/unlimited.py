"""M/G/infinity: how many are there at once where nobody ever waits, such as patients in beds that never run
out."""

from math import exp, lgamma, log


def mean_there(arrivals_per_s: float, stay_s: float) -> float:
    """Whatever the law of the stays, only their mean counts."""
    return arrivals_per_s * stay_s


def share_of_time(there: int, arrivals_per_s: float, stay_s: float) -> float:
    """The share of the time at which exactly so many are there: Poisson's."""
    mean = mean_there(arrivals_per_s, stay_s)
    if mean == 0:
        return 1.0 if there == 0 else 0.0
    return exp(there * log(mean) - mean - lgamma(there + 1))
