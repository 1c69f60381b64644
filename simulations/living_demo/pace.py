"""No more requests a second than agreed, however busy the city is."""

import asyncio
import time
from collections.abc import Callable


class Pace:
    """Lets `per_second` through on average, a second's worth at once."""

    def __init__(self, per_second: float, local: Callable[[], float] = time.monotonic) -> None:
        self.per_second = per_second
        self._local = local
        self._next = local() - 1.0

    def wait_s(self) -> float:
        """Book the next place; answers how long to wait for it."""
        now = self._local()
        self._next = max(self._next, now - 1.0) + 1.0 / self.per_second
        return max(0.0, self._next - now)

    async def turn(self) -> None:
        wait = self.wait_s()
        if wait > 0:
            await asyncio.sleep(wait)
