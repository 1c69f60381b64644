"""The thread that brings what is said of the roads into the road times, and then tells the screens."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from api.alarms import TRAFFIC_FAILS, TRAFFIC_LATE, Alarms
from domain.roads import Roads
from domain.traffic import Stretch, Traffic
from projections.projector import Batch
from projections.record import topic_of

log = logging.getLogger("vigil.live_traffic")

LONGEST_REST_S = 5.0
SHORTEST_REST_S = 0.05
PAUSE_S = 1.0
LATE_S = 5.0
"""What was said and is not in use after so long is every screen's business."""
WATCH_S = 0.5
START_S = 60.0
"""A centre takes calls on empty streets, with an alarm, sooner than not at all."""
ALARM = "traffic"


class Streets(Protocol):
    @property
    def streets(self) -> int: ...


class ChangingRoads(Protocol):
    """Road times whose weights change as a whole. `routing.live.LiveRoads` is the real one."""

    @property
    def traffic_version(self) -> str: ...

    @property
    def changes_at(self) -> datetime | None:
        """When `refresh` will have something to do; None for never."""
        ...

    def touched(self, stretch: Stretch) -> Streets:
        """Which streets a stretch means."""
        ...

    def use(self, traffic: Traffic, now: datetime) -> object:
        """Bring the traffic into the weights; they are in use when it returns."""
        ...

    def refresh(self, now: datetime) -> object:
        """The same traffic at a later time."""
        ...


class LiveTraffic:
    """Never on the follower's way: orders that do not concern roads do not wait for weights.

    look : the traffic as the log has it now
    tell : hears a frame for the feed after new weights are in use, never before

    A second thread watches the first: weights that fail are told by whoever failed, weights that never come
    can only be told by somebody else.
    """

    def __init__(
        self,
        roads: ChangingRoads,
        look: Callable[[], Traffic],
        tell: Callable[[dict[str, Any]], None],
        clock: Callable[[], datetime],
        alarms: Alarms,
        late_s: float = LATE_S,
        start_s: float = START_S,
    ) -> None:
        self._roads, self._look, self._tell, self._clock, self._alarms = roads, look, tell, clock, alarms
        self._news = threading.Condition()
        self._heard = self._done = 0
        self._change = -1
        self._late_s, self._start_s = late_s, start_s
        self._since: float | None = None  # the oldest news or work that is not done; monotonic
        self._told = ""
        self._failed = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-traffic", daemon=True)
        self._watch = threading.Thread(target=self._keep_watch, name="traffic-watch", daemon=True)

    def start(self, seq: int) -> None:
        """Take the traffic from the log before the first question; `seq` is its last fact's place.

        Weights that fail or take too long do not keep the centre from starting: there is an alarm then.
        """
        self._heard = seq
        self._thread.start()
        self._watch.start()
        with self._news:
            began = self._news.wait_for(lambda: self._change >= 0 or self._failed, self._start_s)
        if not began:
            log.error("The roads are not renewed after %.0f s; starting without", self._start_s)

    def stop(self) -> None:
        self._stopping.set()
        with self._news:
            self._news.notify_all()
        self._thread.join(timeout=10)
        self._watch.join(timeout=2)

    def hear(self, batch: Batch) -> None:
        """Called by the follower for each batch. Returns at once."""
        said = [seq for seq, fact in batch if topic_of(fact).startswith(f"{Roads.TOPIC}.")]
        if said:
            with self._news:
                self._heard = said[-1]
                self._since = self._since or time.monotonic()
                self._news.notify_all()

    def wait_for(self, change: int, timeout_s: float = 5.0) -> bool:
        """Whether the weights in use hold the change of this number."""
        with self._news:
            return self._news.wait_for(lambda: self._change >= change, timeout_s)

    def streets(self, stretch: Stretch) -> int:
        """How many streets a stretch means on this map; it may be one that would be refused."""
        return self._roads.touched(stretch).streets

    @property
    def change(self) -> int:
        """The number of the newest change that is in use."""
        return self._change

    @property
    def version(self) -> str:
        return self._roads.traffic_version

    @property
    def late_s(self) -> float | None:
        """How long something has waited to be in use; None where all is in use, or will be in a moment."""
        since = self._since
        waited = 0.0 if since is None else time.monotonic() - since
        return waited if waited > self._late_s else None

    @property
    def behind(self) -> bool:
        """Whether what was said is not in use: it failed, or it takes longer than it should."""
        return self._failed or self.late_s is not None

    def frame(self, cause: str = "now") -> dict[str, Any]:
        """cause: "order" if somebody spoke of the roads, "time" if only time went on, "now" to begin with."""
        return {"type": "traffic", "seq": self._done, "traffic_version": self._told, "cause": cause}

    def _run(self) -> None:
        while not self._stopping.is_set():
            with self._news:
                self._news.wait_for(self._wanted, self._rest_s())
                seq = self._heard
                self._since = self._since or time.monotonic()
            if self._stopping.is_set():
                return
            try:
                self._renew(seq)
                self._alarms.end(ALARM)
            except Exception:
                log.exception("The road weights could not be renewed; the older ones stay, trying again")
                self._alarms.sound(ALARM, TRAFFIC_FAILS, self._clock())
                with self._news:
                    self._failed = True
                    self._news.notify_all()
                self._stopping.wait(PAUSE_S)

    def _keep_watch(self) -> None:
        while not self._stopping.wait(min(WATCH_S, self._late_s)):
            # Under the lock: what comes into use in this very moment ends the alarm after it was sounded.
            with self._news:
                if self.late_s is not None:
                    self._alarms.sound(ALARM, TRAFFIC_LATE, self._clock())

    def _wanted(self) -> bool:
        return self._change < 0 or self._heard > self._done or self._stopping.is_set()

    def _rest_s(self) -> float:
        """Until the weights change by time alone: an end that comes, a measured speed that fades."""
        due = self._roads.changes_at
        left = LONGEST_REST_S if due is None else (due - self._clock()).total_seconds()
        return min(max(left, SHORTEST_REST_S), LONGEST_REST_S)

    def _renew(self, seq: int) -> None:
        traffic = self._look()
        cause = "order" if traffic.version != self._change else "time"
        if cause == "order":
            self._roads.use(traffic, self._clock())
        else:
            self._roads.refresh(self._clock())
        version = self._roads.traffic_version
        with self._news:
            self._change, self._done, self._failed = traffic.version, seq, False
            # What came meanwhile waits from now on: the next weights are made of it.
            self._since = time.monotonic() if self._heard > seq else None
            news, self._told = version != self._told, version
            self._news.notify_all()
        if news:
            self._tell(self.frame(cause))
