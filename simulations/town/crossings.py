"""Turn crossing lines into a network: where two streets cross they share a node."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulations.town.curves import Line, simplify
from simulations.town.roads import RANK, Road

_DRAWER_M = 50.0
_SAME_PLACE_M = 3.5

Indices = NDArray[np.int64]


class Pieces(NamedTuple):
    """Straight pieces of all roads: their ends float64[n, 2], their road and place in it int64[n]."""

    a: Line
    b: Line
    road: Indices
    place: Indices


def join(roads: list[Road], shores: list[Line]) -> Line:
    """Fill in `nodes` of each road; return the places of the nodes, float64[n, 2], metres.

    Points closer than a few metres become one node; wider streets keep their course. Where a road passes
    one of the `shores` it gets a node, so that a bridge reaches from bank to bank and no further.
    """
    lines = [simplify(road.line, 1.4 if road.kind != "alley" else 1.0) for road in roads]
    pieces = _pieces(lines + shores)
    first, second, t, u = _crossings(pieces)
    meeting = pieces.a[first] + t[:, None] * (pieces.b[first] - pieces.a[first])
    stops: list[list[tuple[float, float, float]]] = [
        [(float(place), x, y) for place, (x, y) in enumerate(line.tolist())] for line in lines
    ]
    for piece, share in ((first, t), (second, u)):
        order = zip(
            pieces.road[piece].tolist(), (pieces.place[piece] + share).tolist(), meeting.tolist(), strict=True
        )
        for road, along, (x, y) in order:
            if road < len(roads):
                stops[road].append((along, x, y))
    return _number(roads, stops)


def _pieces(lines: list[Line]) -> Pieces:
    return Pieces(
        np.concatenate([line[:-1] for line in lines]),
        np.concatenate([line[1:] for line in lines]),
        np.concatenate([np.full(len(line) - 1, i) for i, line in enumerate(lines)]),
        np.concatenate([np.arange(len(line) - 1) for line in lines]),
    )


def _crossings(pieces: Pieces) -> tuple[Indices, Indices, NDArray[np.float64], NDArray[np.float64]]:
    """Pairs of pieces that cross, with the share of each at the crossing."""
    first, second = _neighbours(pieces)
    ra, sa = pieces.b[first] - pieces.a[first], pieces.b[second] - pieces.a[second]
    gap = pieces.a[second] - pieces.a[first]
    cross = ra[:, 0] * sa[:, 1] - ra[:, 1] * sa[:, 0]
    safe = np.where(cross == 0, 1.0, cross)
    t = (gap[:, 0] * sa[:, 1] - gap[:, 1] * sa[:, 0]) / safe
    u = (gap[:, 0] * ra[:, 1] - gap[:, 1] * ra[:, 0]) / safe
    hit = (cross != 0) & (t >= 0) & (t <= 1) & (u >= 0) & (u <= 1)
    return first[hit], second[hit], t[hit], u[hit]


def _neighbours(pieces: Pieces) -> tuple[Indices, Indices]:
    """Pairs of pieces that share a drawer, each pair once, and not two links of one chain."""
    low = np.floor(np.minimum(pieces.a, pieces.b) / _DRAWER_M).astype(np.int64)
    high = np.floor(np.maximum(pieces.a, pieces.b) / _DRAWER_M).astype(np.int64)
    size = (high - low + 1).prod(axis=1)
    piece = np.repeat(np.arange(len(size)), size)
    rank = np.arange(len(piece)) - np.repeat(np.cumsum(size) - size, size)
    wide = (high - low + 1)[piece, 0]
    drawer = (low[piece, 0] + rank % wide) * 100_000 + low[piece, 1] + rank // wide
    order = np.argsort(drawer, kind="stable")
    drawer, piece = drawer[order], piece[order]
    pairs = []
    shift = 1
    while True:
        same = np.flatnonzero(drawer[shift:] == drawer[:-shift])
        if len(same) == 0:
            break
        one, other = piece[same], piece[same + shift]
        pairs.append(np.minimum(one, other) * len(size) + np.maximum(one, other))
        shift += 1
    code = np.unique(np.concatenate(pairs)) if pairs else np.zeros(0, dtype=np.int64)
    first, second = code // len(size), code % len(size)
    chained = (pieces.road[first] == pieces.road[second]) & (
        np.abs(pieces.place[first] - pieces.place[second]) <= 1
    )
    return first[~chained], second[~chained]


def _number(roads: list[Road], stops: list[list[tuple[float, float, float]]]) -> Line:
    places: list[tuple[float, float]] = []
    drawers: dict[tuple[int, int], list[int]] = {}

    def node_at(x: float, y: float) -> int:
        column, row = int(x // _SAME_PLACE_M), int(y // _SAME_PLACE_M)
        best, found = _SAME_PLACE_M * _SAME_PLACE_M, -1
        for c in (column - 1, column, column + 1):
            for r in (row - 1, row, row + 1):
                for node in drawers.get((c, r), ()):
                    px, py = places[node]
                    square = (px - x) * (px - x) + (py - y) * (py - y)
                    if square < best:
                        best, found = square, node
        if found < 0:
            found = len(places)
            places.append((x, y))
            drawers.setdefault((column, row), []).append(found)
        return found

    for index in sorted(range(len(roads)), key=lambda i: (RANK[roads[i].kind], i)):
        nodes: list[int] = []
        for _, x, y in sorted(stops[index]):
            node = node_at(x, y)
            if len(nodes) > 1 and nodes[-2] == node:
                nodes.pop()  # there and back again within a few metres
            elif not nodes or nodes[-1] != node:
                nodes.append(node)
        roads[index].nodes = nodes
    return np.asarray(places, dtype=np.float64)
