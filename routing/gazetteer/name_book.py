"""A book of folded names: found exactly, or by how alike they are.

Names are filed under their pairs of letters. A question counts, for each name, the pairs it shares, and only
the names that share most are compared letter by letter.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.gazetteer.alike import similarity

COMPARED: Final = 60
"""How many names are compared letter by letter."""
ALIKE: Final = 0.72
"""Names less alike than that are no answer."""

MOST: Final = 12
REMEMBERED: Final = 512
"""Questions: every reading of one address asks for the same names, and so does every letter typed."""
WHOLE: Final = 0.935
"""A name that is worth less than that is short for another."""

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]


class NameBook:
    """names : the folded names, each once. first, entries, shares : whose name it is, and how good a
    name. scanning : compare with every name, as tests and measurements do."""

    def __init__(
        self,
        names: Sequence[str],
        first: Int32s,
        entries: Int32s,
        shares: NDArray[np.float32],
        scanning: bool = False,
    ) -> None:
        self.names = names
        self._first, self._entries, self._shares = first, entries, shares
        self._number = {name: number for number, name in enumerate(names)}
        pair, name = _filed(names)
        self._files, begin = np.unique(pair, return_index=True)
        self._file_first = np.append(begin, len(pair))
        self._filed = name
        self._pairs = np.bincount(name, minlength=len(names)).astype(np.float32)
        # Initials are found whole or not at all: `ntk` is like too many others.
        whole = np.zeros(len(names), bool)
        np.logical_or.at(whole, np.repeat(np.arange(len(names)), np.diff(first)), shares >= WHOLE)
        self._whole = whole
        self._remembered = lru_cache(REMEMBERED)(self.scan if scanning else self._compared)

    def __contains__(self, name: str) -> bool:
        return name in self._number

    def called(self, name: str) -> list[tuple[int, float]]:
        """The entries of exactly this name, with how good a name of theirs it is."""
        number = self._number.get(name)
        return [] if number is None else self._of(number)

    def alike(self, said: str, least: float = ALIKE, most: int = MOST) -> list[tuple[str, float]]:
        """The names most like what was said, the likest first, and how alike they are."""
        return [each for each in self._remembered(said) if each[1] >= least][:most]

    def _compared(self, said: str) -> list[tuple[str, float]]:
        if not self.names or not said:
            return []
        pairs, _ = _filed([said])
        at = np.searchsorted(self._files, pairs)
        at = at[at < len(self._files)]
        at = at[np.isin(self._files[at], pairs)]
        if not len(at):
            return []
        files = [self._filed[self._file_first[each] : self._file_first[each + 1]] for each in at]
        shared = np.bincount(np.concatenate(files), minlength=len(self.names)).astype(np.float32)
        shared[~self._whole] = 0
        # What is shared, less for each pair too many: a long name shares pairs with everything.
        worth = shared - 0.2 * np.maximum(0, self._pairs - len(pairs))
        near = np.argpartition(-worth, min(COMPARED, len(worth) - 1))[:COMPARED]
        found = [(self.names[each], similarity(said, self.names[each])) for each in near if shared[each]]
        return _likest(found)

    def scan(self, said: str) -> list[tuple[str, float]]:
        """As `alike`, by comparing with every name: the slow, obvious twin."""
        whole = (name for name, whole in zip(self.names, self._whole, strict=True) if whole)
        return _likest((name, similarity(said, name)) for name in whole)

    def _of(self, number: int) -> list[tuple[int, float]]:
        rows = slice(int(self._first[number]), int(self._first[number + 1]))
        return list(zip(self._entries[rows].tolist(), self._shares[rows].tolist(), strict=True))


def _likest(found: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted((each for each in found if each[1] >= ALIKE), key=lambda each: (-each[1], each[0]))[:MOST]


def _filed(names: Sequence[str]) -> tuple[Int64s, Int64s]:
    """Two letters beside each other, with the ends of words, as numbers, each once a name; and the names.
    Sorted by pair. Folded names are ASCII, so a letter is a byte."""
    if not names:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    letters = np.frombuffer("".join(f" {name} " for name in names).encode("ascii"), np.uint8).astype(np.int64)
    length = np.array([len(name) + 2 for name in names], np.int64)
    owner = np.repeat(np.arange(len(names)), length)
    inside = np.flatnonzero(owner[1:] == owner[:-1])
    rows = (256 * letters[inside] + letters[inside + 1]) * len(names) + owner[inside]
    rows = np.unique(rows)
    return rows // len(names), rows % len(names)
