"""How often one link may ask and tell. A page that runs wild, or a link that went round, harms nobody."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Final

from api.hospital_links.errors import LinkTooOften

AT_ONCE: Final = 30.0
"""So many requests may come in one burst: a queue that waited for a line."""
PER_S: Final = 1.0
MOST_KEPT: Final = 10_000


class Pace:
    """A bucket of requests for each link, filled again with time. In memory: a restart forgives."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, link_id: str) -> None:
        """One request of this link. Raises LinkTooOften, with the seconds until the next may come."""
        now = self._now()
        with self._lock:
            left, at = self._left.get(link_id, (AT_ONCE, now))
            left = min(AT_ONCE, left + max(0.0, (now - at).total_seconds()) * PER_S)
            allowed = left >= 1.0
            self._left[link_id] = (left - 1.0 if allowed else left, now)
            self._left.move_to_end(link_id)
            if len(self._left) > MOST_KEPT:
                self._left.popitem(last=False)
        if not allowed:
            raise LinkTooOften(retry_after_s=max(1, math.ceil((1.0 - left) / PER_S)))
