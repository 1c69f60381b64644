"""Advice that stands on somebody's screen, until it is acted on or long forgotten."""

import threading
from collections import OrderedDict
from uuid import UUID

from dispatch.advise import WrittenAdvice

MOST_SHOWN = 5_000
MOST_BYTES = 128_000_000
"""Some two thousand with 140 units and 65 hospitals: hours of work of a whole centre."""


class ShownAdvice:
    """By name; the oldest are forgotten first."""

    def __init__(self, most: int = MOST_SHOWN, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._by_id: OrderedDict[UUID, WrittenAdvice] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def remember(self, advice: WrittenAdvice) -> None:
        with self._lock:
            self._by_id[advice.decision_id] = advice
            self._bytes += advice.size
            while len(self._by_id) > self._most or self._bytes > self._most_bytes:
                _, forgotten = self._by_id.popitem(last=False)
                self._bytes -= forgotten.size

    def recall(self, decision_id: UUID | None, incident_id: UUID) -> WrittenAdvice | None:
        """The advice of that name, if it was given for this incident."""
        with self._lock:
            advice = self._by_id.get(decision_id) if decision_id else None
        return advice if advice is not None and advice.incident_id == str(incident_id) else None

    def by_id(self, decision_id: UUID) -> WrittenAdvice | None:
        with self._lock:
            return self._by_id.get(decision_id)
