"""Whether the group still counts on us, as far as a worker can know it.

The group gives a member's partitions to others when it has heard nothing of it for a session. A worker that
was paused for longer, as by a machine that slept, wakes in the midst of its work and feels no gap; records of
before lie ready in its hands. So it counts from when it last asked the group and was then answered well: from
there, at the earliest, the group counted a session. When that is over, only another answer says who has the
partitions.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any

LOOK_S = 0.02
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def steady() -> float:
    """Seconds, which go on while the process is stopped and while the machine sleeps."""
    return time.clock_gettime(_CLOCK)


class Membership:
    """Of one worker. `listen` where a driver asks the group, `sure` before anything is said."""

    def __init__(self, session_s: float, clock: Callable[[], float] = steady) -> None:
        self._session_s, self._clock = session_s, clock
        self._asked_at = clock()
        self._coordinator: Any = None

    @property
    def is_sure(self) -> bool:
        return self._clock() - self._asked_at < self._session_s

    def joined(self) -> None:
        """The group has just given us partitions."""
        self._asked_at = self._clock()

    async def sure(self, still_ours: Callable[[], bool]) -> None:
        """Until the group has answered within the session, or has given the partitions away."""
        while not self.is_sure and still_ours():
            await asyncio.sleep(LOOK_S)

    def listen(self, coordinator: Any) -> None:
        """coordinator : aiokafka's, of a consumer that has started; it tells nobody of its heartbeats itself.

        Once is enough. It may run in another thread.
        """
        if coordinator is self._coordinator:
            return
        ask = coordinator._do_heartbeat

        async def heartbeat() -> bool:
            asked_at = self._clock()
            answered = await ask()
            if answered:
                self._asked_at = asked_at  # the answer may have waited through a pause
            return bool(answered)

        coordinator._do_heartbeat = heartbeat
        self._coordinator = coordinator
