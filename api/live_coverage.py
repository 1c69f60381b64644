"""Keeps the cells of the map as the roads and the calls have them, in a thread that nobody waits for."""

import logging
import threading
from typing import Protocol

from dispatch.application import DispatchLog
from dispatch.some_facts import SomeFacts
from domain.incident import Incident
from domain.ports import CoverageGrid
from domain.values import Position

log = logging.getLogger("vigil.live_coverage")

REST_S = 1.0
BATCH = 1_000


class LearningGrid(CoverageGrid, Protocol):
    def learn(self, calls: list[Position]) -> None: ...

    def renew(self, shrink_calls: float) -> bool: ...


class LiveCoverage:
    """Once a second: what is new in the log and on the roads. A fault is told and tried again; the older
    cells serve meanwhile, and say so.

    shrink_calls : so many emergencies of the past weigh as much as the streets people live on
    """

    def __init__(self, grid: LearningGrid, dispatch_log: DispatchLog, shrink_calls: float) -> None:
        self.grid = grid
        self._facts = SomeFacts(dispatch_log, (Incident.Opened,))
        self._shrink_calls = shrink_calls
        self._position = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-coverage", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        failing = False
        while not self._stopping.is_set():
            try:
                self.grid.renew(self._shrink_calls)
                while self._learn() == BATCH and not self._stopping.is_set():
                    pass
                failing = False
            except Exception:
                if not failing:
                    log.exception(
                        "The coverage could not be worked out; the older figures stay, trying again"
                    )
                failing = True
            self._stopping.wait(REST_S)

    def _learn(self) -> int:
        """How many incidents were new, at most a batch."""
        found = self._facts.select(self._position + 1, BATCH)
        if found:
            self.grid.learn([fact.position for _, fact in found if isinstance(fact, Incident.Opened)])
            self._position = found[-1][0]
        return len(found)
