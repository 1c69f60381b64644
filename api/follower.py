"""The thread that follows the log: it folds new facts into the views, has them kept, and tells the feed."""

import logging
import threading
from collections.abc import Callable

from dispatch.application import DispatchLog
from dispatch.faults import OperationalError
from domain.errors import Refused
from projections.memory import MemoryViews
from projections.projector import Batch, catch_up
from projections.rows import Changes

log = logging.getLogger("vigil.follower")

POLL_S = 0.5
LONGEST_PAUSE_S = 10.0

Keep = Callable[[Changes, int], None]
Published = Callable[[Batch, Changes], None]


class PictureBehind(Refused):
    en = "The live picture has not caught up with the log; please try again in a moment."
    vi = "Màn hình chưa theo kịp nhật ký; vui lòng thử lại sau giây lát."


class Follower:
    """A fault is an alarm, not an end: it tries again with growing pauses.

    keep must return at once: no screen waits for the copy on disk.
    """

    def __init__(self, source: DispatchLog, views: MemoryViews, keep: Keep, publish: Published) -> None:
        self._log, self._views, self._keep, self._publish = source, views, keep, publish
        self._reached = threading.Condition()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)
        self.fault: str | None = None

    def start(self) -> None:
        catch_up(self._log, self._views, tell=self._tell)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._log.tell()
        self._thread.join(timeout=5)

    @property
    def lag(self) -> int:
        """Facts in the log that the views have not folded yet."""
        return self._log.position() - self._views.position

    def wait_for(self, seq: int, timeout_s: float = 2.0) -> bool:
        """Whether the live views reached a place in the log: whoever wrote reads what they wrote."""
        with self._reached:
            return self._reached.wait_for(lambda: self._views.position >= seq, timeout_s)

    def _run(self) -> None:
        pause = POLL_S
        while not self._stopping.is_set():
            told = self._log.told
            try:
                catch_up(self._log, self._views, tell=self._tell)
                self.fault, pause = None, POLL_S
            except OperationalError as fault:
                # Away: whoever listens for the log wakes us when it is back.
                if self.fault is None:
                    log.warning("The log does not answer: %s", fault)
                self.fault = f"the log does not answer: {fault}"
            except Exception as fault:
                self.fault = f"{type(fault).__name__}: {fault}"
                log.exception("The views fell behind at %d; trying again", self._views.position)
                self._stopping.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)
                continue
            self._log.await_word(told, POLL_S)

    def _tell(self, batch: Batch, changes: Changes) -> None:
        with self._reached:
            self._reached.notify_all()
        self._keep(changes, batch[-1][0])
        self._publish(batch, changes)
