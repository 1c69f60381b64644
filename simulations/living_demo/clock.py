"""Two times: the server's clock, in which facts are told, and that of the city, which may run faster."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """City seconds pass `speed` times as fast as real ones."""

    def __init__(
        self,
        speed: float,
        local: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        if not 0 < speed <= 100:
            raise ValueError(f"speed {speed}: it must be above 0 and at most 100.")
        self.speed = speed
        self._local, self._wall = local, wall
        self._began = local()
        self._ahead = timedelta()
        self.born = wall()

    def real_s(self) -> float:
        """Real seconds since the start."""
        return self._local() - self._began

    def city_s(self) -> float:
        """City seconds since the start."""
        return self.real_s() * self.speed

    def hear(self, server_now: datetime) -> None:
        """Take over the server's time, so that no fact comes from its future."""
        self._ahead = server_now - self._wall()

    def now(self) -> datetime:
        return self._wall() + self._ahead

    def city_now(self) -> datetime:
        """What the city's own clock shows: it began with ours and has run faster since."""
        return self.born + timedelta(seconds=self.city_s())

    def real_after(self, city_s: float) -> datetime:
        """The moment on the server's clock when so many city seconds have passed."""
        return self.now() + timedelta(seconds=city_s / self.speed)

    async def sleep(self, city_s: float) -> None:
        await asyncio.sleep(max(0.0, city_s / self.speed))
