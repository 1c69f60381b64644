"""What happens next."""

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

Action = Callable[[float], None]
Rank = tuple[int, int]
FREE, OTHER, OPENED = 0, 1, 2
"""Of one moment: first units are free, at last incidents are opened; so it is on the lean path."""


class Agenda:
    """Times are seconds since the simulation began. Happenings of one moment come by their rank, equal ones
    in the order in which they were added."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, Rank, int, Action]] = []
        self._order = count()
        self.now_s = 0.0

    def add(self, at_s: float, action: Action, rank: Rank = (OTHER, 0)) -> None:
        """Never into the past: what would have been is now."""
        heappush(self._heap, (max(at_s, self.now_s), rank, next(self._order), action))

    def run(self) -> None:
        """Until nothing is left to happen."""
        while self._heap:
            self.now_s, _, _, action = heappop(self._heap)
            action(self.now_s)
