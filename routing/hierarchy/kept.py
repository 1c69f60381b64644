"""Labels that are kept: of places asked about again and again, under the weights of one epoch.

A hospital never moves and a unit at its station stands for hours; the label of such a place is the same with
every question. Where it is kept, the way between it and another place is one minimum, time and metres both.
"""

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s, Slots
from routing.compiled import compiled
from routing.hierarchy.costs import NEVER, unpacked
from routing.hierarchy.epochs import Epoch
from routing.hierarchy.gates import climb_through, gates_of
from routing.hierarchy.kin import joined_at, kin_of
from routing.hierarchy.labels import least_sum
from routing.hierarchy.layout import Hierarchy
from routing.hierarchy.seeds import or_straight_on, seeds, turnings
from routing.snapping import Places

LEAST = 64
"""Gates have as many nodes below them; fewer than for `Units`, since each metric keeps two sides of costs."""


class KeptLabels:
    """Rows of places on one side of the ways: those one leaves, or those one arrives at.

    The caller sees to it that no row is written while it is read.
    """

    def __init__(
        self, hierarchy: Hierarchy, edge_m: Float64s, epoch: Epoch, capacity: int, *, leaving: bool
    ) -> None:
        self.epoch, self.leaving = epoch, leaving
        self._hierarchy, self._edge_m = hierarchy, edge_m
        self.edge = np.full(capacity, -1, np.int32)
        self.along_m = np.zeros(capacity, np.float64)
        self.direction = np.zeros(capacity, np.int8)
        self._turning = np.zeros(capacity, np.int64)
        self._rank = np.full(capacity, -1, np.int32)
        self._weight = epoch.up if leaving else epoch.down
        self._gates = gates_of(hierarchy, self._weight, LEAST)
        self._label = np.empty((capacity, hierarchy.slots), np.int64)  # memory comes with the first writing

    def write(self, rows: Int32s, places: Places) -> None:
        """Put places in these rows, and climb from each."""
        h, leaving = self._hierarchy, self.leaving
        end_rank = h.leads_to if leaving else h.comes_from
        self.edge[rows], self.along_m[rows] = places.edge, places.along_m
        self.direction[rows] = 0 if places.direction is None else places.direction
        self._turning[rows] = turnings(self.direction[rows], self.epoch.u_turn) if leaving else 0
        turning = self._turning[rows]
        found = seeds(places.edge, places.along_m, turning, leaving, self._edge_m, self.epoch.cost, end_rank)
        self._rank[rows] = found[:, 0]
        climb_each(found, rows, h.climb, h.up_head, h.up_slot, self._weight, *self._gates, self._label)

    def fan(self, row: int, others: "KeptLabels", rows: Int32s) -> tuple[Int32s, Int64s]:
        """Milliseconds and millimetres between the place in `row` and those in `rows` of the other side."""
        return fan_of_labels(
            int(self._rank[row]), self._label[row], int(self.edge[row]), float(self.along_m[row]),
            int(self._turning[row]), self.leaving, rows, others._rank, others._label, others.edge,
            others.along_m, others._turning,
            self._hierarchy.climb, self._edge_m, self.epoch.cost,
        )  # fmt: skip


@compiled
def climb_each(
    found: Int64s,
    rows: Int32s,
    climb: Int32s,
    up_head: Int32s,
    up_slot: Slots,
    weight: Int64s,
    gate_at: Int32s,
    gate_label: Int64s,
    label: Int64s,
) -> None:
    """Fill the labels of places whose seeds are `found`, int64[places, 4]; the i-th goes to rows[i]."""
    met = np.empty(label.shape[1], np.int32)
    for i in range(rows.shape[0]):
        climb_through(found[i], climb, up_head, up_slot, weight, gate_at, gate_label, 0, label[rows[i]], met)


@compiled
def fan_of_labels(
    here_rank: int,
    here: Int64s,
    here_edge: int,
    here_m: float,
    here_turning: int,
    outward: bool,
    rows: Int32s,
    rank: Int32s,
    label: Int64s,
    edge: Int32s,
    along_m: Float64s,
    turning: Int64s,
    climb: Int32s,
    edge_m: Float64s,
    cost: Int64s,
) -> tuple[Int32s, Int64s]:
    """As `query.one_to_several` and `seeds.or_straight_on`, where no climb is left to be done.

    here    : int64[slots] the label of the one place     outward : whether the ways lead from it
    rank, label, edge, along_m, turning : of the others, by row
    """
    slots = here.shape[0]
    costs = np.full(rows.shape[0], NEVER, np.int64)
    there_edge, there_m = np.empty(rows.shape[0], np.int32), np.empty(rows.shape[0], np.float64)
    there_turning = np.empty(rows.shape[0], np.int64)
    for i in range(rows.shape[0]):
        there_edge[i], there_m[i], there_turning[i] = edge[rows[i]], along_m[rows[i]], turning[rows[i]]
    if here_rank >= 0:
        span, block, shift = kin_of(here_rank, slots, climb)
        for i in range(rows.shape[0]):
            row = rows[i]
            if rank[row] < 0:
                continue
            first = joined_at(rank[row], span, block, shift)
            if first < slots:
                costs[i] = min(least_sum(here, label[row], first), np.int64(NEVER))
    or_straight_on(
        here_edge, here_m, here_turning, there_edge, there_m, there_turning, outward, edge_m, cost, costs
    )
    return unpacked(costs)
