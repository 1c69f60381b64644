"""Rings when this process has written to the book of accounts, so that open sockets look again at once."""

import asyncio
from contextlib import suppress
from threading import Lock


class Bell:
    """Any thread may ring; whoever waits on an event loop wakes."""

    def __init__(self) -> None:
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._lock = Lock()

    def ring(self) -> None:
        with self._lock:
            waiting = list(self._waiting)
        for loop, event in waiting:
            with suppress(RuntimeError):  # a loop that is closed waits for nothing
                loop.call_soon_threadsafe(event.set)

    async def wait(self, longest_s: float) -> None:
        """Until it rings, or for so long."""
        event = asyncio.Event()
        mine = (asyncio.get_running_loop(), event)
        with self._lock:
            self._waiting.add(mine)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(longest_s):
                    await event.wait()
        finally:
            with self._lock:
                self._waiting.discard(mine)
