"""The lane that position reports take through the server, apart from the orders of dispatchers.

A flood of reports may fill the lane, never the road: big batches are judged by one thread of their own, only
so many bytes may be in hand, and where reports make the server late for everybody they are turned away first.
Who is turned away is told to come again, and the newest report makes up for those that were lost.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import ParamSpec, TypeVar

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import language_asked, problem
from api.limits import MOST_BYTES
from api.measure import count_pings

MOST_IN_HAND_BYTES = 8 * MOST_BYTES
"""Of bodies that are read or wait to be judged."""
DOORS = ("/api/v1/pings", "/api/v1/osmand", "/osmand")
BUSY = {
    "en": "Too many position reports at once; please send them again in a moment.",
    "vi": "Quá nhiều báo cáo vị trí cùng lúc; hãy gửi lại sau giây lát.",
}

LONGEST_REST_S = 0.25
LATE_S = 0.05
"""A server that comes this late to its own appointments, on the average, keeps dispatchers waiting."""
MANY_A_S = 200.0
"""Requests with reports, below which they are not what makes it late."""
LOOK_S = 0.05
WEIGHT = 0.2
"""Of a new look in the average: what lasted a quarter second counts, what struck once does not."""
IDLE_LOOKS = 100

P = ParamSpec("P")
T = TypeVar("T")


class Lane:
    """What is in hand, and the thread for big batches. Used from the event loop alone."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pings")
        self._in_hand_bytes = 0
        self._rested_at = 0.0
        self.flood = Flood()

    def enter(self, size_bytes: int) -> bool:
        """Ask for room. False where there is none; else `leave` as soon as the report was judged."""
        self.flood.watch()
        if self.flood.stands or self._in_hand_bytes + size_bytes > MOST_IN_HAND_BYTES:
            return False
        self._in_hand_bytes += size_bytes
        return True

    def leave(self, size_bytes: int) -> None:
        self._in_hand_bytes -= size_bytes

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do it in the lane's own thread, one after the other; it rests as long as it worked before."""

        def in_turn() -> T:
            sleep(max(0.0, self._rested_at - monotonic()))
            began = monotonic()
            try:
                return work(*args, **kwargs)
            finally:
                ended = monotonic()
                self._rested_at = ended + min(LONGEST_REST_S, ended - began)

        return await asyncio.get_running_loop().run_in_executor(self._thread, in_turn)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)


class Flood:
    """Whether so many reports come that the event loop misses its appointments. Looks while there are any."""

    def __init__(self) -> None:
        self.stands = False
        self._late_s = self._a_look = 0.0
        self._came = self._looks_left = 0

    def watch(self) -> None:
        """A report came; look for the next seconds."""
        self._came += 1
        looking = self._looks_left > 0
        self._looks_left = IDLE_LOOKS
        if not looking:
            self._look_later(asyncio.get_running_loop())

    def note(self, late_s: float) -> None:
        """One look: so late was the loop, and so many reports came since the look before."""
        self._late_s += WEIGHT * (late_s - self._late_s)
        self._a_look += WEIGHT * (self._came * LOOK_S / (LOOK_S + late_s) - self._a_look)
        self._came = 0
        self.stands = self._late_s > LATE_S and self._a_look > MANY_A_S * LOOK_S

    def _look_later(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.call_later(LOOK_S, self._look, loop, loop.time() + LOOK_S)

    def _look(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        self.note(max(0.0, loop.time() - due))
        self._looks_left -= 1
        if self._looks_left > 0:
            self._look_later(loop)
        else:
            self.stands = False


class LaneGate:
    """Turns reports away before anything is read of them, where the lane is full: 503 with Retry-After."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in DOORS:
            await self._app(scope, receive, send)
            return
        lane: Lane = scope["app"].state.centre.telemetry.lane
        declared = dict(scope["headers"]).get(b"content-length", b"0" if scope["method"] == "GET" else b"")
        size_bytes = min(int(declared), MOST_BYTES) if declared.isdigit() else MOST_BYTES
        if not lane.enter(size_bytes):
            count_pings("http" if scope["path"].endswith("/pings") else "osmand", {"busy": 1})
            await _busy(scope)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            lane.leave(size_bytes)


def _busy(scope: Scope) -> ASGIApp:
    language = language_asked(dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1"))
    return problem(503, BUSY[language], "Busy", headers={"Retry-After": "1"}, language=language)
