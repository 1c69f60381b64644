"""Which shortcuts an order of the nodes needs. Depends on the streets alone, never on their times.

Taking the nodes away one by one, least important first, and joining the neighbours of each, gives every node
its *up-arcs*: a street or a shortcut to each higher neighbour. The lowest of these is its parent in
the elimination tree, and all others are ancestors too. Arrays in, arrays out.
"""

import numpy as np

from routing.arrays import Int32s
from routing.compiled import compiled


@compiled
def neighbours(nodes: int, one: Int32s, other: Int32s) -> tuple[Int32s, Int32s]:
    """Each node's neighbours, either way, once each and without itself.

    one, other : int32[pairs]
    Returns first int32[nodes+1] and neighbour int32[first[nodes]].
    """
    first = np.zeros(nodes + 1, np.int32)
    for i in range(one.shape[0]):
        if one[i] != other[i]:
            first[one[i] + 1] += 1
            first[other[i] + 1] += 1
    for v in range(nodes):
        first[v + 1] += first[v]
    free = first.copy()
    met = np.empty(first[nodes], np.int32)
    for i in range(one.shape[0]):
        a, b = one[i], other[i]
        if a != b:
            met[free[a]] = b
            free[a] += 1
            met[free[b]] = a
            free[b] += 1
    kept = np.zeros(nodes + 1, np.int32)
    last_seen = np.full(nodes, -1, np.int32)
    size = 0
    for v in range(nodes):
        for i in range(first[v], first[v + 1]):
            if last_seen[met[i]] != v:
                last_seen[met[i]] = v
                met[size] = met[i]  # never ahead of what is read
                size += 1
        kept[v + 1] = size
    return kept, met[:size].copy()


@compiled
def elimination_tree(first: Int32s, neighbour: Int32s, order: Int32s) -> Int32s:
    """The parent of each rank, -1 for a root: int32[nodes].

    order : int32[nodes]  the node taken away first, second, ...
    """
    nodes = order.shape[0]
    rank = np.empty(nodes, np.int32)
    for r in range(nodes):
        rank[order[r]] = r
    parent = np.full(nodes, -1, np.int32)
    ancestor = np.full(nodes, -1, np.int32)  # short cuts towards the root of what is joined so far
    for r in range(nodes):
        for i in range(first[order[r]], first[order[r] + 1]):
            below = rank[neighbour[i]]
            while below != -1 and below < r:
                above = ancestor[below]
                ancestor[below] = r
                if above == -1:
                    parent[below] = r
                    break
                below = above
    return parent


@compiled
def postorder(parent: Int32s) -> Int32s:
    """Ranks so that every subtree is in one piece, its root last: int32[nodes] of old ranks. No shortcut more
    is needed in this order than in the old."""
    nodes = parent.shape[0]
    child = np.full(nodes, -1, np.int32)
    sibling = np.full(nodes, -1, np.int32)
    for r in range(nodes - 1, -1, -1):
        if parent[r] >= 0:
            sibling[r] = child[parent[r]]
            child[parent[r]] = r
    found = np.empty(nodes, np.int32)
    stack = np.empty(nodes, np.int32)
    size = 0
    for root in range(nodes):
        if parent[root] != -1:
            continue
        stack[0] = root
        height = 1
        while height > 0:
            below = child[stack[height - 1]]
            if below != -1:
                child[stack[height - 1]] = sibling[below]
                stack[height] = below
                height += 1
            else:
                height -= 1
                found[size] = stack[height]
                size += 1
    return found


@compiled
def shortcuts(first: Int32s, neighbour: Int32s, order: Int32s) -> tuple[Int32s, Int32s, Int32s]:
    """The up-arcs of each rank, ascending.

    Returns up_first int32[nodes+1], up_head int32[up_first[nodes]] and parent int32[nodes] (-1 for a root).
    """
    nodes = order.shape[0]
    rank = np.empty(nodes, np.int32)
    for r in range(nodes):
        rank[order[r]] = r
    heads = np.empty(2 * neighbour.shape[0] + 16, np.int32)
    up_first = np.zeros(nodes + 1, np.int32)
    parent = np.full(nodes, -1, np.int32)
    child = np.full(nodes, -1, np.int32)
    sibling = np.full(nodes, -1, np.int32)
    last_seen = np.full(nodes, -1, np.int32)
    size = 0
    for r in range(nodes):
        begin = size
        if size + nodes > heads.shape[0]:  # a rank has fewer up-arcs than there are nodes
            larger = np.empty(2 * heads.shape[0] + nodes, np.int32)
            larger[:size] = heads[:size]
            heads = larger
        for i in range(first[order[r]], first[order[r] + 1]):
            head = rank[neighbour[i]]
            if head > r and last_seen[head] != r:
                last_seen[head] = r
                heads[size] = head
                size += 1
        below = child[r]
        while below != -1:
            for i in range(up_first[below], up_first[below + 1]):
                head = heads[i]
                if head > r and last_seen[head] != r:
                    last_seen[head] = r
                    heads[size] = head
                    size += 1
            below = sibling[below]
        heads[begin:size].sort()
        up_first[r + 1] = size
        if size > begin:
            parent[r] = heads[begin]
            sibling[r] = child[parent[r]]
            child[parent[r]] = r
    return up_first, heads[:size].copy(), parent


@compiled
def depths(parent: Int32s) -> tuple[Int32s, Int32s]:
    """How many ancestors each rank has, and its lowest descendant: int32[nodes] each (postordered ranks)."""
    nodes = parent.shape[0]
    depth = np.zeros(nodes, np.int32)
    lowest = np.arange(nodes).astype(np.int32)
    for r in range(nodes - 1, -1, -1):
        if parent[r] >= 0:
            depth[r] = depth[parent[r]] + 1
    for r in range(nodes):
        if parent[r] >= 0:
            lowest[parent[r]] = min(lowest[parent[r]], lowest[r])
    return depth, lowest


@compiled
def slope(up_first: Int32s, up_head: Int32s) -> tuple[Int32s, Int32s, Int32s]:
    """The same arcs from above: down_first int32[nodes+1], down_tail and down_arc int32[up-arcs], by tail."""
    nodes = up_first.shape[0] - 1
    down_first = np.zeros(nodes + 1, np.int32)
    for arc in range(up_head.shape[0]):
        down_first[up_head[arc] + 1] += 1
    for r in range(nodes):
        down_first[r + 1] += down_first[r]
    free = down_first.copy()
    down_tail = np.empty(up_head.shape[0], np.int32)
    down_arc = np.empty(up_head.shape[0], np.int32)
    for r in range(nodes):
        for arc in range(up_first[r], up_first[r + 1]):
            place = free[up_head[arc]]
            down_tail[place] = r
            down_arc[place] = arc
            free[up_head[arc]] = place + 1
    return down_first, down_tail, down_arc
