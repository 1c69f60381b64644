"""The live feed: every fact in order, the rows it changed, and positions, to each connected client.

Facts and rows come from the follower's thread; the event loop owns the clients. A slow client first loses
positions, which the next frame replaces anyway, and is let go when it cannot take the facts either: it
comes back with its last seq and misses nothing.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any

from api.accounts.roles import Account
from api.lens import coarse, sees_all, through
from api.told_rows import told_rows
from domain.base import Fact
from domain.run_course import ENDS
from domain.values import Position
from projections.projector import Batch
from projections.record import record
from projections.rows import GONE, Changes

MOST_WAITING = 2_000
VIEWS = (
    *("units", "incidents", "hospitals", "calls", "runs", "traffic"),
    *("callbacks", "crew_alarms", "desk_alarms", "messages", "patients", "referrals", "transfers"),
)

BULKY = frozenset({"advice", "answer", "closures", "slowings", "reports"})
"""What an event may carry by the thousand; the rows beside it say the same, or nobody at a desk reads it."""

Frame = dict[str, Any]


class Client:
    """One socket: what waits to be sent to it. Only the event loop touches it."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.waiting: deque[str] = deque()
        self.positions: str | None = None
        self.something = asyncio.Event()
        self.too_slow = False
        self.since: float | None = None  # when what waits longest came; monotonic

    def put(self, text: str) -> None:
        if len(self.waiting) >= MOST_WAITING:
            self.too_slow = True
        else:
            if not self.waiting:
                self.since = time.monotonic()
            self.waiting.append(text)
        self.something.set()

    def put_positions(self, text: str) -> None:
        self.positions = text
        self.something.set()

    async def take(self) -> list[str]:
        """All that waits, oldest first; sleeps until there is something."""
        await self.something.wait()
        self.something.clear()
        texts = list(self.waiting)
        self.waiting.clear()
        self.since = None
        if self.positions is not None:
            texts.append(self.positions)
            self.positions = None
        return texts


class Feed:
    """before : the place of the last fact that was told before this feed began, 0 for none"""

    def __init__(self, before: int = 0) -> None:
        self._clients: set[Client] = set()
        self._told = before
        self._loop: asyncio.AbstractEventLoop | None = None
        self.told: Callable[[Batch], None] | None = None
        """Hears on the loop what was just handed to every client; for traces."""

    @property
    def loop(self) -> asyncio.AbstractEventLoop | None:
        """That of the server, once it serves."""
        return self._loop

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    @property
    def clients(self) -> int:
        return len(self._clients)

    def backlog(self) -> list[tuple[int, float]]:
        """Of each client: how many frames wait for it, and since how many seconds. Any thread may ask."""
        moment = time.monotonic()
        clients = [(len(client.waiting), client.since) for client in list(self._clients)]
        return [(waiting, 0.0 if since is None else max(0.0, moment - since)) for waiting, since in clients]

    def join(self, account: Account) -> Client:
        client = Client(account)
        self._clients.add(client)
        return client

    def leave(self, client: Client) -> None:
        self._clients.discard(client)

    def publish(self, batch: Batch, changes: Changes) -> None:
        """Called by the follower's thread after each batch."""
        before, self._told = self._told, batch[-1][0]
        self._on_loop(lambda: self._fan_out(batch, changes, before))

    def publish_positions(
        self, positions: Callable[[], Frame], at_scene: Callable[[], Set[str]] = frozenset
    ) -> None:
        """Called on the loop about once a second; the frame is made only if somebody listens.

        at_scene : the callsigns of the units that stand at a scene, of which planners hear no place
        """
        listeners = [client for client in self._clients if client.account.role != "hospital"]
        if not listeners:
            return
        frame = positions()
        whole: str | None = None
        planned: str | None = None
        for client in listeners:
            if client.account.role == "crew":
                client.put_positions(_text(_own_positions(client.account, frame)))
                continue
            if client.account.role == "planner":
                planned = planned or _text(_coarse_positions(frame, at_scene()))
                client.put_positions(planned)
                continue
            whole = whole or _text(frame)
            client.put_positions(whole)

    def heartbeat(self, frame: Frame) -> None:
        text = _text(frame)
        for client in self._clients:
            client.put(text)

    def tell(self, frame: Frame, desks: Frame | None = None) -> None:
        """One frame to every client, from any thread; after all that was published before it.

        desks : what those hear instead who see all
        """
        text = _text(frame)
        whole = text if desks is None else _text(desks)

        def put() -> None:
            for client in list(self._clients):
                client.put(whole if sees_all(client.account) else text)

        self._on_loop(put)

    def _on_loop(self, job: Callable[[], None]) -> None:
        if self._loop is not None and not self._loop.is_closed() and self._clients:
            self._loop.call_soon_threadsafe(job)

    def _fan_out(self, batch: Batch, changes: Changes, before: int) -> None:
        facts = [_text(event_frame(prev, seq, fact)) for prev, seq, fact in chained(before, batch)]
        full: str | None = None
        for client in list(self._clients):
            if sees_all(client.account):
                for text in facts:
                    client.put(text)
                full = full or _text(rows_frame(client.account, changes, batch[-1][0]))
                client.put(full)
            else:
                client.put(_text(rows_frame(client.account, changes, batch[-1][0])))
        if self.told is not None:
            self.told(batch)


def chained(before: int, batch: Batch) -> list[tuple[int, int, Fact]]:
    """(prev, seq, fact) of each: between prev and seq there is nothing.

    A save that failed leaves a hole in the numbers of PostgreSQL. By `prev` a client knows it from a loss.
    """
    places = [before, *(seq for seq, _ in batch)]
    return [(prev, seq, fact) for prev, (seq, fact) in zip(places, batch, strict=False)]


def event_frame(prev: int, seq: int, fact: Fact) -> Frame:
    """The fact as it goes to the desks; whole decisions and receipts are for who asks, not for everyone."""
    return {"type": "event", "prev": prev, **record(seq, fact, without=BULKY)}


def rows_frame(account: Account, changes: Changes, seq: int) -> Frame:
    """Rows that were forgotten ended long before: no screen shows them, so none is told."""
    rows = {
        view: told_rows(
            view, through(account, view, [row for row in changes[view].values() if GONE not in row])
        )
        for view in VIEWS
        if view in changes
    }
    return {"type": "rows", "seq": seq, "rows": {view: found for view, found in rows.items() if found}}


def _own_positions(account: Account, frame: Frame) -> Frame:
    """Of a crew, its own unit alone."""
    return {**frame, "positions": [p for p in frame["positions"] if p[0] == account.callsign]}


def _coarse_positions(frame: Frame, at_scene: Set[str]) -> Frame:
    """For planners: to about 100 m, and none at a scene."""
    told = []
    for callsign, lat, lon, *rest in frame["positions"]:
        if callsign not in at_scene:
            place = coarse(Position(lat, lon))
            told.append([callsign, place.lat, place.lon, *rest])
    return {**frame, "positions": told}


def rows_since(account: Account, seq: int, views: Mapping[str, Iterable[dict[str, Any]]]) -> Frame:
    """All rows that changed after a place in the log, as one frame; and every run under way, for what it is
    dressed with follows from rows of incidents and hospitals, too."""
    rows = {
        view: told_rows(view, through(account, view, [row for row in found if _to_tell(view, row, seq)]))
        for view, found in views.items()
    }
    return {"type": "rows", "rows": {view: found for view, found in rows.items() if found}}


def _to_tell(view: str, row: dict[str, Any], seq: int) -> bool:
    return row["seq"] > seq or (view == "runs" and row["status"] not in ENDS)


def _text(frame: Frame) -> str:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
