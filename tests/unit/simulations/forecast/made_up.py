"""Histories whose truth is known, because they were drawn from it."""

from datetime import datetime

import numpy as np

from simulations.chance import generator
from simulations.forecast.series import WEEK_H, Hourly

MONDAY = datetime(2026, 1, 5)
DAY = 6 + 5 * np.sin((np.arange(24) - 9) * np.pi / 12)
WEEK = np.concatenate([np.tile(DAY, 5), np.tile(DAY * 0.8, 2)])
"""float64[168], calls an hour: fewest at three in the morning, fewer at the weekend."""


def ordinary(weeks: int, seed: int = 1) -> Hourly:
    counts = generator(seed, 0, "arrivals").poisson(np.tile(WEEK, weeks))
    return Hourly(MONDAY, counts.astype(np.int64))


def with_waves(weeks: int, seed: int = 1) -> Hourly:
    """Days on which there is half as much again, or half as little, several of a kind in a row."""
    chance = generator(seed, 0, "waves")
    level, levels = 0.0, []
    for _ in range(weeks * 7):
        level = 0.9 * level + 0.2 * chance.standard_normal()
        levels.append(level)
    mean = np.tile(WEEK, weeks) * np.exp(np.repeat(levels, 24))
    return Hourly(MONDAY, generator(seed, 0, "arrivals").poisson(mean).astype(np.int64))


def weeks_of(history: Hourly) -> int:
    return len(history.counts) // WEEK_H
