"""Several futures at once: the kernels of the lean path let go of Python's lock, so threads are enough."""

import os
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Found = TypeVar("Found")
AHEAD = 2
"""So many a core are handed out at once: the next is there when one is done, and few are played in vain."""


def cores() -> int:
    """How many this process may work on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(work: Callable[[int], Found], count: int, cores: int) -> Generator[Found, None, None]:
    """What `work` returns for 0, 1, ... in that order, whichever is done first. Who closes it has no more
    begun; those under way are waited for."""
    if min(count, cores) <= 1:
        yield from map(work, range(count))
        return
    begun: deque[Future[Found]] = deque()
    with ThreadPoolExecutor(min(count, cores), thread_name_prefix="futures") as pool:
        try:
            for number in range(count):
                if len(begun) == AHEAD * cores:
                    yield begun.popleft().result()
                begun.append(pool.submit(work, number))
            while begun:
                yield begun.popleft().result()
        finally:
            for each in begun:
                each.cancel()
