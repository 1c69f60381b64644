"""Where pings come in: the newest position in memory at once, the history to disk in batches."""

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from projections.ping_history import PingHistory
from projections.positions import LatestPositions, Ping

log = logging.getLogger("vigil.telemetry")

FLUSH_S = 0.25
MOST_WAITING = 200_000


class Telemetry:
    """Pings are never events. When the disk cannot follow, the oldest unsaved are dropped and counted."""

    def __init__(
        self,
        positions: LatestPositions,
        history: PingHistory,
        heard: Callable[[Ping], None] = lambda ping: None,
    ) -> None:
        """heard : told of each ping that became the newest of its unit"""
        self.positions, self._heard = positions, heard
        self.history = history
        self._waiting: deque[Ping] = deque(maxlen=MOST_WAITING)
        self._flushing = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="telemetry", daemon=True)
        self.counts: Counter[str] = Counter()

    def start(self) -> None:
        for ping in self.history.latest():
            self.positions.offer(ping, ping.at)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=5)
        self._flush()

    def take(self, pings: Iterable[Ping], now: datetime) -> dict[str, int]:
        """Offer each ping; how many of each outcome."""
        outcomes: Counter[str] = Counter()
        for ping in pings:
            outcome = self.positions.offer(ping, now)
            outcomes[outcome] += 1
            if outcome == "latest":
                self._heard(ping)
            if outcome in ("latest", "late"):
                if len(self._waiting) == MOST_WAITING:
                    self.counts["dropped"] += 1
                self._waiting.append(ping)
        self.counts.update(outcomes)
        return dict(outcomes)

    def frame(self) -> list[list[Any]]:
        """The newest positions as the feed sends them."""
        return [
            [p.callsign, round(p.lat, 6), round(p.lon, 6), p.heading_deg, p.speed_mps, p.at.timestamp()]
            for p in self.positions.all()
        ]

    def _run(self) -> None:
        while not self._stopping.wait(FLUSH_S):
            try:
                self._flush()
            except Exception:
                log.exception("Pings could not be stored; they are kept and tried again")

    def heard_of(self, callsign: str, after: datetime, until: datetime) -> Sequence[Ping]:
        """The pings of a unit in that time, those included that came a moment ago and wait to be stored."""
        self._flush()
        return self.history.read(callsign, after, until)

    def _flush(self) -> None:
        with self._flushing:
            batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
            if not batch:
                return
            try:
                self.history.write(batch)
            except Exception:
                self._waiting.extendleft(reversed(batch))
                raise
