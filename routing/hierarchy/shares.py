"""How the work of a customization is shared out: subtrees side by side, what lies above them afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from routing.arrays import Int32s, Int64s
from routing.compiled import compiled
from routing.hierarchy.layout import FIRST, LOWEST, PARENT, Hierarchy

PIECES = 16  # no subtree taken whole holds more than this part of the work


@dataclass(frozen=True, slots=True)
class Shares:
    """Spans of ranks, int32[spans, 2]: those of each thread, and those that wait for all of them."""

    threads: tuple[Int32s, ...]
    afterwards: Int32s

    def run(self, work: Callable[[Int32s], None]) -> None:
        """Do `work` on all spans. What it calls releases the interpreter lock."""
        if len(self.threads) == 1:
            work(self.threads[0])
        else:
            with ThreadPoolExecutor(len(self.threads)) as pool:
                list(pool.map(work, self.threads))
        work(self.afterwards)


def whole(hierarchy: Hierarchy) -> Shares:
    """Everything in one thread."""
    return Shares((np.array([[0, hierarchy.nodes]], np.int32),), np.empty((0, 2), np.int32))


def in_two_threads(hierarchy: Hierarchy) -> Shares:
    """Subtrees for two threads, as even as can be."""
    climb, nodes = hierarchy.climb, hierarchy.nodes
    arcs = np.arange(hierarchy.up_arcs)
    steps = climb[hierarchy.up_tail + 1, FIRST] - arcs
    own = np.bincount(hierarchy.up_head, steps, nodes).astype(np.int64) + 1
    work = subtree_work(own, climb)
    limit = int(own.sum()) // PIECES
    parent = climb[:-1, PARENT]
    small = work <= limit
    tops = np.flatnonzero(small & ((parent < 0) | ~small[np.maximum(parent, 0)]))
    loads, mine = [0, 0], ([], [])  # type: tuple[list[int], tuple[list[int], list[int]]]
    for top in tops[np.argsort(-work[tops], kind="stable")].tolist():
        idle = loads.index(min(loads))
        loads[idle] += int(work[top])
        mine[idle].append(top)
    spans = [np.column_stack((climb[tops, LOWEST], np.add(tops, 1))) for tops in map(sorted, mine)]
    rest = np.flatnonzero(~small)
    return Shares(
        tuple(np.ascontiguousarray(span.reshape(-1, 2), np.int32) for span in spans),
        np.column_stack((rest, rest + 1)).astype(np.int32),
    )


@compiled
def subtree_work(own: Int64s, climb: Int32s) -> Int64s:
    """The work of each rank and of all below it."""
    total = own.copy()
    for rank in range(total.shape[0]):
        if climb[rank, 0] >= 0:
            total[climb[rank, 0]] += total[rank]
    return total
