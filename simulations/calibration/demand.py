"""Whether as many calls rang as the model says: so many nights of the same days, drawn out of it."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from routing.arrays import Float64s
from simulations.calibration.compare import LEVEL
from simulations.calibration.play import Judged
from simulations.city_model.draw import NONE, draw


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """Calls of all days together. recorded, mean, least, most : float64[24], by hour of the day; `least` to
    `most` is where nineteen in twenty of such stretches lie by the model
    total, total_mean, total_least, total_most : of all hours
    """

    recorded: Float64s
    mean: Float64s
    least: Float64s
    most: Float64s
    total: float
    total_mean: float
    total_least: float
    total_most: float

    @property
    def within(self) -> bool:
        return self.total_least <= self.total <= self.total_most

    @property
    def hours_within(self) -> int:
        return int(((self.least <= self.recorded) & (self.recorded <= self.most)).sum())


def demand_of(judged: Judged) -> Demand:
    asked, its = judged.asked, judged.of
    rounds = max(20, asked.replications)
    drawn = np.zeros((rounds, 24))
    for replication in range(rounds):
        calls = draw(judged.model, its.begins, its.hours, asked.seed, replication).calls
        hour = (calls.rang_s[calls.priority != NONE] // 3600.0).astype(np.int64) % 24
        drawn[replication] = np.bincount(hour, minlength=24)
    at = [moment.astimezone(its.begins.tzinfo).hour for moment in its.rang]
    recorded = np.bincount(at, minlength=24).astype(np.float64)
    mean, least, most = _where(drawn)
    total_mean, total_least, total_most = (float(each[0]) for each in _where(drawn.sum(axis=1)[:, None]))
    return Demand(recorded, mean, least, most, float(recorded.sum()), total_mean, total_least, total_most)


def _where(drawn: Float64s) -> tuple[Float64s, Float64s, Float64s]:
    """Mean, and between what one more would lie."""
    rounds, mean = len(drawn), drawn.mean(axis=0)
    wide = (
        float(student.ppf((1 + LEVEL) / 2, rounds - 1)) * drawn.std(axis=0, ddof=1) * np.sqrt(1 + 1 / rounds)
    )
    return mean, np.maximum(0.0, mean - wide), mean + wide
