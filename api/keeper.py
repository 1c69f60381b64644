"""A thread that does some work on a centre's database every so often, and goes on whatever happens."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from psycopg import Connection

from api.postgis_projector import connected
from api.postgres.address import Address
from api.postgres.migrate import first_line

log = logging.getLogger("vigil.keeper")

LONGEST_PAUSE_S = 30.0

Work = Callable[[Connection[Any]], bool]
"""Does some of it; True where more waits, so that it is called again at once."""


class Keeper:
    """`start` returns at once; `stop` waits for the work under way. A fault makes the work late, no more."""

    def __init__(
        self, name: str, address: Address, every_s: float, work: Work, first_after_s: float = 0.0
    ) -> None:
        """work is given a connection in autocommit and in UTC; it is made anew after a fault"""
        self.name = name
        self._address, self._every_s, self._work = address, every_s, work
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._first_after_s = first_after_s
        self.fault: str | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        pause = self._every_s
        self._stopping.wait(self._first_after_s)
        while not self._stopping.is_set():
            try:
                with connected(self._address) as connection:
                    while not self._stopping.is_set():
                        more = self._work(connection)
                        self.fault, pause = None, self._every_s
                        if not more:
                            self._stopping.wait(self._every_s)
            except Exception as fault:
                self.fault = f"{type(fault).__name__}: {first_line(fault)}"
                log.exception("The %s could not do its work; trying again in %g s", self.name, pause)
                self._stopping.wait(pause)
                pause = max(self._every_s, min(2 * pause, LONGEST_PAUSE_S))
