"""Which ways are one street: those of one name that touch, or nearly do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from routing.gazetteer.frame import Frame
from routing.gazetteer.read_names import Line

JOINED_M = 150.0
"""Ways of one name with a gap no wider, such as a roundabout's, are one street."""

Float64s = NDArray[np.float64]
Int64s = NDArray[np.int64]


@dataclass(slots=True)
class Piece:
    """One way of a street: its points in metres, and the nodes they are."""

    xy: Float64s
    nodes: Int64s

    @property
    def length_m(self) -> float:
        return float(np.hypot(*np.diff(self.xy, axis=0).T).sum())


@dataclass(slots=True)
class Joined:
    """A street: the name most of it has, every other name, and its pieces."""

    name: str
    names: tuple[str, ...]
    pieces: list[Piece] = field(default_factory=list)

    @property
    def xy(self) -> Float64s:
        return np.concatenate([piece.xy for piece in self.pieces])


def join(lines: Sequence[Line], frame: Frame, within_m: float = JOINED_M) -> Iterator[Joined]:
    """The streets that ways of the same key make up, the longest first."""
    pieces = [Piece(frame.xy(line.lat, line.lon), line.nodes) for line in lines]
    streets = []
    for members in _touching([piece.xy for piece in pieces], within_m):
        shown: Counter[str] = Counter()
        for each in members:
            shown[lines[each].names[0]] += max(1, round(pieces[each].length_m))
        every = dict.fromkeys(name for each in members for name in lines[each].names)
        # Of two spellings equally common the first in the alphabet, so that a rebuilt map reads the same.
        best = min(shown, key=lambda name: (-shown[name], name))
        streets.append(Joined(best, tuple(every), [pieces[each] for each in members]))
    yield from sorted(streets, key=lambda street: -sum(piece.length_m for piece in street.pieces))


def _touching(lines: Sequence[Float64s], within_m: float) -> Iterable[list[int]]:
    """Groups of lines of which each lies within so many metres of another."""
    if len(lines) == 1:
        return [[0]]
    dense = [every(line, within_m / 2) for line in lines]
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in dense])
    pairs = cKDTree(np.concatenate(dense)).query_pairs(within_m, output_type="ndarray")
    a, b = owner[pairs[:, 0]], owner[pairs[:, 1]]
    graph = coo_array((np.ones(len(a)), (a, b)), shape=(len(lines), len(lines)))
    _, group = connected_components(graph, directed=False)
    return [np.flatnonzero(group == number).tolist() for number in range(int(group.max()) + 1)]


def every(line: Float64s, step_m: float) -> Float64s:
    """The points of a line, and others between them no further apart than a step."""
    parts = [line[:1]]
    for begin, end in pairwise(line):
        count = max(1, int(np.ceil(np.hypot(*(end - begin)) / step_m)))
        parts.append(begin + (end - begin) * (np.arange(1, count + 1) / count)[:, None])
    return np.concatenate(parts)
