"""Feeds the streams of a centre: the log as it grows, the pings as they come, and a tick each second.

All in a thread of its own. Facts are read from the log, so none is ever missed; pings wait in a bounded room,
where the oldest leave first, counted and said. Nobody who dispatches or sends a ping waits for it.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from time import monotonic

from api.streams.embedded import EmbeddedStreams
from dispatch.application import DispatchLog
from dispatch.faults import OperationalError
from dispatch.some_facts import SomeFacts
from domain.call import Call
from domain.hospital import Hospital
from domain.incident import Incident
from domain.run import Run
from domain.unit import Unit
from projections.positions import Ping
from projections.streams.effects import Effect, HourRow
from projections.streams.fold import Limits
from projections.streams.messages import HourPart
from projections.streams.visits import EVERY, USELESS_M

log = logging.getLogger("vigil.streams")

TICK_S = 1.0
GATHER_S = 0.1
"""How long news gathers: the log is read a few times a second, however many write to it."""
PAST = timedelta(hours=24)
"""So much of the log is folded at a start; longer the folds remember nothing either."""
BATCH = 500
MOST_WAITING = 20_000
MOST_A_ROUND = 2_000
LONGEST_PAUSE_S = 10.0

LASTING = (Hospital.Listed, Unit.WentOnDuty, Unit.WentOffDuty, Unit.TakenOutOfService)
"""What holds until something else is said, however long ago it was."""
FOLDED = (
    *LASTING,
    *(Call.Received, Unit.Assigned, Unit.Freed, Run.Assigned, Run.Progressed, Run.Redirected),
    *(Run.Corrected, Run.Undone),
    *(Incident.Opened, Incident.Reprioritised, Incident.Relocated),
    *(Incident.RunOpened, Incident.RunEnded, Incident.Closed),
    *(Incident.Merged, Incident.Unmerged, Run.Moved),
)
"""Beds and diversions are left out: of them a centre's own views say more."""


class StreamKeeper:
    """`start` returns at once; `tell` hears in its thread what is found.

    hour    : the figures of the last sixty minutes, None until a minute was closed
    dropped : pings that found no room
    fault   : what keeps it from the log, None where nothing does
    """

    def __init__(
        self,
        source: DispatchLog,
        centre: str,
        limits: Limits,
        tell: Callable[[Sequence[Effect]], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._log, self._tell, self._clock = source, tell, clock
        self._facts, self._lasting = SomeFacts(source, FOLDED), SomeFacts(source, LASTING)
        self.streams = EmbeddedStreams(centre, limits, self._told)
        self._waiting: deque[Ping] = deque()
        self._taken: dict[str, datetime] = {}
        self._room = threading.Lock()
        self._news, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="streams", daemon=True)
        self._ticked_at = self._turned_at = monotonic()
        self._dropped_at = -float("inf")
        self.position = self.dropped = 0
        self.hour: HourPart | None = None
        self.fault: str | None = None

    def start(self, positions: Iterable[Ping] = ()) -> None:
        """positions : where units were last, before anybody listened"""
        self.offer(list(positions))
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def hear(self) -> None:
        """There is news in the log. Never waits."""
        self._news.set()

    def offer(self, pings: Sequence[Ping]) -> None:
        """Pings that are believed. Never waits; what says nothing new about a stay is passed over at once."""
        with self._room:
            for ping in pings:
                taken = self._taken.get(ping.callsign)
                if taken is not None and ping.at < taken + EVERY:
                    continue
                if ping.accuracy_m is None or ping.accuracy_m <= USELESS_M:
                    self._taken[ping.callsign] = ping.at
                self._waiting.append(ping)
            lost = max(0, len(self._waiting) - MOST_WAITING)
            for _ in range(lost):
                self._waiting.popleft()
        if lost:
            self._say_dropped(lost)

    @property
    def waiting(self) -> int:
        """Pings that are not folded yet."""
        return len(self._waiting)

    @property
    def turn_s(self) -> float:
        """How long ago it last had done all there was to do; about a second where all is well."""
        return monotonic() - self._turned_at

    @property
    def dropping(self) -> bool:
        """Whether pings found no room within the last minute."""
        return monotonic() - self._dropped_at < 60.0

    def _say_dropped(self, lost: int) -> None:
        if not self.dropping:
            log.warning("The streams cannot follow the pings; the oldest are dropped")
        self.dropped, self._dropped_at = self.dropped + lost, monotonic()

    def _told(self, effects: Sequence[Effect]) -> None:
        for each in effects:
            if isinstance(each, HourRow):
                self.hour = each.hour
        try:
            self._tell(effects)
        except Exception:
            log.exception("What the streams found could not be told")

    # --- the thread ---

    def _run(self) -> None:
        pause_s, known = TICK_S, False
        while not self._stopping.is_set():
            try:
                known = known or self._fold_the_past()
                more = self._fold_news()
                self.fault, pause_s, self._turned_at = None, TICK_S, monotonic()
            except Exception as fault:
                if self.fault is None and isinstance(fault, OperationalError):
                    log.warning("The log does not answer; the streams wait")
                elif self.fault is None:
                    log.exception("The streams could not go on; trying again")
                self.fault, more = type(fault).__name__, False
                self._stopping.wait(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            if not more:
                self._news.wait(max(0.0, self._ticked_at + TICK_S - monotonic()))
                self._stopping.wait(GATHER_S)

    def _fold_the_past(self) -> bool:
        """What was is known, and nobody is told of it: what still stands the first tick finds. True."""
        end = self._log.position()
        first = first_since(self._log, self._clock() - PAST, end)
        for source, start, stop in ((self._lasting, 1, first - 1), (self._facts, first, end)):
            reached = start - 1
            while reached < stop and not self._stopping.is_set():
                began = monotonic()
                batch = source.select(reached + 1, BATCH, stop)
                self.streams.hear_facts(batch, quiet=True)
                reached = batch[-1][0] if len(batch) == BATCH else stop
                self._stopping.wait(monotonic() - began)  # half of the time is for those who work
        self.position = end
        return True

    def _fold_news(self) -> bool:
        """Whether more waits."""
        self._news.clear()
        end = self._log.position()
        batch = self._facts.select(self.position + 1, BATCH, end) if end > self.position else []
        self.streams.hear_facts(batch)
        whole = len(batch) < BATCH
        self.position = end if whole else batch[-1][0]
        with self._room:
            pings = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_A_ROUND))]
        for ping in pings:
            self.streams.hear_ping(ping)
        # Not between two bites: the answer that a late crew gave may stand in the next one.
        if whole and monotonic() - self._ticked_at >= TICK_S:
            self._ticked_at = monotonic()
            self.streams.tick(self._clock())
        return not whole or bool(self._waiting)


def first_since(source: DispatchLog, moment: datetime, end: int) -> int:
    """The place of the first fact heard at that moment or later; behind the end where there is none.

    Facts stand about in the order in which they were heard.
    """
    low, high = 1, end + 1
    while low < high:
        middle = (low + high) // 2
        found = source.select(middle, 1, end)
        if found and found[0][1].act.heard_at < moment:
            low = found[0][0] + 1
        else:
            high = middle
    return low
