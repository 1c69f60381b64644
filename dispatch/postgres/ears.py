"""Hear what others tell through PostgreSQL, however often the connection is lost."""

import logging
import threading
from collections.abc import Callable

import psycopg
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from dispatch.postgres.watch import Watch

log = logging.getLogger("vigil.ears")

TURN_S = 0.5
SILENT_S = 5.0
"""After so long a silence the server is asked whether it is still there."""
PING_S = 2.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 2.0


class Ears:
    """A thread on a channel of LISTEN. A lost connection is made anew, with growing pauses.

    heard : called from that thread with the server process that spoke; with 0 where something may have been
            said unheard: at the first listening, and whenever the connection was lost or is back
    """

    def __init__(self, conninfo: str, channel: str, heard: Callable[[int], None]) -> None:
        self._conninfo, self._channel, self._heard = conninfo, channel, heard
        self._stopping = threading.Event()
        self._watch = Watch()
        self._thread = threading.Thread(target=self._run, name=f"ears-{channel}", daemon=True)
        self.hearing = threading.Event()
        self.losses = 0
        """How often the connection was lost."""

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._watch.stop()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            try:
                self._listen()
            except psycopg.Error as fault:
                if self.hearing.is_set():
                    self.hearing.clear()
                    self.losses += 1
                    pause = FIRST_PAUSE_S
                    log.warning("Listening on %s again: %s", self._channel, str(fault).split("\n")[0])
                self._heard(0)
            self._stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)

    def _listen(self) -> None:
        with psycopg.connect(
            self._conninfo, autocommit=True, connect_timeout=3, application_name="vigil-ears"
        ) as connection:
            connection.execute(SQL("LISTEN {}").format(Identifier(self._channel)))
            self.hearing.set()
            self._heard(0)
            silent_s = 0.0
            while not self._stopping.is_set():
                silent_s = 0.0 if self._told(connection) else silent_s + TURN_S
                if silent_s >= SILENT_S:
                    with self._watch.over(connection, PING_S):
                        connection.execute("")
                    silent_s = 0.0

    def _told(self, connection: Connection) -> bool:
        """Wait a turn; whether anything was said."""
        said = list(connection.notifies(timeout=TURN_S, stop_after=1))
        for word in said:
            self._heard(word.pid)
        return bool(said)
