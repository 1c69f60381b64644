"""Gets ready what a look ahead wants before somebody asks, in a thread that nobody waits for."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.centre import Centre

log = logging.getLogger("vigil.look_ahead")

REST_S = 1.0


class ReadyToLook:
    """Once a second: whether kernels have to be loaded, or the ground be made of new road times."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ready-to-look", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        """A fault is told and ends it: whoever asks then waits a moment longer."""
        try:
            while not self._stopping.wait(REST_S):
                self._centre.look_aheads.get_ready(self._centre)
        except Exception:
            log.exception("Looks ahead are not made ready any more; whoever asks waits for it")
