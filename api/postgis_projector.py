"""The thread that keeps the PostGIS tables up to the log: woken by each save, the only one of its database.

A fault is an alarm, not an end: it begins again with growing pauses. One connection does everything, so that
whoever loses it loses the lock and the right to write in the same moment.
"""

import hashlib
import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg
from psycopg import Connection, sql

import projections
from api.hand import now
from api.postgres.address import Address
from api.postgres.migrate import first_line
from dispatch.application import DispatchLog
from dispatch.some_facts import SomeFacts
from projections.memory import MemoryViews
from projections.postgis.folds import KNOWN
from projections.postgis.projector import catch_up, rebuild
from projections.postgis.store import PostgisTables

log = logging.getLogger("vigil.postgis_projector")

POLL_S = 0.5
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 10.0
STOP_S = 15.0
PATIENCE_S = 2.0
REST_EVERY = 20_000
"""After so many facts, what ended long ago leaves memory."""
LOCK = 0x76_69_67_69_6C_50
"""The advisory lock of the one projector of a database: "vigilP"."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the tables stand.

    position   : the place in the log they reached
    lag_events : facts that are not in them yet
    lag_s      : seconds since the first of these was heard, 0 where there is none
    working    : False while another process does the work, or while a fault lasts
    """

    position: int
    lag_events: int
    lag_s: float
    working: bool
    fault: str | None


class PostgisProjector:
    """`start` returns at once; `stop` waits for the transaction that is under way."""

    def __init__(self, source: DispatchLog, address: Address) -> None:
        self._log, self._address = source, address
        self._facts = SomeFacts(source, KNOWN)
        self._stopping = threading.Event()
        self._reached = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="postgis-projector", daemon=True)
        self.position = 0
        self.working = False
        self.fault: str | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=STOP_S)

    def wait_for(self, seq: int, timeout_s: float = 10.0) -> bool:
        """Whether the tables reached a place in the log in that time."""
        with self._reached:
            return self._reached.wait_for(lambda: self.position >= seq, timeout_s)

    def standing(self) -> Standing:
        """Asks the log. Where another process projects, the position is read from the tables."""
        position = self.position if self.working else self._position_elsewhere()
        waiting = self._log.select(position + 1, 1)
        lag_s = (now() - waiting[0][1].act.heard_at).total_seconds() if waiting else 0.0
        # Places may leave gaps, so this is the most it can be.
        lag_events = max(0, self._log.position() - position)
        return Standing(position, lag_events, max(0.0, lag_s), self.working, self.fault)

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            try:
                with connected(self._address) as connection:
                    if self._alone(connection):
                        self._follow(connection)
            except Exception as fault:
                if self._stopping.is_set():
                    break
                healthy, self.working = self.working, False
                pause = FIRST_PAUSE_S if healthy else min(pause * 2, LONGEST_PAUSE_S)
                self.fault = f"{type(fault).__name__}: {first_line(fault)}"
                log.exception("The tables fell behind at %d; trying again in %g s", self.position, pause)
                self._stopping.wait(pause)
        self.working = False

    def _alone(self, connection: Connection[Any]) -> bool:
        """Wait for the lock, as long as it takes; False where we are to stop."""
        while not self._stopping.is_set():
            if connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone() == (True,):
                return True
            self.fault = None  # another process does the work: that is no fault
            self._stopping.wait(POLL_S)
        return False

    def _follow(self, connection: Connection[Any]) -> None:
        if channel := channel_of(self._log):
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        store = PostgisTables(connection)
        views = self._begin(store)
        self._stand_at(views.position)
        rested_at = 0
        while not self._stopping.is_set():
            end = self._log.position()
            if end > views.position:
                catch_up(
                    self._facts, views, store, min(end, views.position + REST_EVERY), stored=self._stored
                )
                if views.position >= rested_at + REST_EVERY:
                    views, rested_at = store.rested(views), views.position
                if views.position < end:
                    continue
            self.working, self.fault = True, None
            # A word that was heard in the middle of the above waits in the connection, so the log need not be
            # asked twice; one that got lost is made good by the poll.
            for _ in connection.notifies(timeout=POLL_S, stop_after=1):
                break

    def _begin(self, store: PostgisTables) -> MemoryViews:
        """The state to go on from; made anew where other code made it, or it is of another log."""
        if store.made_by == fold_version() and store.position <= self._log.position():
            return store.load()
        log.info("The tables are made again from the log")
        end = self._log.position()
        return store.rested(rebuild(self._facts, store, end, fold_version(), progress=self._still_here))

    def _still_here(self, position: int) -> None:
        if self._stopping.is_set():
            raise InterruptedError("stopped while the tables were made again")

    def _stored(self, events: int, position: int) -> None:
        self._stand_at(position)
        if self._stopping.is_set():
            raise InterruptedError("stopped while catching up")

    def _stand_at(self, position: int) -> None:
        with self._reached:
            self.position = position
            self._reached.notify_all()

    def _position_elsewhere(self) -> int:
        try:
            with connected(self._address) as connection:
                return PostgisTables(connection).position
        except psycopg.Error:
            return self.position


def somebody_projects(address: Address) -> bool:
    """Whether a process keeps the tables. Of one that was killed just now, the server may not know yet."""
    end = monotonic() + PATIENCE_S
    with connected(address) as connection:
        while connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone() != (True,):
            if monotonic() > end:
                return True
            sleep(POLL_S)
    return False


def connected(address: Address) -> Connection[Any]:
    """In autocommit and in UTC, for one thread; it gives up what takes too long. Raises psycopg.Error.

    A commit does not wait for the disk: in a power cut rows and position are lost together, if at all, and
    the log, which does wait, tells them again.
    """
    return psycopg.connect(
        address.libpq,
        autocommit=True,
        prepare_threshold=1,
        connect_timeout=5,
        tcp_user_timeout=10_000,  # ms; a server that vanished is noticed
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
        application_name="vigil projector",
        options="-c search_path=vigil,public -c timezone=UTC -c lock_timeout=5s -c synchronous_commit=off",
    )


def channel_of(source: DispatchLog) -> str | None:
    """Where the log's store tells of saves; None where it does not, and only the poll finds them."""
    channel: str | None = getattr(source.recorder, "channel_name", None)
    return channel


def fold_version() -> str:
    """Changes whenever the code that makes the tables does, so that no row outlives its fold."""
    folder = Path(str(projections.__file__)).parent
    digest = hashlib.sha256()
    for source in sorted((*folder.glob("*.py"), *folder.glob("postgis/*.py"))):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]
