"""How long a measured speed is believed.

A report of age t holds still with the chance w = 2^(-t / HALF_LIFE): what may change at any moment is
forgotten exponentially, as low-pass filters for sparse travel times do (Dion and Rakha, Transportation
Research B 40, 2006). Where several reports meet, at least one holds with the chance 1 - (1 - w1)(1 - w2)...,
and what they tell is their mean by weight. The time expected for a street is

    told = sum(w * time measured) / sum(w)
    time = chance * told + (1 - chance) * time expected without them

Times are averaged, not speeds, for it is times that add up along a way. A report older than FORGOTTEN
counts no more; it weighed a sixty-fourth before.
"""

from datetime import datetime, timedelta
from typing import Final

import numpy as np

from routing.arrays import Float64s, Int32s

HALF_LIFE: Final = timedelta(minutes=10)
FORGOTTEN: Final = 6 * HALF_LIFE
SLOWEST_KMH: Final = 3.0  # a street that is not closed moves at walking pace
LEAST, MOST = 0.05, 2.0  # the share of the usual speed that a report may tell


def weight(measured_at: datetime, at: datetime) -> float:
    """The chance that a report still holds: 1 for a new one, 0 for one that is forgotten."""
    age = max(at - measured_at, timedelta())
    return 0.0 if age >= FORGOTTEN else float(2.0 ** -(age / HALF_LIFE))


def pace_told(kmh: float, usual_kmh: Float64s) -> Float64s:
    """How many times as long as usual a measured street takes."""
    pace: Float64s = 1 / np.clip(max(kmh, SLOWEST_KMH) / usual_kmh, LEAST, MOST)
    return pace


class Blend:
    """What the reports of each arc come to, report by report: three numbers an arc, however many come."""

    def __init__(self, arcs: int) -> None:
        self._doubt, self._weights, self._told = np.ones(arcs), np.zeros(arcs), np.zeros(arcs)

    def add(self, arcs: Int32s, weight: float, told: Float64s) -> None:
        """One report. arcs : those it speaks of, each once   told : float64[arcs] the pace it tells"""
        self._doubt[arcs] *= 1 - weight
        self._weights[arcs] += weight
        self._told[arcs] += weight * told

    def result(self) -> tuple[Int32s, Float64s, Float64s]:
        """The arcs in rising order, the chance that a report still holds, and the pace told, [arcs] each."""
        arcs = np.flatnonzero(self._weights).astype(np.int32)
        return arcs, 1 - self._doubt[arcs], self._told[arcs] / self._weights[arcs]
