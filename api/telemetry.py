"""Where pings come together: the newest position in memory at once, the history to disk in batches.

Whatever happens to the disk, the live picture goes on: judging a ping never waits for it.
"""

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from math import inf
from operator import attrgetter
from time import monotonic
from typing import Any, Protocol

from api.alarms import Alarms, Words
from api.ingest.devices import Devices
from api.ingest.lane import Lane
from projections.pings import Pings
from projections.positions import BELIEVED, MARKING, LatestPositions, Ping

log = logging.getLogger("vigil.telemetry")

FLUSH_S = 0.25
SLOWEST_FLUSH_S = 5.0
MOST_WAITING = 200_000
MOST_A_FLUSH = 5_000
LONGEST_REST_S = 0.1
LONGEST_ROUND_S = 1.0
"""Of storing in one go: a flood keeps nobody from hearing of a new device, nor an alarm from sounding."""
TEND_S = 600.0
DAYS_AHEAD = 2
PATIENCE_S = 10.0

NOT_STORED: Words = {
    "vi": "Không lưu được lộ trình của các kíp xe; vị trí hiện tại vẫn được cập nhật. Đang thử lại.",
    "en": "The ways of the units cannot be stored at present; where they are now goes on. Trying again.",
}


class Part(Protocol):
    """Something that lives as long as the telemetry does, such as a bridge to a broker."""

    def tend(self) -> None:
        """Called a few times a second from a thread that may wait a little."""
        ...

    def stop(self) -> None: ...


class Telemetry:
    """Pings are never events. When the disk cannot follow, the oldest unsaved are dropped and counted."""

    def __init__(
        self,
        positions: LatestPositions,
        history: Pings,
        heard: Callable[[Ping], None] = lambda ping: None,
        alarms: Alarms | None = None,
        keep_days: int | None = None,
    ) -> None:
        """heard     : told of each ping that became the newest of its unit
        keep_days : how many whole days of history are kept beside the present one; None keeps all
        """
        self.positions, self._heard = positions, heard
        self.history, self._alarms = history, alarms
        self.keep_days = keep_days
        self._waiting: deque[Ping] = deque(maxlen=MOST_WAITING)
        self._flushing, self._counting = threading.Lock(), threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="telemetry", daemon=True)
        self.lane = Lane()
        self.devices: Devices | None = None
        self._parts: list[Part] = []
        self._followers: list[Callable[[Sequence[Ping]], None]] = []
        self._failing_since: float | None = None
        self._dropped_before = 0
        self._tended_at = -TEND_S
        self.counts: Counter[str] = Counter()

    def start(self) -> None:
        for ping in self.history.latest():
            self.positions.offer(ping, ping.at)
        self._thread.start()

    def stop(self) -> None:
        """Close the ways in, then store what waits."""
        self._stopping.set()
        for part in self._parts:
            part.stop()
        self.lane.close()
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        try:
            self._flush()
        except Exception:
            log.exception("%d pings could not be stored before the end", len(self._waiting))

    def attach(self, part: Part) -> None:
        """Tend it from now on, and stop it first of all."""
        self._parts.append(part)

    def follow(self, follower: Callable[[Sequence[Ping]], None]) -> None:
        """Tell it of all pings that are believed from now on. It must not wait."""
        self._followers.append(follower)

    @property
    def waiting(self) -> int:
        """How many pings are not stored yet."""
        return len(self._waiting)

    def take(self, pings: Iterable[Ping], now: datetime) -> dict[str, int]:
        """Judge each ping; how many of each verdict."""
        outcomes: Counter[str] = Counter()
        believed = []
        for ping in pings:
            verdict = self.positions.offer(ping, now)
            outcomes[verdict] += 1
            if verdict in MARKING:
                self._heard(ping)
            if verdict in BELIEVED:
                believed.append(ping)
        with self._counting:
            self.counts["dropped"] += max(0, len(self._waiting) + len(believed) - MOST_WAITING)
            self._waiting.extend(believed)
            self.counts.update(outcomes)
        for follow in self._followers:
            follow(believed)
        return dict(outcomes)

    def frame(self) -> list[list[Any]]:
        """The newest positions as the feed sends them."""
        return [
            [p.callsign, round(p.lat, 6), round(p.lon, 6), p.heading_deg, p.speed_mps, p.at.timestamp()]
            for p in self.positions.all()
        ]

    def heard_of(self, callsign: str, after: datetime, until: datetime) -> Sequence[Ping]:
        """The pings of a unit in that time, those included that came a moment ago and wait to be stored."""
        self._flush()
        return self.history.read(callsign, after, until)

    def _run(self) -> None:
        pause_s = FLUSH_S
        while not self._stopping.wait(pause_s):
            try:
                self._flush(LONGEST_ROUND_S)
                self._tend_days()
                pause_s = FLUSH_S if not self._waiting else LONGEST_REST_S
            except Exception:
                # Told once, not four times a second; the pings stay where they are and are tried again.
                if pause_s <= FLUSH_S:
                    log.exception("Pings could not be stored; they are kept and tried again")
                pause_s = min(SLOWEST_FLUSH_S, 2 * pause_s)
            self._sound_or_end()
            self._tend_parts()

    def _flush(self, most_s: float = inf) -> None:
        """Store what waits, oldest first, in bites with a rest after each: a flood leaves half of the time to
        those who give orders.

        most_s : after so long no further bite is begun
        """
        with self._flushing:
            until = monotonic() + most_s
            while self._waiting:
                began = monotonic()
                batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_A_FLUSH))]
                batch.sort(key=attrgetter("at"))
                try:
                    self.history.write(batch)
                except Exception:
                    self._failing_since = self._failing_since or monotonic()
                    self._put_back(batch)
                    raise
                with self._counting:
                    self.counts["stored"] += len(batch)
                if monotonic() >= until:
                    break
                if self._waiting:
                    self._stopping.wait(min(LONGEST_REST_S, monotonic() - began))
            self._failing_since = None

    def _put_back(self, batch: Sequence[Ping]) -> None:
        """Before what came meanwhile; where there is no room for all, the oldest go."""
        with self._counting:
            lost = max(0, len(self._waiting) + len(batch) - MOST_WAITING)
            self.counts["dropped"] += lost
            self._waiting.extendleft(reversed(batch[lost:]))

    def _tend_days(self) -> None:
        """Make the coming days, drop those that are over, now and then."""
        if monotonic() - self._tended_at < TEND_S:
            return
        today = datetime.now(UTC).date()
        self.history.make_ready([today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)])
        if self.keep_days is not None:
            for day in self.history.drop_before(today - timedelta(days=self.keep_days)):
                log.info("Dropped the pings of %s", day)
        self._tended_at = monotonic()

    def _sound_or_end(self) -> None:
        """Tell every screen while pings are being lost, or wait for longer than a moment."""
        if self._alarms is None:
            return
        dropped, self._dropped_before = self._dropped_before, self.counts["dropped"]
        since = self._failing_since
        if self._dropped_before > dropped or (since is not None and monotonic() - since >= PATIENCE_S):
            self._alarms.sound("pings", NOT_STORED, datetime.now(UTC))
        elif since is None:
            self._alarms.end("pings")

    def _tend_parts(self) -> None:
        for part in self._parts:
            try:
                part.tend()
            except Exception:
                log.exception("%s could not be tended; it is tried again", type(part).__name__)
