"""Coverage and preparedness the slow, obvious way: a loop for every sum of the formulas."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import inf

import numpy as np

from dispatch.policies.coverage import Standing
from domain.coverage import NO_WAY_S, CellTimes, DemandCells
from domain.values import Position


def cells_of(weights: Sequence[float]) -> DemandCells:
    places = [Position(10.7 + i / 1000, 106.7) for i in range(len(weights))]
    return DemandCells("drawn-1", places, tuple(weights), "streets")


def times_of(cells: DemandCells, seconds: Sequence[Sequence[int]], profile: str = "van") -> CellTimes:
    return CellTimes(cells, profile, np.array(seconds, np.uint16).tobytes(), "free-flow")


def seconds_between(times: CellTimes, one: int, other: int) -> int:
    size = len(times.cells.weights)
    place = 2 * (one * size + other)
    return int.from_bytes(times.seconds[place : place + 2], "little")


def reaches(times: Mapping[str, CellTimes], unit: Standing, cell: int, limit_s: float) -> bool:
    seconds = seconds_between(times[unit.kind], unit.cell, cell)
    return seconds != NO_WAY_S and seconds <= limit_s


def covered(times: Mapping[str, CellTimes], fleet: Sequence[Standing], limit_s: float) -> float:
    """The share of the demand that somebody reaches."""
    weights = next(iter(times.values())).cells.weights
    return sum(
        weight
        for cell, weight in enumerate(weights)
        if any(reaches(times, unit, cell, limit_s) for unit in fleet)
    )


def expected(times: Mapping[str, CellTimes], fleet: Sequence[Standing], limit_s: float, q: float) -> float:
    """MEXCLP's objective: sum_j w_j (1 - q^n_j)."""
    total = 0.0
    for cell, weight in enumerate(next(iter(times.values())).cells.weights):
        number = sum(reaches(times, unit, cell, limit_s) for unit in fleet)
        total += weight * (1 - q**number)
    return total


def preparedness_of(
    seconds: Sequence[Sequence[float]],
    demand: Sequence[float],
    contribution: Sequence[float],
    nearest_s: float,
    zones: Sequence[int],
) -> Fraction:
    """min_j (1 / c_j) sum_l gamma^l / t_j^l over the zones."""
    least = None
    for zone in zones:
        times = sorted(max(unit[zone], nearest_s) for unit in seconds)
        total = Fraction(0)
        for gamma, time in zip(contribution, times, strict=False):
            if time != inf:
                total += Fraction(gamma) / Fraction(time)
        ready = total / Fraction(demand[zone])
        least = ready if least is None else min(least, ready)
    return least or Fraction(0)
