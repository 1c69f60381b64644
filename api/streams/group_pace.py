"""How far readers are behind, told from outside: by what they committed and what stood there when."""

from collections import deque
from collections.abc import Hashable, Mapping
from typing import TypeVar

P = TypeVar("P", bound=Hashable)

MOST_LOOKS = 900


class GroupPace:
    """Looked at again and again with a steady clock. A place is any partition."""

    def __init__(self) -> None:
        self._ends: dict[Hashable, deque[tuple[float, int]]] = {}
        self._grew: dict[Hashable, tuple[int, float]] = {}

    def lag_s(self, ends: Mapping[P, int], committed: Mapping[P, int], now: float) -> float:
        """How long the oldest record that is surely not worked on has stood there."""
        oldest = now
        for place, end in ends.items():
            looks = self._ends.setdefault(place, deque())
            if len(looks) < MOST_LOOKS:  # the first ones say how long it lasts
                looks.append((now, end))
            while looks and looks[0][1] <= committed.get(place, 0):
                looks.popleft()
            if looks:
                oldest = min(oldest, looks[0][0])
        return now - oldest

    def silent_s(self, ends: Mapping[P, int], now: float) -> float:
        """How long the partition that has been silent longest has not grown; from the first look on."""
        longest = 0.0
        for place, end in ends.items():
            known = self._grew.get(place)
            if known is None or end != known[0]:
                known = self._grew[place] = (end, now)
            longest = max(longest, now - known[1])
        return longest
