"""Brings the views to disk behind the picture: a locked or full disk makes the copy late, never the desk."""

import logging
import threading

from projections.rows import Changes
from projections.sql import SqlViews

log = logging.getLogger("vigil.view_keeper")

PAUSE_S = 1.0


class ViewKeeper:
    """What waits is at most the newest of each row. What was not stored is folded again at the next start."""

    def __init__(self, store: SqlViews) -> None:
        self._store = store
        self._waiting: Changes = {}
        self._position = self._stored = store.position
        self._news = threading.Condition()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="view-keeper", daemon=True)
        self.fault: str | None = None

    @property
    def stored(self) -> int:
        """The position up to which all rows are stored."""
        return self._stored

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Store what waits, if the disk lets us."""
        self._stopping.set()
        with self._news:
            self._news.notify_all()
        self._thread.join(timeout=10)

    def keep(self, changes: Changes, position: int) -> None:
        """Store these rows soon. Returns at once."""
        with self._news:
            _lay_over(self._waiting, changes)
            self._position = position
            self._news.notify_all()

    def _run(self) -> None:
        while self._await_work():
            if not self._write():
                self._stopping.wait(PAUSE_S)

    def _await_work(self) -> bool:
        """True when something waits; False when all is stored, or given up, and we are to stop."""
        with self._news:
            self._news.wait_for(lambda: self._behind() or self._stopping.is_set())
            return self._behind() and not (self._stopping.is_set() and self.fault is not None)

    def _behind(self) -> bool:
        return self._position > self._stored

    def _write(self) -> bool:
        with self._news:
            changes, position = self._waiting, self._position
            self._waiting = {}
        try:
            self._store.write(changes, position)
        except Exception as fault:
            with self._news:
                newer, self._waiting = self._waiting, changes
                _lay_over(self._waiting, newer)
            self.fault = f"{type(fault).__name__}: {str(fault).splitlines()[0]}"
            log.exception("The views could not be stored at %d; trying again", position)
            return False
        with self._news:
            self._stored, self.fault = position, None
        return True


def _lay_over(waiting: Changes, newer: Changes) -> None:
    """In place: what is laid over may be a few rows, what waits may be many thousand. The rows of a view are
    put into a table of our own, for others hold what they gave us."""
    for name, rows in newer.items():
        waiting.setdefault(name, {}).update(rows)
