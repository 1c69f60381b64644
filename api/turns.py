"""A few at a time, a few who wait, and everybody else is asked to come back at once.

Questions that take seconds are asked in the threads of all orders: whoever waits for a turn holds one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from api.spoken_fault import SpokenFault

LONGEST_WAIT_S = 5.0


class Turns:
    """at_once : how many are served side by side;  waiting : how many more may stand in line"""

    def __init__(self, at_once: int, waiting: int, *, en: str, vi: str) -> None:
        self._served, self._inside = BoundedSemaphore(at_once), BoundedSemaphore(at_once + waiting)
        self._en, self._vi = en, vi

    @contextmanager
    def one(self) -> Iterator[None]:
        """Raises SpokenFault where the line is full, or does not move."""
        if not self._inside.acquire(blocking=False):
            raise SpokenFault(503, en=self._en, vi=self._vi)
        try:
            if not self._served.acquire(timeout=LONGEST_WAIT_S):
                raise SpokenFault(503, en=self._en, vi=self._vi)
            try:
                yield
            finally:
                self._served.release()
        finally:
            self._inside.release()
