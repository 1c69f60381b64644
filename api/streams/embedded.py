"""The streams inside a centre: the same folds, fed by the follower and the telemetry, kept in memory.

Nothing is stored: at a start the log is folded again, and pings come anew. What that finds out again has the
ids it had before, so whoever acts on it knows it already; and `quiet` folds without telling anybody.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from domain.base import Fact
from projections.positions import Ping as Fix
from projections.record import record
from projections.streams.effects import Effect
from projections.streams.fold import Limits
from projections.streams.messages import Envelope, Ping, Tick
from projections.streams.plan import Heard, folds, steps_of_event, steps_of_ping
from projections.streams.shelf import Shelf, run_here

log = logging.getLogger("vigil.streams")

Tell = Callable[[Sequence[Effect]], None]


class EmbeddedStreams:
    """Any thread may speak; one at a time is heard. `tell` hears what leaves, in order, within the lock."""

    def __init__(self, centre: str, limits: Limits, tell: Tell = lambda effects: None) -> None:
        self._centre, self._tell = centre, tell
        self._shelf = Shelf(folds(limits))
        self._lock = threading.Lock()
        self.dead = 0

    def hear_facts(self, batch: Iterable[tuple[int, Fact]], quiet: bool = False) -> None:
        """Events with their places in the log; told again they change nothing."""
        for seq, fact in batch:
            self._hear(lambda seq=seq, fact=fact: self._steps(seq, fact), quiet)  # type: ignore[misc]

    def hear_ping(self, fix: Fix) -> None:
        """A ping that became the newest of its unit."""
        ping = Ping(
            self._centre,
            fix.callsign,
            fix.at,
            fix.lat,
            fix.lon,
            fix.speed_mps,
            fix.heading_deg,
            fix.accuracy_m,
        )
        self._hear(lambda: Heard(steps_of_ping(ping)), False)

    def tick(self, now: datetime) -> None:
        """About once a second."""
        self._hear(lambda: Heard(tick=Tick(now)), False)

    def states(self) -> dict[str, Any]:
        with self._lock:
            return self._shelf.states()

    def _steps(self, seq: int, fact: Fact) -> Heard:
        said = record(seq, fact)
        event = Envelope(
            centre=self._centre,
            id=str(fact.originator_id),
            version=fact.originator_version,
            seq=seq,
            topic=said["topic"],
            at=msgspec.convert(said["at"], datetime),
            data=said["data"],
        )
        return Heard(steps_of_event(event))

    def _hear(self, reading: Callable[[], Heard], quiet: bool) -> None:
        with self._lock:
            try:
                effects = run_here(self._shelf, reading())
            except Exception:  # whatever is wrong with one of them, the next must be heard
                self.dead += 1
                log.exception("A fact or a ping could not be folded; the others are")
                return
            if effects and not quiet:
                self._tell(effects)
