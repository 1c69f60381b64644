"""What must hold of any hierarchy, whatever the map."""

from itertools import pairwise

import numpy as np
import pytest

from routing.hierarchy.contraction import neighbours, shortcuts
from routing.hierarchy.layout import FIRST, LOWEST, PARENT, SLOT, hierarchy
from routing.hierarchy.order import SMALL, triangles


def grid(columns: int, rows: int) -> tuple[int, np.ndarray, np.ndarray]:
    """Streets in a grid: nodes, and the ends of every arc."""
    node = np.arange(columns * rows, dtype=np.int32).reshape(rows, columns)
    one = np.concatenate((node[:, :-1].ravel(), node[:-1].ravel()))
    other = np.concatenate((node[:, 1:].ravel(), node[1:].ravel()))
    return node.size, np.concatenate((one, other)), np.concatenate((other, one))


def islands() -> tuple[int, np.ndarray, np.ndarray]:
    """Two triangles, a lone node, a ring road at node 6 and a street drawn twice."""
    tail = np.array([0, 1, 2, 3, 4, 5, 6, 0], np.int32)
    head = np.array([1, 2, 0, 4, 5, 3, 6, 1], np.int32)
    return 8, np.concatenate((tail, head)), np.concatenate((head, tail))


MAPS = [grid(2, 1), grid(5, 5), grid(30, 20), islands(), (1, np.zeros(0, np.int32), np.zeros(0, np.int32))]


@pytest.fixture(params=MAPS, ids=["street", "block", "town", "islands", "one node"])
def drawn(request):
    return request.param, hierarchy(*request.param)


def climb_of(h, rank: int) -> list[int]:
    ranks = []
    while rank >= 0:
        ranks.append(rank)
        rank = int(h.climb[rank, PARENT])
    return ranks


def test_every_node_has_a_rank_of_its_own(drawn):
    (nodes, _, _), h = drawn
    assert sorted(h.rank) == list(range(nodes))


def test_up_arcs_lead_to_ancestors_and_the_first_to_the_parent(drawn):
    (nodes, _, _), h = drawn
    for rank in range(nodes):
        heads = h.up_head[h.climb[rank, FIRST] : h.climb[rank + 1, FIRST]].tolist()
        assert heads == sorted(set(heads))
        assert set(heads) <= set(climb_of(h, rank)[1:])
        assert h.climb[rank, PARENT] == (heads[0] if heads else -1)


def test_slots_rise_by_one_along_a_climb_to_the_last(drawn):
    (nodes, _, _), h = drawn
    for rank in range(nodes):
        slots = [int(h.climb[above, SLOT]) for above in climb_of(h, rank)]
        assert all(next_one == one + 1 for one, next_one in pairwise(slots))
        assert slots[-1] == h.slots - 1
    np.testing.assert_array_equal(h.up_slot, h.climb[h.up_head, SLOT])


def test_all_below_a_rank_are_in_one_piece_beneath_it(drawn):
    (nodes, _, _), h = drawn
    below = {rank: [] for rank in range(nodes)}
    for rank in range(nodes):
        for above in climb_of(h, rank):
            below[above].append(rank)
    assert all(ranks == list(range(h.climb[rank, LOWEST], rank + 1)) for rank, ranks in below.items())


def test_neighbours_above_a_rank_are_joined_to_each_other(drawn):
    (nodes, _, _), h = drawn
    joined = set(zip(h.up_tail.tolist(), h.up_head.tolist(), strict=True))
    for rank in range(nodes):
        heads = h.up_head[h.climb[rank, FIRST] : h.climb[rank + 1, FIRST]].tolist()
        assert all((low, high) in joined for i, low in enumerate(heads) for high in heads[i + 1 :])


def test_every_arc_is_part_of_the_up_arc_between_its_ends(drawn):
    (_, tail, head), h = drawn
    for arc, (a, b) in enumerate(zip(h.rank[tail].tolist(), h.rank[head].tolist(), strict=True)):
        assert (h.comes_from[arc], h.leads_to[arc]) == (a, b)
        if a == b:
            assert h.carrier[arc] == -1
            continue
        up_arc, downwards = divmod(int(h.carrier[arc]), 2)
        assert (h.up_tail[up_arc], h.up_head[up_arc]) == (min(a, b), max(a, b))
        assert downwards == (a > b)
        assert arc in h.part[h.part_first[h.carrier[arc]] : h.part_first[h.carrier[arc] + 1]]
    assert len(h.part) == np.count_nonzero(h.carrier >= 0)


def test_the_down_arcs_are_the_up_arcs_seen_from_above(drawn):
    (nodes, _, _), h = drawn
    for rank in range(nodes):
        arcs, ends = h.down[h.down_first[rank] : h.down_first[rank + 1]].T
        tails = h.up_tail[arcs]
        assert (h.up_head[arcs] == rank).all()
        np.testing.assert_array_equal(h.climb[tails + 1, FIRST], ends)
        assert (np.diff(tails) > 0).all()
    assert len(h.down) == h.up_arcs


def test_dissection_needs_far_fewer_triangles_than_taking_nodes_as_they_come():
    nodes, tail, head = grid(40, 40)
    assert nodes > SMALL
    as_they_come = shortcuts(*neighbours(nodes, tail, head), np.arange(nodes, dtype=np.int32))[0]
    assert hierarchy(nodes, tail, head).triangles < triangles(as_they_come) / 3


def test_the_same_map_gets_the_same_order():
    one, other = hierarchy(*grid(30, 20)), hierarchy(*grid(30, 20))
    np.testing.assert_array_equal(one.rank, other.rank)
