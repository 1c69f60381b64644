"""What the free units reach of the expected demand, and what is lost if one of them leaves.

A cell is covered where at least one free unit reaches its place within the limit. With reach r_uj in {0, 1},
demand w_j and n_j = sum_u r_uj units that reach cell j:

    coverage           = sum_j w_j [n_j >= 1]
    ... without unit u = coverage - sum_j w_j r_uj [n_j = 1]
    expected coverage  = sum_j w_j (1 - q^n_j)               (MEXCLP: Daskin 1983, q the busy fraction)
    what u adds to it  = sum_j w_j r_uj (1 - q) q^(n_j - 1)

Weights are whole numbers in doubles, so every sum is exact and "with" and "without" agree to the last digit.

Seven minutes reach a fifteenth of a large city's cells, so reach is a sparse matrix. Of few units the rows
are taken: n counts how often a cell is named in them, and what a unit is worth is the sum over its own row.
Of many each sum is one product with the whole matrix, looked up at their cells. Both add in the order of
cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from dispatch.policies.coverage_rules import CoverageRules
from dispatch.policies.preparedness_index import PreparednessRules, after_each, least
from domain.coverage import NO_WAY_S, CellTimes, DemandCells

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Float64s = NDArray[np.float64]
Int64s = NDArray[np.int64]
NO_CELLS: Final = np.empty(0, np.int64)
FEW: Final = 64
"""Of so many units the rows are added up sooner than the matrix is multiplied."""
WHOLE: Final = 10**9
"""What the weights of all demand add up to."""
DIGITS: Final = 4
"""Shares are told to a hundredth of a percent ..."""
MARGINAL_DIGITS: Final = 9
"""... and what a single unit adds, which orders units, far finer."""


class Standing(msgspec.Struct, frozen=True, gc=False):
    """A free unit that counts. cell : where it stands, -1 for off the map."""

    callsign: str
    kind: str
    cell: int
    als: bool = False


class UnitCover(msgspec.Struct, frozen=True, array_like=True, gc=False):
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
        told: dict[str, Any] = msgspec.to_builtins(self)
        return told

    @classmethod
    def from_inputs(cls, told: Mapping[str, Any]) -> "CoverageNow":
        return cls(**{**told, "units": msgspec.convert(told["units"], dict[str, UnitCover])})


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
    reach = _reach_of_units(times, counted, limit)
    count = reach.count()
    covered = float(weights @ (count >= 1))
    q = rules.busy_fraction
    nobody = q ** np.arange(len(counted) + 1.0)  # by the number of units: that none of them is free
    alone = np.where(count == 1, weights, 0.0)
    share = weights * (1 - q) * nobody[np.maximum(count - 1, 0)]
    after = (covered - reach.sums(alone)) / WHOLE
    added = reach.sums(share) / WHOLE
    ready, ready_after = _preparedness(times, counted, weights, preparedness)
    figures = map(UnitCover, after.round(DIGITS).tolist(), added.round(MARGINAL_DIGITS).tolist(), ready_after)
    units = dict(zip([unit.callsign for unit in counted], figures, strict=True))
    return CoverageNow(
        limit_s=limit,
        before=round(covered / WHOLE, DIGITS),
        expected=round(float(weights @ (1 - nobody)[count]) / WHOLE, DIGITS),
        als_free=sum(unit.als for unit in fleet),
        units=units,
        preparedness=ready,
        traffic_version=next(iter(times.values())).traffic_version,
        stale=stale,
    )


def units_in_reach(times: Mapping[str, CellTimes], fleet: Sequence[Standing], limit_s: float) -> Float64s:
    """How many units reach each cell within the limit: float64[cells] of whole numbers.

    fleet : of kinds that `times` has, each in a cell
    """
    return _reach_of_units(times, fleet, limit_s).count().astype(np.float64)


class _Rows:
    """The cells that each of a few units reaches, one unit after the other; and whose each of them is."""

    def __init__(self, times: Mapping[str, CellTimes], fleet: Sequence[Standing], limit_s: float) -> None:
        self._size, self._units = len(next(iter(times.values())).cells.weights), len(fleet)
        rows = {kind: _cells_in_reach(times[kind], limit_s) for kind in {unit.kind for unit in fleet}}
        own = [rows[unit.kind][unit.cell] for unit in fleet]
        self._cells = np.concatenate([NO_CELLS, *own])
        self._whose = np.repeat(np.arange(len(own)), np.array([len(row) for row in own], np.int64))

    def count(self) -> Int64s:
        """How many of the units reach each cell."""
        return np.bincount(self._cells, minlength=self._size)

    def sums(self, figures: Float64s) -> Float64s:
        """Of each unit, what the cells it reaches come to."""
        return np.bincount(self._whose, figures[self._cells], minlength=self._units).astype(np.float64)


class _Products:
    """The same of many units, one at least: those in one cell reach the same."""

    def __init__(self, times: Mapping[str, CellTimes], fleet: Sequence[Standing], limit_s: float) -> None:
        self._times, self._limit_s = times, limit_s
        self._size = len(next(iter(times.values())).cells.weights)
        kinds = [unit.kind for unit in fleet]
        self._whose: dict[str, slice | list[int]] = {kinds[0]: slice(None)}
        if len(names := set(kinds)) > 1:
            self._whose = {name: [i for i, kind in enumerate(kinds) if kind == name] for name in names}
        self._cells = np.array([unit.cell for unit in fleet])

    def count(self) -> Int64s:
        count = np.zeros(self._size)
        for kind, whose in self._whose.items():
            in_cells = np.bincount(self._cells[whose], minlength=self._size)
            count += reached_in(self._times[kind], self._limit_s) @ in_cells
        return count.astype(np.int64)

    def sums(self, figures: Float64s) -> Float64s:
        found = np.empty(len(self._cells))
        for kind, whose in self._whose.items():
            found[whose] = (reach_of(self._times[kind], self._limit_s) @ figures)[self._cells[whose]]
        return found


def _reach_of_units(
    times: Mapping[str, CellTimes], fleet: Sequence[Standing], limit_s: float
) -> _Rows | _Products:
    return (_Rows if len(fleet) <= FEW else _Products)(times, fleet, limit_s)


def each_cell(
    times: Mapping[str, CellTimes], fleet: Sequence[Standing], limit_s: float
) -> tuple[list[int], list[int | None]]:
    """Of every cell, how many units reach it within the limit, and the seconds of the soonest; None where
    none has a way."""
    counted = [unit for unit in fleet if unit.cell >= 0 and unit.kind in times]
    size = len(next(iter(times.values())).cells.weights)
    if not counted:
        return [0] * size, [None] * size
    count = units_in_reach(times, counted, limit_s).astype(int)
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


@lru_cache(maxsize=16)
def reach_of(times: CellTimes, limit_s: float) -> "csr_array":
    """`within` without its zeros."""
    from scipy.sparse import csr_array  # commands that only read a city's rules do not wait for it

    return csr_array(within(times, limit_s))


@lru_cache(maxsize=16)
def reached_in(times: CellTimes, limit_s: float) -> "csr_array":
    """By cell, from which others it is reached. Turned once: products with it are asked for every moment."""
    return reach_of(times, limit_s).T.tocsr()


@lru_cache(maxsize=16)
def _cells_in_reach(times: CellTimes, limit_s: float) -> list[Int64s]:
    """The rows of `reach_of` as the numbers of their cells."""
    reach = reach_of(times, limit_s)
    return np.split(reach.indices.astype(np.int64), reach.indptr[1:-1])


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
