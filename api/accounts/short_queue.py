"""A few threads of their own for slow work of people who are not in yet, and a short queue before them.

A password check takes a core and 64 MiB, an identity provider may take its time. A flood of either must
neither eat the machine nor occupy the threads that serve dispatchers who are already in; and whoever floods
from one address must leave places to the others.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from api.accounts.errors import LoginBusy
from api.accounts.throttle import network_of

DESKS = 2
QUEUE = 16
OF_ONE_ADDRESS = 4
COME_BACK_S = 2

Result = TypeVar("Result")


class ShortQueue:
    """of_one_address : how many may wait or be served at once for one address"""

    def __init__(
        self, name: str, desks: int = DESKS, queue: int = QUEUE, of_one_address: int = OF_ONE_ADDRESS
    ) -> None:
        self._threads = ThreadPoolExecutor(desks, thread_name_prefix=name)
        self._free, self._each = desks + queue, of_one_address
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    async def run(self, work: Callable[[], Result], address: str) -> Result:
        """The result of the work done at a desk; LoginBusy at once where no place is free."""
        who = network_of(address)
        self._take(who)
        try:
            job = self._threads.submit(work)
        except BaseException:
            self._give_back(who)
            raise
        # Also called when the client leaves the queue before its turn.
        job.add_done_callback(lambda _: self._give_back(who))
        return await asyncio.wrap_future(job)

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _take(self, who: str) -> None:
        with self._lock:
            if not self._free or self._taken[who] >= self._each:
                raise LoginBusy(retry_after_s=COME_BACK_S)
            self._free -= 1
            self._taken[who] += 1

    def _give_back(self, who: str) -> None:
        with self._lock:
            self._free += 1
            self._taken[who] -= 1
            if not self._taken[who]:
                del self._taken[who]
