"""The right to write: one process a centre holds it, by a lock that lasts as long as its session.

Two writers would lose races, not facts, since every save checks versions; but each would rank units by a
picture that the other changes. So a centre that loses the lock, as in a restart of the server, takes it again
before it writes, and says loudly when somebody else was quicker.
"""

import logging
import threading
from contextlib import suppress
from select import POLLIN, poll
from time import monotonic, sleep
from typing import Any

import psycopg
from psycopg import Connection

from api.postgres.address import Address
from dispatch.postgres.watch import Watch

log = logging.getLogger("vigil.pen")

LOCK = 0x76_69_67_69_6C_03
"""The advisory lock of whoever writes: "vigil", 3. It counts within one database."""
SOON_MISSED = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
"""Of a centre whose machine is gone the server would otherwise keep the lock for two hours."""
LOOK_S = 0.1
PING_EVERY_S = 2.0
PING_S = 2.0
PATIENCE_S = 2.0
"""So long an order waits for the lock to be taken again after a restart."""


class AnotherWriter(RuntimeError):
    """Another process writes to this log; the sentence says where."""


class Pen:
    def __init__(self, address: Address) -> None:
        self._address = address
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._watch = Watch()
        self._thread = threading.Thread(target=self._run, name="pen", daemon=True)
        self._connection: Connection[Any] | None = None
        self.held = False
        self.taken_by_other = False
        self.losses = 0

    def take(self) -> None:
        """Hold it from now on. Raises AnotherWriter, or psycopg.OperationalError where the server is away."""
        end = monotonic() + PATIENCE_S  # of one that was killed just now, the server may not know yet
        while not self._seize():
            if monotonic() > end:
                raise AnotherWriter(
                    f"Another Vigil already writes to {self._address!r}: one process a centre."
                )
            sleep(LOOK_S)
        self._thread.start()

    def may_write(self) -> bool:
        """Whether it is held, or is held again in a moment."""
        if self.held:
            return True
        with self._changed:
            return self._changed.wait_for(lambda: self.held or self.taken_by_other, PATIENCE_S) and self.held

    def release(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        self._watch.stop()
        if self._connection is not None:
            with suppress(
                psycopg.Error
            ):  # at once: to close it alone would leave that to the server's leisure
                self._connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        self._let_go()

    def _run(self) -> None:
        tried = monotonic()
        while not self._stopping.wait(LOOK_S):
            if not self.held:
                self._seize_again()
            elif monotonic() - tried > PING_EVERY_S or self._cut():
                tried = monotonic()
                self._try()

    def _cut(self) -> bool:
        assert self._connection is not None
        look = poll()
        look.register(self._connection.fileno(), POLLIN)
        return bool(look.poll(0))

    def _try(self) -> None:
        assert self._connection is not None
        try:
            with self._watch.over(self._connection, PING_S):
                self._connection.execute("")
        except psycopg.Error as fault:
            self.losses += 1
            log.warning("The right to write was lost with its connection: %s", _first_line(fault))
            self._let_go()

    def _seize_again(self) -> None:
        try:
            seized = self._seize()
        except psycopg.Error:
            return  # away; the log says so too
        if seized:
            log.warning("The right to write is held again.")
        elif not self.taken_by_other:
            log.error("Another process took the right to write to %r: nothing is stored here.", self._address)
        self._tell(taken_by_other=not seized)

    def _seize(self) -> bool:
        connection = psycopg.connect(
            self._address.libpq,
            autocommit=True,
            connect_timeout=2,
            application_name="vigil-pen",
            options=SOON_MISSED,
        )
        got = connection.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
        if got is None or not got[0]:
            connection.close()
            return False
        self._connection = connection
        self._tell(held=True)
        return True

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        self._tell(held=False)
        if connection is not None:
            connection.close()

    def _tell(self, held: bool | None = None, taken_by_other: bool = False) -> None:
        with self._changed:
            self.held = self.held if held is None else held
            self.taken_by_other = taken_by_other
            self._changed.notify_all()


def _first_line(fault: psycopg.Error) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]
