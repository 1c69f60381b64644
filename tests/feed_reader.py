"""A client of the live feed, for tests: reads frames until something was seen."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

Frame = dict[str, Any]
PATIENCE_S = 15.0


class FeedReader:
    """Keeps every frame it was sent."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[Frame] = []

    def read(self, timeout_s: float = PATIENCE_S) -> Frame:
        frame: Frame = json.loads(self.socket.recv(timeout=timeout_s))
        self.frames.append(frame)
        return frame

    def until(self, seen: Callable[[Frame], bool], timeout_s: float = PATIENCE_S) -> Frame:
        """Read on until a frame fits; that frame."""
        deadline = time.monotonic() + timeout_s
        while (left := deadline - time.monotonic()) > 0:
            frame = self.read(left)
            if seen(frame):
                return frame
        raise TimeoutError(f"not seen in {timeout_s:.0f} s; read {self.kinds()}")

    def until_rows(self, seq: int) -> Frame:
        """Read on until the rows as of a place in the log have come."""
        return self.until(lambda frame: frame["type"] == "rows" and frame["seq"] >= seq)

    def until_closed(self, timeout_s: float = PATIENCE_S) -> int:
        """Read on until the server ends it; the code it gave, 1006 for none."""
        deadline = time.monotonic() + timeout_s
        while (left := deadline - time.monotonic()) > 0:
            try:
                self.read(left)
            except ConnectionClosed as closed:
                return int(closed.rcvd.code) if closed.rcvd is not None else 1006
        raise TimeoutError(f"still open after {timeout_s:.0f} s")

    def of(self, kind: str) -> list[Frame]:
        return [frame for frame in self.frames if frame["type"] == kind]

    def seqs(self) -> list[int]:
        """The places of the facts it was told, in the order it was told them."""
        return [frame["seq"] for frame in self.of("event")]

    def every_one(self, first: int, last: int) -> bool:
        """Whether it was told each fact from one to another once and in order, and what came behind them
        likewise: the service's own clock may have written meanwhile."""
        told = self.seqs()
        return told == list(range(first, first + len(told))) and first + len(told) > last

    def rows(self, view: str) -> dict[str, Frame]:
        """The newest row of each id, as a screen keeps them."""
        newest: dict[str, Frame] = {}
        for frame in self.of("rows"):
            for row in frame["rows"].get(view, []):
                if row["seq"] >= newest.get(row["id"], row)["seq"]:
                    newest[row["id"]] = row
        return newest

    def kinds(self) -> dict[str, int]:
        return {kind: len(self.of(kind)) for kind in {frame["type"] for frame in self.frames}}


@contextmanager
def listening(url: str) -> Iterator[FeedReader]:
    with connect(url, proxy=None, max_size=None) as socket:
        yield FeedReader(socket)
