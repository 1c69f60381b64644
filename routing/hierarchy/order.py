"""In what order nodes are taken away: by nested dissection, so that few shortcuts arise.

A small set of corners that cuts the city in two (bridges, mostly) comes last, then those that cut the halves,
and so on: METIS finds them. How good its cuts are depends on options and on the seed it draws with, by
a fifth and more; so several are tried, once a map, and the order with the fewest triangles is kept, for
triangles are what customization works through.
"""

from typing import Final, NamedTuple

import numpy as np
import pymetis
from numpy.typing import NDArray

from routing.arrays import Int32s, Int64s
from routing.hierarchy.contraction import elimination_tree, postorder, shortcuts

SMALL: Final = 64  # with so few nodes any order will do


class Attempt(NamedTuple):
    """METIS options: separators tried at each level, rounds of refinement, imbalance in thousandths."""

    separators: int
    rounds: int
    imbalance: int
    seed: int


LARGE: Final = 250_000  # with so many, thorough attempts take minutes
QUICK_ATTEMPTS: Final = (Attempt(1, 10, 200, 1), Attempt(2, 10, 300, 2))
ATTEMPTS: Final = (Attempt(10, 30, 200, 1), Attempt(10, 30, 400, 2), Attempt(20, 30, 200, 3))


def nested_dissection(first: Int32s, neighbour: Int32s) -> tuple[Int32s, list[int]]:
    """The best order found, int32[nodes] in postorder, and the triangles of each attempt.

    first, neighbour : as `contraction.neighbours` gives them
    """
    nodes = len(first) - 1
    if nodes < SMALL:
        order = in_postorder(first, neighbour, np.arange(nodes, dtype=np.int32))
        return order, [triangles(shortcuts(first, neighbour, order)[0])]
    attempts = QUICK_ATTEMPTS if nodes > LARGE else ATTEMPTS
    orders = [in_postorder(first, neighbour, _metis(first, neighbour, attempt)) for attempt in attempts]
    counts = [triangles(shortcuts(first, neighbour, order)[0]) for order in orders]
    return orders[counts.index(min(counts))], counts


def triangles(up_first: Int32s) -> int:
    """Pairs of up-arcs at each rank: what a customization looks at."""
    degree: Int64s = np.diff(up_first).astype(np.int64)
    return int((degree * (degree - 1) // 2).sum())


def in_postorder(first: Int32s, neighbour: Int32s, order: NDArray[np.int32]) -> Int32s:
    found: Int32s = order[postorder(elimination_tree(first, neighbour, order))]
    return found


def _metis(first: Int32s, neighbour: Int32s, attempt: Attempt) -> Int32s:
    options = pymetis.Options(
        nseps=attempt.separators, niter=attempt.rounds, ufactor=attempt.imbalance, seed=attempt.seed
    )
    kind = pymetis.zero_copy_dtype()
    adjacency = pymetis.CSRAdjacency(first.astype(kind), neighbour.astype(kind))
    order, _ = pymetis.nested_dissection(adjacency, options=options)
    return np.asarray(order).astype(np.int32)
