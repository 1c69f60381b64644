"""What the free units reach of the expected demand, and what is lost if one of them leaves.

A cell is covered where at least one free unit reaches its place within the limit. With reach r_uj in {0, 1},
demand w_j and n_j = sum_u r_uj units that reach cell j:

    coverage           = sum_j w_j [n_j >= 1]
    ... without unit u = coverage - sum_j w_j r_uj [n_j = 1]
    expected coverage  = sum_j w_j (1 - q^n_j)               (MEXCLP: Daskin 1983, q the busy fraction)
    what u adds to it  = sum_j w_j r_uj (1 - q) q^(n_j - 1)

Weights are whole numbers in doubles, so every sum is exact and "with" and "without" agree to the last digit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, NamedTuple

import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from dispatch.policies.preparedness_index import PreparednessRules, after_each, least
from domain.coverage import NO_WAY_S, CellTimes, DemandCells

Float64s = NDArray[np.float64]
WHOLE: Final = 10**9
"""What the weights of all demand add up to."""
DIGITS: Final = 4
"""Shares are told to a hundredth of a percent."""


@dataclass(frozen=True, slots=True)
class CoverageRules:
    """What counts as covered.

    limit_s       : driving seconds within which demand counts as reached; by default the eight minutes of a
                    first priority less the minute of turnout
    kinds         : of units that count; motorbikes give first care only
    busy_fraction : q, the chance that a unit is busy when it is called, 0 up to 1; assumed until figures of
                    the city say otherwise
    shrink_calls  : so many emergencies of the past weigh as much as the streets people live on
    """

    limit_s: Annotated[float, Meta(gt=0, le=7200)] = 420.0
    kinds: tuple[Literal["van", "motorbike"], ...] = ("van",)
    busy_fraction: Annotated[float, Meta(ge=0, lt=1)] = 0.3
    shrink_calls: Annotated[float, Meta(gt=0)] = 2000.0


class Standing(NamedTuple):
    """A free unit that counts. cell : where it stands, -1 for off the map."""

    callsign: str
    kind: str
    cell: int
    als: bool = False


class UnitCover(NamedTuple):
    """after        : coverage without this unit, 0 to 1
    marginal     : what it adds to the expected coverage, 0 to 1
    preparedness : the least preparedness of any cell without it; None where nobody asked
    """

    after: float
    marginal: float
    preparedness: float | None = None


@dataclass(frozen=True, slots=True)
class CoverageNow:
    """The figures of one moment, of every unit that counts. Plain numbers: they go into a decision and come
    back out of it, so that a replay needs neither cells nor roads.

    als_free : free units with advanced life support
    stale    : whether the road times are older than the traffic now in use
    """

    limit_s: float
    before: float
    expected: float
    als_free: int
    units: Mapping[str, UnitCover]
    preparedness: float | None = None
    traffic_version: str = ""
    stale: bool = False

    def inputs(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "limit_s": self.limit_s,
            "before": self.before,
            "expected": self.expected,
            "als_free": self.als_free,
            "units": {callsign: list(each) for callsign, each in self.units.items()},
            "preparedness": self.preparedness,
            "traffic_version": self.traffic_version,
            "stale": self.stale,
        }

    @classmethod
    def from_inputs(cls, told: Mapping[str, Any]) -> "CoverageNow":
        units = {callsign: UnitCover(*each) for callsign, each in told["units"].items()}
        return cls(**{**told, "units": units})


def cover_now(
    times: Mapping[str, CellTimes],
    fleet: Sequence[Standing],
    rules: CoverageRules,
    limit_s: float | None = None,
    preparedness: PreparednessRules | None = None,
    stale: bool = False,
) -> CoverageNow:
    """Coverage of a fleet, with and without each of its units.

    times        : road times between cells by kind of unit, all of the same cells
    limit_s      : instead of the one of the rules
    preparedness : work it out too, which takes longer than all the rest
    """
    limit = rules.limit_s if limit_s is None else limit_s
    counted = [unit for unit in fleet if unit.cell >= 0 and unit.kind in times]
    weights = weights_of(next(iter(times.values())).cells)
    reached = reached_by(times, counted, limit)
    count = reached.sum(axis=0)
    covered = float(weights @ (count >= 1))
    lost = reached @ (weights * (count == 1))
    q = rules.busy_fraction
    added = reached @ (weights * (1 - q) * q ** np.maximum(count - 1, 0))
    ready, ready_after = _preparedness(times, counted, weights, preparedness)
    after = ((covered - lost) / WHOLE).round(DIGITS).tolist()
    marginal = (added / WHOLE).round(9).tolist()
    units = {
        unit.callsign: UnitCover(*figures)
        for unit, *figures in zip(counted, after, marginal, ready_after, strict=True)
    }
    return CoverageNow(
        limit_s=limit,
        before=round(covered / WHOLE, DIGITS),
        expected=round(float(weights @ (1 - q**count)) / WHOLE, DIGITS),
        als_free=sum(unit.als for unit in fleet),
        units=units,
        preparedness=ready,
        traffic_version=next(iter(times.values())).traffic_version,
        stale=stale,
    )


def reached_by(times: Mapping[str, CellTimes], fleet: Sequence[Standing], limit_s: float) -> Float64s:
    """Which cells each unit reaches within the limit: float64[units, cells] of 0 and 1."""
    size = len(next(iter(times.values())).cells.weights)
    reached = np.zeros((len(fleet), size))
    for kind, between in times.items():
        rows = [i for i, unit in enumerate(fleet) if unit.kind == kind]
        if rows:
            reached[rows] = within(between, limit_s)[[fleet[i].cell for i in rows]]
    return reached


def each_cell(
    times: Mapping[str, CellTimes], fleet: Sequence[Standing], limit_s: float
) -> tuple[list[int], list[int | None]]:
    """Of every cell, how many units reach it within the limit, and the seconds of the soonest; None where
    none has a way."""
    counted = [unit for unit in fleet if unit.cell >= 0 and unit.kind in times]
    size = len(next(iter(times.values())).cells.weights)
    if not counted:
        return [0] * size, [None] * size
    count = reached_by(times, counted, limit_s).sum(axis=0).astype(int)
    soonest = np.min([seconds_of(times[unit.kind])[unit.cell] for unit in counted], axis=0)
    return count.tolist(), [None if seconds == NO_WAY_S else int(seconds) for seconds in soonest]


def seconds_of(times: CellTimes) -> NDArray[np.uint16]:
    """The road times as an array, [cells, cells]."""
    size = len(times.cells.weights)
    return np.frombuffer(times.seconds, np.uint16).reshape(size, size)


@lru_cache(maxsize=16)
def weights_of(cells: DemandCells) -> Float64s:
    """The demand of each cell in whole billionths."""
    weights: Float64s = np.rint(np.array(cells.weights, np.float64) * WHOLE)
    return weights


@lru_cache(maxsize=16)
def within(times: CellTimes, limit_s: float) -> Float64s:
    """Which cells a unit in each cell reaches, float64[cells, cells] of 0 and 1: kept, because units come and
    go, but roads stay."""
    seconds = seconds_of(times)
    within: Float64s = ((seconds <= limit_s) & (seconds != NO_WAY_S)).astype(np.float64)
    return within


def _preparedness(
    times: Mapping[str, CellTimes],
    counted: Sequence[Standing],
    weights: Float64s,
    rules: PreparednessRules | None,
) -> tuple[float | None, Sequence[float | None]]:
    if rules is None:
        return None, [None] * len(counted)
    seconds = np.empty((len(counted), len(weights)))
    for i, unit in enumerate(counted):
        seconds[i] = seconds_of(times[unit.kind])[unit.cell]
    seconds[seconds == NO_WAY_S] = np.inf
    share = weights / WHOLE
    return least(seconds, share, rules), after_each(seconds, share, rules).tolist()
