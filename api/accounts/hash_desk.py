"""Two desks at which passwords are checked, and a short queue before them.

Hashing takes a core and 64 MiB. A flood of sign-ins must neither eat the machine nor occupy the
threads that serve dispatchers who are already in.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from api.accounts.errors import LoginBusy

DESKS = 2
QUEUE = 16
COME_BACK_S = 2

Result = TypeVar("Result")


class HashDesk:
    def __init__(self, desks: int = DESKS, queue: int = QUEUE) -> None:
        self._threads = ThreadPoolExecutor(desks, thread_name_prefix="hash-desk")
        self._places = threading.BoundedSemaphore(desks + queue)

    async def run(self, work: Callable[[], Result]) -> Result:
        """The result of the work done at a desk; LoginBusy at once when the queue is full."""
        if not self._places.acquire(blocking=False):
            raise LoginBusy(retry_after_s=COME_BACK_S)
        try:
            job = self._threads.submit(work)
        except BaseException:
            self._places.release()
            raise
        # Also called when the client leaves the queue before its turn.
        job.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(job)

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)
