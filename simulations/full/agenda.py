"""What happens next."""

from collections.abc import Callable
from heapq import heappop, heappush

Rank = tuple[int, int]
Told = int | float | str
Happening = tuple[float, Rank, int, str, tuple[Told, ...]]
"""When, of which rank, in which order; its name, and what goes with it."""
FREE, OTHER, OPENED = 0, 1, 2
"""Of one moment: first units are free, at last incidents are opened; so it is on the lean path."""


class Agenda:
    """Times are seconds since the simulation began. Happenings of one moment come by their rank, equal ones
    in the order in which they were added. Each is a name and what goes with it, figures and words: so an
    agenda can be put away, and taken up again by another process.

    kept_free : so many places in the order are given out by name
    """

    def __init__(self, kept_free: int = 0) -> None:
        self._heap: list[Happening] = []
        self._order = kept_free
        self.now_s = 0.0

    def time(self) -> float:
        return self.now_s

    def add(
        self, at_s: float, what: str, *told: Told, rank: Rank = (OTHER, 0), order: int | None = None
    ) -> None:
        """Never into the past: what would have been is now. order : one of the places kept free"""
        if order is None:
            order, self._order = self._order, self._order + 1
        heappush(self._heap, (max(at_s, self.now_s), rank, order, what, told))

    def run(self, happen: Callable[..., None], between: Callable[[], None] | None = None) -> None:
        """Until nothing is left to happen.

        happen  : told what, when, and what goes with it
        between : called when one thing has happened and the next has not begun
        """
        while self._heap:
            if between is not None:
                between()
            self.now_s, _, _, what, told = heappop(self._heap)
            happen(what, self.now_s, *told)

    # --- put away, and taken up again -------------------------------------------------------------

    def left(self) -> tuple[list[Happening], int]:
        """All that is still to happen, and the next place in the order."""
        return list(self._heap), self._order

    def go_on(self, now_s: float, heap: list[Happening], order: int) -> None:
        self.now_s, self._heap, self._order = now_s, heap, order
