"""Whom to whom, when more incidents wait than units are free.

Lexicographic: as many of the first priority are served as can be, and among all ways to do so those with the
least weighted response; then the same for the second, and so on. Nobody of a lower priority gains at the
expense of one above, not by a second.

Each priority is one assignment problem (`scipy.optimize.linear_sum_assignment`) over units and incidents,
with a "nobody" for every incident and a rest for every unit. All of its best assignments, not only the one
that was found, are handed on to the next priority: they are those made of pairs whose reduced cost is 0
under the potentials of one best assignment (complementary slackness). Costs are whole numbers, so nothing
is lost to rounding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment

Ints = NDArray[np.int64]

NEVER: Final = np.int64(2**50)
"""Stands where a pair cannot be: above every sum of real costs."""
MOST_S: Final = 36_000
"""Responses and waits longer than ten hours count as ten hours."""

Why = Literal["nobody_can", "more_urgent", "spread"]


@dataclass(frozen=True, slots=True)
class WaitingIncident:
    """waited_s : since it was opened
    weight   : how much its response counts among those of its priority, such as its patients
    """

    incident_id: str
    priority: str
    waited_s: float = 0.0
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """assigned : incident -> unit (the numbers they were handed in with)
    unserved : incident -> why nobody comes: no free unit can; all that can go to more urgent ones; or, among
               its equals, others are served sooner
    """

    assigned: Mapping[int, int]
    unserved: Mapping[int, Why]


def assign(arrival_s: ArrayLike, incidents: Sequence[WaitingIncident]) -> Batch:
    """The best assignment.

    arrival_s : [units, incidents] seconds until the unit would be on scene, None or NaN where it cannot go
    """
    seconds = np.array(arrival_s, np.float64)
    units, count = len(seconds), len(incidents)
    if units == 0 or count == 0:
        return Batch({}, dict.fromkeys(range(count), "nobody_can"))
    size = units + count
    whole = np.rint(10 * np.minimum(seconds, MOST_S))
    tenths = np.where(np.isnan(whole), -1, whole).astype(np.int64)
    allowed = _allowed(tenths >= 0, size)
    rows = np.arange(size)
    columns = rows
    for priority in sorted({each.priority for each in incidents}):
        tier = np.array([each.priority == priority for each in incidents])
        cost = _cost(tenths, incidents, tier, size)
        columns = _best(cost, allowed)
        allowed &= _tight(cost, allowed, columns)
    assigned = {int(columns[i]): int(i) for i in range(units) if columns[i] < count}
    return Batch(assigned, _why(assigned, tenths, incidents))


def _allowed(able: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    """Rows: the units, then a nobody for each incident. Columns: the incidents, then a rest for each unit."""
    units, count = able.shape
    allowed = np.zeros((size, size), bool)
    allowed[:units, :count] = able
    allowed[units:, :count] = np.eye(count, dtype=bool)
    allowed[:units, count:] = np.eye(units, dtype=bool)
    allowed[units:, count:] = True
    return allowed


def _cost(tenths: Ints, incidents: Sequence[WaitingIncident], tier: NDArray[np.bool_], size: int) -> Ints:
    """What the pairs of one priority cost; to leave one unserved costs more than all responses together, and
    more the longer it has waited."""
    units, count = tenths.shape
    weights = np.array([each.weight for each in incidents], np.int64)
    waited = np.array([round(10 * min(each.waited_s, MOST_S)) for each in incidents], np.int64)
    cost = np.zeros((size, size), np.int64)
    cost[:units, :count] = np.where(tier, np.maximum(tenths, 0) * weights, 0)
    unserved = int(10 * MOST_S * weights.max()) * 2 * count + 1
    cost[units + np.arange(count), np.arange(count)] = np.where(tier, unserved + waited * weights, 0)
    return cost


def _best(cost: Ints, allowed: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The column of each row in one best assignment."""
    _, columns = linear_sum_assignment(np.where(allowed, cost, np.inf))
    found: NDArray[np.intp] = columns
    return found


def _tight(cost: Ints, allowed: NDArray[np.bool_], columns: NDArray[np.intp]) -> NDArray[np.bool_]:
    """The pairs of which best assignments are made, and no other assignment is.

    Potentials of the columns are shortest distances, where going from a row's column to another costs what
    the change costs; in a best assignment no way round gains, so Bellman and Ford come to an end.
    """
    change = np.where(allowed, cost - cost[np.arange(len(cost)), columns][:, None], NEVER)
    potential = np.zeros(len(cost), np.int64)
    while True:
        shorter = np.minimum(potential, (potential[columns][:, None] + change).min(axis=0))
        if np.array_equal(shorter, potential):
            break
        potential = shorter
    tight: NDArray[np.bool_] = change + potential[columns][:, None] == potential[None, :]
    return tight


def _why(assigned: Mapping[int, int], tenths: Ints, incidents: Sequence[WaitingIncident]) -> dict[int, Why]:
    serves = {unit: incidents[incident].priority for incident, unit in assigned.items()}
    found: dict[int, Why] = {}
    for j, incident in enumerate(incidents):
        if j in assigned:
            continue
        able = np.flatnonzero(tenths[:, j] >= 0).tolist()
        if not able:
            found[j] = "nobody_can"
        elif all(unit in serves and serves[unit] < incident.priority for unit in able):
            found[j] = "more_urgent"
        else:
            found[j] = "spread"
    return found
