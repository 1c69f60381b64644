"""The thread that brings what is said of the roads into the road times, and then tells the screens."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from api.alarms import TRAFFIC_FAILS, Alarms
from domain.roads import Roads
from domain.traffic import Stretch, Traffic
from projections.projector import Batch
from projections.record import topic_of

log = logging.getLogger("vigil.live_traffic")

LONGEST_REST_S = 5.0
SHORTEST_REST_S = 0.05
PAUSE_S = 1.0
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
    """

    def __init__(
        self,
        roads: ChangingRoads,
        look: Callable[[], Traffic],
        tell: Callable[[dict[str, Any]], None],
        clock: Callable[[], datetime],
        alarms: Alarms,
    ) -> None:
        self._roads, self._look, self._tell, self._clock, self._alarms = roads, look, tell, clock, alarms
        self._news = threading.Condition()
        self._heard = self._done = 0
        self._change = -1
        self._told = ""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-traffic", daemon=True)

    def start(self, seq: int) -> None:
        """Take the traffic from the log before the first question; `seq` is its last fact's place."""
        self._heard = seq
        self._renew(seq)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        with self._news:
            self._news.notify_all()
        self._thread.join(timeout=10)

    def hear(self, batch: Batch) -> None:
        """Called by the follower for each batch. Returns at once."""
        said = [seq for seq, fact in batch if topic_of(fact).startswith(f"{Roads.TOPIC}.")]
        if said:
            with self._news:
                self._heard = said[-1]
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

    def frame(self, cause: str = "now") -> dict[str, Any]:
        """cause: "order" if somebody spoke of the roads, "time" if only time went on, "now" to begin with."""
        return {"type": "traffic", "seq": self._done, "traffic_version": self._told, "cause": cause}

    def _run(self) -> None:
        while not self._stopping.is_set():
            with self._news:
                self._news.wait_for(
                    lambda: self._heard > self._done or self._stopping.is_set(), self._rest_s()
                )
                seq = self._heard
            if self._stopping.is_set():
                return
            try:
                self._renew(seq)
                self._alarms.end(ALARM)
            except Exception:
                log.exception("The road weights could not be renewed; the older ones stay, trying again")
                self._alarms.sound(ALARM, TRAFFIC_FAILS, self._clock())
                self._stopping.wait(PAUSE_S)

    def _wanted(self) -> bool:
        return self._heard > self._done or self._stopping.is_set()

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
            self._change, self._done = traffic.version, seq
            news, self._told = version != self._told, version
            self._news.notify_all()
        if news:
            self._tell(self.frame(cause))
