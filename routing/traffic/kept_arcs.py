"""The arcs of stretches that were looked up before: each is found once, however often the minute turns.

What is kept is bounded by bytes, not by number: a flood that is drawn anew sixty times is as large each time.
A stretch of many arcs is kept as one bit for each arc of the map, 28 kB for Ho Chi Minh City.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

import numpy as np

from domain.traffic import Stretch
from routing.arrays import Int32s, Masks

MOST_BYTES: Final = 64 * 2**20
POINT_BYTES: Final = 104  # a pair of numbers, as Python keeps them
KEY_BYTES: Final = 600

Key = tuple[Stretch, float | None]


class KeptArcs:
    """Finds the arcs of a stretch, and remembers those asked about last. Any thread may ask."""

    def __init__(
        self, find: Callable[[Stretch, float | None], Int32s], arcs: int, most_bytes: int = MOST_BYTES
    ) -> None:
        """arcs : how many the map has; `find` names them in rising order"""
        self._find, self._arcs, self._most = find, arcs, most_bytes
        self._kept: OrderedDict[Key, tuple[Int32s | Masks, int]] = OrderedDict()
        self._lock, self.bytes = Lock(), 0

    def __call__(self, stretch: Stretch, heading_deg: float | None) -> Int32s:
        """The arcs in rising order; not to be written to."""
        key = stretch, heading_deg
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._unpacked(self._kept[key][0])
        found = self._find(stretch, heading_deg)
        packed = self._packed(found)
        size = packed.nbytes + POINT_BYTES * len(stretch.points) + KEY_BYTES
        with self._lock:
            if key not in self._kept:
                self._kept[key] = packed, size
                self.bytes += size
            while self.bytes > self._most:
                self.bytes -= self._kept.popitem(last=False)[1][1]
        return found

    def _packed(self, found: Int32s) -> Int32s | Masks:
        if found.nbytes <= self._arcs // 8:
            return found
        bits = np.zeros(self._arcs, np.bool_)
        bits[found] = True
        return np.packbits(bits)

    def _unpacked(self, packed: Int32s | Masks) -> Int32s:
        if packed.dtype == np.int32:
            return packed.view(np.int32)
        return np.flatnonzero(np.unpackbits(packed.view(np.uint8), count=self._arcs)).astype(np.int32)
