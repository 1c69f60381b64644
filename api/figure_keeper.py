"""Keeps the book of figures close behind the log in small steps, so that a question finds little to do."""

import logging
import threading
import time

from projections.figures.book import BATCH, FigureBook

log = logging.getLogger("vigil.figure_keeper")

REST_S = 2.0
"""Between two looks: figures are for people who think in hours."""
BREATH_S = 0.05
"""Between two batches of a long way: the desk comes first."""
LONGEST_PAUSE_S = 60.0


class FigureKeeper:
    """A fault is told and tried again; the book then lags, and says up to where it counts."""

    def __init__(self, book: FigureBook) -> None:
        self.book = book
        self.fault: str | None = None
        self._stopping = threading.Event()
        self._news = threading.Event()
        self._thread = threading.Thread(target=self._run, name="figure-keeper", daemon=True)

    def start(self) -> None:
        self._news.set()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._news.set()
        self._thread.join(timeout=10)

    def hear(self) -> None:
        """There are new facts. Returns at once."""
        self._news.set()

    def catch_up(self, position: int, patience_s: float) -> bool:
        """Whether the book has all up to a place in the log, if need be by working on it here."""
        deadline = time.monotonic() + patience_s
        while self.book.position < position:
            if self.book.step(position) == 0:
                return True  # what is left are facts that no figure knows
            if time.monotonic() > deadline:
                return False
        return True

    def _run(self) -> None:
        pause = REST_S
        while not self._stopping.is_set():
            self._news.wait()
            self._news.clear()
            try:
                while not self._stopping.is_set() and self.book.step() == BATCH:
                    self._stopping.wait(BREATH_S)
                self.fault, pause = None, REST_S
            except Exception as fault:
                self.fault = f"{type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else ''}"
                log.exception("The figures fell behind at %d; trying again", self.book.position)
                self._news.set()
                pause = min(2 * pause, LONGEST_PAUSE_S)
            self._stopping.wait(pause)
