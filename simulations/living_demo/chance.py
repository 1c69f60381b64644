"""One generator for each source of chance, so that changing one leaves the others alone."""

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

from numpy.random import Generator, default_rng

T = TypeVar("T")


class Luck:
    """One source of chance, in the words the demo needs."""

    def __init__(self, generator: Generator) -> None:
        self.generator = generator

    def between(self, low: float, high: float) -> float:
        return float(self.generator.uniform(low, high))

    def happens(self, share: float) -> bool:
        return float(self.generator.random()) < share

    def gap(self, mean: float) -> float:
        """Time to the next of many independent happenings, in the unit of `mean`."""
        return float(self.generator.exponential(mean))

    def noise(self, sigma: float) -> float:
        return float(self.generator.normal(0.0, sigma))

    def count(self, mean: float) -> int:
        return int(self.generator.poisson(mean))

    def share_of(self, number: int, share: float) -> int:
        """How many of `number` it hits, when it hits each with the chance `share`."""
        return int(self.generator.binomial(max(0, number), min(1.0, max(0.0, share))))

    def pick(self, choices: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """One of `choices`, which must not be empty; weights need not add up to one."""
        if weights is None:
            return choices[int(self.generator.integers(len(choices)))]
        point = float(self.generator.random()) * sum(weights)
        for choice, weight in zip(choices, weights, strict=True):
            point -= weight
            if point < 0:
                return choice
        return choices[-1]


class Chance:
    """All sources of one demo, by name."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def of(self, name: str) -> Luck:
        """A fresh generator for `name`; ask once and keep it."""
        return Luck(default_rng([self.seed, crc32(name.encode())]))
