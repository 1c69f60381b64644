"""A stopwatch beside connections: whoever waits too long for a server is let go."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic

from psycopg import Connection, Error

LOOK_S = 0.25


class Watch:
    """Shuts the line of who is over time. The waiting thread then hears that the connection was lost.

    Servers that are gone are noticed without it; it is for those that are stopped, or behind a dead network.
    """

    def __init__(self) -> None:
        self._watched: dict[object, tuple[float, Connection]] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="postgres-watch", daemon=True)
        self._thread.start()

    @contextmanager
    def over(self, connection: Connection, seconds: float) -> Iterator[None]:
        """Let it work for so long and no longer."""
        ticket = object()
        self._watched[ticket] = monotonic() + seconds, connection
        try:
            yield
        finally:
            self._watched.pop(ticket, None)

    def stop(self) -> None:
        self._ended.set()

    def _run(self) -> None:
        while not self._ended.wait(LOOK_S):
            now = monotonic()
            for ticket, (end, connection) in list(self._watched.items()):
                if now > end and self._watched.pop(ticket, None) is not None:
                    shut(connection)


def shut(connection: Connection) -> None:
    """End the line under a connection that another thread waits on; that thread closes it."""
    with suppress(Error, OSError), socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)
