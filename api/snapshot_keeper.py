"""Takes snapshots of the views beside the follower: it hands over the rows, a thread does the rest."""

import logging
import threading
from collections.abc import Callable

from projections.memory import MemoryViews
from projections.snapshots import Standing
from projections.taking import Taking

log = logging.getLogger("vigil.snapshot_keeper")


class SnapshotKeeper:
    """A snapshot that cannot be stored is missed by nobody: the past is folded from the one before it."""

    def __init__(self, views: MemoryViews, taking: Taking, stored: Callable[[], int]) -> None:
        """stored : the position up to which the rows are stored"""
        self._views, self._taking, self._stored = views, taking, stored
        self._waiting: Standing | None = None
        self._news = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="snapshot-keeper", daemon=True)
        self.fault: str | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """What is being stored is stored; what waits is let go."""
        with self._news:
            self._stopping = True
            self._news.notify_all()
        self._thread.join(timeout=10)

    def hear(self) -> None:
        """Called by the thread that folds, after each batch. Returns within some milliseconds."""
        if not self._taking.due(self._views.position):
            return
        taken = self._taking.take(self._views, self._stored())
        with self._news:
            self._waiting = taken  # one that still waits is too old to be worth storing
            self._news.notify_all()

    def _run(self) -> None:
        while (taken := self._next()) is not None:
            try:
                self._taking.keep(taken)
                self.fault = None
            except Exception as fault:
                self.fault = f"{type(fault).__name__}: {str(fault).splitlines()[0]}"
                log.exception("The snapshot at %d could not be stored", taken.seq)

    def _next(self) -> Standing | None:
        with self._news:
            self._news.wait_for(lambda: self._waiting is not None or self._stopping)
            taken, self._waiting = self._waiting, None
            return None if self._stopping else taken
