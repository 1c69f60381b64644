"""Many screens at once, in a process of their own: each notes when every frame came.

Reads one JSON line {url, clients, marks} and opens that many sockets on `url`; says one JSON line
{"open": n} when all of them are open, and waits for another line: the end. Then it says in one JSON line
{"arrivals": [[[seq, seconds], ...] for each client], "first": [text, ...]}, where `first` are the whole
frames of the first client. A frame counts when it begins with one of `marks`; seq is the number behind the
first "seq": in it; seconds are of the clock that all processes of a machine share.
"""

import asyncio
import json
import sys
from time import CLOCK_REALTIME, clock_gettime
from typing import Any

from websockets.asyncio.client import connect

OPENED_AT_ONCE = 25


class Listeners:
    def __init__(self, url: str, clients: int, marks: tuple[str, ...]) -> None:
        self._url, self._marks = url, marks
        self.arrivals: list[list[tuple[int, float]]] = [[] for _ in range(clients)]
        self.first: list[str] = []
        self.open = 0
        self._gate = asyncio.Semaphore(OPENED_AT_ONCE)

    async def listen(self, client: int, opened: asyncio.Event) -> None:
        """Nothing is decoded while the clock runs: the one who measures must not be what is slow."""
        mine = self.arrivals[client]
        await self._gate.acquire()
        async with connect(self._url, max_size=None, open_timeout=60) as feed:
            self._gate.release()
            self.open += 1
            if self.open == len(self.arrivals):
                opened.set()
            async for text in feed:
                came = clock_gettime(CLOCK_REALTIME)
                if not isinstance(text, str) or not text.startswith(self._marks):
                    continue
                mine.append((_seq(text), came))
                if client == 0:
                    self.first.append(text)


def _seq(text: str) -> int:
    at = text.index('"seq":') + 6
    end = at
    while text[end].isdigit():
        end += 1
    return int(text[at:end])


async def main() -> None:
    loop = asyncio.get_running_loop()
    order: dict[str, Any] = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    listeners = Listeners(order["url"], order["clients"], tuple(order["marks"]))
    opened = asyncio.Event()
    work = [asyncio.create_task(listeners.listen(client, opened)) for client in range(order["clients"])]
    done, _ = await asyncio.wait(
        {asyncio.create_task(opened.wait()), *work}, return_when=asyncio.FIRST_COMPLETED
    )
    for task in done:
        task.result()
    print(json.dumps({"open": listeners.open}), flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    lost = sum(task.done() for task in work)
    for task in work:
        task.cancel()
    await asyncio.gather(*work, return_exceptions=True)
    print(json.dumps({"arrivals": listeners.arrivals, "first": listeners.first, "lost": lost}), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
