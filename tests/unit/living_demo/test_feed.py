"""The demo's reader of the live feed ends when it is told to, whatever comes at that moment."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest

from simulations.living_demo import feed as demo_feed
from simulations.living_demo.clock import Clock
from simulations.living_demo.feed import Feed
from simulations.living_demo.picture import Picture

HELLO = json.dumps({"type": "hello", "epoch": "e"})
ROWS = json.dumps({"type": "rows", "seq": 1, "rows": {}})


class Socket:
    """Frames come when the test says so."""

    def __init__(self) -> None:
        self.coming: asyncio.Future[str] | None = None

    async def recv(self) -> str:
        self.coming = asyncio.get_running_loop().create_future()
        return await self.coming

    async def send(self, frame: str) -> None:
        while self.coming is None or self.coming.done():
            await asyncio.sleep(0)
        self.coming.set_result(frame)


class Vigil:
    url = "http://127.0.0.1:1"

    async def get(self, path: str) -> dict[str, object]:
        return {"epoch": "e", "seq": 0, "now": "2026-11-22T04:00:00Z", "rows": {}}

    async def token(self, account: str) -> str:
        return "token"


@pytest.mark.parametrize("ticks", range(6))
def test_a_frame_that_comes_with_the_order_to_stop_does_not_hide_it(monkeypatch, ticks):
    """The reader may be anywhere between the frame's arrival and its use when the order comes."""
    socket = Socket()

    @asynccontextmanager
    async def connected(*_: object, **__: object):
        yield socket

    async def told_to_stop() -> bool:
        picture = Picture()
        monkeypatch.setattr(picture, "load", lambda snapshot: setattr(picture, "epoch", "e"))
        monkeypatch.setattr(picture, "change", lambda rows: None)
        reading = asyncio.create_task(Feed(Vigil(), picture, Clock(1.0), print).follow())
        await socket.send(HELLO)
        await socket.send(ROWS)
        for _ in range(ticks):
            await asyncio.sleep(0)
        reading.cancel()
        await asyncio.wait([reading], timeout=0.5)
        ended = reading.cancelled()
        reading.cancel()
        return ended

    monkeypatch.setattr(demo_feed, "connect", connected)
    assert asyncio.run(told_to_stop())
