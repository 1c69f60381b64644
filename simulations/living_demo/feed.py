"""Keeps the picture true: the live socket where there is one, snapshots where there is none."""

import asyncio
import json
from urllib.parse import urlencode, urlsplit, urlunsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from simulations.living_demo.client import PREFIX, Client
from simulations.living_demo.clock import Clock
from simulations.living_demo.errors import Refusal, Unreachable
from simulations.living_demo.log import Say
from simulations.living_demo.picture import Picture, Row, moment

SILENCE_S = 4.0
POLL_S = 2.0
POLLS_BEFORE_SOCKET = 15
"""After a socket failed, so many snapshots are asked before another is tried."""


class Feed:
    def __init__(self, client: Client, picture: Picture, clock: Clock, say: Say) -> None:
        self._client, self._picture, self._clock, self._say = client, picture, clock, say
        self.loaded = asyncio.Event()
        self.sockets = 0
        self.polls = 0

    async def follow(self) -> None:
        """For ever: the socket, and while it fails, snapshots."""
        while True:
            try:
                await self._reload()
                await self._listen()
            except (Unreachable, Refusal) as fault:
                self._say(f"picture: {fault}")
                await asyncio.sleep(1.0)
            except (OSError, TimeoutError, WebSocketException, ValueError) as fault:
                self._say(f"live feed cut ({type(fault).__name__}); asking for snapshots")
                await self._poll()

    async def _reload(self) -> None:
        snapshot = await self._client.get("/snapshot")
        self._picture.load(snapshot)
        self._clock.hear(moment(snapshot["now"]))
        self.loaded.set()

    async def _poll(self) -> None:
        for _ in range(POLLS_BEFORE_SOCKET):
            try:
                await self._reload()
                self.polls += 1
                if self.polls % 3 == 1 and await self._socket_is_back():
                    return
            except (Unreachable, Refusal):
                pass
            await asyncio.sleep(POLL_S)

    async def _socket_is_back(self) -> bool:
        try:
            async with connect(await self._address(), open_timeout=SILENCE_S, proxy=None) as socket:
                frame = await _next_frame(socket)
                return bool(frame["type"] == "hello")
        except (OSError, TimeoutError, WebSocketException, ValueError):
            return False

    async def _listen(self) -> None:
        """Raises when the line is silent for 4 s; returns when the log is another than ours."""
        async with connect(
            await self._address(), open_timeout=SILENCE_S, max_size=2**24, proxy=None
        ) as socket:
            self.sockets += 1
            while True:
                frame = await _next_frame(socket)
                if not self._take(frame):
                    return

    def _take(self, frame: Row) -> bool:
        if "now" in frame:
            self._clock.hear(moment(frame["now"]))
        match frame["type"]:
            case "hello":
                return bool(frame["epoch"] == self._picture.epoch and not frame.get("resync"))
            case "rows":
                self._picture.change(frame["rows"])
                self._picture.seq = max(self._picture.seq, int(frame["seq"]))
        return True

    async def _address(self) -> str:
        parts = urlsplit(self._client.url)
        token = await self._client.token("dispatcher")
        question = urlencode({"after": self._picture.seq, "token": token})
        scheme = "wss" if parts.scheme == "https" else "ws"
        return urlunsplit((scheme, parts.netloc, f"{parts.path}{PREFIX}/live", question, ""))


async def _next_frame(socket: ClientConnection) -> Row:
    """Raises TimeoutError when the line is silent for 4 s.

    Not with `asyncio.wait_for`: Python 3.11's keeps a cancellation to itself when a frame comes with it,
    and the demo would never end.
    """
    async with asyncio.timeout(SILENCE_S):
        frame: Row = json.loads(await socket.recv())
    return frame
