"""A worker that no longer gets on must end, so that whoever runs it starts it anew.

Two ways of standing are known: places are no longer committed though records are worked on (Faust after a
join under load), and an event loop that does nothing any more.
"""

import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

log = logging.getLogger("vigil.streams")

STALLED = 75
"""The exit code; "temporary failure" by sysexits, so that a supervisor starts it again."""
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """Of one partition: the place behind the last record worked on, and the one committed."""

    worked: int
    committed: int | None


class CommitWatch:
    """Asked again and again with the progress made; says what stands still for `patience_s`."""

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._since: dict[Place, tuple[int | None, float]] = {}

    def stalled(self, progress: Mapping[Place, Progress], now: float) -> Place | None:
        """A partition whose commits stand still behind its work, or None. now : of a steady clock."""
        behind = {place: made for place, made in progress.items() if made.worked > (made.committed or 0)}
        before, self._since = self._since, {}
        for place, made in behind.items():
            committed, since = before.get(place, (made.committed, now))
            self._since[place] = (made.committed, since if committed == made.committed else now)
            if now - self._since[place][1] >= self._patience_s:
                return place
        return None


_asked = threading.Event()
"""Set for good when somebody asked this process to end."""


def ending() -> int:
    """The exit code from now on: whoever was asked to end, ends with 0, whatever is in the way."""
    return 0 if _asked.is_set() else STALLED


def leave(words: str) -> None:
    """End the process at once: a hanging loop runs no clean-up, a stop could wait for a dead broker."""
    code = ending()
    log.log(logging.CRITICAL if code else logging.WARNING, "%s; leaving with %d", words, code)
    for handler in logging.getLogger().handlers:
        handler.flush()
    os._exit(code)


class Pulse:
    """A thread that ends the process when nobody called `beat` for a while: the event loop hangs."""

    def __init__(self, patience_s: float, end: Callable[[str], None] = leave) -> None:
        self._patience_s, self._end = patience_s, end
        self._last = monotonic()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def beat(self) -> None:
        self._last = monotonic()

    def _run(self) -> None:
        while not self._stopping.wait(self._patience_s / 4):
            if monotonic() - self._last > self._patience_s:
                self._end(f"The event loop stood still for {self._patience_s:.0f} s")
                return


def asked_to_end(within_s: float, first: Callable[[], None] = lambda: None) -> threading.Timer:
    """It may wait for a broker that is gone: end it then. Cancel where it stopped.

    first : is done before it is ended so
    """

    def end() -> None:
        first()
        leave("Kafka does not let us go; what was not kept is folded again by whoever comes")

    _asked.set()
    timer = threading.Timer(within_s, end)
    timer.daemon = True
    timer.start()
    return timer
