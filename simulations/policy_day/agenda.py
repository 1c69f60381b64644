"""What happens next. Happenings of one moment keep the order in which they were added."""

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

Action = Callable[[float], None]


class Agenda:
    """Times are seconds since the day began."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Action]] = []
        self._order = count()
        self.now_s = 0.0

    def add(self, at_s: float, action: Action) -> None:
        """Never into the past: what would have been is now."""
        heappush(self._heap, (max(at_s, self.now_s), next(self._order), action))

    def run(self) -> None:
        """Until nothing is left to happen."""
        while self._heap:
            self.now_s, _, action = heappop(self._heap)
            action(self.now_s)
